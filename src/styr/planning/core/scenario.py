"""A scenario: the expected cost, changed. Nothing here prices a day.

The copied rows of the one expected-cost relation are multiplied, change by change and in order; a change that sets a
price (a move) hands the relation other rates (`repriced`) and takes its rows. Without a change every row is the
expected cost to the øre.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import ibis

from styr.grants.core.expected_cost import CostInputs, expected_cost
from styr.grants.core.relations import RATE, SERVICE
from styr.kernel.engine import compile_duckdb
from styr.kernel.exact import Column, small_quotient, total
from styr.kernel.units import Per, Unit
from styr.planning.core.changes import STAY, Change, ChangeKind, Touches
from styr.planning.core.relations import ADDED_LINE, ADDED_ROW, GRANT_END, LINE, MOVE, ROW, factors

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

MONTHS_A_YEAR = 12
KEPT_EVERY = 4
NO = ibis.literal(value=False)
RIDES = (Unit.TRIP.value, Unit.KM.value)
"""What rides are counted in: services that are bought so, and grants of rides, which have no services."""


def all_lines() -> ibis.Table:
    """The copied lines and those that the scenario made."""
    return LINE.table().union(ADDED_LINE.table(), distinct=False)


def touched(lines: ibis.Table, change: Change, place: int) -> Column:
    """True for the lines that the change in that place touches: those that were there, and that it asks for."""
    if change.kind is ChangeKind.ARRIVALS:
        return NO
    wanted = (lines.born < place) & _asked_for(lines, change.touches)
    match change.kind:
        case ChangeKind.SPECIAL:
            return wanted & lines.special
        case ChangeKind.HOURS:
            return wanted & (lines.measure == Unit.HOUR.value)
        case ChangeKind.RIDES:
            return wanted & lines.measure.isin(RIDES)
        case ChangeKind.MOVE:
            return wanted & (lines.service == (change.touches.service or STAY)) & lines.service_id.notnull()
        case _:
            return wanted


def _asked_for(lines: ibis.Table, touches: Touches) -> Column:
    holds: Column = ibis.literal(value=True)
    for column in ("section", "service"):
        if asked := getattr(touches, column):
            holds &= lines[column] == asked
    for column in ("supplier_id", "provider_unit_id", "unit_id"):
        if asked := getattr(touches, column):
            holds &= lines[column] == ibis.literal(asked, type="uuid")
    if touches.priced_before:
        holds &= lines.priced_from < ibis.date(touches.priced_before.isoformat())
    if touches.grant_ids:
        holds &= lines.grant_id.isin([ibis.literal(one, type="uuid") for one in sorted(touches.grant_ids)])
    return ibis.coalesce(holds, NO)


@dataclass(frozen=True)
class Lines:
    """Asks for lines instead of groups: of some months (numbers from the horizon's first), after some changes."""

    months: range
    after: tuple[int, ...]


def statement(changes: Sequence[Change], *, asked: Lines | None = None) -> str:
    """Return the scenario as DuckDB text: one step a change, each a table of its own.

    Written as one expression, each change would repeat the ones before it four times over. DuckDB too writes steps into
    each other, so every fourth is worked out and kept: a third of the time for seven changes.
    Grouped: (group_no, month_no, ore_0, ore_1, …); lines: (line_no, month_no, ore_…), all int64: what is expected, and
    what is left after each change; the last is the scenario.
    """
    steps = [_marked(changes, asked), *(_step(place, len(changes)) for place in range(len(changes)))]
    named = ", ".join(
        f"plan_step_{number} AS {_kept(number)}({compile_duckdb(step)})" for number, step in enumerate(steps)
    )
    last = _stepped(len(changes), len(changes))
    numbers = asked.after if asked else range(len(steps))
    amounts = {f"ore_{number}": ibis.ifelse(last.born < number, last[f"ore_{number}"], 0) for number in numbers}
    found = (
        last.select("line_no", "month_no", **amounts)
        if asked
        else last.group_by("group_no", "month_no").agg(**{name: total(ore) for name, ore in amounts.items()})
    )
    return f"WITH {named} {compile_duckdb(found)}"


def _kept(number: int) -> str:
    return "MATERIALIZED " if number and number % KEPT_EVERY == 0 else ""


def _marked(changes: Sequence[Change], asked: Lines | None) -> ibis.Table:
    """Every row as it is, with each change's factor: 1/1 where the change does not touch it."""
    lines, one = all_lines(), ibis.literal(1, type="int32")
    hits = {f"hit_{place}": touched(lines, change, place) for place, change in enumerate(changes)}
    rows = ROW.table().union(ADDED_ROW.table(), distinct=False)
    if asked is not None:
        rows = rows.filter(rows.month_no >= asked.months.start, rows.month_no < asked.months.stop)
    joined = rows.join(lines.select("line_no", "group_no", "born", **hits), "line_no")
    if changes:
        factor = factors(len(changes)).table()
        joined = joined.join(factor, joined.month_no == factor.factor_month)
    parts = {
        f"{part}_{place}": ibis.ifelse(joined[f"hit_{place}"], joined[f"{part}_{place}"].cast("int32"), one)
        for place in range(len(changes))
        for part in ("above", "below")
    }
    marked = joined.mutate(ore_0=joined.amount_ore, sign=joined.amount_ore.sign().cast("int64"), **parts)
    return marked.select(*_columns(0, len(changes)))


def _step(place: int, changes: int) -> ibis.Table:
    """What the change in that place makes of the rows that the ones before it left, rounded half away from zero.

    The amount is named once, or each step would double the work of the next; no factor turns its sign.
    """
    rows = _stepped(place, changes)
    above, below = (rows[f"{part}_{place}"].cast("int64") for part in ("above", "below"))
    after = small_quotient(rows[f"ore_{place}"] * (above * 2) + rows.sign * below, below * 2)
    return rows.mutate(**{f"ore_{place + 1}": after}).select(*_columns(place + 1, changes))


def _stepped(number: int, changes: int) -> ibis.Table:
    return ibis.table(_columns(number, changes), name=f"plan_step_{number}")


def _columns(done: int, changes: int) -> dict[str, str]:
    columns = dict.fromkeys(("line_no", "group_no", "month_no", "born"), "int32") | {"sign": "int64"}
    for place in range(done, changes):
        columns |= dict.fromkeys((f"above_{place}", f"below_{place}"), "int32")
    return columns | {f"ore_{number}": "int64" for number in range(done + 1)}


def moved_lines(changes: Sequence[Change], place: int, *, lines_so_far: int) -> ibis.Table:
    """Return the lines that a move makes: those it touches, at the new offer; numbered on from `lines_so_far`."""
    change, lines = changes[place], all_lines()
    moved = lines.filter(touched(lines, change, place))
    number = ibis.row_number().over(order_by=moved.line_no)
    return moved.mutate(
        line_no=(number + lines_so_far).cast("int32"),
        born=ibis.literal(place, type="int32"),
        group_no=ibis.literal(-1, type="int32"),
        supplier_id=ibis.literal(change.to_supplier_id, type="uuid"),
        provider_unit_id=ibis.literal(change.to_provider_unit_id, type="uuid"),
        special=NO,
    ).select(*LINE.columns)


def repriced(first: date) -> ibis.Table:
    """Return the rows of the lines of the move in `plan_move`, from its month on: their services at the new price."""
    move, lines = MOVE.table(), ADDED_LINE.table()
    made = lines.semi_join(move, lines.born == move.move_born).select("line_no", "service_id")
    service = SERVICE.table().semi_join(made, "service_id")
    rate = service.cross_join(move).select(
        "service_id", valid_from=ibis.date("1900-01-01"), valid_to=ibis.null("date"), amount=move.price
    )
    cost = expected_cost(CostInputs(service=service, rate=rate))
    kept = cost.join(move, cost.month >= move.from_month)
    return _numbered(kept, first).join(made, "service_id").select(*ROW.columns)


def priced_rows(*, first: date, goes_on: bool) -> ibis.Table:
    """Return the rows of `plan_row`: the one expected-cost relation over the copied inputs."""
    inputs = _going_on() if goes_on else CostInputs()
    lines = LINE.table().select("line_no", "service_id")
    return _numbered(expected_cost(inputs), first).join(lines, "service_id").select(*ROW.columns)


def _going_on() -> CostInputs:
    """The inputs as if the grants marked so did not end: lines that end with them go on, at the last price known."""
    service, rate = SERVICE.table(), RATE.table()
    grant = GRANT_END.table().filter(GRANT_END.table().goes_on).rename(grant_ends="ends")
    joined = service.left_join(grant, "grant_id")
    kept = (joined.per == Per.TOTAL.value) | (joined.unit == Unit.ONCE.value)
    goes = ibis.coalesce(joined.goes_on & ~kept & (joined.ends == joined.grant_ends), NO)
    open_service = joined.mutate(going=goes, ends=ibis.ifelse(goes, ibis.null("date"), joined.ends))
    going = open_service.filter(open_service.going).select(going_id="service_id")
    marked = rate.left_join(going, rate.service_id == going.going_id)
    latest = marked.valid_from.max().over(group_by=marked.service_id)
    lasting = marked.mutate(
        valid_to=ibis.ifelse(
            marked.going_id.notnull() & (marked.valid_from == latest), ibis.null("date"), marked.valid_to
        )
    )
    return CostInputs(service=open_service.select(*SERVICE.columns), rate=lasting.select(*RATE.columns))


def _numbered(cost: ibis.Table, first: date) -> ibis.Table:
    """Months as numbers from the horizon's first."""
    number = (cost.month.year() - first.year) * MONTHS_A_YEAR + cost.month.month() - first.month
    return cost.mutate(month_no=number.cast("int32"))
