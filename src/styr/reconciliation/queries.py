"""What the pages of the reconciliation read; every query runs in the caller's scope."""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import TYPE_CHECKING

from styr.controls import queries as controls
from styr.controls.queries import FindingFilter, KindCount
from styr.controls.showing import source_of, title_of
from styr.reconciliation.controls import CODES
from styr.reconciliation.core.codes import SourceSystem
from styr.reconciliation.models import CaseExtract, CaseGrant
from styr.reconciliation.taking_back import TakenLine, taken_lines, taken_of

if TYPE_CHECKING:
    from datetime import date
    from decimal import Decimal
    from uuid import UUID


@dataclass(frozen=True, slots=True)
class ExtractLine:
    """The newest extract of a case system."""

    system: SourceSystem
    extracted_on: date
    rows: int
    gone: int


@dataclass(frozen=True, slots=True)
class CaseView:
    """A service of a grant as the case system has it; texts are "" where it says nothing, ends exclusive."""

    id: UUID
    system: str
    source_id: str
    line_no: int
    section: str
    service: str
    measure: str
    per: str
    quantity: Decimal | None
    amount: Decimal | None
    starts: date
    ends: date | None
    cvr: str
    account_string: str
    case_number: str
    caseworker: str
    citizen_id: UUID | None
    supplier_id: UUID | None
    gone_on: date | None

    @property
    def system_name(self) -> str:
        """The system's own name."""
        return SourceSystem(self.system).danish


def newest_extracts() -> tuple[ExtractLine, ...]:
    """Return the newest extract of each case system, by name. One query."""
    rows = CaseExtract.objects.order_by("system", "-extracted_on", "-id").distinct("system")
    return tuple(ExtractLine(SourceSystem(row.system), row.extracted_on, row.rows, row.gone) for row in rows)


def differences_by_kind() -> tuple[KindCount, ...]:
    """Count the open differences by kind, in the order of the controls, those that found nothing too. One query."""
    found = {kind.code: kind for kind in controls.findings_by_kind(FindingFilter(codes=CODES))}
    return tuple(found.get(code) or _nothing(code) for code in CODES)


def case_grant(case_grant_id: UUID) -> CaseView | None:
    """Return a service of the case system; None when the scope sees none. One query."""
    row = CaseGrant.objects.filter(id=case_grant_id).first()
    return None if row is None else _view(row)


def case_grant_and_taken(case_grant_id: UUID, finding_id: UUID) -> tuple[CaseView, tuple[TakenLine, ...]] | None:
    """Return a service of the case system, and what was taken over from it by a difference. One query."""
    row = CaseGrant.objects.filter(id=case_grant_id).annotate(taken=taken_of(finding_id)).first()
    return None if row is None else (_view(row), taken_lines(row.taken))


def services_of_case_grant(*, system: str, source_id: str) -> tuple[CaseView, ...]:
    """Return all services of a grant of a case system that its newest extract has, by line. One query."""
    rows = CaseGrant.objects.filter(system=system, source_id=source_id, gone_on=None).order_by("line_no", "id")
    return tuple(map(_view, rows))


def case_grants_of_citizen(citizen_id: UUID) -> tuple[CaseView, ...]:
    """Return what the case systems have of a citizen, by section and number. One query."""
    rows = CaseGrant.objects.filter(citizen_id=citizen_id, gone_on=None).order_by("section", "source_id", "line_no")
    return tuple(map(_view, rows))


def _view(row: CaseGrant) -> CaseView:
    return CaseView(**{field.name: getattr(row, field.name) for field in fields(CaseView)})


def _nothing(code: str) -> KindCount:
    return KindCount(
        code=code,
        title=title_of(code),
        source=source_of(code),
        owner_role="",
        severity="",
        hard_stop=False,
        count=0,
        amount_ore=0,
        unknown=0,
    )
