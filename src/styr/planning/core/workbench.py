"""Where scenarios are worked out: one copy of what somebody may see, in the memory of this process and nowhere else.

DuckDB is told to write no file, so the copy is gone when it is let go. The copy is priced once; a scenario then takes
milliseconds for each of its changes.
"""

from __future__ import annotations

import threading
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import TYPE_CHECKING, Final

import duckdb

from styr.grants.core.cost_relations import MONTH, month_rows
from styr.grants.core.relations import RATE, SERVICE, SERVICE_ABSENCE
from styr.kernel.calendar import CALENDAR
from styr.kernel.engine import DuckEngine, compile_duckdb
from styr.kernel.refusal import Refusal
from styr.planning.core.changes import Change, ChangeKind
from styr.planning.core.factors import factor_rows, persons
from styr.planning.core.relations import ADDED_LINE, ADDED_ROW, CARRIED, GRANT_END, LINE, MOVE, factors
from styr.planning.core.scenario import Lines, moved_lines, priced_rows, repriced, statement

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import pyarrow as pa  # type: ignore[import-untyped] # it ships no types

    from styr.kernel.period import Period
    from styr.kernel.relation import Relation

COPIED: Final = (SERVICE, RATE, SERVICE_ABSENCE, CALENDAR, GRANT_END, LINE)
"""The relations of a copy; `CARRIED` besides, where there is a forecast.

Of `plan_line` the numbers (`line_no`, `born`, `group_no`) are given here.
"""

_CARRIED = """
INSERT INTO plan_row
SELECT l.line_no, datediff('month', $first, c.month)::INTEGER, c.amount_ore
FROM plan_carried c JOIN plan_line l ON l.grant_id = c.grant_id AND l.service_id IS NULL
WHERE c.month >= $first AND c.month < $until"""
# Later years are as the last that is told of, for as long as the grant runs.
_CARRIED_ON = """
INSERT INTO plan_row
SELECT r.line_no, r.month_no + 12 * years.ahead, r.amount_ore
FROM plan_row r JOIN plan_line l ON l.line_no = r.line_no AND l.service_id IS NULL
LEFT JOIN plan_grant_end e ON e.grant_id = l.grant_id
CROSS JOIN (SELECT unnest(range(1, $years + 1))::INTEGER AS ahead) years
WHERE r.month_no >= $told - 12
  AND (e.ends IS NULL OR $first + to_months(r.month_no + 12 * years.ahead) < e.ends)"""
# Where grants go on past their end, a month after it is as the same month a year before.
_GOES_ON = """
INSERT INTO plan_row
SELECT r.line_no, r.month_no + 12, r.amount_ore
FROM plan_row r JOIN plan_line l ON l.line_no = r.line_no AND l.service_id IS NULL
JOIN plan_grant_end e ON e.grant_id = l.grant_id AND e.goes_on
WHERE r.month_no >= $at - 12 AND r.month_no < $at AND $first + to_months(r.month_no + 12) >= e.ends"""

_KEY = "section, unit_id, supplier_id"
_GROUPS = f"""
CREATE TABLE plan_group AS
SELECT (row_number() OVER (ORDER BY {_KEY}) - 1)::INTEGER AS group_no, {_KEY}
FROM (SELECT DISTINCT {_KEY} FROM plan_line)"""  # noqa: S608 - our own words, put together
_IN_GROUP = """
UPDATE {line} SET group_no = g.group_no FROM plan_group AS g
WHERE {line}.section = g.section AND {line}.unit_id IS NOT DISTINCT FROM g.unit_id
  AND {line}.supplier_id IS NOT DISTINCT FROM g.supplier_id"""
_NEW_GROUPS = f"""
INSERT INTO plan_group
SELECT (SELECT coalesce(max(group_no) + 1, 0) FROM plan_group) + (row_number() OVER (ORDER BY {_KEY}) - 1), {_KEY}
FROM (SELECT DISTINCT {_KEY} FROM plan_added_line EXCEPT SELECT {_KEY} FROM plan_group)"""  # noqa: S608 - the same
_ARRIVALS_LINE = """
INSERT INTO plan_added_line
SELECT ?, ?, -1, NULL, NULL, NULL, ?::UUID, ?, ?, '', ?::UUID, ?::UUID, false, NULL"""


class TooLargeError(Refusal):
    """A change makes amounts that no longer fit."""

    def __init__(self) -> None:
        super().__init__("Beløbene bliver for store til at regne med. Er en procent eller en pris for høj?")


@dataclass(frozen=True)
class Result:
    """A scenario's outcome: (group_no, month_no, ore_0, ore_1, …), and what the groups are.

    `ore_0` is what is expected, `ore_n` what is left after the n-th change.
    """

    rows: pa.Table
    groups: pa.Table


