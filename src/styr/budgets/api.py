"""The forecast beside the budget as JSON: by unit and month, and by grant with why it deviates."""

from datetime import date, datetime
from typing import Annotated
from uuid import UUID

from django.http import HttpRequest
from ninja import Router, Schema
from ninja.errors import HttpError
from pydantic import Field

from styr.access.api import PageNumber, PageSize, Problem, kr, scoped
from styr.access.core.permissions import Permission
from styr.budgets.core.picture import Sums
from styr.budgets.economy import NoForecastError, year_picture
from styr.budgets.economy_list_rows import GrantRow, Narrowed, Paging
from styr.budgets.economy_lists import grant_rows
from styr.budgets.queries import RunView, standing_runs, telling_of
from styr.kernel import clock

router = Router(tags=["Economy"])
Year = Annotated[int, Field(ge=2000, le=2100, description="The year; else this one.")]
SectionCode = Annotated[str, Field(max_length=20, pattern=r"^[A-Za-z0-9 -]*$", description="For example SEL-107.")]


class SumsOut(Schema):
    """Amounts of a month or a year. A budget is null where nobody has laid one.

    `actual` is booked, `accrued` delivered and not yet invoiced; both are part of the forecast, and so is `expected`,
    which nobody has granted.
    """

    original_budget: str | None
    budget: str | None
    actual: str
    accrued: str
    forecast: str
    expected: str


class MonthOut(Schema):
    """A month (YYYY-MM); `closed` when its figures come no more."""

    month: str
    closed: bool
    sums: SumsOut


class UnitYearOut(Schema):
    """A unit's year and its months; `unit` is null for what belongs to none."""

    unit: UUID | None
    name: str
    sums: SumsOut
    months: list[MonthOut]


class EconomyOut(Schema):
    """The year of the units that the key's owner sees, by the forecast of the day `as_of`."""

    year: int
    as_of: date
    made_at: datetime | None
    sums: SumsOut
    units: list[UnitYearOut]


class GrantYearOut(Schema):
    """A grant's year, and what of the deviation comes of prices, volume, mix, timing, and what cannot be placed.

    `grant` is null for what is booked or budgeted beside grants; the five parts add up to forecast less budget.
    """

    grant: UUID | None
    number: str
    citizen: UUID | None
    supplier: UUID | None
    section: str
    budget: str
    forecast: str
    price: str
    volume: str
    mix: str
    timing: str
    unplaced: str


class GrantYearsOut(Schema):
    """A page of grants; budget and forecast are of the whole list."""

    year: int
    as_of: date
    total: int
    budget: str
    forecast: str
    rows: list[GrantYearOut]


@router.get("", response={200: EconomyOut, 404: Problem}, summary="A year's forecast beside its budget")
@scoped(Permission.SEE_ECONOMY)
def economy(request: HttpRequest, year: Year | None = None) -> EconomyOut:  # noqa: ARG001 - ninja's
    """Return budget, actual and forecast by unit and month, as the page of the economy shows them."""
    asked, run = _run(year)
    picture = year_picture(run, asked)
    units = [
        UnitYearOut(
            unit=one.unit_id,
            name=one.name,
            months=[
                MonthOut(month=f"{month.month:%Y-%m}", closed=month.closed, sums=_sums(month.sums))
                for month in one.months
            ],
            sums=_sums(one.sums),
        )
        for one in picture.units
    ]
    return EconomyOut(year=asked, as_of=run.as_of, made_at=run.made_at, units=units, sums=_sums(picture.sums))


@router.get("/grants", response={200: GrantYearsOut, 404: Problem}, summary="A year's forecast by grant")
@scoped(Permission.SEE_ECONOMY)
def grants(  # noqa: PLR0913, PLR0917 - the query's own words
    request: HttpRequest,  # noqa: ARG001 - ninja's
    year: Year | None = None,
    page: PageNumber = 1,
    size: PageSize = 50,
    unit: UUID | None = None,
    section: SectionCode = "",
) -> GrantYearsOut:
    """Return a page of grants, those that deviate most first."""
    asked, run = _run(year)
    paging = Paging(limit=size, offset=(page - 1) * size)
    rows, totals = grant_rows(run, asked, Narrowed(unit_id=unit, section=section), paging)
    return GrantYearsOut(
        year=asked,
        as_of=run.as_of,
        total=totals.count,
        budget=kr(totals.budget_ore),
        forecast=kr(totals.forecast_ore),
        rows=[_grant(row) for row in rows],
    )


def _run(year: int | None) -> tuple[int, RunView]:
    asked = year or clock.today().year
    current, over = standing_runs()
    run = telling_of(asked, current, over.get(asked))
    if run is None:
        raise HttpError(404, str(NoForecastError(asked)))
    return asked, run


def _sums(sums: Sums) -> SumsOut:
    return SumsOut(
        original_budget=None if sums.original_ore is None else kr(sums.original_ore),
        budget=None if sums.budget_ore is None else kr(sums.budget_ore),
        actual=kr(sums.actual_ore),
        accrued=kr(sums.accrual_ore),
        forecast=kr(sums.forecast_ore),
        expected=kr(sums.expected_ore),
    )


def _grant(row: GrantRow) -> GrantYearOut:
    return GrantYearOut(
        grant=row.grant_id,
        number=row.number,
        citizen=row.citizen_id,
        supplier=row.supplier_id,
        section=row.section,
        budget=kr(row.budget_ore),
        forecast=kr(row.forecast_ore),
        price=kr(row.price_ore),
        volume=kr(row.volume_ore),
        mix=kr(row.mix_ore),
        timing=kr(row.timing_ore),
        unplaced=kr(row.unplaced_ore),
    )
