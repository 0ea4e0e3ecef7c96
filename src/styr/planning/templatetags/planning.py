"""What planning's pages write."""

from typing import Any

from django import template

register = template.Library()


@register.filter
def opslag(names: dict[Any, str], key: Any) -> str:
    """The name of a key, or that it is not the reader's to see."""
    return names.get(key, "Uden for dit område")
