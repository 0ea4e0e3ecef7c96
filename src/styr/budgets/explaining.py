"""The bridge as pages read it: the five parts summed, and the grants behind each. One query each."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from django.db import connection

from styr.budgets.core.codes import Part
from styr.budgets.figures import ALL, Among
from styr.kernel.paging import counted_page

if TYPE_CHECKING:
    from uuid import UUID

_SUMS: Final = ", ".join(
    f"coalesce(sum({name}), 0)::bigint"
    for name in (
        *("budget_ore", "forecast_ore", "price_ore", "volume_ore", "mix_ore", "timing_ore", "unplaced_ore"),
        *("budget_days", "forecast_days"),
    )
)


@dataclass(frozen=True, slots=True)
class Bridge:
    """Why a forecast differs from its budget, øre: budget + the five parts = forecast, exactly."""

    budget_ore: int
    forecast_ore: int
    price_ore: int
    volume_ore: int
    mix_ore: int
    timing_ore: int
    unplaced_ore: int
    budget_days: int
    forecast_days: int

    @property
    def parts(self) -> tuple[tuple[Part, int], ...]:
        """Each part with its amount, in the order of a waterfall."""
        return (
            (Part.PRICE, self.price_ore),
            (Part.VOLUME, self.volume_ore),
            (Part.MIX, self.mix_ore),
            (Part.TIMING, self.timing_ore),
            (Part.UNPLACED, self.unplaced_ore),
        )

    @property
    def deviation_ore(self) -> int:
        """Forecast less budget."""
        return self.forecast_ore - self.budget_ore


@dataclass(frozen=True, slots=True)
class Cause:
    """A grant, or an account without one, and its part in the deviation."""

    unit_id: UUID | None
    section: str
    account: str
    citizen_id: UUID | None
    grant_id: UUID | None
    bridge: Bridge


@dataclass(frozen=True, slots=True)
class Causes:
    """A page of causes, and how many there are."""

    rows: tuple[Cause, ...]
    number: int


def bridge_of(*, run_id: UUID, year: int, among: Among = ALL) -> Bridge:
    """Return the bridge of a year, in all or among some. One query."""
    text = f"SELECT {_SUMS} FROM budgets_bridgerow AS cells {_where(among)}"  # noqa: S608 - our own names
    return Bridge(*_ask(text, run_id, year, among)[0])


def bridge_by_unit(*, run_id: UUID, year: int) -> tuple[tuple[UUID | None, Bridge], ...]:
    """Return the bridge of each unit, the largest deviation first. One query."""
    order = "abs(sum(forecast_ore - budget_ore)) DESC, 1"
    text = f"SELECT unit_id, {_SUMS} FROM budgets_bridgerow AS cells {_where(ALL)} GROUP BY 1 ORDER BY {order}"  # noqa: S608 - our own names
    return tuple((row[0], Bridge(*row[1:])) for row in _ask(text, run_id, year, ALL))


def causes(  # noqa: PLR0913 - one question, all by keyword
    *, run_id: UUID, year: int, part: Part | None = None, among: Among = ALL, first: int = 0, count: int = 50
) -> Causes:
    """Return the grants behind a part (None: the whole deviation), the largest amount first. One query."""
    amount = "forecast_ore - budget_ore" if part is None else f"{part.value}_ore"
    columns = (
        "unit_id, section, account, citizen_id, grant_id, budget_ore, forecast_ore, price_ore, volume_ore, mix_ore"
    )
    columns += ", timing_ore, unplaced_ore, budget_days, forecast_days"
    text = (
        f"SELECT {columns}, count(*) OVER () FROM budgets_bridgerow AS cells {_where(among)} AND ({amount}) <> 0 "  # noqa: S608 - our own names
        f"ORDER BY abs({amount}) DESC, id LIMIT %(count)s OFFSET %(first)s"
    )
    found, total = counted_page(
        lambda start, size: _ask(text, run_id, year, among, count=size, first=start), first=first, size=count
    )
    rows = tuple(
        Cause(unit, section, account, citizen, grant, Bridge(*rest))
        for unit, section, account, citizen, grant, *rest, _ in found
    )
    return Causes(rows, total)


def _where(among: Among) -> str:
    return f"WHERE run_id = %(run)s AND year = %(year)s AND {among.condition()}"


def _ask(text: str, run_id: UUID, year: int, among: Among, **more: int) -> list[Any]:
    with connection.cursor() as cursor:
        cursor.execute(text, {"run": run_id, "year": year, **among.values(), **more})
        rows: list[Any] = cursor.fetchall()
    return rows
