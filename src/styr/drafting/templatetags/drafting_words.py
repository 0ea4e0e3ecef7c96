"""Words for drafts of contracts."""

from datetime import date
from decimal import Decimal
from typing import Final

from django import template

from styr.contracts.queries import LineCard
from styr.drafting.core.codes import Standing, StepKind, TemplateState
from styr.drafting.core.compare import Change
from styr.kernel.danish import danish_date, danish_number, danish_section, kroner
from styr.kernel.period import ONE_DAY
from styr.kernel.units import Unit

register = template.Library()
_BLOCK: Final = 8
_STEPS: Final = {
    StepKind.APPROVED_AMOUNT: "good",
    StepKind.APPROVED_TERMS: "good",
    StepKind.SIGNED: "good",
    StepKind.SENT_BACK: "warning",
    StepKind.CALLED_BACK: "warning",
    StepKind.GIVEN_UP: "danger",
}
_TEMPLATES: Final = {
    TemplateState.FAULTY: "danger",
    TemplateState.CLEAN: "info",
    TemplateState.IN_USE: "good",
    TemplateState.RETIRED: "quiet",
}
_STANDINGS: Final = {Standing.VALID: "good", Standing.UNKNOWN_ISSUER: "warning", Standing.UNSIGNED: "warning"}
_CHANGES: Final = {Change.CHANGED: "Ændret", Change.GONE: "Slettet", Change.NEW: "Tilføjet"}


@register.filter
def lovparagraf(code: str) -> str:
    """A section's code as it is written: "SEL-107" → "SEL § 107"; other codes stay."""
    return danish_section(code)


@register.filter
def sidstedag(end: date) -> str:
    """The last day of a period whose end is exclusive."""
    return danish_date(end - ONE_DAY)


@register.filter
def linjepris(line: LineCard) -> str:
    """A line's latest price: "2.400 kr. pr. døgn"."""
    return f"{danish_number(line.rates[-1].amount)} kr. pr. {Unit(line.unit).danish}"


@register.filter
def andel(share: Decimal) -> str:
    """A share as percent: 0.75 → "75 %"."""
    return f"{danish_number(share * 100)} %"


@register.filter
def trintone(kind: StepKind) -> str:
    """The tone of a step."""
    return _STEPS.get(kind, "info")


@register.filter
def skabelontone(state: TemplateState) -> str:
    """The tone of a template's state."""
    return _TEMPLATES[state]


@register.filter
def vaerditone(standing: Standing) -> str:
    """The tone of what signatures are worth."""
    return _STANDINGS.get(standing, "danger")


@register.filter
def aendring(change: Change) -> str:
    """What happened to a sentence."""
    return _CHANGES.get(change, "")


@register.filter
def blokke(digest: str) -> str:
    """A checksum in groups of eight, so that a line can break between them."""
    return " ".join(digest[at : at + _BLOCK] for at in range(0, len(digest), _BLOCK))


@register.filter
def afvigelser(count: int) -> str:
    """A number of deviations in words: "1 afvigelse"."""
    return "1 afvigelse" if count == 1 else f"{count} afvigelser"


@register.filter
def merpris(ore: int) -> str:
    """How much dearer something becomes: "1.200 kr. dyrere", "uændret"."""
    if ore == 0:
        return "uændret"
    return f"{kroner(abs(ore), whole=True)} {'dyrere' if ore > 0 else 'billigere'}"
