"""Codes of contracts and suppliers in the words that people use."""

from datetime import date
from decimal import Decimal

from django import template

from styr.contracts.core.codes import ContractKind, ContractStatus, LineKind, MilestoneKind
from styr.kernel.danish import danish_number, danish_period
from styr.kernel.period import Period
from styr.kernel.units import Unit
from styr.suppliers.core.codes import SupplierKind

register = template.Library()


@register.filter
def enhed(code: str) -> str:
    """A unit's Danish word: "døgn"."""
    return Unit(code).danish


@register.filter
def kontrakttype(code: str) -> str:
    """The kind of a contract: "Individuel kontrakt" or "Rammeaftale"."""
    return "Rammeaftale" if code == ContractKind.FRAMEWORK else "Individuel kontrakt"


@register.filter
def kontraktstatus(code: str) -> str:
    """A contract's status, with a capital letter."""
    return ContractStatus(code).danish.capitalize()


@register.filter
def statustone(code: str) -> str:
    """The tone of a contract's status tag."""
    return {ContractStatus.SIGNED: "good", ContractStatus.TERMINATED: "quiet"}.get(ContractStatus(code), "warning")


@register.filter
def linjeart(code: str) -> str:
    """A line's kind, with a capital letter."""
    return LineKind(code).danish.capitalize()


@register.filter
def milepael(kind: MilestoneKind) -> str:
    """What a milestone calls for, with a capital letter."""
    return kind.danish.capitalize()


@register.filter
def leverandoertype(code: str) -> str:
    """Who owns a supplier, with a capital letter."""
    return SupplierKind(code).danish.capitalize()


@register.filter
def tal(number: object) -> str:
    """A number in Danish: "1.234,5"; nothing is a dash."""
    return "–" if number is None else danish_number(number)  # type: ignore[arg-type]  # Decimal or int, as the models say


@register.filter
def aftaltedage(days: int | None) -> str:
    """How long something is paid after the last day: "Ingen betaling", "30 dage"; none is "Ikke aftalt"."""
    if days is None:
        return "Ikke aftalt"
    return f"{danish_number(days)} {'dag' if days == 1 else 'dage'}" if days else "Ingen betaling"


@register.filter
def takst(price: Decimal | None) -> str:
    """A price with at least two decimals: "6,00 kr.", "0,0625 kr."; none is a dash."""
    if price is None:
        return "–"
    whole, _, rest = danish_number(price).partition(",")
    return f"{whole},{rest.ljust(2, '0')} kr."


@register.simple_tag
def periode(starts: date | None, ends: date | None) -> str:
    """A half-open period with its last day inclusive; an unknown beginning is a dash."""
    return "–" if starts is None else danish_period(Period(starts, ends))
