"""The list of grants (bevillinger): filtered, sorted, paged, with what each buys and what the year costs."""

from __future__ import annotations

from dataclasses import dataclass, fields
from datetime import date
from typing import TYPE_CHECKING, Any, Final

from django.db.models import F, IntegerField, Q, QuerySet, TextField
from django.db.models.expressions import RawSQL
from django.db.models.functions import Coalesce, Collate, Lower

from styr.grants.core.codes import GrantStatus
from styr.grants.costing import expected_by_month, expected_in_year
from styr.grants.models import Grant

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence
    from uuid import UUID

PAGE_SIZE: Final = 50
SUMMED_AT_MOST: Final = 1_000
"""The year of a whole list is worked out for at most so many grants at once; a longer list says nothing of it."""


@dataclass(frozen=True, kw_only=True)
class GrantFilter:
    """Which grants; what is None is not asked about.

    `text` is part of a grant's or case's number, or of a caseworker's or supplier's name; `citizens` are ids of those
    that `text` names besides.
    """

    text: str = ""
    citizens: Collection[UUID] = ()
    status: str | None = None
    section: str | None = None
    unit_id: UUID | None = None
    citizen_id: UUID | None = None
    supplier_id: UUID | None = None
    running_on: date | None = None
    follow_up_by: date | None = None
    without_contract: bool = False
    caseworker: str | None = None


@dataclass(frozen=True)
class ListedGrant:
    """A grant in the list; `ends` is exclusive, `services` their names with commas, `findings` how many are open.

    The citizen is an id: names come through `people.queries`. The supplier is the contract's, else the grant's own.
    """

    id: UUID
    number: str
    case_number: str
    citizen_id: UUID
    section: str
    status: str
    starts: date
    ends: date | None
    contract_id: UUID | None
    contract_number: str | None
    buys_from_id: UUID | None
    supplier_name: str | None
    caseworker: str
    follow_up_on: date | None
    services: str | None
    findings: int


@dataclass(frozen=True)
class GrantYear:
    """What a grant costs in the year (øre); `unpriced_days` have no price."""

    amount_ore: int
    unpriced_days: int


_SERVICES: Final = """(
    SELECT string_agg(named.name, ', ' ORDER BY named.line_no) FROM (
        SELECT coalesce((SELECT jsonb_object_agg(code, name) FROM rel_service_kind) ->> l.service, l.service) AS name,
               min(l.line_no) AS line_no
        FROM grants_serviceline l
        WHERE l.grant_id = grants_grant.id GROUP BY 1) named)"""
_FINDINGS: Final = "(SELECT count(*) FROM rel_finding f WHERE f.grant_id = grants_grant.id AND f.status = 'open')"

SORTS: Final = {
    "nummer": ("number",),
    "leverandoer": ("supplier_order", "number"),
    "paragraf": ("section", "number"),
    "start": ("starts", "number"),
    "slut": ("ends", "number"),
    "status": ("status", "number"),
    "sagsbehandler": ("caseworker", "number"),
    "opfoelgning": ("follow_up_on", "number"),
}
"""What the list can be sorted by, as the address names it; each ends with the number, which is unique."""


def grant_rows(
    wanted: GrantFilter, *, sort: str = "nummer", page: int = 1, size: int = PAGE_SIZE
) -> tuple[list[ListedGrant], int]:
    """Return a page of grants and how many there are in all. `sort` with a leading "-" goes the other way.

    Two queries. A page beyond the last is the last.
    """
    found = _found(wanted)
    total = found.count()
    first = min(max(page, 1) - 1, max(0, -(-total // size) - 1)) * size
    names = [field.name for field in fields(ListedGrant)]
    rows = _described(found).order_by(*_order(sort))[first : first + size].values(*names)
    return [ListedGrant(**row) for row in rows], total


def year_of_grants(grant_ids: Collection[UUID], *, year: int) -> dict[UUID, GrantYear]:
    """Return what grants of any status cost in a year, by id; one query."""
    first, last = _year(year)
    rows = expected_by_month(from_month=first, to_month=last, grant_ids=grant_ids, statuses=tuple(GrantStatus))
    years: dict[UUID, GrantYear] = {}
    for row in rows:
        held = years.get(row.grant_id, GrantYear(0, 0))
        years[row.grant_id] = GrantYear(held.amount_ore + row.amount_ore, held.unpriced_days + row.unpriced_days)
    return years


def year_of_list(wanted: GrantFilter, *, year: int) -> int | None:
    """Return what the forecast holds for the whole list in a year (øre); None when it is too long. One query."""
    ids = _found(wanted).order_by().values("id")[: SUMMED_AT_MOST + 1]
    chosen, params = ids.query.sql_with_params()
    count, amount = expected_in_year(chosen=chosen, params=params, year=year)
    return None if count > SUMMED_AT_MOST else amount


def _year(year: int) -> tuple[date, date]:
    return date(year, 1, 1), date(year, 12, 1)


def _found(wanted: GrantFilter) -> QuerySet[Grant]:
    exact: dict[str, Any] = {
        "status": wanted.status,
        "section": wanted.section,
        "unit_id": wanted.unit_id,
        "citizen_id": wanted.citizen_id,
        "caseworker__icontains": wanted.caseworker,
        "follow_up_on__lte": wanted.follow_up_by,
    }
    found = Grant.objects.filter(**{name: value for name, value in exact.items() if value is not None})
    if wanted.text:
        named = Q(number__icontains=wanted.text) | Q(case_number__icontains=wanted.text)
        named |= Q(caseworker__icontains=wanted.text) | Q(supplier__name__icontains=wanted.text)
        found = found.filter(named | Q(citizen_id__in=list(wanted.citizens)))
    if wanted.supplier_id is not None:
        found = found.annotate(buys_from=_supplier("supplier_id")).filter(buys_from=wanted.supplier_id)
    if wanted.running_on is not None:
        found = found.filter(Q(ends=None) | Q(ends__gt=wanted.running_on), starts__lte=wanted.running_on)
    if wanted.without_contract:
        found = found.filter(contract=None)
    return found


def _described(found: QuerySet[Grant]) -> QuerySet[Grant]:
    return found.annotate(
        contract_number=F("contract__number"),
        buys_from_id=_supplier("supplier_id"),
        supplier_name=_supplier("supplier__name"),
        supplier_order=Collate(Lower(_supplier("supplier__name"), output_field=TextField()), "C"),
        services=RawSQL(_SERVICES, (), output_field=TextField()),  # noqa: S611 - no parameter in it
        findings=RawSQL(_FINDINGS, (), output_field=IntegerField()),  # noqa: S611 - the same
    )


def _supplier(what: str) -> Coalesce:
    """Something of the contract's supplier, else of the grant's own."""
    return Coalesce(F(f"contract__{what}"), F(what))


def _order(sort: str) -> Sequence[str]:
    """The columns to order by; words that mean nothing sort by number."""
    back = sort.startswith("-")
    columns = SORTS.get(sort.removeprefix("-"), SORTS["nummer"])
    return [f"-{column}" if back else column for column in columns]
