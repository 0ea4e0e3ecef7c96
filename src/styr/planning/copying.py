"""The copy that scenarios are worked out on: what the caller's scope may see, read once and kept in memory.

A copy is kept under its scope (units, hidden cases), which the database is asked for at every use: whoever loses a
permission asks for another copy. It is let go when the data have changed, when it has lain unused, or for a newer one.
"""

from __future__ import annotations

import threading
from collections import OrderedDict
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from io import BytesIO
from typing import TYPE_CHECKING, Final

import pyarrow as pa  # type: ignore[import-untyped] # it ships no types
import pyarrow.compute as pc  # type: ignore[import-untyped] # the same
import pyarrow.csv as pa_csv  # type: ignore[import-untyped] # the same
from django.db import connection

from styr.budgets.carried_rows import CARRIED_ROWS, STANDING_RUN
from styr.contracts.core.relations import CALENDAR
from styr.grants.core.relations import RATE, SERVICE, SERVICE_ABSENCE
from styr.kernel.period import Period
from styr.kernel.units import Unit
from styr.planning.core.relations import CARRIED, GRANT_END, LINE
from styr.planning.core.workbench import Workbench

if TYPE_CHECKING:
    from collections.abc import Mapping

    from styr.kernel.relation import Relation

YEARS: Final = 5
KEPT: Final = 4
_IDLE: Final = timedelta(minutes=20)

_COUNTED: Final = "g.status IN ('granted', 'stopped')"
_OF_SERVICES: Final = f"""
SELECT s.service_id, s.grant_id, g.citizen_id, g.unit_id, g.section, s.service, s.unit AS measure,
       coalesce(c.supplier_id, g.supplier_id) AS supplier_id,
       coalesce(c.provider_unit_id, g.provider_unit_id) AS provider_unit_id,
       coalesce(s.service = 'saertakst' OR l.kind = 'special', false) AS special, p.priced_from
FROM rel_service s JOIN rel_grant g USING (grant_id)
LEFT JOIN rel_contract c ON c.contract_id = g.contract_id
LEFT JOIN rel_contract_line l ON l.contract_line_id = s.contract_line_id
LEFT JOIN (SELECT service_id, max(valid_from) AS priced_from FROM rel_rate GROUP BY 1) p ON p.service_id = s.service_id
WHERE {_COUNTED} AND s.starts < '%(end)s' AND coalesce(s.ends, 'infinity') > '%(start)s'"""  # noqa: S608 - days of ours
_WITHOUT_SERVICES: Final = f"""
SELECT NULL::uuid, g.grant_id, g.citizen_id, g.unit_id, g.section,
       CASE WHEN s.grant_id IS NULL THEN 'befordring' ELSE '' END,
       CASE WHEN s.grant_id IS NULL THEN '{Unit.TRIP.value}' ELSE '' END,
       coalesce(c.supplier_id, g.supplier_id), coalesce(c.provider_unit_id, g.provider_unit_id), false, NULL::date
FROM rel_grant g LEFT JOIN rel_contract c ON c.contract_id = g.contract_id
LEFT JOIN (SELECT DISTINCT grant_id FROM rel_service) s ON s.grant_id = g.grant_id
WHERE {_COUNTED} AND g.grant_id IN (SELECT grant_id FROM ({CARRIED_ROWS}) AS carried)"""  # noqa: S608 - our own words
_LINES: Final = f"""
SELECT row_number() OVER (ORDER BY service_id, grant_id) - 1 AS line_no, -1 AS born, -1 AS group_no, every.*
FROM ({_OF_SERVICES} UNION ALL {_WITHOUT_SERVICES}) AS every"""  # noqa: S608 - the same
_OF_LINES: Final = f"""
SELECT {{columns}} FROM {{relation}} x
WHERE x.{{key}} IN (SELECT s.{{key}} FROM rel_service s JOIN rel_grant g USING (grant_id) WHERE {_COUNTED})"""  # noqa: S608 - the same
_STATEMENTS: Final[Mapping[Relation, str]] = {
    LINE: _LINES,
    SERVICE: _OF_LINES.format(columns=", ".join(SERVICE.columns), relation="rel_service", key="service_id"),
    RATE: _OF_LINES.format(columns=", ".join(RATE.columns), relation="rel_rate", key="service_id"),
    SERVICE_ABSENCE: "SELECT service_id, starts, ends, billable FROM rel_service_absence",
    CARRIED: CARRIED_ROWS,
    CALENDAR: "SELECT calendar_id, day, open_before FROM rel_calendar WHERE day BETWEEN '%(start)s' AND '%(end)s'",
    GRANT_END: (
        "SELECT grant_id, ends, status = 'granted' AND ends > '%(today)s' AS goes_on FROM rel_grant "
        "WHERE ends IS NOT NULL AND status IN ('granted', 'stopped')"
    ),
}
_SCOPE: Final = """
SELECT styr_municipality()::text, styr_all_units(), ARRAY(SELECT unnest(styr_units()) ORDER BY 1)::text[],
       ARRAY(SELECT unnest(styr_hidden('citizen')) ORDER BY 1)::text[], styr_hidden('citizen') IS NULL"""
