"""Key rotation (nøgleskift): move what is encrypted to the newest key, and tell which keys are still needed."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate
from uuid import UUID

from django.db import connection
from psycopg import sql

from styr.access.crypto import UnreadableValueError, decrypt, encrypt
from styr.access.keys import keys
from styr.access.sealed_columns import SealedColumn

# The version is the value's first two bytes; `substring` fetches no more of a long value than them.
_OLDER = """
SELECT {key}, octet_length({column}) FROM {table}
WHERE {column} IS NOT NULL AND substring({column} FROM 1 FOR 2) < %s AND (%s::uuid IS NULL OR {key} > %s)
ORDER BY {key} LIMIT %s
"""
_LOCK = """
SELECT {key}, {column}, {bound} FROM {table}
WHERE {key} = ANY(%s) AND substring({column} FROM 1 FOR 2) < %s ORDER BY {key} FOR UPDATE
"""
_MOVE = """
UPDATE {table} AS t SET {column} = s.sealed
FROM unnest(%s::uuid[], %s::bytea[]) AS s (key, sealed) WHERE t.{key} = s.key
"""
_USES = "SELECT substring({column} FROM 1 FOR 2), count(*) FROM {table} WHERE {column} IS NOT NULL GROUP BY 1"


MOST_BYTES = 32_000_000  # of sealed values held at once: documents may be large


@dataclass(frozen=True, slots=True)
class KeyUse:
    """How many rows of a column are under a key's version; `history` rows stay so for as long as they are kept."""

    version: int
    table: str
    column: str
    rows: int
    history: bool


@dataclass(frozen=True, slots=True)
class Rotation:
    """What a rotation came to: rows moved, places that would not open, and what each key is still used for."""

    held: frozenset[int]
    moved: int
    unreadable: tuple[str, ...]
    uses: tuple[KeyUse, ...]

    @property
    def newest(self) -> int:
        """The version that encrypts."""
        return max(self.held)

    @property
    def unused(self) -> frozenset[int]:
        """Older versions that no row of any municipality carries, the history's included.

        Only these may be taken out of `STYR_CPR_KEYS`, and only once every process runs with the newest key; backups
        from before need them still.
        """
        return self.held - {self.newest} - {use.version for use in self.uses}


@dataclass(frozen=True, slots=True)
class Batch:
    """One step of a rotation: `last` is the key to go on after, None when there is no more."""

    last: UUID | None
    moved: int
    unreadable: tuple[str, ...]


def move_batch(column: SealedColumn, *, after: UUID | None, limit: int) -> Batch:
    """Seal up to `limit` rows, or about `MOST_BYTES`, anew in the order of their keys; runs in a scope that may write.

    The rows are locked while they are moved, so that nobody's change is overwritten. A value that does not open is left
    as it is and its place is told.
    """
    newest = keys().cpr_version.to_bytes(2, "big")
    with connection.cursor() as cursor:
        cursor.execute(_made(_OLDER, column), [newest, after, after, limit])
        found = cursor.fetchall()
        chosen = _within(found)
        cursor.execute(_made(_LOCK, column), [chosen, newest])
        moved: dict[UUID, bytes] = {}
        unreadable: list[str] = []
        for key, stored, *bound in cursor.fetchall():
            place = column.place_of(dict(zip(column.bound, bound, strict=True)))
            try:
                moved[key] = encrypt(decrypt(bytes(stored), place=place), place=place)
            except UnreadableValueError:
                unreadable.append(place)
        if moved:
            cursor.execute(_made(_MOVE, column), [list(moved), list(moved.values())])
    is_last = len(chosen) == len(found) < limit
    return Batch(None if is_last else chosen[-1], len(moved), tuple(unreadable))


def _within(found: Sequence[tuple[UUID, int]]) -> list[UUID]:
    """The first keys whose values come to no more than `MOST_BYTES` together; one at least, if there is one."""
    totals = accumulate(size for _, size in found)
    return [
        key
        for number, ((key, _), total) in enumerate(zip(found, totals, strict=True))
        if not number or total <= MOST_BYTES
    ]


def uses(column: SealedColumn) -> Iterator[KeyUse]:
    """Which versions the column's rows in scope are under."""
    with connection.cursor() as cursor:
        cursor.execute(_made(_USES, column))
        for version, rows in cursor.fetchall():
            yield KeyUse(int.from_bytes(version, "big"), column.table, column.column, rows, column.place is None)


def _made(statement: str, column: SealedColumn) -> sql.Composed:
    return sql.SQL(statement).format(
        table=sql.Identifier(column.table),
        column=sql.Identifier(column.column),
        key=sql.Identifier(column.key),
        bound=sql.SQL(", ").join(map(sql.Identifier, column.bound)),
    )
