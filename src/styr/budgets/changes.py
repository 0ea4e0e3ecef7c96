"""Whether what a forecast rests on has changed since it was made: how far the registers' histories have come."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any, Final

from django.apps import apps
from django.db import connection

if TYPE_CHECKING:
    from collections.abc import Mapping

SOURCES: Final = (
    *("grants.Grant", "grants.ServiceLine", "grants.OwnRate", "grants.Absence"),
    *("contracts.Contract", "contracts.ContractLine", "contracts.ContractRate"),
    *("contracts.OpeningCalendar", "contracts.ClosingDay", "contracts.CalendarDay"),
    *("ledger.Posting", "ledger.BudgetLine", "invoices.LineMatch"),
    *("budgets.IndexRate", "budgets.Provision"),
    *("transport.RideGrant", "transport.Place"),
)
"""What a forecast is worked out from."""


def histories_now() -> dict[str, int]:
    """The newest event of each source's history that the scope sees, by table. One query."""
    newest = ", ".join(f"(SELECT coalesce(max(pgh_id), 0) FROM {table})" for table in _tables())  # noqa: S608 - Django's names
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {newest}")
        return dict(zip(_tables(), cursor.fetchone(), strict=True))


def changed_since(seen: Mapping[str, Any]) -> bool:
    """Whether the scope sees an event that is newer than those seen. One query, by the histories' keys."""
    newer = " OR ".join(f"EXISTS (SELECT FROM {table} WHERE pgh_id > %s)" for table in _tables())
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {newer}", [int(seen.get(table, 0)) for table in _tables()])
        return bool(cursor.fetchone()[0])


@cache
def _tables() -> tuple[str, ...]:
    return tuple(str(apps.get_model(f"{label}Event")._meta.db_table) for label in SOURCES)  # noqa: SLF001 -- Django's public name
