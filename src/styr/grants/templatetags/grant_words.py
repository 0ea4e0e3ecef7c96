"""Grants' codes, periods and numbers as people read them."""

from datetime import date
from decimal import Decimal

from django import template

from styr.grants.core.codes import AdjustmentReason, StepKind
from styr.kernel.danish import danish_date, danish_month, danish_number, kroner
from styr.kernel.period import ONE_DAY
from styr.kernel.units import Per, Unit
from styr.ui.amounts import whole_kroner

register = template.Library()


@register.filter
def enhed(code: str) -> str:
    """A unit in Danish."""
    return Unit(code).danish


@register.filter
def per(code: str) -> str:
    """What a quantity is counted per: "pr. uge", "i alt"."""
    return "i alt" if code == Per.TOTAL else f"pr. {Per(code).danish}"


@register.filter
def tal(number: Decimal) -> str:
    """A number with Danish marks."""
    return danish_number(number)


@register.filter
def pris(amount: Decimal) -> str:
    """A price in kroner, with its øre and no more decimals than it has."""
    exact = amount * 100
    return kroner(int(exact)) if exact == exact.to_integral_value() else f"{danish_number(amount)} kr."


@register.filter
def maaned(day: date) -> str:
    """The month of a date: "november 2026"."""
    return danish_month(day)


@register.filter
def skridt(kind: str) -> str:
    """A step in Danish, with a capital."""
    return StepKind(kind).danish.capitalize()


@register.filter
def grund(reason: str) -> str:
    """Why something was adjusted."""
    return AdjustmentReason(reason).danish


@register.filter
def forskel(ore: int) -> str:
    """A difference with its sign, in whole kroner: "+1.250 kr.", "−300 kr.", "0 kr."."""
    if not ore:
        return "0 kr."
    return ("+" if ore > 0 else "−") + whole_kroner(abs(ore))


@register.simple_tag
def periode(starts: date, ends: date | None) -> str:
    """A half-open period with its last day."""
    if ends is None:
        return f"{danish_date(starts)} og indtil videre"
    return (
        f"{danish_date(starts)} – {danish_date(ends - ONE_DAY)}"
        if ends > starts
        else f"{danish_date(starts)}, ingen dage"
    )
