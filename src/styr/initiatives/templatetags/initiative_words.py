"""How amounts of the catalogue are written on pages."""

from datetime import date, timedelta

from django import template

from styr.initiatives.core.codes import Political, Status
from styr.initiatives.core.interval import Interval, written
from styr.kernel.danish import danish_date

register = template.Library()
_STATUS = {Status.RUNNING: "info", Status.DONE: "good", Status.STOPPED: "quiet"}
_POLITICAL = {Political.NEEDED: "warning", Political.GIVEN: "good", Political.REFUSED: "danger"}


@register.filter
def mio(amount: Interval | None) -> str:
    """Millions of kroner: "0,1-0,2" with a dash that does not break, "Ikke estimeret" as it is."""
    return written(amount).replace("-", "\N{EN DASH}")


@register.filter
def sidste(ends: date) -> str:
    """The last day of a period that ends before `ends`."""
    return danish_date(ends - timedelta(days=1))


@register.filter
def statustone(status: Status) -> str:
    """The colour of a status."""
    return _STATUS.get(status, "")


@register.filter
def politisktone(political: Political) -> str:
    """The colour of what politicians said."""
    return _POLITICAL.get(political, "")
