"""What the citizen's pages say of codes and rows."""

import re
from collections.abc import Mapping
from datetime import date
from typing import Any

from django import template
from django.urls import NoReverseMatch, reverse

from styr.kernel.danish import danish_date, danish_month
from styr.kernel.period import ONE_DAY
from styr.ui.amounts import deviation
from styr.workspace.core.citizen_timeline import About, Moment

register = template.Library()
_ID = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")
_PAGES = {
    About.GRANT: "grant",
    About.CONTRACT: "contract",
    About.INVOICE: "invoice",
    About.FINDING: "finding",
    About.FOLLOW_UP: "invoice",
}
_TONES = {"granted": "good", "stopped": "quiet", "signed": "good", "terminated": "warning", "deviating": "danger"}


@register.filter
def of(names: Mapping[Any, str], key: Any) -> str:
    """The name of a row that is pointed at; "" when it is not known."""
    return names.get(key, "")


@register.filter
def short_path(page: str) -> str:
    """The path of a page with its ids left out: "/borgere/…/historik/"; the log and its Excel file keep them."""
    return _ID.sub("…", page)


@register.filter
def page_of_moment(moment: Moment) -> str:
    """The address of what a moment tells about; "" when there is no such page."""
    if moment.target is None or moment.about not in _PAGES:
        return ""
    try:
        return reverse(_PAGES[moment.about], args=[moment.target])
    except NoReverseMatch:
        return ""


@register.filter
def tone_of(code: object) -> str:
    """The tone of a status' tag."""
    return _TONES.get(str(code), "")


@register.filter
def month_word(month: date) -> str:
    """A month's word in an address: "2026-03"."""
    return f"{month:%Y-%m}"


@register.filter
def month_name(month: date) -> str:
    """The month of a date: "marts 2026"."""
    return danish_month(month)


@register.filter
def signed_kr(ore: int | None) -> str:
    """What something is over (+) or under (−) its measure; a dash where there is none."""
    return deviation(ore)


@register.filter
def last_day(end: date | None) -> date | None:
    """The last day of a period that ends (exclusive) on a day."""
    return None if end is None else end - ONE_DAY


@register.filter
def near_date(day: date, today: date) -> str:
    """Write "10. dec." within the year that `today` lies in, else with its year."""
    written = danish_date(day)
    return written.removesuffix(f" {day.year}") if day.year == today.year else written
