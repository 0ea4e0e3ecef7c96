"""Central refund as JSON: a year's figures, the cases that pass a limit or come near, and what was claimed."""

from datetime import date, datetime
from typing import Annotated
from uuid import UUID

from django.http import HttpRequest
from ninja import Router, Schema
from pydantic import Field

from styr.access.api import PageNumber, PageSize, Problem, kr, scoped
from styr.access.core.permissions import Permission
from styr.kernel import clock
from styr.refunds.cases import CaseFilter, CaseLine, Slice, Standing, case_lines, case_page
from styr.refunds.queries import claims_of, year_of_refund

router = Router(tags=["Central refund"])
Year = Annotated[int, Field(ge=2000, le=2100, description="The year; else this one.")]


class CaseOut(Schema):
    """A case of a year: a citizen, or a household (`pooled`); citizens are ids, and told by the case itself.

    `first` is the first month above a limit, `step` the highest limit passed (1 to 3), `near` the percent of the first
    limit that the dearest month comes to.
    """

    case: UUID
    scheme: str
    pooled: bool
    standing: Standing
    first: date | None
    step: int
    near: int
    booked: str
    expected: str
    claimed: str


class YearOfRefundOut(Schema):
    """A year's central refund as it was last worked out, and a page of its cases, the largest refund first.

    `claimable` is booked and not claimed; `missing` are the schemes whose limits nobody has entered. The sums are of
    every case, `total` counts those that were asked for.
    """

    year: int
    made_at: datetime | None
    missing: list[str]
    booked: str
    expected: str
    claimed: str
    claimable: str
    total: int
    rows: list[CaseOut]


class CaseMonthOut(Schema):
    """A case's month: what counts, what is above the limits, and what of that was claimed."""

    month: date
    running: str
    one_off: str
    income: str
    basis: str
    refund: str
    step: int
    booked: bool
    claimed: str


class CaseMonthsOut(Schema):
    """A case month by month, with its citizens."""

    case: CaseOut
    citizens: list[UUID]
    months: list[CaseMonthOut]


class ClaimOut(Schema):
    """A claim through a month, with the seal by which it can be seen that nothing was changed since."""

    id: UUID
    year: int
    number: int
    through: date
    made_at: datetime
    lines: int
    total: str
    seal: str


@router.get("", response=YearOfRefundOut, summary="A year's central refund and its cases")
@scoped(Permission.SEE_ECONOMY)
def refunds(  # noqa: PLR0913, PLR0917 - the query's own words
    request: HttpRequest,  # noqa: ARG001 - ninja's
    year: Year | None = None,
    page: PageNumber = 1,
    size: PageSize = 50,
    standing: Standing | None = None,
    scheme: Annotated[str, Field(max_length=20, pattern="^[A-Za-z0-9_-]*$")] = "",
) -> YearOfRefundOut:
    """Return the figures, and a page of the cases, if asked only those of a standing or a scheme."""
    today = clock.today()
    asked = year or today.year
    figures = year_of_refund(asked)
    wanted = CaseFilter(asked, standing.value if standing else "", scheme)
    rows, total = case_lines(wanted, Slice("year", falling=True, offset=(page - 1) * size, size=size), today=today)
    return YearOfRefundOut(
        year=asked,
        made_at=figures.made_at,
        missing=list(figures.missing),
        booked=kr(figures.booked_ore),
        expected=kr(figures.expected_ore),
        claimed=kr(figures.claimed_ore),
        claimable=kr(figures.claimable_ore),
        total=total,
        rows=[_case(row) for row in rows],
    )


@router.get("/claims", response=list[ClaimOut], summary="What was claimed of a year, the latest first")
@scoped(Permission.SEE_ECONOMY)
def claims(request: HttpRequest, year: Year | None = None) -> list[ClaimOut]:  # noqa: ARG001 - ninja's
    """Return the year's claims."""
    return [
        ClaimOut(
            id=one.id,
            year=one.year,
            number=one.number,
            through=one.through,
            made_at=one.made_at,
            lines=one.lines,
            total=kr(one.total_ore),
            seal=one.seal,
        )
        for one in claims_of(year or clock.today().year)
    ]


@router.get("/cases/{uuid:case_id}", response={200: CaseMonthsOut, 404: Problem}, summary="A case month by month")
@scoped(Permission.SEE_ECONOMY)
def case(request: HttpRequest, case_id: UUID, year: Year | None = None) -> CaseMonthsOut:  # noqa: ARG001 - ninja's
    """Return the case's months in a year."""
    today = clock.today()
    found = case_page(case_id=case_id, year=year or today.year, today=today)
    months = [
        CaseMonthOut(
            month=one.month,
            running=kr(one.running_ore),
            one_off=kr(one.one_off_ore),
            income=kr(one.income_ore),
            basis=kr(one.basis_ore),
            refund=kr(one.refund_ore),
            step=one.step,
            booked=one.booked,
            claimed=kr(one.claimed_ore),
        )
        for one in found.months
    ]
    return CaseMonthsOut(case=_case(found.line), citizens=[one.id for one in found.citizens], months=months)


def _case(line: CaseLine) -> CaseOut:
    return CaseOut(
        case=line.case_id,
        scheme=line.scheme,
        pooled=line.pooled,
        standing=line.standing,
        first=line.first,
        step=line.step,
        near=line.near,
        booked=kr(line.booked_ore),
        expected=kr(line.expected_ore),
        claimed=kr(line.claimed_ore),
    )
