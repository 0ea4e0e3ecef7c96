"""Words for what was read in a contract."""

from datetime import date
from typing import Final

from django import template

from styr.agreements.core.review.report import FIELD_NAMES
from styr.kernel.danish import danish_date, danish_section

register = template.Library()
_DAYS: Final = {"starts", "ends"}


@register.filter
def feltnavn(name: str) -> str:
    """The name of a field: "cvr" → "CVR-nummer"."""
    return FIELD_NAMES.get(name, name)


@register.filter
def felttekst(value: str, name: str) -> str:
    """A field's value as it is written: days as days, sections as sections."""
    if name in _DAYS:
        return _day(value)
    return danish_section(value) if name == "section" else value


def _day(value: str) -> str:
    """A day as days are written; what somebody corrected in other words stays as it is."""
    try:
        return danish_date(date.fromisoformat(value))
    except ValueError:
        return value
