"""Writes whole files of contracts, lines, rates and closing days; a second run of the same file changes nothing.

Called inside a scope over the whole municipality (`access.scope.service_scope`), one call per file, one transaction.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import connection, transaction

from styr.contracts.calendar_bulk import CALENDARS, CLOSING_DAYS
from styr.contracts.contract_bulk import CONTRACTS
from styr.contracts.line_bulk import CONTRACT_LINES, CONTRACT_RATES
from styr.contracts.opening import rebuild_calendars
from styr.contracts.terms_bulk import place_contracts, upsert_terms
from styr.kernel.upsert import UpsertResult, numbered, upsert

if TYPE_CHECKING:
    from collections.abc import Sequence
    from uuid import UUID

    from styr.contracts.core.rows import ClosingDayRow, ContractLineRow, ContractRateRow, ContractRow


@transaction.atomic
def upsert_closing_days(rows: Sequence[ClosingDayRow], *, municipality_id: UUID) -> UpsertResult:
    """Write closing days, make the calendars they name, and reckon the calendars' opening days anew."""
    with connection.cursor() as cursor:
        names = dict.fromkeys(row.calendar for row in rows)
        made = upsert(
            cursor, CALENDARS, {n: {"code": name} for n, name in enumerate(names)}, municipality_id=municipality_id
        )
        result = upsert(cursor, CLOSING_DAYS, numbered(rows), municipality_id=municipality_id)
        if made.inserted or result.inserted:
            rebuild_calendars(cursor, list(names))
        return result


@transaction.atomic
def upsert_contracts(rows: Sequence[ContractRow], *, municipality_id: UUID) -> UpsertResult:
    """Write contracts by their number, and what the rows say of terms, framework and moving in."""
    staged = numbered(rows)
    with connection.cursor() as cursor:
        written = upsert(
            cursor,
            CONTRACTS,
            {n: {name: row[name] for name in CONTRACTS.columns} for n, row in staged.items()},
            municipality_id=municipality_id,
        )
        for more in (upsert_terms, place_contracts):
            refused = {error.row for error in written.errors}
            kept = {number: row for number, row in staged.items() if number not in refused}
            written = written.together_with(more(cursor, kept, municipality_id=municipality_id))
        return written


@transaction.atomic
def upsert_contract_lines(rows: Sequence[ContractLineRow], *, municipality_id: UUID) -> UpsertResult:
    """Write contract lines by contract and line number."""
    with connection.cursor() as cursor:
        return upsert(cursor, CONTRACT_LINES, numbered(rows), municipality_id=municipality_id)


@transaction.atomic
def upsert_contract_rates(rows: Sequence[ContractRateRow], *, municipality_id: UUID) -> UpsertResult:
    """Write contract rates by line and first day."""
    with connection.cursor() as cursor:
        return upsert(cursor, CONTRACT_RATES, numbered(rows), municipality_id=municipality_id)
