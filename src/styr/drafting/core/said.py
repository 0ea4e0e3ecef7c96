"""What a contract's text says of the terms that compute, held against what the register holds or is to hold.

The text is read by the reader of contracts (`agreements.core.review.fields`), with a few sentences of our own library
besides. A text may say a thing more than once ("i prøvetiden 14 dages varsel"): the register agrees where it says one
of them. What the text does not speak of is no difference, unless it must.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Final, TypeVar

from styr.agreements.core.proposing import days_of, index_of, notice_days, price_of, proposal_of
from styr.agreements.core.reading.document import Page
from styr.agreements.core.review.fields import fields
from styr.agreements.core.review.sentences import sentences
from styr.contracts.core.agreement import Agreement
from styr.contracts.core.codes import IndexKind, NoticeFrom
from styr.kernel.danish import danish_date, danish_number

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
    from datetime import date

    from styr.kernel.units import Unit

T = TypeVar("T")
_PERCENT: Final = 100
_FROM_MOVE_IN: Final = re.compile(r"\bbetales\b[^.]{0,20}\bfra den dag\b[^.]{0,60}\bfaktisk\b", re.IGNORECASE)
_UNTIL_MOVE_IN: Final = re.compile(
    r"\bindtil\b[^.]{0,40}\bflytter ind\b[^.]{0,20}\bbetales (\d+(?:,\d+)?) ?(?:%|procent)", re.IGNORECASE
)
_STOPS_AT_DEATH: Final = re.compile(r"\bdør\b.*\bbetalingen (?:stopper|ophører) samme dag", re.IGNORECASE)
_AFTER_MOVE: Final = re.compile(r"(\d+) (?:dage|døgn) efter (?:borgerens )?fraflytning", re.IGNORECASE)
_FIXED: Final = re.compile(r"\bpris\w* er fast\b[^.]{0,20}\breguleres ikke", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """Everything that a text says, in its order; shares from 0 to 1, prices in kr."""

    notices: tuple[tuple[int, NoticeFrom], ...] = ()
    free_days: tuple[int, ...] = ()
    billable: tuple[Decimal, ...] = ()
    vacancy: tuple[Decimal, ...] = ()
    death: tuple[int, ...] = ()
    move: tuple[int, ...] = ()
    indexes: tuple[tuple[IndexKind, Decimal | None], ...] = ()
    invoice: tuple[int, ...] = ()
    prices: tuple[tuple[Decimal, Unit], ...] = ()
    starts: date | None = None
    last_day: date | None = None

    def agreement(self) -> Agreement:
        """The terms that the text says, the first of each."""
        kind, percent = self.indexes[0] if self.indexes else (None, None)
        return Agreement(
            days_after_death=_first(self.death),
            days_after_move=_first(self.move),
            vacancy_billable=_first(self.vacancy),
            notice_from=self.notices[0][1] if self.notices else NoticeFrom.DAY,
            index_kind=kind,
            index_percent=percent,
            invoice_days=_first(self.invoice),
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Registered:
    """What the register holds, or will when a supplement is signed; `base` is the price that a text must name.

    `must` are names of terms that the text must speak of: those that a supplement changes.
    """

    terms: Agreement
    prices: tuple[tuple[Decimal, Unit], ...]
    base: tuple[Decimal, Unit] | None
    starts: date | None
    last_day: date | None
    must: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Difference:
    """A term of which text and register say different things."""

    name: str
    text: str
    register: str


def said_in(lines: Iterable[str]) -> Said:
    """What the lines of a text say."""
    read = [one for line in lines for one in sentences((Page(1, line),))]
    told: dict[str, list[str]] = {}
    for one in fields(read):
        told.setdefault(one.name, []).append(one.value)
    texts = [one.text for one in read]
    whole = proposal_of((name, values[0]) for name, values in told.items())
    shares = [_share(one) for one in told.get("absence", ())]
    return Said(
        notices=_kept(_notice(one) for one in told.get("notice", ())),
        free_days=tuple(int(one) for one in told.get("absence_days", ())),
        billable=tuple(1 - one for one in shares if one is not None and one <= 1),
        vacancy=tuple(_vacancy(texts)),
        death=(*_kept(days_of(one) for one in told.get("death_days", ())), *_zero(_STOPS_AT_DEATH, texts)),
        move=tuple(int(found[1]) for one in texts for found in _AFTER_MOVE.finditer(one)),
        indexes=tuple(_indexes(told.get("indexation", ()), texts)),
        invoice=_kept(days_of(one) for one in told.get("invoice_deadline", ())),
        prices=tuple((one.amount, one.unit) for one in _kept(price_of(one) for one in told.get("price", ()))),
        starts=whole.starts,
        last_day=whole.last_day,
    )


def differences(said: Said, held: Registered) -> tuple[Difference, ...]:
    """Where the text and the register say different things, or the text leaves out what it must say."""
    return (*_terms(said, held), *_period(said, held), *_prices(said, held))


def _terms(said: Said, held: Registered) -> Iterator[Difference]:
    terms = held.terms
    notice = None if terms.notice_days is None else (terms.notice_days, terms.notice_from)
    index = None if terms.index_kind is None else (terms.index_kind, terms.index_percent)
    compared: tuple[tuple[str, str, Sequence[object], object, Callable[..., str]], ...] = (
        ("notice_days", "Opsigelsesvarsel", said.notices, notice, _told_notice),
        ("free_days", "Fraværsdage med fuld betaling", said.free_days, terms.free_days, _told_days),
        ("billable", "Betaling ved fravær derefter", said.billable, terms.billable, _told_share),
        ("vacancy_billable", "Før indflytning", said.vacancy, terms.vacancy_billable, _told_share),
        ("days_after_death", "Efter dødsfald", said.death, terms.days_after_death, _told_days),
        ("days_after_move", "Efter fraflytning", said.move, terms.days_after_move, _told_days),
        ("index_kind", "Regulering", _loose(said.indexes, index), index, _told_index),
        ("invoice_days", "Faktureres inden", said.invoice, terms.invoice_days, _told_days),
    )
    for name, called, found, registered, tell in compared:
        known = "Ikke aftalt" if registered is None else tell(registered)
        if found and registered not in found:
            yield Difference(called, tell(found[0]), known)
        elif not found and name in held.must:
            yield Difference(called, "Står ikke i teksten", known)


def _period(said: Said, held: Registered) -> Iterator[Difference]:
    if held.starts is not None and said.starts is not None and said.starts != held.starts:
        yield Difference("Første dag", danish_date(said.starts), danish_date(held.starts))
    if said.last_day is not None and said.last_day != held.last_day:
        known = "Ingen slutdato" if held.last_day is None else danish_date(held.last_day)
        yield Difference("Sidste dag", danish_date(said.last_day), known)
    elif said.last_day is None and held.last_day is not None and "last_day" in held.must:
        yield Difference("Sidste dag", "Står ikke i teksten", danish_date(held.last_day))


def _prices(said: Said, held: Registered) -> Iterator[Difference]:
    if held.base is not None and held.base not in said.prices:
        yield Difference("Pris", "Står ikke i teksten", _told_price(held.base))
    for one in dict.fromkeys(said.prices):
        if one not in held.prices:
            yield Difference("Pris", _told_price(one), "Ingen linje har den pris")


def _loose(
    found: Sequence[tuple[IndexKind, Decimal | None]], registered: tuple[IndexKind, Decimal | None] | None
) -> Sequence[object]:
    """A cap on PL is seldom written so that it can be read: PL in the text is PL in the register."""
    if registered is not None and registered[0] is IndexKind.PL and any(kind is IndexKind.PL for kind, _ in found):
        return [registered]
    return found


def _notice(written: str) -> tuple[int, NoticeFrom] | None:
    days = notice_days(written)
    counted = NoticeFrom.MONTH_END if "løbende" in written.lower() else NoticeFrom.DAY
    return None if days is None else (days, counted)


def _vacancy(texts: Collection[str]) -> Iterator[Decimal]:
    for text in texts:
        found = _UNTIL_MOVE_IN.search(text)
        if found is not None:
            yield Decimal(found[1].replace(",", ".")) / _PERCENT
        elif _FROM_MOVE_IN.search(text):
            yield Decimal(0)


def _zero(pattern: re.Pattern[str], texts: Collection[str]) -> Iterator[int]:
    """0 days, where the whole text says so: one sentence names the death, the next the payment."""
    if pattern.search(" ".join(texts)):
        yield 0


def _indexes(written: Iterable[str], texts: Collection[str]) -> Iterator[tuple[IndexKind, Decimal | None]]:
    for one in written:
        kind, percent = index_of(one)
        if kind is not None:
            yield kind, percent
    if any(_FIXED.search(text) for text in texts):
        yield IndexKind.FIXED, None


def _share(written: str) -> Decimal | None:
    found = re.search(r"\d+(?:,\d+)?", written)
    return None if found is None else Decimal(found[0].replace(",", ".")) / _PERCENT


def _kept(found: Iterable[T | None]) -> tuple[T, ...]:
    return tuple(one for one in found if one is not None)


def _first(found: Sequence[T]) -> T | None:
    return found[0] if found else None


def _told_notice(notice: tuple[int, NoticeFrom]) -> str:
    return f"{notice[0]} dage {notice[1].danish}"


def _told_days(days: int) -> str:
    return f"{days} dage"


def _told_share(share: Decimal) -> str:
    return f"{danish_number(share * _PERCENT)} %"


def _told_index(index: tuple[IndexKind, Decimal | None]) -> str:
    kind, percent = index
    return kind.danish if percent is None else f"{kind.danish}, {danish_number(percent)} %"


def _told_price(price: tuple[Decimal, Unit]) -> str:
    return f"{danish_number(price[0])} kr. pr. {price[1].danish}"
