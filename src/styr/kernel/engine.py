"""Where expressions run: compiled once for PostgreSQL and run on the caller's cursor, or in process in DuckDB."""

from __future__ import annotations

import threading
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any, Protocol, Self, TypeAlias
from uuid import UUID

import duckdb
import ibis

# Before a PostgreSQL type is first written, or dates are later written in words that PostgreSQL does not know.
import ibis.backends.sql.dialects
import pyarrow as pa  # type: ignore[import-untyped] # it ships no types
from ibis.backends.sql.datatypes import DuckDBType, PostgresType

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from styr.kernel.relation import Relation

Row = dict[str, Any]

Expression: TypeAlias = ibis.Table | Callable[[], ibis.Table]
"""An Ibis table, or the function that builds it (not called when its text is known already)."""

_MACROS = (
    "CREATE TEMPORARY MACRO div(numerator, denominator) AS (numerator::HUGEINT // denominator::HUGEINT)",
    "CREATE TEMPORARY MACRO int8div(numerator, denominator) AS (numerator::BIGINT // denominator::BIGINT)",
    "CREATE TEMPORARY MACRO int8(number) AS number::BIGINT",
    "CREATE TEMPORARY MACRO date_mi(later, earlier) AS (later - earlier)",
    "CREATE TEMPORARY MACRO numeric_mul(one, other) AS (one * other)",
)
"""What PostgreSQL has built in and `exact` asks for by name."""

_INSTANT = "TIMESTAMP WITH TIME ZONE"
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)

_compiled: dict[tuple[str, str], str] = {}
_compiling = threading.RLock()


class Cursor(Protocol):
    """What is asked of a DB-API cursor; Django's and psycopg's both fit."""

    @property
    def description(self) -> Sequence[Sequence[Any]] | None: ...  # noqa: D102 - DB-API 2.0 (PEP 249)
    @property
    def rowcount(self) -> int: ...  # noqa: D102 - the same
    def execute(self, query: Any, params: Any = None, /) -> object: ...  # noqa: D102 - the same
    def fetchall(self) -> list[Any]: ...  # noqa: D102 - the same


def compile_postgres(expression: Expression, *, key: str | None = None) -> str:
    """Return the PostgreSQL text of an expression.

    With a `key` the text is kept for the life of the process (building and compiling cost 25-200 ms). The caller's key
    must name everything that the text depends on.
    """
    return _text(expression, "postgres", key)


def compile_duckdb(expression: Expression, *, key: str | None = None) -> str:
    """Return the DuckDB text of an expression; `key` as for `compile_postgres`."""
    return _text(expression, "duckdb", key)


def _text(expression: Expression, dialect: str, key: str | None) -> str:
    if key is None:
        return _compile(expression, dialect)
    with _compiling:
        if (dialect, key) not in _compiled:
            _compiled[dialect, key] = _compile(expression, dialect)
        return _compiled[dialect, key]


def _compile(expression: Expression, dialect: str) -> str:
    built = expression if isinstance(expression, ibis.Table) else expression()
    return str(ibis.to_sql(built, dialect=dialect, pretty=False))


class PostgresEngine:
    """Runs expressions on a cursor, inside the caller's transaction and under the caller's row-level security."""

    def __init__(self, cursor: Cursor) -> None:
        self._cursor = cursor

    def rows(self, expression: Expression, *, key: str | None = None) -> list[Row]:
        """Return the rows of an expression as dicts."""
        self._cursor.execute(compile_postgres(expression, key=key))
        names = [column[0] for column in self._cursor.description or ()]
        return [dict(zip(names, row, strict=True)) for row in self._cursor.fetchall()]

    def insert_select(
        self,
        target: str,
        columns: Sequence[str],
        expression: Expression,
        *,
        key: str | None = None,
        suffix: str = "",
    ) -> int:
        """Write an expression's rows to a table without their leaving the database; return how many.

        `columns` are columns of both the expression and the table; `suffix` may hold an `ON CONFLICT …` clause.
        """
        listed = ", ".join(_quoted(column) for column in columns)
        source = compile_postgres(expression, key=key)
        text = f"INSERT INTO {_quoted(target)} ({listed}) SELECT {listed} FROM ({source}) AS source {suffix}"  # noqa: S608 - names are quoted, the rest is compiled
        self._cursor.execute(text)
        return self._cursor.rowcount

    def load(self, relation: Relation, rows: Iterable[Mapping[str, Any]]) -> None:
        """Make the relation a temporary table of this transaction, filled with `rows` (two statements, any number)."""
        schema = ibis.schema(dict(relation.columns))
        types = {name: _postgres_type(dtype) for name, dtype in schema.items()}
        listed = ", ".join(f"{_quoted(column)} {kind}" for column, kind in types.items())
        name = _quoted(relation.name)
        self._cursor.execute(
            f"DROP TABLE IF EXISTS pg_temp.{name}; CREATE TEMPORARY TABLE {name} ({listed}) ON COMMIT DROP"
        )
        kept = list(rows)
        arrays = ", ".join(f"%s::{kind}[]" for kind in types.values())
        values = [[row[column] for row in kept] for column in types]
        self._cursor.execute(f"INSERT INTO pg_temp.{name} SELECT * FROM unnest({arrays})", values)  # noqa: S608 - names are quoted
        self._cursor.execute(f"ANALYZE pg_temp.{name}")


