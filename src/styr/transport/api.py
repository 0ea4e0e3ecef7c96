"""Transport grants as JSON: what was granted to whom, by which criterion and operator. Homes are never named."""

from datetime import date
from typing import Annotated
from uuid import UUID

from django.http import HttpRequest
from ninja import Router, Schema
from pydantic import Field

from styr.access.api import PageNumber, PageSize, plain, scoped
from styr.access.core.permissions import Permission
from styr.kernel import clock
from styr.transport.core.weekdays import days_of
from styr.transport.ride_queries import RideFilter, listed_rides

router = Router(tags=["Transport"])
AreaNumber = Annotated[int, Field(ge=1, le=10_000, description="The area's number.")]


class RideGrantOut(Schema):
    """A transport grant (befordringsbevilling) in [starts, ends); `grant` is the grant that it stands on.

    `weekdays` are ISO (1 is Monday); `outcome` is what was decided of the right to it, null before.
    """

    grant: UUID
    number: str
    citizen: UUID
    status: str
    criterion: str
    area: int
    operator: str | None
    weekdays: list[int]
    road_km: str | None
    starts: date
    ends: date | None
    outcome: str | None


class RideGrantsOut(Schema):
    """A page of transport grants."""

    total: int
    rows: list[RideGrantOut]


@router.get("", response=RideGrantsOut, summary="Transport grants, the latest first")
@scoped(Permission.SEE_TRANSPORT)
def ride_grants(
    request: HttpRequest,  # noqa: ARG001 - ninja's
    page: PageNumber = 1,
    size: PageSize = 50,
    area: AreaNumber | None = None,
    running: bool = False,  # noqa: FBT001, FBT002 - a word of the query
) -> RideGrantsOut:
    """Return a page, if asked only those of an area, or that run today."""
    rows, total = listed_rides(
        RideFilter(area_no=area, running=running),
        order=("starts", True),
        part=((page - 1) * size, size),
        today=clock.today(),
    )
    shown = [
        RideGrantOut(
            grant=row.grant_id,
            number=row.number,
            citizen=row.citizen_id,
            status=row.status,
            criterion=row.criterion,
            area=row.area_no,
            operator=row.operator,
            weekdays=[day + 1 for day in days_of(row.weekdays)],
            road_km=None if row.road_km is None else plain(row.road_km),
            starts=row.starts,
            ends=row.ends,
            outcome=row.outcome,
        )
        for row in rows
    ]
    return RideGrantsOut(total=total, rows=shown)