_EVENTS: Final = (
    *("grants_grantevent", "grants_servicelineevent", "grants_ownrateevent", "grants_absenceevent"),
    *("contracts_contractevent", "contracts_contractlineevent", "contracts_contractrateevent"),
    *("contracts_openingcalendarevent", "contracts_closingdayevent", "contracts_calendardayevent"),
)
# What has been written (the newest event of each table), and which transactions were under way and may yet add to it.
_VERSION: Final = (
    f"SELECT ARRAY[({STANDING_RUN}), {', '.join(f'(SELECT max(pgh_id)::text FROM {table})' for table in _EVENTS)}], "  # noqa: S608 - our own tables
    "ARRAY(SELECT pg_snapshot_xip(pg_current_snapshot())::text), "
    "EXISTS (SELECT FROM unnest(%s::xid8[]) AS under_way(id) WHERE pg_xact_status(id) = 'committed')"
)

_Scope = tuple[object, ...]


@dataclass(frozen=True)
class Copy:
    """A priced copy: made at, of which data, for which scope."""

    bench: Workbench
    made_at: datetime
    version: tuple[str | None, ...]
    under_way: tuple[str, ...]


class _Shelf:
    """The copies of this process, the latest used last."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._held: OrderedDict[_Scope, tuple[Copy, datetime]] = OrderedDict()

    def find(self, scope: _Scope, now: datetime) -> Copy | None:
        """The copy of the scope; those that have lain too long are let go."""
        with self._lock:
            for stale in [key for key, (_, used) in self._held.items() if now - used > _IDLE]:
                del self._held[stale]
            if scope not in self._held:
                return None
            copy, _ = self._held.pop(scope)
            self._held[scope] = (copy, now)
            return copy

    def put(self, scope: _Scope, copy: Copy, now: datetime) -> None:
        """Keep a copy in place of the scope's former; the one longest unused gives way."""
        with self._lock:
            self._held.pop(scope, None)
            self._held[scope] = (copy, now)
            while len(self._held) > KEPT:
                self._held.popitem(last=False)

    def clear(self) -> None:
        """Let go of all."""
        with self._lock:
            self._held.clear()


_shelf = _Shelf()


def forget_copies() -> None:
    """Let go of every copy of this process."""
    _shelf.clear()


def horizon_of(today: date) -> Period:
    """The years that a copy holds: this one and the four after it."""
    return Period(date(today.year, 1, 1), date(today.year + YEARS, 1, 1))


