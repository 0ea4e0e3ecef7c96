"""The list of citizens (borgere): found by unit, name and state, in Danish order; who was listed is logged."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import Q

from styr.audit.services import log_read
from styr.people.core.names import sort_key
from styr.people.models import Citizen
from styr.people.queries import CitizenLine, citizen_line

if TYPE_CHECKING:
    from collections.abc import Collection
    from datetime import date
    from uuid import UUID

    from django.db.models import QuerySet

SORTS = ("name", "birth_date", "unit")
_ORDERS = {
    "name": ("sort_key", "id"),
    "birth_date": ("birth_date", "sort_key", "id"),
    "unit": ("unit__name", "sort_key", "id"),
}


@dataclass(frozen=True, kw_only=True)
class CitizenFilter:
    """Which citizens; what is None is not asked about.

    `name` is the beginning of each of its words. `among` keeps only these ids. `gone` True: dead or moved out by
    `today`; False: neither.
    """

    name: str = ""
    unit_id: UUID | None = None
    among: Collection[UUID] | None = None
    gone: bool | None = None


EVERYBODY = CitizenFilter()


@dataclass(frozen=True)
class CitizenPage:
    """Some citizens of a list, and how many the whole list holds."""

    rows: tuple[CitizenLine, ...]
    page: int
    pages: int
    total: int


def listed_citizens(  # noqa: PLR0913 - all by keyword
    wanted: CitizenFilter = EVERYBODY,
    *,
    today: date,
    shown_on: str,
    purpose: str,
    sort: str = "name",
    descending: bool = False,
    page: int = 1,
    size: int = 200,
) -> CitizenPage:
    """Return a page of citizens and log everybody on it in one row; three queries.

    `shown_on` is the page's address without its query; neither it nor `purpose` may name anybody.
    """
    found = _found(wanted, today)
    order = [f"-{name}" if descending else name for name in _ORDERS.get(sort, _ORDERS["name"])]
    total = found.count()
    number = min(max(1, page), max(1, -(-total // size)))
    rows = list(found.order_by(*order)[(number - 1) * size : number * size])
    lines = tuple(citizen_line(citizen, today) for citizen in rows)
    log_read(citizens=[line.id for line in lines], page=shown_on, purpose=purpose)
    return CitizenPage(lines, number, max(1, -(-total // size)), total)


def citizen_ids(wanted: CitizenFilter, *, today: date) -> list[UUID]:
    """Return the ids of the whole list; ids name nobody, so nothing is logged. One query."""
    return list(_found(wanted, today).values_list("id", flat=True))


def _found(wanted: CitizenFilter, today: date) -> QuerySet[Citizen]:
    conditions = Q() if wanted.unit_id is None else Q(unit_id=wanted.unit_id)
    if wanted.among is not None:
        conditions &= Q(id__in=list(wanted.among))
    for word in wanted.name.split():
        key = sort_key(word, "").strip()
        conditions &= Q(sort_key__startswith=key) | Q(sort_key__contains=f" {key}")
    if wanted.gone is not None:
        gone = Q(died_on__isnull=False) | Q(moved_out__isnull=False, moved_out__lte=today)
        conditions &= gone if wanted.gone else ~gone
    return Citizen.objects.filter(conditions)
