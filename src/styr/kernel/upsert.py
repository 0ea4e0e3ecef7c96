"""Writes many rows at once so that a second run of the same rows changes nothing.

The rows are staged in a temporary table, their references are resolved there, rows that break a rule are set aside
as row errors, and the rest is written by one `INSERT … ON CONFLICT … DO UPDATE` that touches only what differs. No
step depends on the number of rows, and everything runs in the caller's transaction and under his row-level security.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from styr.kernel.engine import PostgresEngine
from styr.kernel.ids import uuid7
from styr.kernel.relation import Relation

if TYPE_CHECKING:
    from collections.abc import Hashable, Mapping, Sequence
    from uuid import UUID

    from styr.kernel.engine import Cursor

ROWS = "upsert_rows"
"""The temporary table of resolved rows; rules speak of it as `r`."""

_MANY = 100
"""From so many rows on the planner is told at once how large the table has become."""

_ALWAYS = "'-infinity'::date"
_OPEN = "'infinity'::date"


@dataclass(frozen=True)
class RowError:
    """One thing wrong with one row; the row was not written.

    `row` counts the rows given from 0, `column` is the heading as files have it, `message` is Danish and says the mend.
    """

    row: int
    column: str
    value: str
    message: str
    of_all_rows: bool = False
    """Whether it is told by what the file lacks, so that it says nothing of a part of its rows."""


@dataclass(frozen=True)
class UpsertResult:
    """How many rows were new, changed something or changed nothing, and what was set aside."""

    inserted: int
    changed: int
    unchanged: int
    errors: tuple[RowError, ...] = ()

    def together_with(self, part: UpsertResult) -> UpsertResult:
        """Count what the same rows wrote to a second table: a row that was otherwise unchanged has then changed."""
        more = min(self.unchanged, max(0, part.inserted + part.changed - self.inserted))
        errors = tuple(sorted({*self.errors, *part.errors}, key=lambda error: (error.row, error.column)))
        return UpsertResult(self.inserted, self.changed + more, self.unchanged - more, errors)


@dataclass(frozen=True)
class Rule:
    """A row `r` is wrong when the SQL condition `broken` holds; `value` is the SQL text shown as evidence."""

    column: str
    value: str
    broken: str
    message: str


@dataclass(frozen=True)
class NoOverlap:
    """Rows with the same values in `same` may not share a day of [starts, ends); `unless` excepts rows `r`.

    Values of `same` that are null are nobody's; those of `same_or_none` are equal when both are null.
    """

    column: str
    same: tuple[str, ...]
    starts: str
    ends: str
    message: str
    unless: str = "false"
    same_or_none: tuple[str, ...] = ()


@dataclass(frozen=True)
class Upsert:
    """How rows of one kind land in one table.

    `heading` is the column that a row is known by, as files have it; `columns` are the row's fields with their Ibis
    types. `resolve` is a SELECT from `stage s` that gives `row_no`, `id`, `municipality_id`, the `key` (unique in the
    table) and the `written` columns, besides what the rules need.
    """

    table: str
    heading: str
    columns: Mapping[str, str]
    resolve: str
    key: tuple[str, ...]
    written: tuple[str, ...]
    rules: tuple[Rule, ...] = ()
    no_overlap: NoOverlap | None = None
    kept: tuple[str, ...] = ()
    """Columns that are written with a new row and then left alone."""

    @property
    def inserted(self) -> tuple[str, ...]:
        """Every column of a new row."""
        return tuple(dict.fromkeys(("id", "municipality_id", *self.key, *self.written, *self.kept)))


def upsert(
    cursor: Cursor,
    kind: Upsert,
    rows: Mapping[int, Mapping[str, Any]],
    *,
    municipality_id: UUID,
    refused: Sequence[RowError] = (),
) -> UpsertResult:
    """Stage, resolve, check and write `rows`: by row number, the fields of `kind.columns`; see the module's text.

    `refused` are errors that were found before; their rows are not in `rows`, and they come back with the rest.

    Raises:
        django.db.IntegrityError: a constraint refuses what no rule foresaw; nothing of the call is kept then.
    """
    _stage(cursor, kind, rows, municipality_id)
    errors = _errors(cursor, kind)
    _set_aside(cursor, errors)
    overlaps = _overlaps(cursor, kind)
    _set_aside(cursor, overlaps)
    left = len(rows) - len({error.row for error in (*errors, *overlaps)})
    inserted, written = _write(cursor, kind)
    found = sorted((*refused, *errors, *overlaps), key=lambda error: (error.row, error.column))
    return UpsertResult(inserted, written - inserted, left - written, tuple(found))


def numbered(rows: Sequence[Hashable]) -> dict[int, dict[str, Any]]:
    """Return the fields of the rows (frozen dataclasses) by row number; a row that stands twice is taken once."""
    first: dict[Hashable, int] = {}
    for number, row in enumerate(rows):
        first.setdefault(row, number)
    return {number: vars(row) for row, number in first.items()}


def too_long(heading: str, column: str, limit: int) -> Rule:
    """The rule that a text fits its column."""
    message = f"Teksten er længere end {limit} tegn. Forkort den."
    return Rule(heading, f"left(r.{column}, 30) || '…'", f"length(r.{column}) > {limit}", message)


def not_a_number_of(heading: str, column: str, *, decimals: int = 4) -> Rule:
    """The rule that an amount or quantity is not negative and has at most ten digits and some decimals."""
    message = f"Tallet skal være mindst 0, under 10 mia. og have højst {decimals} decimaler."
    fits = f"r.{column} >= 0 AND r.{column} < 1e10 AND round(r.{column}, {decimals}) = r.{column}"
    return Rule(heading, f"r.{column}", f"NOT ({fits})", message)


def ends_too_early(heading: str, starts: str, ends: str) -> Rule:
    """The rule that a period has at least one day; the last day is shown as files write it."""
    message = "Slutdatoen ligger før startdatoen. Ret en af dem."
    return Rule(heading, f"to_char(r.{ends} - 1, 'DD-MM-YYYY')", f"r.{ends} <= r.{starts}", message)


def not_one_of(heading: str, column: str, codes: Sequence[str]) -> Rule:
    """The rule that a code is one of those known; the codes come from our own code."""
    listed = ", ".join(f"'{code}'" for code in codes)
    return Rule(
        heading, f"r.{column}", f"r.{column} NOT IN ({listed})", "Værdien kendes ikke. Brug en af de tilladte værdier."
    )


def _stage(cursor: Cursor, kind: Upsert, rows: Mapping[int, Mapping[str, Any]], municipality_id: UUID) -> None:
    own = {"row_no": "int64", "new_id": "uuid", "municipality_id": "uuid"}
    staged = (
        {**row, "row_no": number, "new_id": uuid7(), "municipality_id": municipality_id} for number, row in rows.items()
    )
    PostgresEngine(cursor).load(Relation("stage", {**own, **kind.columns}), staged)
    cursor.execute(f"DROP TABLE IF EXISTS pg_temp.{ROWS}")
    cursor.execute(f"CREATE TEMPORARY TABLE {ROWS} ON COMMIT DROP AS {kind.resolve}")
    cursor.execute(f"ANALYZE pg_temp.{ROWS}")


def _errors(cursor: Cursor, kind: Upsert) -> list[RowError]:
    key = ", ".join(f"r.{column}" for column in kind.key)
    repeated = (
        f"SELECT row_no, '{kind.heading}', '', 'Rækken står med andet indhold tidligere i filen. Slet den ene.' "  # noqa: S608 - names from our own code
        f"FROM (SELECT r.row_no, row_number() OVER (PARTITION BY {key} ORDER BY r.row_no) AS nth, "
        f"num_nulls({key}) AS missing FROM {ROWS} r) AS numbered WHERE nth > 1 AND missing = 0"
    )
    parts = [repeated]
    values: list[str] = []
    for rule in kind.rules:
        parts.append(f"SELECT r.row_no, %s, ({rule.value})::text, %s FROM {ROWS} r WHERE {rule.broken}")  # noqa: S608 - the same
        values += [rule.column, rule.message]
    cursor.execute(" UNION ALL ".join(parts), values)
    return [RowError(row, column, value or "", message) for row, column, value, message in cursor.fetchall()]


def _overlaps(cursor: Cursor, kind: Upsert) -> list[RowError]:
    rule = kind.no_overlap
    if rule is None:
        return []
    # Equality lets PostgreSQL hash; comparing that also holds for nulls would compare every row with every other.
    same = " AND ".join(
        (
            *(f"o.{column} = r.{column}" for column in rule.same),
            *(f"o.{column} IS NOT DISTINCT FROM r.{column}" for column in rule.same_or_none),
        )
    )
    shared = " AND ".join(
        f"coalesce({one}.{rule.starts}, {_ALWAYS}) < coalesce({other}.{rule.ends}, {_OPEN})"
        for one, other in (("o", "r"), ("r", "o"))
    )
    superseded = " AND ".join(f"k.{column} = o.{column}" for column in kind.key)
    told = f"SELECT r.row_no, %s, to_char(r.{rule.starts}, 'DD-MM-YYYY'), %s FROM {ROWS} r JOIN"  # noqa: S608 - the same
    where = f"{same} AND {shared} AND NOT ({rule.unless})"
    cursor.execute(
        f"{told} {ROWS} o ON o.row_no < r.row_no AND {where} UNION {told} {kind.table} o ON {where} "  # noqa: S608 - the same
        f"WHERE NOT EXISTS (SELECT 1 FROM {ROWS} k WHERE {superseded})",
        [rule.column, rule.message] * 2,
    )
    return [RowError(*found) for found in cursor.fetchall()]


def _set_aside(cursor: Cursor, errors: Sequence[RowError]) -> None:
    if errors:
        cursor.execute(f"DELETE FROM pg_temp.{ROWS} WHERE row_no = ANY(%s)", [[error.row for error in errors]])  # noqa: S608 - the same


def _write(cursor: Cursor, kind: Upsert) -> tuple[int, int]:
    """Return how many rows were inserted, and how many were inserted or changed."""
    listed = ", ".join(kind.inserted)
    changes = ", ".join(f"{column} = excluded.{column}" for column in kind.written)
    before = ", ".join(f"t.{column}" for column in kind.written)
    after = ", ".join(f"excluded.{column}" for column in kind.written)
    update = f"UPDATE SET {changes} WHERE ({before}) IS DISTINCT FROM ({after})" if kind.written else "NOTHING"
    cursor.execute(
        f"WITH written AS (INSERT INTO {kind.table} AS t ({listed}) SELECT {listed} FROM {ROWS} ORDER BY row_no "  # noqa: S608 - the same
        f"ON CONFLICT ({', '.join(kind.key)}) DO {update} RETURNING (t.xmax = 0) AS is_new) "
        "SELECT count(*) FILTER (WHERE is_new), count(*) FROM written"
    )
    [(inserted, written)] = cursor.fetchall()
    if written >= _MANY:
        domain, _, _ = kind.table.partition("_")
        cursor.execute(f"SELECT {domain}_analyze(%s)", [kind.table])
    return inserted, written
