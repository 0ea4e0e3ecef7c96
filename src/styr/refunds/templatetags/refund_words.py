"""Months and periods as the pages of refunds write them."""

from datetime import date

from django import template

from styr.kernel.danish import danish_date, danish_month
from styr.kernel.period import ONE_DAY
from styr.refunds.law_numbers import NAMES

register = template.Library()


@register.filter
def maaned_aar(day: date | None) -> str:
    """The month of a date, "januar 2026"; a dash where there is none."""
    return "–" if day is None else danish_month(day)


@register.filter
def sidste_dag(ends: date | None) -> str:
    """The last day of a period with that exclusive end; "indtil videre" where it is open."""
    return "indtil videre" if ends is None else danish_date(ends - ONE_DAY)


@register.filter
def regel(code: str) -> str:
    """A rule's code in words."""
    return NAMES.get(code, code)
