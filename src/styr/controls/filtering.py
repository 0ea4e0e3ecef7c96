"""Which findings a list asks for, as one value and as one query."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from django.db.models import F, Q, QuerySet

from styr.controls.core.verdict import Status
from styr.controls.models import Finding

if TYPE_CHECKING:
    from uuid import UUID

    from django.db.models.expressions import OrderBy, RawSQL


@dataclass(frozen=True, kw_only=True)
class FindingFilter:
    """Which findings; what is None is not asked about. `least_ore` and `most_ore` leave out those of unknown amount.

    `section` is the law section that the finding itself names; `grants` is a query giving the ids of grants, for those
    findings that name a grant and no section. `mine` are those a person has been asked to settle, and `unassigned`
    those nobody has.
    """

    status: Status | None = Status.OPEN
    owner_role: str | None = None
    owner_roles: tuple[str, ...] | None = None
    codes: tuple[str, ...] | None = None
    severity: str | None = None
    unit_id: UUID | None = None
    least_ore: int | None = None
    most_ore: int | None = None
    hard_stop: bool | None = None
    lapsed: bool | None = None
    section: str | None = None
    grants: RawSQL | None = None
    assigned_to: UUID | None = None
    unassigned: bool | None = None
    citizen_id: UUID | None = None
    supplier_id: UUID | None = None
    grant_id: UUID | None = None
    contract_id: UUID | None = None
    invoice_id: UUID | None = None


OPEN: Final = FindingFilter()
COSTLIEST_FIRST: Final = (F("amount_ore").desc(nulls_last=True), "first_seen", "id")
_ASKED: Final = {
    "status": "status",
    "owner_role": "owner_role",
    "owner_roles": "owner_role__in",
    "codes": "control_code__in",
    "severity": "severity",
    "unit_id": "unit_id",
    "least_ore": "amount_ore__gte",
    "most_ore": "amount_ore__lte",
    "hard_stop": "hard_stop",
    "assigned_to": "assignment__assignee_id",
    "unassigned": "assignment__isnull",
    "citizen_id": "citizen_id",
    "supplier_id": "supplier_id",
    "grant_id": "grant_id",
    "contract_id": "contract_id",
    "invoice_id": "invoice_id",
}
_SORTS: Final = {
    "beloeb": "amount_ore",
    "type": "control_code",
    "rolle": "owner_role",
    "foerst": "first_seen",
    "senest": "last_seen",
    "alvor": "severity",
}
SORTS: Final = frozenset(_SORTS)
"""What a list of findings can be sorted by; a minus in front turns it round."""


def filtered(wanted: FindingFilter) -> QuerySet[Finding]:
    """The findings that the filter lets through."""
    asked: dict[str, Any] = {
        path: value for name, path in _ASKED.items() if (value := getattr(wanted, name)) is not None
    }
    rows = Finding.objects.select_related("assignment__assignee").filter(**asked)
    if wanted.section is not None:
        rows = rows.filter(_of_section(wanted.section, wanted.grants))
    if wanted.lapsed is not None:
        lapsed = Q(status=Status.OPEN.value) & ~Q(decided_fingerprint="")
        rows = rows.filter(lapsed if wanted.lapsed else ~lapsed)
    return rows


def ordering(sort: str | None) -> tuple[OrderBy | str, ...]:
    """The order that a sort word asks for ("-beloeb"); the costliest first when it means nothing."""
    name = (sort or "").removeprefix("-")
    if name not in _SORTS:
        return COSTLIEST_FIRST
    column = F(_SORTS[name])
    turned = (sort or "").startswith("-")
    first = column.desc(nulls_last=True) if turned else column.asc(nulls_last=True)
    return (first, *COSTLIEST_FIRST)


def _of_section(section: str, grants: RawSQL | None) -> Q:
    named = Q(evidence__section=section)
    return named if grants is None else named | Q(evidence__section__isnull=True, grant_id__in=grants)
