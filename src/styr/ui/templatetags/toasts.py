"""Messages as the frame draws them."""

from django import template
from django.contrib.messages.storage.base import Message

from styr.ui.toasts import UNDO

register = template.Library()
_ICONS = {"success": "circle-check", "warning": "triangle-alert", "error": "circle-x"}


@register.filter
def undo_address(message: Message) -> str:
    """Where the message's undo posts to; "" when it cannot be undone."""
    tags = message.extra_tags or ""
    return tags.removeprefix(UNDO) if tags.startswith(UNDO + "/") else ""


@register.filter
def toast_icon(message: Message) -> str:
    """The icon of the message's level."""
    return _ICONS.get(message.level_tag, "info")
