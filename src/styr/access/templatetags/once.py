"""The mark of a form that is sent once."""

import secrets

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString

from styr.access.web.once import FIELD

register = template.Library()


@register.simple_tag
def once() -> SafeString:
    """A hidden field with a random mark; each form of a page has its own."""
    return format_html('<input type="hidden" name="{}" value="{}">', FIELD, secrets.token_urlsafe(16))
