"""A year of transport cost: as it was mapped, as it was booked, what is behind a figure, and what a figure is each."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any, Final

from django.db import connection, transaction

from styr.kernel.engine import PostgresEngine
from styr.suppliers.queries import supplier_names
from styr.transport.core.booked_cost import PLANNED, UNPLACED, booked_cost
from styr.transport.core.codes import OperatorKind
from styr.transport.core.cost_matrix import KINDS, AreaName, Matrix, Told, matrix
from styr.transport.models import Area, CostCell

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

NEVER_BOOKED_HERE: Final = frozenset({OperatorKind.OWN, OperatorKind.REIMBURSEMENT})
"""Kinds that no supplier's bill tells: without an account or an operator that does, they are unknown and not nought."""

_YEARS: Final = """
    SELECT year, bool_or(told), bool_or(booked) FROM (
        SELECT DISTINCT year, true AS told, false AS booked FROM transport_costcell
        UNION ALL
        SELECT y, false, true FROM generate_series(%(from)s, %(to)s) AS y
        WHERE EXISTS (SELECT FROM transport_postingsum s WHERE s.month >= make_date(y, 1, 1)
                      AND s.month < make_date(y + 1, 1, 1) AND s.postings > 0)
          AND EXISTS (SELECT FROM transport_areaaccount)
    ) AS known GROUP BY year ORDER BY year DESC
"""
_ACCOUNTS: Final = """
    SELECT a.number, array_remove(array_agg(DISTINCT c.operator_kind), '') FROM transport_areaaccount c
    JOIN transport_area a ON a.id = c.area_id
    WHERE c.valid_from < %(until)s AND (c.valid_to IS NULL OR c.valid_to > %(first)s) GROUP BY a.number
"""
_RIDERS: Final = """
    SELECT area_no, count(DISTINCT citizen_id) FROM rel_ride_grant
    WHERE starts < %(until)s AND (ends IS NULL OR ends > %(first)s) GROUP BY area_no
"""


@dataclass(frozen=True)
class YearKnown:
    """A year that something is known of: whether it was mapped, and whether anything is booked in it."""

    year: int
    told: bool
    booked: bool


@dataclass(frozen=True)
class Booked:
    """What was booked in a year, laid out, and what only bookings tell.

    `unplaced` is what lies on an area's account without anybody knowing who drove: (area number, øre). `operators` is
    each kind's cost by name. `bought_ore` is everything with a supplier, `covered_ore` that of it which was bought
    under a signed contract in force; `uncovered` the rest by name.
    """

    matrix: Matrix
    unplaced: tuple[tuple[int, int], ...]
    operators: Mapping[OperatorKind, Mapping[str, int]]
    bought_ore: int
    covered_ore: int
    uncovered: Mapping[str, int]
    postings: int

    @property
    def unplaced_ore(self) -> int:
        """Everything unplaced together."""
        return sum(ore for _, ore in self.unplaced)


def years_known(today: date) -> tuple[YearKnown, ...]:
    """Years mapped or booked, the latest first; of booked ones the latest ten. One query."""
    return tuple(YearKnown(*row) for row in _ask(_YEARS, {"from": today.year - 10, "to": today.year}))


def areas_in(year: int) -> tuple[AreaName, ...]:
    """The areas of a year as they were called at its end, by number. One query."""
    rows = Area.objects.filter(valid_from__lt=date(year + 1, 1, 1)).order_by("number", "-valid_from")
    seen: dict[int, AreaName] = {}
    for row in rows:
        if row.number not in seen and (row.valid_to is None or row.valid_to > date(year, 1, 1)):
            seen[row.number] = AreaName(row.number, row.name, row.department)
    return tuple(seen.values())


def told_year(year: int, areas: Sequence[AreaName]) -> Matrix:
    """The year as it was mapped. One query."""
    rows = CostCell.objects.filter(year=year).values_list("area__number", "operator_kind", "amount_ore", "admin_ore")
    return matrix(areas, [Told(number, OperatorKind(kind), ore, admin) for number, kind, ore, admin in rows])


def booked_year(year: int, areas: Sequence[AreaName]) -> Booked:
    """The year as the finance system has it. Four queries, five where a supplier is paid."""
    first, until = date(year, 1, 1), date(year + 1, 1, 1)
    rows = _booked_rows(first, until)
    accounts = {number: set(kinds) for number, kinds in _ask(_ACCOUNTS, {"first": first, "until": until})}
    names = supplier_names({row["supplier_id"] for row in rows if row["supplier_id"]})
    bought = [row for row in rows if row["supplier_id"]]
    return Booked(
        matrix=matrix(areas, _cells(rows, accounts)),
        unplaced=tuple(sorted(_summed((row["area_no"], row) for row in rows if row["kind"] == UNPLACED).items())),
        operators={
            kind: _summed((names.get(row["supplier_id"], "Ukendt"), row) for row in bought if row["kind"] == kind.value)
            for kind in KINDS
        },
        bought_ore=sum(row["amount_ore"] for row in bought),
        covered_ore=sum(row["amount_ore"] for row in bought if row["covered"]),
        uncovered=_summed((names.get(row["supplier_id"], "Ukendt"), row) for row in bought if not row["covered"]),
        postings=sum(row["postings"] for row in rows),
    )


def riders_in(year: int) -> dict[int, int]:
    """How many citizens have a transport grant in the year, by area. One query."""
    return dict(_ask(_RIDERS, {"first": date(year, 1, 1), "until": date(year + 1, 1, 1)}))


def _booked_rows(first: date, until: date) -> list[Any]:
    """What is booked; whoever is kept from a case gets it counted from the postings that they may see."""
    with transaction.atomic(), connection.cursor() as cursor:
        kept = ", ".join(f"set_config('{name}', '{value}', true)" for name, value in PLANNED.items())
        cursor.execute(f"SELECT coalesce(styr_kept_from_nothing(), false), {kept}")
        prepared = bool(cursor.fetchall()[0][0])
        rows = PostgresEngine(cursor).rows(
            lambda: booked_cost(first, until, prepared=prepared),
            key=f"transport cost {first:%Y-%m} {until:%Y-%m} {prepared}",
        )
        cursor.execute("; ".join(f"RESET {name}" for name in PLANNED))
    return rows


def _cells(rows: Iterable[Mapping[str, Any]], accounts: Mapping[int, set[str]]) -> list[Told]:
    """The cells that bookings tell: an area with accounts has spent nothing where nothing is booked, but own cars."""
    ore: dict[tuple[int, OperatorKind], int] = {}
    admin: dict[tuple[int, OperatorKind], int] = {}
    for row in rows:
        if row["kind"] == UNPLACED:
            continue
        key = (row["area_no"], OperatorKind(row["kind"]))
        ore[key] = ore.get(key, 0) + row["amount_ore"]
        if row["is_admin"]:
            admin[key] = admin.get(key, 0) + row["amount_ore"]
    told = []
    for number, kinds in accounts.items():
        for kind in KINDS:
            known = (number, kind) in ore or kind.value in kinds or kind not in NEVER_BOOKED_HERE
            told.append(Told(number, kind, ore.get((number, kind), 0) if known else None, admin.get((number, kind))))
    return told


def _summed(pairs: Iterable[tuple[Any, Mapping[str, Any]]]) -> dict[Any, int]:
    found: dict[Any, int] = {}
    for name, row in pairs:
        found[name] = found.get(name, 0) + row["amount_ore"]
    return found


def _ask(text: str, given: Mapping[str, Any]) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(text, given)
        return list(cursor.fetchall())
