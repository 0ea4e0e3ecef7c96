"""What a scenario may change (ændring), as values. Changes are taken in order, each on what the ones before it left.

Every change begins on the first of a month. Shares are percent with two decimals; a month's amount is multiplied and
rounded to the øre once a change, half away from zero, so +3 % and then -3 % does not lead back, but always to the same.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum
from typing import TYPE_CHECKING, Final

from styr.kernel.refusal import Refusal

if TYPE_CHECKING:
    from datetime import date
    from uuid import UUID

MOST_CHANGES: Final = 12
MOST_PERCENT: Final = Decimal(900)
MOST_PERCENT_A_YEAR: Final = Decimal(25)
MOST_TAPER: Final = 120
STAY: Final = "ophold"


class ChangeKind(StrEnum):
    """The kinds of change."""

    RATE = "rate"
    SPECIAL = "special"
    HOURS = "hours"
    RIDES = "rides"
    END = "end"
    INDEX = "index"
    MOVE = "move"
    ARRIVALS = "arrivals"

    @property
    def danish(self) -> str:
        """What a person chooses."""
        return _DANISH[self]


_DANISH = {
    ChangeKind.RATE: "Takster op eller ned",
    ChangeKind.SPECIAL: "Særtakster fjernes eller aftrappes",
    ChangeKind.HOURS: "Timer op eller ned",
    ChangeKind.RIDES: "Kørsler op eller ned",
    ChangeKind.END: "Bevillinger stoppes",
    ChangeKind.INDEX: "Fremskrivning hvert år",
    ChangeKind.MOVE: "Borgere flyttes til et andet tilbud",
    ChangeKind.ARRIVALS: "Nye borgere kommer til",
}


class ImpossibleChangeError(Refusal):
    """The change cannot be made so; the message says why."""


@dataclass(frozen=True)
class Touches:
    """Which lines a change touches: those for which all that is given holds. Nothing given: every line.

    `priced_before`: lines without a price announced from that day or later; a budget indexes those alone.
    """

    section: str = ""
    service: str = ""
    supplier_id: UUID | None = None
    provider_unit_id: UUID | None = None
    unit_id: UUID | None = None
    grant_ids: frozenset[UUID] = frozenset()
    priced_before: date | None = None

    def __bool__(self) -> bool:
        return self != Touches()


@dataclass(frozen=True)
class Change:
    """One change from a month on (its first day). Which of the figures are used depends on the kind.

    RATE, HOURS, RIDES, INDEX: `percent` (INDEX: again every 1 January after). SPECIAL: over `months` months the special
    rate falls in even steps to nothing, 1 = at once. MOVE: stays at `price` (kr. per the line's unit) at the offer
    `to_*`. ARRIVALS: `count` persons more each month until `until` (its first day, exclusive; None: in the first month
    alone), at `price` kr. a month each, in `touches`' section and unit.
    """

    kind: ChangeKind
    from_month: date
    touches: Touches = field(default_factory=Touches)
    percent: Decimal = Decimal(0)
    months: int = 1
    price: Decimal | None = None
    count: int = 0
    until: date | None = None
    to_supplier_id: UUID | None = None
    to_provider_unit_id: UUID | None = None

    def __post_init__(self) -> None:
        fault = _fault(self)
        if fault:
            raise ImpossibleChangeError(fault)


def _fault(change: Change) -> str:
    if change.from_month.day != 1:
        return "En ændring begynder den første i en måned."
    return _FAULTS[change.kind](change)


def _rate_fault(change: Change) -> str:
    return _percent_fault(change.percent, MOST_PERCENT)


def _index_fault(change: Change) -> str:
    return _percent_fault(change.percent, MOST_PERCENT_A_YEAR)


def _special_fault(change: Change) -> str:
    return "" if 1 <= change.months <= MOST_TAPER else f"Aftrap over 1 til {MOST_TAPER} måneder."


def _move_fault(change: Change) -> str:
    return "" if change.price is not None and change.price >= 0 else "Skriv prisen i det nye tilbud."


def _end_fault(change: Change) -> str:
    return "" if change.touches else "Vælg, hvilke bevillinger der stoppes."


def _percent_fault(percent: Decimal, most: Decimal) -> str:
    if percent != percent.quantize(Decimal("0.01")):
        return "Skriv procenten med højst to decimaler."
    if not max(Decimal(-100), -most) <= percent <= most or percent == 0:
        return f"Skriv en procent mellem {max(-100, -int(most))} og {int(most)}, som ikke er 0."
    return ""


def _arrivals_fault(change: Change) -> str:
    if not change.touches.section:
        return "Vælg den paragraf, som de nye borgere får hjælp efter."
    if change.price is None or change.price < 0:
        return "Skriv, hvad en ny borger koster om måneden."
    if change.count < 1:
        return "Skriv, hvor mange borgere der kommer til."
    if change.until is not None and change.until <= change.from_month:
        return "Tilgangen ender, før den begynder."
    return ""


_FAULTS: Final = {
    ChangeKind.RATE: _rate_fault,
    ChangeKind.SPECIAL: _special_fault,
    ChangeKind.HOURS: _rate_fault,
    ChangeKind.RIDES: _rate_fault,
    ChangeKind.END: _end_fault,
    ChangeKind.INDEX: _index_fault,
    ChangeKind.MOVE: _move_fault,
    ChangeKind.ARRIVALS: _arrivals_fault,
}
