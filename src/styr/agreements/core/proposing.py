"""What the confirmed facts of a document say of a contract, in the register's own values."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Final

from styr.agreements.core.review.quantities import quantities
from styr.agreements.core.review.words import words
from styr.contracts.core.codes import IndexKind, NoticeFrom
from styr.kernel.units import Unit, UnknownUnitError, unit_from_danish

if TYPE_CHECKING:
    from collections.abc import Iterable

_PRICE: Final = re.compile(r"^\s*(\d{1,3}(?:\.\d{3})+|\d+)(?:,(\d{1,2}))?\s*(?:kr\.?)?\s*pr\.?\s*(\w+)", re.IGNORECASE)
_NUMBER: Final = re.compile(r"\d+(?:,\d+)?")
_DAYS: Final = re.compile(r"(\d+)\s*(dage|døgn|måned(?:er)?)", re.IGNORECASE)
_DAYS_OF_A_MONTH: Final = 30
_MONTHS_OF_A_YEAR: Final = 12
_DAYS_OF_A_YEAR: Final = 365
_FLOOR: Final = re.compile(r"minimum|mindst", re.IGNORECASE)
_RUNNING: Final = "løbende"


@dataclass(frozen=True, slots=True)
class PricedUnit:
    """A price in kr. per unit."""

    amount: Decimal
    unit: Unit


@dataclass(frozen=True, slots=True)
class Proposal:
    """A contract as the document has it; None and "" where nothing was confirmed. `last_day` is included.

    A notice of "løbende måned + 30 dage" is 30 days from the month's end.
    """

    number: str = ""
    cvr: tuple[str, ...] = ()
    p_number: str = ""
    section: str = ""
    citizen: str = ""
    starts: date | None = None
    last_day: date | None = None
    notice_days: int | None = None
    notice_from: NoticeFrom = NoticeFrom.DAY
    index_kind: IndexKind | None = None
    index_percent: Decimal | None = None
    death_days: int | None = None
    invoice_days: int | None = None
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
    kind, percent = index_of(first("indexation"))
    return Proposal(
        number=first("contract_number"),
        cvr=tuple(re.sub(r"\D", "", one) for one in found.get("cvr", ())),
        p_number=first("p_number"),
        section=first("section"),
        citizen=first("citizen"),
        starts=_day(first("starts")),
        last_day=_day(first("ends")),
        notice_days=notice_days(first("notice")),
        notice_from=NoticeFrom.MONTH_END if _RUNNING in first("notice").lower() else NoticeFrom.DAY,
        index_kind=kind,
        index_percent=percent,
        death_days=days_of(first("death_days")),
        invoice_days=days_of(first("invoice_deadline")),
        free_days=None if free is None else int(free),
        billable_percent=None if share is None or share > 100 else 100 - share,  # noqa: PLR2004 - percent
        prices=tuple(price for one in found.get("price", ()) if (price := price_of(one)) is not None),
    )


def notice_days(written: str) -> int | None:
    """Days of notice in words: "løbende måned + 30 dage" is 30, "tre måneders varsel" 90; None where none are named."""
    days = [int(one.value) for one in quantities(words(written)) if one.kind == "days"]
    if _RUNNING in written.lower():
        return min(days, default=0)
    return sum(days) if len(days) == 1 else max(days, default=None)


def days_of(written: str) -> int | None:
    """A number of days: "14 dage" is 14, "12 måneder" a year; None for other words."""
    match = _DAYS.search(written)
    if match is None:
        return None
    count = int(match[1])
    if match[2].startswith("d"):
        return count
    return _DAYS_OF_A_YEAR if count == _MONTHS_OF_A_YEAR else count * _DAYS_OF_A_MONTH


def index_of(written: str) -> tuple[IndexKind | None, Decimal | None]:
    """How a price is agreed to rise: "KL's PL-regulering, dog højst 3 %" or "3 %"; (None, None) for other words.

    A percentage beside KL's is the cap on it. A floor cannot be held in the register, so it is left to a person.
    """
    named = re.search(r"lønfremskrivning|PL-?(?:fremskrivning|regulering)", written, re.IGNORECASE)
    percent = _number(written) if re.search(r"%|procent|pct", written, re.IGNORECASE) else None
    if named:
        return (None, None) if percent is not None and _FLOOR.search(written) else (IndexKind.PL, percent)
    return (None, None) if percent is None else (IndexKind.PERCENT, percent)


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
