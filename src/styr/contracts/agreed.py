"""What is agreed beside prices: terms by period, supplements, duties, the framework and its call-offs; one query."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Final
from uuid import UUID

from django.db import connection

from styr.contracts.core.agreement import Agreement
from styr.contracts.core.codes import DutyKind, IndexKind, NoticeFrom

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

_ASKED: Final = """
SELECT
    (SELECT json_agg(json_build_array(t.valid_from, t.valid_to, s.supplement_no, t.days_after_death, t.days_after_move,
         t.vacancy_billable::text, t.notice_from, t.index_kind, t.index_percent::text, t.invoice_days,
         t.notice_days, t.absence_free_days, t.absence_billable::text)
         ORDER BY t.valid_from)
     FROM contracts_agreedterms t LEFT JOIN contracts_supplement s ON s.id = t.supplement_id
     WHERE t.contract_id = %(id)s),
    (SELECT json_agg(json_build_array(id, supplement_no, valid_from, title, signed_on) ORDER BY supplement_no)
     FROM contracts_supplement WHERE contract_id = %(id)s),
    (SELECT json_agg(json_build_array(id, kind, note, due_on, every_months, done_on) ORDER BY due_on, id)
     FROM contracts_duty WHERE contract_id = %(id)s AND done_on IS NULL),
    (SELECT json_build_array(f.id, f.number)
     FROM contracts_contract c JOIN contracts_contract f ON f.id = c.framework_id WHERE c.id = %(id)s),
    (SELECT json_agg(json_build_array(id, number) ORDER BY number)
     FROM (SELECT id, number FROM contracts_contract WHERE framework_id = %(id)s ORDER BY number LIMIT 100) o),
    (SELECT moved_in_on FROM contracts_contract WHERE id = %(id)s),
    (SELECT notice_given_on FROM contracts_contract WHERE id = %(id)s),
    (SELECT u.name FROM contracts_keeper k JOIN access_user u ON u.id = k.user_id WHERE k.contract_id = %(id)s)
"""


_NAMES: Final = "(SELECT json_object_agg(code, name) FROM rel_service_kind)"


@dataclass(frozen=True, slots=True)
class AgreedPeriod:
    """Terms in [valid_from, valid_to); `supplement_no` where a supplement brought them."""

    valid_from: date
    valid_to: date | None
    supplement_no: int | None
    terms: Agreement


@dataclass(frozen=True, slots=True)
class SupplementCard:
    """An agreement that amends the contract from a day (tillæg)."""

    id: UUID
    supplement_no: int
    valid_from: date
    title: str
    signed_on: date


@dataclass(frozen=True, slots=True)
class DutyCard:
    """Something due by the contract; `every_months` None is once."""

    id: UUID
    kind: DutyKind
    note: str
    due_on: date
    every_months: int | None


@dataclass(frozen=True, slots=True)
class Numbered:
    """Another contract: its id and number."""

    id: UUID
    number: str


@dataclass(frozen=True, slots=True)
class AgreedCard:
    """All of it, in order of date."""

    periods: tuple[AgreedPeriod, ...] = ()
    supplements: tuple[SupplementCard, ...] = ()
    duties: tuple[DutyCard, ...] = ()
    framework: Numbered | None = None
    call_offs: tuple[Numbered, ...] = ()
    moved_in_on: date | None = None
    notice_given_on: date | None = None
    keeper: str = ""

    def on(self, day: date) -> AgreedPeriod | None:
        """The terms in force on a day; before the first, the first."""
        holding = [one for one in self.periods if one.valid_from <= day]
        return holding[-1] if holding else next(iter(self.periods), None)

    def amended(self, day: date) -> Agreement:
        """The terms that in fact hold on a day, without what begins later; none before the first."""
        return next((one.terms for one in reversed(self.periods) if one.valid_from <= day), Agreement())


def agreed_card(contract_id: UUID) -> AgreedCard:
    """Return what is agreed beside the prices; empty where nothing is, or where the caller sees no such contract."""
    with connection.cursor() as cursor:
        cursor.execute(_ASKED, {"id": contract_id})
        return _card(cursor.fetchone())


def agreed_with_names(contract_id: UUID) -> tuple[AgreedCard, dict[str, str]]:
    """Return the same, and what every kind of service is called today, by code: what a page asks, in one query."""
    with connection.cursor() as cursor:
        cursor.execute(f"{_ASKED}, {_NAMES}", {"id": contract_id})
        *card, names = cursor.fetchone()
    return _card(card), dict(names or {})


def _card(row: Sequence[Any]) -> AgreedCard:
    periods, supplements, duties, framework, call_offs, moved_in_on, notice_given_on, keeper = row
    return AgreedCard(
        periods=tuple(_period(row) for row in periods or ()),
        supplements=tuple(
            SupplementCard(UUID(one), number, _day(first), title, _day(signed))
            for one, number, first, title, signed in supplements or ()
        ),
        duties=tuple(
            DutyCard(UUID(one), DutyKind(kind), note, _day(due), every)
            for one, kind, note, due, every, _ in duties or ()
        ),
        framework=_numbered(framework) if framework else None,
        call_offs=tuple(_numbered(row) for row in call_offs or ()),
        moved_in_on=moved_in_on,
        notice_given_on=notice_given_on,
        keeper=keeper or "",
    )


def _period(row: list[Any]) -> AgreedPeriod:
    first, end, supplement_no, death, move, vacancy, notice, kind, percent, invoice, notice_days, free, billable = row
    terms = Agreement(
        days_after_death=death,
        days_after_move=move,
        vacancy_billable=_number(vacancy),
        notice_from=NoticeFrom(notice),
        index_kind=IndexKind(kind) if kind else None,
        index_percent=_number(percent),
        invoice_days=invoice,
        notice_days=notice_days,
        free_days=free,
        billable=_number(billable),
    )
    return AgreedPeriod(_day(first), _day(end) if end else None, supplement_no, terms)


def _numbered(row: Iterable[Any]) -> Numbered:
    one, number = row
    return Numbered(UUID(one), number)


def _day(text: str) -> date:
    return date.fromisoformat(text)


def _number(text: str | None) -> Decimal | None:
    return None if text is None else Decimal(text)