def copied(*, today: date, now: datetime, goes_on: bool) -> Copy:
    """Return the copy of what the caller may see, made anew if the data have changed since; two queries when kept.

    `goes_on`: grants that run today go on when their period ends, as most are extended.
    """
    horizon = horizon_of(today)
    scope = (*_scope(), horizon, goes_on, today if goes_on else None)
    kept = _shelf.find(scope, now)
    if kept is not None:
        version, _, committed = _version(kept.under_way)
        if version == kept.version and not committed:
            return kept
    made = _made(horizon, today, now, goes_on=goes_on)
    _shelf.put(scope, made, now)
    return made


def _made(horizon: Period, today: date, now: datetime, *, goes_on: bool) -> Copy:
    """Read and price. What is written between the two statements is in the copy, which is then made anew at its use."""
    version, under_way, _committed = _version(())
    tables = _read(horizon, today)
    return Copy(Workbench(tables, horizon=horizon, goes_on=goes_on), now, version, under_way)


def _scope() -> _Scope:
    with connection.cursor() as cursor:
        cursor.execute(_SCOPE)
        municipality, everything, units, hidden, nobody = cursor.fetchone()
    return municipality, everything, tuple(units), tuple(hidden), nobody


def _version(under_way: tuple[str, ...]) -> tuple[tuple[str | None, ...], tuple[str, ...], bool]:
    with connection.cursor() as cursor:
        cursor.execute(_VERSION, [list(under_way)])
        version, now_under_way, committed = cursor.fetchone()
    return tuple(version), tuple(now_under_way), bool(committed)


def _read(horizon: Period, today: date) -> dict[Relation, pa.Table]:
    """Every relation's rows as Arrow tables, copied out of the scope's own transaction by one statement.

    One statement sees one moment: no line without its price, whatever others write meanwhile.
    """
    days = {"start": horizon.start, "end": horizon.until, "today": today}
    widest = max(len(relation.columns) for relation in _STATEMENTS)
    parts = []
    for number, (relation, text) in enumerate(_STATEMENTS.items()):
        statement = text % days if "%(" in text else text
        columns = [f"x.{name}::text" for name in relation.columns] + ["NULL"] * (widest - len(relation.columns))
        parts.append(f"SELECT {number}, {', '.join(columns)} FROM ({statement}) AS x")  # noqa: S608 - our own statements
    question = f"COPY ({' UNION ALL '.join(parts)}) TO STDOUT (FORMAT csv)".encode()
    buffer = BytesIO()
    connection.ensure_connection()
    with connection.wrap_database_errors, connection.connection.cursor() as cursor, cursor.copy(question) as rows:
        for block in rows:
            buffer.write(block)
    return _tables(buffer, widest)


def _tables(buffer: BytesIO, widest: int) -> dict[Relation, pa.Table]:
    names = ["of", *(str(place) for place in range(widest))]
    types = {"of": pa.int32()} | dict.fromkeys(names[1:], pa.string())
    if buffer.tell():
        buffer.seek(0)
        options = pa_csv.ConvertOptions(column_types=types, strings_can_be_null=True, quoted_strings_can_be_null=False)
        every = pa_csv.read_csv(buffer, pa_csv.ReadOptions(column_names=names), convert_options=options)
    else:
        every = pa.table({name: pa.array([], kind) for name, kind in types.items()})
    return {
        relation: _typed(relation, every.filter(pc.equal(every["of"], number)))
        for number, relation in enumerate(_STATEMENTS)
    }


def _typed(relation: Relation, rows: pa.Table) -> pa.Table:
    kinds = (_ARROW.get(kind.split("(", maxsplit=1)[0], pa.string()) for kind in relation.columns.values())
    return pa.table(
        {
            name: rows[str(place)].cast(kind)
            for place, (name, kind) in enumerate(zip(relation.columns, kinds, strict=True))
        }
    )


_ARROW: Final = {
    "int32": pa.int32(),
    "int64": pa.int64(),
    "date": pa.date32(),
    "boolean": pa.bool_(),
    "decimal": pa.decimal128(20, 4),
}