class DuckEngine:
    """Runs expressions in process over relations loaded as rows, Arrow tables or Parquet files."""

    def __init__(self, database: str = ":memory:", *, threads: int | None = None) -> None:
        config: dict[str, Any] = {"autoinstall_known_extensions": False, "autoload_known_extensions": False}
        if threads is not None:
            config["threads"] = threads
        self.connection = duckdb.connect(database, config=config)
        for macro in _MACROS:
            self.connection.execute(macro)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Let go of the data."""
        self.connection.close()

    def load(self, relation: Relation, data: pa.Table | Iterable[Mapping[str, Any]]) -> None:
        """Make the relation a table filled with an Arrow table or with rows (dicts); a former one is replaced."""
        schema = ibis.schema(dict(relation.columns))
        source = data if isinstance(data, pa.Table) else _arrow(schema, data)
        listed = ", ".join(
            f"CAST({_quoted(name)} AS {_duck_type(dtype)}) AS {_quoted(name)}" for name, dtype in schema.items()
        )
        self.connection.register("styr_source", source)
        self.connection.execute(f"CREATE OR REPLACE TABLE {_quoted(relation.name)} AS SELECT {listed} FROM styr_source")  # noqa: S608 - names are quoted
        self.connection.unregister("styr_source")

    def rows(self, expression: Expression, *, key: str | None = None) -> list[Row]:
        """Return the rows of an expression as dicts of Python values; instants are in UTC."""
        text = compile_duckdb(expression, key=key)
        relation = self.connection.sql(text)
        instants = [name for name, kind in zip(relation.columns, relation.types, strict=True) if str(kind) == _INSTANT]
        if instants:  # fetching them would ask for a library of time zones
            counted = ", ".join(f"epoch_us({_quoted(name)}) AS {_quoted(name)}" for name in instants)
            relation = self.connection.sql(f"SELECT * REPLACE ({counted}) FROM ({text}) AS source")  # noqa: S608 - names are quoted, the rest is compiled
        rows = [dict(zip(relation.columns, row, strict=True)) for row in relation.fetchall()]
        for row in rows:
            row.update({name: _instant(row[name]) for name in instants})
        return rows

    def arrow(self, expression: Expression, *, key: str | None = None) -> pa.Table:
        """Return the rows of an expression as an Arrow table."""
        return self.connection.sql(compile_duckdb(expression, key=key)).to_arrow_table()


def _instant(microseconds: int | None) -> datetime | None:
    return None if microseconds is None else _EPOCH + timedelta(microseconds=microseconds)


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'


def _postgres_type(dtype: Any) -> str:
    return str(PostgresType.to_string(dtype))


def _duck_type(dtype: Any) -> str:
    return str(DuckDBType.to_string(dtype))


def _arrow(schema: ibis.Schema, rows: Iterable[Mapping[str, Any]]) -> pa.Table:
    kept = [{name: _plain(row[name]) for name in schema} for row in rows]
    return pa.Table.from_pylist(kept, schema=schema.to_pyarrow())


def _plain(value: Any) -> Any:
    return str(value) if isinstance(value, UUID) else value
