"""Scenarios against the slow reference, and what must hold of any scenario."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any
from uuid import UUID

import ibis
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from styr.grants.core.relations import RATE, SERVICE, SERVICE_ABSENCE
from styr.kernel.calendar import CALENDAR
from styr.kernel.engine import _arrow
from styr.kernel.period import Period
from styr.planning.core.changes import Change, ChangeKind, ImpossibleChangeError, Touches
from styr.planning.core.outcome import outcome_of
from styr.planning.core.relations import CARRIED, GRANT_END, LINE
from styr.planning.core.scenario import Lines
from styr.planning.core.workbench import TooLargeError, Workbench
from unit.grants_core.cost_reference import Days, Line
from unit.grants_core.cost_strategies import lines as any_line
from unit.grants_core.cost_tables import service_id, tables
from unit.planning.scenario_reference import Place, scenario_totals

if TYPE_CHECKING:
    from collections.abc import Sequence

    import pyarrow as pa  # type: ignore[import-untyped] # it ships no types

HORIZON = Period(date(2024, 1, 1), date(2025, 1, 1))
DAYS = Days(HORIZON.start, HORIZON.until)
SECTIONS = ("SEL-107", "SEL-85")
UNITS = (UUID(int=901), UUID(int=902))
SUPPLIERS = (UUID(int=801), UUID(int=802))
OFFERS = (UUID(int=701), UUID(int=702))


Rides = tuple[Place, dict[date, int]]


def workbench(
    lines: Sequence[tuple[Place, Line]], rides: Sequence[Rides] = (), *, horizon: Period = HORIZON
) -> Workbench:
    """A copy of the lines, and of grants without services, as copying would have made it."""
    rows = tables([line for _, line in lines], DAYS)
    for (place, _), service in zip(lines, rows[SERVICE], strict=True):
        service["grant_id"], service["service"] = place.grant_id, place.service
    rows[GRANT_END] = []
    rows[LINE] = [_line(number, *one) for number, one in enumerate(lines)]
    rows[LINE] += [_ride_line(number, place) for number, (place, _) in enumerate(rides, start=len(lines))]
    rows[CARRIED] = [
        {"grant_id": place.grant_id, "month": month, "amount_ore": ore}
        for place, months in rides
        for month, ore in months.items()
    ]
    wanted = (SERVICE, RATE, SERVICE_ABSENCE, CALENDAR, GRANT_END, LINE, CARRIED)
    return Workbench({relation: _table(relation, rows[relation]) for relation in wanted}, horizon=horizon)


def _ride_line(number: int, place: Place) -> dict[str, Any]:
    facts = dict.fromkeys(LINE.columns) | {"line_no": number, "born": -1, "group_no": -1}
    named = ("grant_id", "unit_id", "section", "service", "supplier_id", "special", "measure")
    return facts | {name: getattr(place, name) for name in named}


def _line(number: int, place: Place, line: Line) -> dict[str, Any]:
    facts = {"line_no": number, "born": -1, "group_no": -1, "service_id": service_id(number), "citizen_id": None}
    named = ("grant_id", "unit_id", "section", "service", "supplier_id", "provider_unit_id", "special")
    facts["priced_from"] = max((start for start, _, _ in line.rates), default=None)
    return facts | {"measure": line.unit} | {name: getattr(place, name) for name in named}


def _table(relation: Any, rows: list[dict[str, Any]]) -> pa.Table:
    return _arrow(ibis.schema(dict(relation.columns)), rows)


def totals(bench: Workbench, changes: Sequence[Change]) -> dict[tuple[str, UUID, UUID | None, date], int]:
    """The workbench's result as the reference tells it, without rows of nothing."""
    result = bench.result(changes)
    last = f"ore_{len(changes)}"
    groups = {row["group_no"]: row for row in result.groups.to_pylist()}
    found: dict[tuple[str, UUID, UUID | None, date], int] = {}
    for row in result.rows.to_pylist():
        group = groups[row["group_no"]]
        supplier = group["supplier_id"]
        key = (
            group["section"],
            UUID(str(group["unit_id"])),
            None if supplier is None else UUID(str(supplier)),
            bench.months[row["month_no"]],
        )
        found[key] = found.get(key, 0) + row[last]
    return {key: ore for key, ore in found.items() if ore}


@st.composite
def places(draw: st.DrawFn) -> Place:
    supplier = draw(st.none() | st.integers(0, 1))
    service = draw(st.sampled_from(["ophold", "stoette", "saertakst"]))
    return Place(
        section=draw(st.sampled_from(SECTIONS)),
        service=service,
        unit_id=draw(st.sampled_from(UNITS)),
        supplier_id=None if supplier is None else SUPPLIERS[supplier],
        provider_unit_id=None if supplier is None else OFFERS[supplier],
        grant_id=draw(st.integers(1, 4).map(lambda number: UUID(int=number))),
        special=service == "saertakst",
    )


