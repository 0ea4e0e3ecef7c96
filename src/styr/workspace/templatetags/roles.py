"""Roles as users read them."""

from django import template

from styr.access.core.roles import Role

register = template.Library()


@register.filter
def rolle(code: str) -> str:
    """The Danish name of a role: "economist" → "Økonom"."""
    return Role(code).danish
