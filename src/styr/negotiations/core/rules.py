"""Which savings can be written in the ledger, and why others cannot."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from styr.grants.core.codes import GrantStatus
from styr.kernel.danish import danish_date, danish_number
from styr.kernel.period import ONE_DAY
from styr.negotiations.core.codes import Measure, SavingKind

if TYPE_CHECKING:
    from datetime import date
    from decimal import Decimal
    from uuid import UUID

BY_SUM: Final = (SavingKind.TERMS, SavingKind.AVOIDED_COST, SavingKind.INVOICE_CORRECTION)
"""Kinds that may be one sum; the others are prices, or hours, of a service."""

OWN_BASELINE: Final = (SavingKind.RELOCATION, SavingKind.AVOIDED_COST)
"""Kinds whose baseline stands in no register of the grant: the place before, the price first asked.

No invoice can show what they saved: they are agreed, and never realised.
"""

PROMISED: Final = (GrantStatus.GRANTED.value, GrantStatus.STOPPED.value)


@dataclass(frozen=True, slots=True, kw_only=True)
class WantedSaving:
    """A saving as somebody wants to register it; `until` is exclusive, quantities are of the service line."""

    kind: SavingKind
    measure: Measure
    grant_id: UUID
    service_line_id: UUID | None
    baseline: Decimal
    agreed: Decimal
    starts: date
    until: date | None
    evidence: str
    baseline_quantity: Decimal | None = None
    agreed_quantity: Decimal | None = None
    negotiation_id: UUID | None = None

    @property
    def saves(self) -> bool:
        """Whether what is agreed is less than what was."""
        before, after = self.baseline_quantity or 1, self.agreed_quantity
        return self.agreed * (1 if after is None else after) < self.baseline * before


@dataclass(frozen=True, slots=True)
class Place:
    """The grant and line that a saving is on: status, days (half-open), the register's price before, and quantity."""

    number: str
    status: str
    starts: date
    ends: date | None
    price: Decimal | None
    quantity: Decimal | None = None


def refusal(wanted: WantedSaving, place: Place) -> str:
    """Why the saving cannot be registered, fit to be shown; "" when it can."""
    return _amounts(wanted) or _days(wanted, place) or _baseline(wanted, place)


def _amounts(wanted: WantedSaving) -> str:
    before, after = wanted.baseline_quantity, wanted.agreed_quantity
    if wanted.baseline < 0 or wanted.agreed < 0:
        return "Udgangspunkt og aftalt pris kan ikke være under 0 kr."
    if (before is None) != (after is None):
        return "Skriv mængden både før og efter, eller ingen af dem."
    if before is not None and after is not None and (before <= 0 or after < 0):
        return "Mængden før skal være over 0, og mængden efter kan ikke være under 0."
    if not wanted.saves:
        return "Det aftalte er ikke mindre end udgangspunktet. Det er ingen besparelse."
    return _told(wanted)


def _told(wanted: WantedSaving) -> str:
    if not wanted.evidence.strip():
        return "Skriv, hvad besparelsen bygger på: aftalen, brevet eller referatet."
    if wanted.measure is Measure.SUM and wanted.kind not in BY_SUM:
        return "Den slags besparelse opgøres på en ydelses pris eller mængde, ikke som ét beløb."
    if (wanted.measure is Measure.PRICE) != (wanted.service_line_id is not None):
        return "En pris hører til en ydelse på bevillingen, et beløb til bevillingen selv."
    return ""


def _days(wanted: WantedSaving, place: Place) -> str:
    if place.status not in PROMISED:
        return f"Bevilling {place.number} er ikke bevilget, så der er intet at spare på endnu."
    if wanted.until is not None and wanted.until <= wanted.starts:
        return "Sidste dag ligger før første dag."
    if wanted.measure is Measure.SUM and wanted.until is None:
        return "Skriv den sidste dag, som beløbet vedrører."
    if place.ends is not None and wanted.starts >= place.ends:
        return f"Bevillingens ydelse sluttede {danish_date(place.ends - ONE_DAY)}: derefter er der intet at spare."
    if wanted.starts < place.starts:
        return f"Bevillingens ydelse begynder først {danish_date(place.starts)}."
    return ""


def _baseline(wanted: WantedSaving, place: Place) -> str:
    """A baseline is what was paid, not what would make the saving look larger."""
    if wanted.measure is Measure.SUM or wanted.kind in OWN_BASELINE:
        return ""
    if place.price is None:
        return "Registret har ingen pris på ydelsen før den første dag, så udgangspunktet kan ikke efterprøves."
    if wanted.baseline > place.price:
        return (
            f"Udgangspunktet {danish_number(wanted.baseline)} kr. er over registrets pris, "
            f"{danish_number(place.price)} kr. Besparelsen måles fra det, der blev betalt."
        )
    before, granted = wanted.baseline_quantity, place.quantity
    if before is not None and granted is not None and before > granted:
        return (
            f"Mængden før, {danish_number(before)}, er over bevillingens mængde, "
            f"{danish_number(granted)}. Besparelsen måles fra det, der var bevilget."
        )
    return ""