_percent = st.decimals(-100, 60, places=2).filter(bool)
_month = st.integers(0, 14).map(lambda ahead: date(2023 + (11 + ahead) // 12, (11 + ahead) % 12 + 1, 1))


@st.composite
def touches(draw: st.DrawFn) -> Touches:
    return Touches(
        section=draw(st.sampled_from(["", "", *SECTIONS])),
        service=draw(st.sampled_from(["", "", "", "ophold"])),
        supplier_id=draw(st.sampled_from([None, None, *SUPPLIERS])),
        unit_id=draw(st.sampled_from([None, None, *UNITS])),
        grant_ids=frozenset(draw(st.sets(st.integers(1, 4).map(lambda number: UUID(int=number)), max_size=1))),
    )


@st.composite
def changes(draw: st.DrawFn) -> Change:
    kind = draw(st.sampled_from(list(ChangeKind)))
    facts: dict[str, Any] = {"kind": kind, "from_month": draw(_month), "touches": draw(touches())}
    match kind:
        case ChangeKind.RATE | ChangeKind.HOURS | ChangeKind.RIDES:
            facts["percent"] = draw(_percent)
        case ChangeKind.INDEX:
            facts["percent"] = draw(st.decimals(-25, 25, places=2).filter(bool))
        case ChangeKind.SPECIAL:
            facts["months"] = draw(st.integers(1, 18))
        case ChangeKind.END:
            facts["touches"] = Touches(section=draw(st.sampled_from(SECTIONS)))
        case ChangeKind.MOVE:
            to = draw(st.integers(0, 1))
            facts |= {"price": draw(st.decimals(0, 5_000, places=4)), "to_supplier_id": SUPPLIERS[to]}
            facts |= {"to_provider_unit_id": OFFERS[to]}
        case ChangeKind.ARRIVALS:
            facts["touches"] = Touches(section=draw(st.sampled_from(SECTIONS)), unit_id=draw(st.sampled_from(UNITS)))
            later = draw(st.none() | st.integers(1, 9))
            month = facts["from_month"]
            facts |= {"count": draw(st.integers(1, 5)), "price": draw(st.decimals(0, 90_000, places=2))}
            facts["until"] = later and date(
                month.year + (month.month + later - 1) // 12, (month.month + later - 1) % 12 + 1, 1
            )
    return Change(**facts)


# What is bought once is booked on its start, as everywhere but in a payment plan.
_town = st.lists(st.tuples(places(), any_line().map(lambda line: replace(line, dates=()))), min_size=1, max_size=6)


@st.composite
def rides(draw: st.DrawFn) -> list[Rides]:
    """Grants of rides, which have no services: what the forecast holds on them in some months."""
    months = st.dictionaries(st.integers(1, 12).map(lambda month: date(2024, month, 1)), st.integers(1, 10**7))
    return [
        (Place(section, "befordring", unit, None, None, UUID(int=number), measure="trip"), draw(months))
        for number in range(11, draw(st.integers(11, 14)))
        for section, unit in [(draw(st.sampled_from(SECTIONS)), draw(st.sampled_from(UNITS)))]
    ]


@settings(max_examples=10, deadline=None)
@given(town=_town, made=st.lists(changes(), max_size=5), ridden=rides())
def test_every_scenario_is_what_the_reference_says_to_the_ore(
    town: list[Any], made: list[Change], ridden: list[Rides]
) -> None:
    bench = workbench(town, ridden)
    expected = {key: ore for key, ore in scenario_totals(town, made, DAYS, ridden).items() if ore}
    assert totals(bench, made) == expected


@settings(max_examples=4, deadline=None)
@given(town=_town, made=st.lists(changes(), min_size=1, max_size=4))
def test_the_effects_add_up_and_a_scenario_leaves_nothing_behind(town: list[Any], made: list[Change]) -> None:
    bench = workbench(town)
    before = totals(bench, [])
    outcome = outcome_of(bench.result(made), bench.months)
    for year, pair in enumerate(outcome.by_year):
        assert sum(effect[year] for effect in outcome.effects) == pair.more_ore
    for by in ("section", "unit_id", "supplier_id"):
        rows = outcome.rows(by)  # type: ignore[arg-type] # one of the three
        assert sum(row.total.after_ore for row in rows) == outcome.total.after_ore
    assert totals(bench, []) == before


@settings(max_examples=4, deadline=None)
@given(town=_town, asked=touches(), percent=_percent, month=_month)
def test_a_change_with_a_filter_touches_only_its_rows(
    town: list[Any], asked: Touches, percent: Decimal, month: date
) -> None:
    bench = workbench(town)
    rows, lines = bench.by_line([Change(ChangeKind.RATE, month, asked, percent=percent)], Lines(range(12), (0, 1)))
    kinds = {line["line_no"]: line for line in lines.to_pylist()}
    for row in rows.to_pylist():
        line = kinds[row["line_no"]]
        outside = (
            (asked.section and line["section"] != asked.section)
            or (asked.service and line["service"] != asked.service)
            or (asked.unit_id and UUID(str(line["unit_id"])) != asked.unit_id)
            or (asked.supplier_id and str(line["supplier_id"]) != str(asked.supplier_id))
            or (asked.grant_ids and UUID(str(line["grant_id"])) not in asked.grant_ids)
            or bench.months[row["month_no"]] < month
        )
        if outside:
            assert row["ore_0"] == row["ore_1"]


def stay(amount: str = "1000") -> tuple[Place, Line]:
    place = Place("SEL-107", "ophold", UNITS[0], SUPPLIERS[0], OFFERS[0], UUID(int=1))
    return place, Line("day", "day", date(2024, 1, 1), rates=((date(2023, 12, 20), None, Decimal(amount)),))


def test_three_percent_up_and_down_is_not_nothing_but_always_the_same() -> None:
    bench = workbench([stay("1234.56")])
    both = [Change(ChangeKind.RATE, HORIZON.start, percent=Decimal(sign * 3)) for sign in (1, -1)]
    once, again = totals(bench, both), totals(bench, both)
    assert once == again
    assert once != totals(bench, [])
    january = ("SEL-107", UNITS[0], SUPPLIERS[0], date(2024, 1, 1))
    assert totals(bench, [])[january] == 3_827_136
    assert once[january] == 3_823_692  # 3.827.136 x 1,03 = 3.941.950,08, and 3.941.950 x 0,97 = 3.823.691,5


def test_the_order_counts() -> None:
    bench, month = workbench([stay()]), HORIZON.start
    dearer = Change(ChangeKind.RATE, month, percent=Decimal(10))
    moved = Change(ChangeKind.MOVE, month, price=Decimal(500), to_supplier_id=SUPPLIERS[1])
    january = ("SEL-107", UNITS[0], SUPPLIERS[1], month)
    assert totals(bench, [dearer, moved])[january] == 31 * 500_00
    assert totals(bench, [moved, dearer])[january] == 31 * 550_00


def test_a_special_rate_falls_in_even_steps() -> None:
    place, line = stay()
    special = Place("SEL-107", "saertakst", place.unit_id, None, None, place.grant_id, special=True)
    monthly = Line("month", "month", line.starts, rates=((date(2023, 12, 20), None, Decimal(9000)),))
    bench = workbench([(special, monthly)])
    found = totals(bench, [Change(ChangeKind.SPECIAL, date(2024, 3, 1), months=3)])
    assert [found.get(("SEL-107", UNITS[0], None, date(2024, month, 1)), 0) for month in range(2, 7)] == [
        900_000, 600_000, 300_000, 0, 0,
    ]  # fmt: skip


def test_arrivals_come_every_month_until_they_stop() -> None:
    bench = workbench([stay()])
    reach = Touches(section="SEL-85", unit_id=UNITS[1])
    two = Change(ChangeKind.ARRIVALS, date(2024, 2, 1), reach, count=2, price=Decimal(100), until=date(2024, 4, 1))
    found = totals(bench, [two])
    assert [found.get(("SEL-85", UNITS[1], None, date(2024, month, 1)), 0) for month in (1, 2, 3, 4, 12)] == [
        0, 20_000, 40_000, 40_000, 40_000,
    ]  # fmt: skip


@pytest.mark.parametrize(
    "facts",
    [
        {"kind": ChangeKind.RATE, "from_month": date(2024, 1, 2), "percent": Decimal(1)},
        {"kind": ChangeKind.RATE, "from_month": date(2024, 1, 1)},
        {"kind": ChangeKind.RATE, "from_month": date(2024, 1, 1), "percent": Decimal("1.005")},
        {"kind": ChangeKind.RATE, "from_month": date(2024, 1, 1), "percent": Decimal(-101)},
        {"kind": ChangeKind.INDEX, "from_month": date(2024, 1, 1), "percent": Decimal(26)},
        {"kind": ChangeKind.SPECIAL, "from_month": date(2024, 1, 1), "months": 0},
        {"kind": ChangeKind.END, "from_month": date(2024, 1, 1)},
        {"kind": ChangeKind.MOVE, "from_month": date(2024, 1, 1)},
        {"kind": ChangeKind.ARRIVALS, "from_month": date(2024, 1, 1), "count": 1, "price": Decimal(1)},
    ],
)
def test_what_is_no_change_is_refused(facts: dict[str, Any]) -> None:
    with pytest.raises(ImpossibleChangeError):
        Change(**facts)


def test_amounts_that_outgrow_the_numbers_are_refused_and_the_copy_lives_on() -> None:
    bench = workbench([stay()])
    ten = [Change(ChangeKind.RATE, HORIZON.start, percent=Decimal(900))] * 12
    with pytest.raises(TooLargeError):
        bench.result(ten)
    assert totals(bench, [])