class Workbench:
    """A copy over a horizon of whole months, priced; safe to ask from several threads, one at a time."""

    def __init__(self, copied: Mapping[Relation, pa.Table], *, horizon: Period, goes_on: bool = False) -> None:
        self.horizon = horizon
        self.months: tuple[date, ...] = tuple(part.start for part in horizon.months())
        self._lock = threading.Lock()
        self._engine = DuckEngine()
        run = self._engine.connection.execute
        run("SET temp_directory = ''")
        for relation in COPIED:
            self._engine.load(relation, copied[relation])
        self._engine.load(MONTH, month_rows(horizon))
        run(_GROUPS)
        run(_IN_GROUP.format(line="plan_line"))
        priced = partial(priced_rows, first=self.months[0], goes_on=goes_on)
        run(f"CREATE TABLE plan_row AS {compile_duckdb(priced, key=f'planning.priced {self.months[0]} {goes_on}')}")
        if CARRIED in copied:
            self._carry(copied[CARRIED], goes_on=goes_on)
        self._lines = int(self._one("SELECT count(*) FROM plan_line"))
        self._groups = int(self._one("SELECT count(*) FROM plan_group"))

    def _carry(self, rows: pa.Table, *, goes_on: bool) -> None:
        """Rows of grants without a price, as far as the forecast tells, and on."""
        self._engine.load(CARRIED, rows)
        run = self._engine.connection.execute
        first, until = self.months[0], self.horizon.until
        run(_CARRIED, {"first": first, "until": until})
        ahead = [date(first.year + 1, 1, 1)]
        last = run("SELECT max(month) FROM plan_carried WHERE month >= ?", ahead).fetchall()[0][0]
        told = 0 if last is None else (last.year - first.year + 1) * 12
        if 0 < told < len(self.months):
            run(_CARRIED_ON, {"first": first, "told": told, "years": (len(self.months) - told) // 12})
        for at in range(12, len(self.months), 12) if goes_on else ():
            run(_GOES_ON, {"first": first, "at": at})

    @property
    def lines(self) -> int:
        """How many service lines the copy holds."""
        return self._lines

    def close(self) -> None:
        """Let go of the copy."""
        with self._lock:
            self._engine.close()

    def result(self, changes: Sequence[Change]) -> Result:
        """Work the scenario out, added up by section, unit, supplier and month.

        Raises:
            TooLargeError: amounts outgrow 64 bits.
        """
        return Result(*self._worked_out(changes, asked=None, also="SELECT * FROM plan_group ORDER BY group_no"))

    def by_line(self, changes: Sequence[Change], asked: Lines) -> tuple[pa.Table, pa.Table]:
        """Work the scenario out by line: (line_no, month_no, ore_… as asked), and the lines with what they are.

        Raises:
            TooLargeError: amounts outgrow 64 bits.
        """
        lines = "SELECT * FROM plan_line UNION ALL SELECT * FROM plan_added_line ORDER BY line_no"
        return self._worked_out(changes, asked=asked, also=lines)

    def _worked_out(self, changes: Sequence[Change], *, asked: Lines | None, also: str) -> tuple[pa.Table, pa.Table]:
        with self._lock:
            try:
                self._prepare(changes)
                return self._table(statement(changes, asked=asked)), self._table(also)
            except duckdb.OutOfRangeException as large:
                raise TooLargeError from large

    def _table(self, text: str) -> pa.Table:
        return self._engine.connection.sql(text).to_arrow_table()

    def _prepare(self, changes: Sequence[Change]) -> None:
        """Forget the last scenario's lines; make this one's, and its factors."""
        self._engine.load(ADDED_LINE, [])
        self._engine.load(ADDED_ROW, [])
        self._engine.connection.execute("DELETE FROM plan_group WHERE group_no >= ?", [self._groups])
        self._engine.load(factors(len(changes)), factor_rows(changes, self.months))
        for place, change in enumerate(changes):
            if change.kind is ChangeKind.MOVE:
                self._move(changes, place)
            elif change.kind is ChangeKind.ARRIVALS:
                self._arrive(change, place)

    def _move(self, changes: Sequence[Change], place: int) -> None:
        run = self._engine.connection.execute
        run(f"INSERT INTO plan_added_line {compile_duckdb(moved_lines(changes, place, lines_so_far=self._next()))}")
        self._group_added()
        self._engine.load(
            MOVE, [{"move_born": place, "from_month": changes[place].from_month, "price": changes[place].price}]
        )
        priced = compile_duckdb(partial(repriced, self.months[0]), key=f"planning.repriced {self.months[0]}")
        run(f"INSERT INTO plan_added_row {priced}")

    def _arrive(self, change: Change, place: int) -> None:
        """One line for all who arrive, and a row a month."""
        number, touches = self._next(), change.touches
        facts = [touches.unit_id, touches.section, touches.service, touches.supplier_id, touches.provider_unit_id]
        self._engine.connection.execute(
            _ARRIVALS_LINE, [number, place, *(str(one) if one is not None else None for one in facts)]
        )
        self._group_added()
        price = int((change.price or 0) * 100)
        rows = [
            [number, month_no, count * price]
            for month_no, month in enumerate(self.months)
            if (count := persons(change, month))
        ]
        if rows:
            self._engine.connection.executemany("INSERT INTO plan_added_row VALUES (?, ?, ?)", rows)

    def _group_added(self) -> None:
        self._engine.connection.execute(_NEW_GROUPS)
        self._engine.connection.execute(_IN_GROUP.format(line="plan_added_line"))

    def _next(self) -> int:
        return self._lines + int(self._one("SELECT count(*) FROM plan_added_line"))

    def _one(self, question: str) -> int:
        return int(self._engine.connection.execute(question).fetchall()[0][0])
