"""`{% icon "check" %}`: what `ui.loading` makes of `<c-icon name="check" />`."""

from django import template

from styr.ui.icons import icon

register = template.Library()
register.simple_tag(icon, name="icon")
