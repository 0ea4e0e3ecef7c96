"""Citizens as JSON. CPR numbers are masked; each answer that names citizens is a line in the read log."""

from datetime import date
from typing import Annotated
from uuid import UUID

from django.http import HttpRequest
from ninja import Router, Schema
from ninja.errors import HttpError
from pydantic import Field

from styr.access.api import PageNumber, PageSize, Problem, scoped
from styr.access.core.permissions import Permission
from styr.kernel import clock
from styr.people.listing import CitizenFilter, listed_citizens
from styr.people.queries import CitizenLine, CitizenNotVisibleError, visible_citizen

PURPOSE = "API"
NameWords = Annotated[str, Field(max_length=80, description="The beginning of each word of the name.")]
router = Router(tags=["Citizens"])


class CitizenOut(Schema):
    """A citizen (borger); `cpr` is masked, `ends`-like days are exclusive."""

    id: UUID
    number: str
    name: str
    cpr: str
    birth_date: date
    protected: bool
    died_on: date | None
    moved_out: date | None
    unit: UUID


class CitizensOut(Schema):
    """A page of citizens."""

    total: int
    page: int
    pages: int
    rows: list[CitizenOut]


@router.get("", response=CitizensOut, summary="Citizens of the key's units, in Danish order of name")
@scoped(Permission.SEE_CITIZENS)
def citizens(request: HttpRequest, page: PageNumber = 1, size: PageSize = 50, name: NameWords = "") -> CitizensOut:
    """Return a page; `name` is the beginning of each word of the name."""
    found = listed_citizens(
        CitizenFilter(name=name), today=clock.today(), shown_on=request.path, purpose=PURPOSE, page=page, size=size
    )
    return CitizensOut(total=found.total, page=found.page, pages=found.pages, rows=[_out(line) for line in found.rows])


@router.get("/{uuid:citizen_id}", response={200: CitizenOut, 404: Problem}, summary="One citizen")
@scoped(Permission.SEE_CITIZENS)
def citizen(request: HttpRequest, citizen_id: UUID) -> CitizenOut:
    """Return the citizen; 404 where there is none, or none for the key's owner."""
    try:
        card = visible_citizen(citizen_id=citizen_id, page=request.path, purpose=PURPOSE, today=clock.today())
    except CitizenNotVisibleError as missing:
        raise HttpError(404, str(missing)) from missing
    return _out(card)


def _out(line: CitizenLine) -> CitizenOut:
    return CitizenOut(
        id=line.id,
        number=line.source_id,
        name=line.name,
        cpr=line.cpr,
        birth_date=line.birth_date,
        protected=line.protected,
        died_on=line.died_on,
        moved_out=line.moved_out,
        unit=line.unit_id,
    )
