"""Which tables an import can have written to, and how their change history and references are asked about."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from django.apps import apps
from django.db import connection, models

from styr.audit.event import Event

_DOMAINS = frozenset(
    {
        *("access", "people", "suppliers", "contracts", "grants", "deliveries", "invoices", "ledger", "reconciliation"),
        "transport",
        "trips",
        "fleet",
    }
)
_COUNTED = frozenset({"version"})
"""Columns that the database counts up by itself; they are never set back."""

WORKED_OUT = {
    "invoices_linematch": "invoice_id",
    "invoices_claim": "invoice_id",
    "invoices_invoicelook": "invoice_id",
}
"""What comes of an invoice without anybody working on it, and the column naming the invoice: what matching fills in by
itself, and that somebody has looked. It goes with the invoice and holds nothing back; questions, follow-ups, letters,
matches by hand and decisions are people's, and hold it."""


PLACED = {
    "ledger_posting": ("citizen_id", "grant_id", "supplier_id", "invoice_id", "unit_id"),
    "ledger_budgetline": ("citizen_id", "grant_id", "unit_id"),
    "trips_trip": ("grant_id", "told_grant_id", "citizen_id", "unit_id", "from_place_id", "to_place_id"),
}
"""Figures of the finance system, trips, and the columns that say what they mean here: worked out anew after every
import, so that such a change is nobody's, and pointing at a row holds it back from nothing."""


@dataclass(frozen=True, slots=True)
class Tracked:
    """A tracked table of a register or of invoices: its names in the database and in Danish, and its columns."""

    table: str
    events: str
    name: str
    names: str
    columns: tuple[str, ...]
    is_invoice: bool


@dataclass(frozen=True, slots=True)
class Reference:
    """A column of a table that points at another table's id."""

    table: str
    column: str
    target: str


@lru_cache(maxsize=1)
def tracked_tables() -> tuple[Tracked, ...]:
    """All tracked tables of the registers and of invoices."""
    return tuple(sorted(_tracked(), key=lambda one: one.table))


def _tracked() -> Iterator[Tracked]:
    for model in apps.get_models():
        if not issubclass(model, Event):
            continue
        of: Any = model.pgh_tracked_model
        if of._meta.app_label not in _DOMAINS or not isinstance(of._meta.pk, models.UUIDField):  # noqa: SLF001 - Django's public name
            continue
        named = [str(field.column) for field in model._meta.concrete_fields]  # noqa: SLF001 - the same
        columns = [column for column in named if not column.startswith("pgh_")]
        yield Tracked(
            of._meta.db_table,  # noqa: SLF001 - the same
            model._meta.db_table,  # noqa: SLF001 - the same
            str(of._meta.verbose_name),  # noqa: SLF001 - the same
            str(of._meta.verbose_name_plural),  # noqa: SLF001 - the same
            tuple(column for column in columns if column not in _COUNTED and not _computed(of, column)),
            of._meta.app_label == "invoices",  # noqa: SLF001 - the same
        )


def _computed(model: Any, column: str) -> bool:
    return any(field.column == column and field.generated for field in model._meta.concrete_fields)  # noqa: SLF001 - Django's public name


def names_of(table: str) -> tuple[str, str]:
    """A table's Danish name for one row and for many; the table's own where it has none."""
    for model in apps.get_models():
        if model._meta.db_table == table:  # noqa: SLF001 - Django's public name
            return str(model._meta.verbose_name), str(model._meta.verbose_name_plural)  # noqa: SLF001 - the same
    return table, table


_REFERENCES = """
    SELECT DISTINCT child.relname, a.attname, parent.relname
    FROM pg_constraint c
    JOIN pg_class child ON child.oid = c.conrelid JOIN pg_class parent ON parent.oid = c.confrelid
    JOIN LATERAL unnest(c.conkey, c.confkey) AS pair(own, theirs) ON true
    JOIN pg_attribute a ON a.attrelid = c.conrelid AND a.attnum = pair.own
    JOIN pg_attribute b ON b.attrelid = c.confrelid AND b.attnum = pair.theirs
    WHERE c.contype = 'f' AND b.attname = 'id' AND parent.relname = ANY (%s)
      AND has_table_privilege(c.conrelid, 'SELECT')
      AND EXISTS (SELECT FROM pg_attribute i WHERE i.attrelid = c.conrelid AND i.attname = 'id')
    ORDER BY 1, 2
"""


@lru_cache(maxsize=1)
def references() -> tuple[Reference, ...]:
    """Every column, of any table that may be read, that points at one of the tracked tables; asked once a process."""
    with connection.cursor() as cursor:
        cursor.execute(_REFERENCES, [[one.table for one in tracked_tables()]])
        return tuple(Reference(*found) for found in cursor.fetchall())
