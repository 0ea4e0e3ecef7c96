"""A supplement told in words: each term before and after, for whoever approves it, and the sentences of its text.

The sentences are written so that the reader of contracts finds the same values in them again.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Final

from styr.contracts.core.codes import IndexKind, NoticeFrom
from styr.kernel.danish import danish_date, danish_month, danish_number, kroner

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import date

    from styr.contracts.core.agreement import Agreement
    from styr.drafting.core.changes import Changes, NewSpecialRate
    from styr.kernel.units import Unit

_WHOLE: Final = 100
_NOT: Final = "Ikke aftalt"


@dataclass(frozen=True, slots=True)
class PricedLine:
    """A line of the contract: what it is of, its unit, and its price (kr.) on the supplement's first day."""

    name: str
    unit: Unit
    price: Decimal | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """What holds on the supplement's first day without it: the last day, the terms with the contract's own, lines."""

    last_day: date | None
    terms: Agreement
    lines: Mapping[str, PricedLine]


@dataclass(frozen=True, slots=True)
class Row:
    """One term: what it is, as it is and as it becomes."""

    name: str
    before: str
    after: str


def rows(changes: Changes, held: Held) -> tuple[Row, ...]:
    """Every term that the supplement touches, before and after."""
    return (*_prices(changes, held), *_period(changes, held), *_terms(held.terms, changes.agreement(held.terms)))


def sentences(changes: Changes, held: Held) -> tuple[str, ...]:
    """What the supplement's text says of its changes, one sentence each, without the full stop."""
    return (*_period_sentences(changes), *_price_sentences(changes, held), *_term_sentences(changes, held))


def _prices(changes: Changes, held: Held) -> Iterator[Row]:
    for one in changes.prices:
        line = held.lines[one.line_id]
        unit = f"pr. {line.unit.danish}"
        before = _NOT if line.price is None else f"{_kr(line.price)} kr. {unit}"
        yield Row(line.name, before, f"{_kr(one.amount)} kr. {unit}")
    if changes.special is not None:
        yield Row("Særtakst", "Ingen", _special(changes.special))


def _period(changes: Changes, held: Held) -> Iterator[Row]:
    if changes.moves_end:
        before = "Ingen slutdato" if held.last_day is None else danish_date(held.last_day)
        yield Row("Sidste dag", before, danish_date(changes.last_day) if changes.last_day else "Ingen slutdato")


def _terms(before: Agreement, after: Agreement) -> Iterator[Row]:
    for name, tell in _TOLD:
        was, becomes = tell(before), tell(after)
        if was != becomes:
            yield Row(name, was, becomes)


def _notice(terms: Agreement) -> str:
    return _NOT if terms.notice_days is None else f"{terms.notice_days} dage {terms.notice_from.danish}"


def _absence(terms: Agreement) -> str:
    if terms.billable is None or terms.billable == 1:
        return "Fuld betaling"
    return f"Fuld betaling i {terms.free_days or 0} dage, derefter {_percent(terms.billable)}"


def _vacancy(terms: Agreement) -> str:
    return _NOT if terms.vacancy_billable is None else f"{_percent(terms.vacancy_billable)} af prisen"


def _days(days: int | None) -> str:
    return _NOT if days is None else f"{days} dage"


def _index(terms: Agreement) -> str:
    if terms.index_kind is None:
        return _NOT
    told = terms.index_kind.danish
    if terms.index_percent is None:
        return told
    return f"{told}, {'højst ' if terms.index_kind is IndexKind.PL else ''}{danish_number(terms.index_percent)} %"


_TOLD: Final = (
    ("Opsigelsesvarsel", _notice),
    ("Fravær", _absence),
    ("Før indflytning", _vacancy),
    ("Efter dødsfald", lambda terms: _days(terms.days_after_death)),
    ("Efter fraflytning", lambda terms: _days(terms.days_after_move)),
    ("Regulering", _index),
    ("Faktureres inden", lambda terms: _days(terms.invoice_days)),
)


def _price_sentences(changes: Changes, held: Held) -> Iterator[str]:
    for one in changes.prices:
        line = held.lines[one.line_id]
        yield f"Prisen for {line.name.lower()} er {_kr(one.amount)} kr. pr. {line.unit.danish}"
    if changes.special is not None:
        yield f"Der er aftalt en særtakst: {_special(changes.special)}"


def _period_sentences(changes: Changes) -> Iterator[str]:
    if changes.open_ended:
        yield "Kontrakten løber uden slutdato"
    elif changes.last_day is not None:
        yield f"Kontrakten løber til og med {_written(changes.last_day)}"


def _term_sentences(changes: Changes, held: Held) -> Iterator[str]:
    named, after = changes.terms.named(), changes.agreement(held.terms)
    for names, tell in _SAID:
        if names & named.keys():
            yield tell(after)


def _notice_sentence(after: Agreement) -> str:
    if after.notice_from is NoticeFrom.MONTH_END:
        return f"Begge parter kan skriftligt opsige kontrakten med løbende måned plus {after.notice_days} dage"
    return f"Begge parter kan skriftligt opsige kontrakten med {after.notice_days} dages varsel"


def _absence_sentence(after: Agreement) -> str:
    cut = _percent(1 - _share(after.billable))
    return f"Ved fravær ud over {after.free_days} dage nedsættes prisen med {cut} for hver dag"


def _index_sentence(after: Agreement) -> str:
    if after.index_kind is IndexKind.PL:
        most = "" if after.index_percent is None else f", dog højst {danish_number(after.index_percent)} %"
        return f"Prisen reguleres én gang om året pr. 1. januar med KL's pris- og lønfremskrivning{most}"
    if after.index_kind is IndexKind.PERCENT and after.index_percent is not None:
        return f"Prisen reguleres hvert år med {danish_number(after.index_percent)} %"
    return "Prisen er fast og reguleres ikke"


_SAID: Final = (
    ({"notice_days", "notice_from"}, _notice_sentence),
    ({"billable"}, _absence_sentence),
    ({"vacancy_billable"}, lambda after: (
        f"Indtil borgeren faktisk flytter ind, betales {_percent(_share(after.vacancy_billable))} af prisen")),
    ({"days_after_death"}, lambda after: f"Der betales i højst {after.days_after_death} dage efter dødsfaldet"),
    ({"days_after_move"}, lambda after: f"Der betales i højst {after.days_after_move} dage efter fraflytning"),
    ({"index_kind", "index_percent"}, _index_sentence),
    ({"invoice_days"}, lambda after: f"Leverandøren fakturerer senest {after.invoice_days} dage efter leveringen"),
)  # fmt: skip


def _share(share: Decimal | None) -> Decimal:
    return Decimal(1) if share is None else share


def _special(special: NewSpecialRate) -> str:
    hours = danish_number(special.hours.normalize())
    last = f"bortfalder {_written(special.last_day)} og " if special.last_day else ""
    told = f"{special.purpose.strip().rstrip('.')}, {hours} timer om ugen til {_kr(special.hourly_rate)} kr. pr. time"
    return f"{told}; den {last}evalueres {_written(special.evaluation_on)}"


def _percent(share: Decimal) -> str:
    return f"{danish_number((share * _WHOLE).normalize())} %"


def _kr(amount: Decimal) -> str:
    return kroner(int((amount * _WHOLE).to_integral_value())).removesuffix(" kr.")


def _written(day: date) -> str:
    """31. december 2027: a contract writes the month out."""
    return f"{day.day}. {danish_month(day)}"
