"""What a supplement (tillæg) changes from a day, as typed changes: kept with its draft, told in its text, and obeyed.

A value that is None is not changed. Money in kr., shares from 0 to 1, days inclusive where they are called last.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, fields, replace
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Final

from styr.contracts.core.codes import IndexKind, NoticeFrom

if TYPE_CHECKING:
    from collections.abc import Mapping

    from styr.contracts.core.agreement import Agreement


@dataclass(frozen=True, slots=True)
class NewPrice:
    """A line's price, kr. per the line's unit; the line by its id as text."""

    line_id: str
    amount: Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class NewSpecialRate:
    """A special rate (særtakst): what for, hours a week, price an hour, when it is evaluated, its last day."""

    purpose: str
    hours: Decimal
    hourly_rate: Decimal
    evaluation_on: date
    last_day: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class NewTerms:
    """Terms that the supplement brings; the names are those of `contracts.agreed.Agreement`."""

    notice_days: int | None = None
    notice_from: NoticeFrom | None = None
    free_days: int | None = None
    billable: Decimal | None = None
    vacancy_billable: Decimal | None = None
    days_after_death: int | None = None
    days_after_move: int | None = None
    index_kind: IndexKind | None = None
    index_percent: Decimal | None = None
    invoice_days: int | None = None

    def named(self) -> dict[str, Any]:
        """Those that are changed, by name."""
        told = {name: getattr(self, name) for name in TERMS}
        return {name: value for name, value in told.items() if value is not None}


TERMS: Final = tuple(one.name for one in fields(NewTerms))
"""The names of the terms that a supplement can bring."""
_NOTHING: Final = NewTerms()


@dataclass(frozen=True, slots=True, kw_only=True)
class Changes:
    """All that a supplement changes from the day it `starts`; without any of them it changes words alone."""

    starts: date
    prices: tuple[NewPrice, ...] = ()
    special: NewSpecialRate | None = None
    last_day: date | None = None
    open_ended: bool = False
    terms: NewTerms = _NOTHING

    @property
    def moves_end(self) -> bool:
        """Whether the contract gets another last day."""
        return self.open_ended or self.last_day is not None

    def agreement(self, held: Agreement) -> Agreement:
        """The terms that hold from the day, after those that held on it."""
        named = self.terms.named()
        if "index_kind" in named:
            named["index_percent"] = self.terms.index_percent
        return replace(held, **named)

    def title(self) -> str:
        """What the register calls the supplement: our words alone, since the register's are in clear."""
        found = [word for word, there in self._words() if there]
        if not found:
            return "Ændring i kontraktens tekst"
        told = found[0] if len(found) == 1 else f"{', '.join(found[:-1])} og {found[-1]}"
        return told[:1].upper() + told[1:]

    def _words(self) -> tuple[tuple[str, bool], ...]:
        named = self.terms.named()
        return (
            ("ny pris" if len(self.prices) == 1 else "nye priser", bool(self.prices)),
            ("ny særtakst", self.special is not None),
            ("ny sidste dag", self.moves_end),
            ("opsigelsesvarsel", bool({"notice_days", "notice_from"} & named.keys())),
            ("fravær", "billable" in named),
            ("betaling før indflytning", "vacancy_billable" in named),
            ("betaling efter dødsfald", "days_after_death" in named),
            ("betaling efter fraflytning", "days_after_move" in named),
            ("regulering", bool({"index_kind", "index_percent"} & named.keys())),
            ("faktureringsfrist", "invoice_days" in named),
        )

    def kept(self) -> str:
        """As text, for the draft's sealed facts."""
        told = {
            "starts": self.starts.isoformat(),
            "prices": [[one.line_id, str(one.amount)] for one in self.prices],
            "special": None if self.special is None else _plain(self.special),
            "last_day": None if self.last_day is None else self.last_day.isoformat(),
            "open_ended": self.open_ended,
            "terms": {name: str(value) for name, value in self.terms.named().items()},
        }
        return json.dumps(told, ensure_ascii=False)


def changes_of(kept: str) -> Changes:
    """The changes as they were kept."""
    told = json.loads(kept)
    special: dict[str, Any] | None = told["special"]
    return Changes(
        starts=date.fromisoformat(told["starts"]),
        prices=tuple(NewPrice(line_id, Decimal(amount)) for line_id, amount in told["prices"]),
        special=None if special is None else _special(special),
        last_day=_day(told["last_day"]),
        open_ended=told["open_ended"],
        terms=NewTerms(**{name: _READ[name](value) for name, value in told["terms"].items()}),
    )


def _plain(special: NewSpecialRate) -> dict[str, str | None]:
    return {
        "purpose": special.purpose,
        "hours": str(special.hours),
        "hourly_rate": str(special.hourly_rate),
        "evaluation_on": special.evaluation_on.isoformat(),
        "last_day": None if special.last_day is None else special.last_day.isoformat(),
    }


def _special(told: Mapping[str, Any]) -> NewSpecialRate:
    return NewSpecialRate(
        purpose=told["purpose"],
        hours=Decimal(told["hours"]),
        hourly_rate=Decimal(told["hourly_rate"]),
        evaluation_on=date.fromisoformat(told["evaluation_on"]),
        last_day=_day(told["last_day"]),
    )


def _day(written: str | None) -> date | None:
    return None if written is None else date.fromisoformat(written)


_READ: Final[Mapping[str, Any]] = {
    "notice_days": int,
    "notice_from": NoticeFrom,
    "free_days": int,
    "billable": Decimal,
    "vacancy_billable": Decimal,
    "days_after_death": int,
    "days_after_move": int,
    "index_kind": IndexKind,
    "index_percent": Decimal,
    "invoice_days": int,
}
