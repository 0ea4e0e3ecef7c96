"""What planning's pages write."""

from decimal import Decimal
from typing import Any

from django import template

from styr.kernel.danish import danish_number

register = template.Library()


@register.filter
def opslag(names: dict[Any, str], key: Any) -> str:
    """The name of a key, or that it is not the reader's to see."""
    return names.get(key, "Uden for dit område")


@register.filter
def tal(number: Decimal) -> str:
    """A number as Danes write it: "2,6"."""
    return danish_number(number)
