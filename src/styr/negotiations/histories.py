"""How far the histories of some registers have come: whether what was worked out from them still holds."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

from django.apps import apps
from django.db import connection

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime


@dataclass(frozen=True)
class Histories:
    """The tracked models (`app.Model`) that something is worked out from."""

    sources: tuple[str, ...]

    def now(self) -> dict[str, int]:
        """The newest event of each source's history that the scope sees, by table. One query."""
        newest = ", ".join(f"(SELECT coalesce(max(pgh_id), 0) FROM {table})" for table in self._tables)  # noqa: S608 - Django's names
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT {newest}")
            return dict(zip(self._tables, cursor.fetchone(), strict=True))

    def changed_since(self, seen: Mapping[str, Any]) -> bool:
        """Whether the scope sees an event that is newer than those seen. One query, by the histories' keys."""
        newer = " OR ".join(f"EXISTS (SELECT FROM {table} WHERE pgh_id > %s)" for table in self._tables)
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT {newer}", [int(seen.get(table, 0)) for table in self._tables])
            return bool(cursor.fetchone()[0])

    def latest(self, seen: Mapping[str, Any]) -> datetime | None:
        """When the newest of the events seen was written; None where nothing was. One query."""
        written = ", ".join(f"(SELECT pgh_created_at FROM {table} WHERE pgh_id = %s)" for table in self._tables)  # noqa: S608 - as above
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT greatest({written})", [int(seen.get(table, 0)) for table in self._tables])
            found: datetime | None = cursor.fetchone()[0]
            return found

    @cached_property
    def _tables(self) -> tuple[str, ...]:
        return tuple(str(apps.get_model(f"{label}Event")._meta.db_table) for label in self.sources)  # noqa: SLF001 -- Django's public name
