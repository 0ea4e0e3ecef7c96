"""A relation: the name and the typed columns that expressions are written against."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import ibis

if TYPE_CHECKING:
    from collections.abc import Mapping


@dataclass(frozen=True)
class Relation:
    """A named set of rows, the same in PostgreSQL (a view) and in DuckDB (a table).

    `columns` maps each column to its Ibis type, e.g. `{"grant_id": "uuid", "amount": "decimal(14, 4)"}`.
    """

    name: str
    columns: Mapping[str, str] = field(hash=False)

    def table(self) -> ibis.Table:
        """Return the unbound Ibis table: expressions over it run in any engine that holds the relation."""
        return ibis.table(dict(self.columns), name=self.name)


NARROW = Relation("rel_narrow", {"id": "uuid"})
"""The changed ids: expressions semi-join it before anything else when they are asked for those ids only."""
