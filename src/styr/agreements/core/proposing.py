"""What the confirmed facts of a document say of a contract, in the register's own values."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Final

from styr.agreements.core.review.quantities import quantities
from styr.agreements.core.review.words import words
from styr.kernel.units import Unit, UnknownUnitError, unit_from_danish

if TYPE_CHECKING:
    from collections.abc import Iterable

_PRICE: Final = re.compile(r"^\s*(\d{1,3}(?:\.\d{3})+|\d+)(?:,(\d{1,2}))?\s*(?:kr\.?)?\s*pr\.?\s*(\w+)", re.IGNORECASE)
_NUMBER: Final = re.compile(r"\d+(?:,\d+)?")
_DAYS_OF_A_MONTH: Final = 30


@dataclass(frozen=True, slots=True)
class PricedUnit:
    """A price in kr. per unit."""

    amount: Decimal
    unit: Unit


@dataclass(frozen=True, slots=True)
class Proposal:
    """A contract as the document has it; None and "" where nothing was confirmed. `last_day` is included."""

    number: str = ""
    cvr: tuple[str, ...] = ()
    p_number: str = ""
    section: str = ""
    citizen: str = ""
    starts: date | None = None
    last_day: date | None = None
    notice_days: int | None = None
    free_days: int | None = None
    billable_percent: Decimal | None = None
    prices: tuple[PricedUnit, ...] = ()


def proposal_of(confirmed: Iterable[tuple[str, str]]) -> Proposal:
    """Read confirmed facts (name, value); of two of a kind the first counts, except CVR numbers and prices."""
    found: dict[str, list[str]] = {}
    for name, value in confirmed:
        found.setdefault(name, []).append(value)

    def first(name: str) -> str:
        return found.get(name, [""])[0]

    share = _number(first("absence"))
    free = _number(first("absence_days"))
    return Proposal(
        number=first("contract_number"),
        cvr=tuple(re.sub(r"\D", "", one) for one in found.get("cvr", ())),
        p_number=first("p_number"),
        section=first("section"),
        citizen=first("citizen"),
        starts=_day(first("starts")),
        last_day=_day(first("ends")),
        notice_days=notice_days(first("notice")),
        free_days=None if free is None else int(free),
        billable_percent=None if share is None or share > 100 else 100 - share,  # noqa: PLR2004 - percent
        prices=tuple(price for one in found.get("price", ()) if (price := price_of(one)) is not None),
    )


def notice_days(written: str) -> int | None:
    """Days of notice in words: "løbende måned + 30 dage" is 60, "tre måneders varsel" 90; None where none are named."""
    days = [int(one.value) for one in quantities(words(written)) if one.kind == "days"]
    if not days:
        return None
    return sum(days) if len(days) == 1 and "løbende" not in written.lower() else max(days) + _DAYS_OF_A_MONTH


def price_of(written: str) -> PricedUnit | None:
    """A price as a field has it: "2.450,00 kr. pr. døgn"; None for other words, and for units we have not."""
    match = _PRICE.match(written)
    if match is None:
        return None
    try:
        unit = unit_from_danish({"dag": "døgn", "gang": "engang"}.get(match[3].lower(), match[3]))
    except UnknownUnitError:
        return None
    return PricedUnit(Decimal(f"{match[1].replace('.', '')}.{match[2] or '0'}"), unit)


def _number(written: str) -> Decimal | None:
    match = _NUMBER.search(written)
    return None if match is None else Decimal(match[0].replace(",", "."))


def _day(written: str) -> date | None:
    try:
        return date.fromisoformat(written)
    except ValueError:
        return _danish_day(written)


def _danish_day(written: str) -> date | None:
    """A day as somebody corrected it: 1.3.2026, 01-03-2026."""
    parts = re.fullmatch(r"\s*(\d{1,2})[./-](\d{1,2})[./-](\d{4})\s*", written)
    if parts is None:
        return None
    try:
        return date(int(parts[3]), int(parts[2]), int(parts[1]))
    except ValueError:
        return None
