"""From the reference's world to the rows of the relations, and back to the reference's keys."""

from __future__ import annotations

from datetime import date
from functools import cache
from typing import TYPE_CHECKING, Any
from uuid import UUID

from styr.budgets.core.frame import Frame
from styr.budgets.core.relations import FRAME, INDEX, PROVISION, STANDING_DAYS
from styr.contracts.core.relations import CALENDAR, CONTRACT
from styr.grants.core.cost_relations import MONTH, month_rows
from styr.grants.core.relations import GRANT, RATE, SERVICE, SERVICE_ABSENCE
from styr.invoices.core.relations import INVOICE, INVOICE_LINE, LINE_MATCH
from styr.kernel.calendar import open_before
from styr.kernel.engine import compile_duckdb
from styr.kernel.period import Period
from styr.ledger.core.relations import POSTING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from styr.budgets.core.stages import Staged
    from styr.kernel.engine import DuckEngine
    from styr.kernel.relation import Relation
    from unit.budgets.forecast_reference import Key, World

Rows = list[dict[str, Any]]
CITIZEN, UNIT, GRANT_ID, _SERVICE, _BILL, _LINE, _SUPPLIER, _CALENDAR = (number * 10**6 for number in range(1, 9))
_CALENDAR_DAYS = Period(date(2020, 1, 1), date(2027, 1, 1))
_LINES_A_GRANT = 10


def of(kind: int, number: int | None) -> UUID | None:
    return None if number is None else UUID(int=kind + number)


def number_of(kind: int, key: UUID | None) -> int | None:
    return None if key is None else key.int - kind


def frame_of(world: World) -> Frame:
    return Frame.of(first_year=world.first_year, years=world.years, as_of=world.as_of)


@cache
def _text(staged: Callable[[], Staged]) -> str:
    return staged().text(compile_duckdb)


def rows_of(duck: DuckEngine, staged: Callable[[], Staged]) -> Rows:
    found = duck.connection.sql(_text(staged))
    return [dict(zip(found.columns, row, strict=True)) for row in found.fetchall()]


def world_tables(world: World) -> dict[Relation, Rows]:
    frame = frame_of(world)
    return {
        FRAME: [frame.row()],
        MONTH: list(month_rows(frame.period)),
        INDEX: list(frame.index_rows(world.percents)),
        CALENDAR: [row for number, closed in enumerate(world.closed) for row in _calendar(number, closed)],
        STANDING_DAYS: [
            {
                "grant_id": of(GRANT_ID, number),
                "calendar_id": of(_CALENDAR, held.used_on.calendar),
                "weekdays": sum(1 << day for day in held.used_on.weekdays),
                "told_to": max(world.closed[held.used_on.calendar], default=None),
            }
            for number, held in enumerate(world.grants)
            if held.used_on
        ],
        CONTRACT: [],
        GRANT: [_grant(number, world) for number in range(len(world.grants))],
        **_services(world),
        **_bills(world),
        POSTING: _postings(world),
        PROVISION: [
            filled(PROVISION, provision_id=of(0, number), unit_id=of(UNIT, pool.unit), starts=pool.starts,
                    ends=pool.ends, month_ore=pool.ore)
            for number, pool in enumerate(world.pools)
        ],
    }  # fmt: skip


def keyed(rows: Iterable[dict[str, Any]]) -> dict[Key, int]:
    return {
        (
            number_of(CITIZEN, row["citizen_id"]),
            number_of(GRANT_ID, row["grant_id"]),
            number_of(UNIT, row["unit_id"]),
            row["section"],
            row["account"],
            row["month"],
            row["basis"],
        ): row["amount_ore"]
        for row in rows
    }


def filled(relation: Relation, **values: Any) -> dict[str, Any]:
    return {column: values.get(column) for column in relation.columns}


@cache
def _calendar(number: int, closed: frozenset[date]) -> Rows:
    days = open_before(_CALENDAR_DAYS, closed=closed)
    return [{"calendar_id": of(_CALENDAR, number), "day": day, "open_before": count} for day, count in days]


def _grant(number: int, world: World) -> dict[str, Any]:
    held = world.grants[number]
    return filled(
        GRANT,
        grant_id=of(GRANT_ID, number),
        citizen_id=of(CITIZEN, held.citizen),
        unit_id=of(UNIT, held.unit),
        section=held.section,
        status=held.status,
        starts=held.starts,
        ends=held.ends,
        supplier_id=of(_SUPPLIER, held.supplier),
        account_string=held.account or None,
        follow_up_on=held.follow_up,
    )


def _services(world: World) -> dict[Relation, Rows]:
    services: Rows = []
    rates: Rows = []
    absences: Rows = []
    for number, held in enumerate(world.grants):
        for place, line in enumerate(held.lines):
            key = of(_SERVICE, number * _LINES_A_GRANT + place)
            services.append(
                filled(
                    SERVICE, service_id=key, grant_id=of(GRANT_ID, number), line_no=place, service="ophold",
                    unit=line.unit, per=line.per, quantity=line.quantity, factor=line.factor, starts=line.starts,
                    ends=line.ends,
                )
            )  # fmt: skip
            rates += [
                {"service_id": key, "valid_from": start, "valid_to": end, "amount": amount}
                for start, end, amount in line.rates
            ]
            absences += [
                {"service_id": key, "starts": start, "ends": end, "billable": share}
                for start, end, share in line.absence
            ]
    return {SERVICE: services, RATE: rates, SERVICE_ABSENCE: absences}


def _bills(world: World) -> dict[Relation, Rows]:
    invoices: Rows = []
    lines: Rows = []
    matches: Rows = []
    for number, bill in enumerate(world.bills):
        invoices.append(filled(INVOICE, invoice_id=of(_BILL, number), credits_invoice_id=of(_BILL, bill.credits)))
        for place, billed in enumerate(bill.lines):
            line = of(_LINE, number * _LINES_A_GRANT + place)
            known = {"invoice_line_id": line, "invoice_id": of(_BILL, number)}
            lines.append(filled(INVOICE_LINE, **known, period_start=billed.start, period_end=billed.end))
            chosen = None if billed.line is None else of(_SERVICE, billed.grant * _LINES_A_GRANT + billed.line)
            matches.append(filled(LINE_MATCH, **known, grant_id=of(GRANT_ID, billed.grant), service_id=chosen))
    return {INVOICE: invoices, INVOICE_LINE: lines, LINE_MATCH: matches}


def _postings(world: World) -> Rows:
    return [
        filled(
            POSTING, posting_id=of(0, number), unit_id=of(UNIT, posting.unit), grant_id=of(GRANT_ID, posting.grant),
            citizen_id=of(CITIZEN, posting.citizen), supplier_id=of(_SUPPLIER, posting.supplier),
            invoice_id=of(_BILL, posting.bill), account=posting.account, posted_on=posting.posted_on,
            month=posting.month, amount_ore=posting.ore, kind=posting.kind,
        )
        for number, posting in enumerate(world.postings)
    ]  # fmt: skip
