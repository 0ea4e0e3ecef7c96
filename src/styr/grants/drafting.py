"""Grants that people write: kept as drafts, and priced and checked before they are kept.

The price before saving is that of the very grant: it is written, asked about and taken back in one transaction.
"""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db import IntegrityError, transaction

from styr.access.core.permissions import Permission
from styr.access.unit_roles import may_in
from styr.controls.rerunning import request_rerun
from styr.grants.account_rules import AccountLine, proposed_account
from styr.grants.checking import Warned, warnings_about
from styr.grants.core.codes import GrantStatus
from styr.grants.costing import Cost, cost_of
from styr.grants.lines import NewLine, UnableToRegisterGrantError, refusal_of
from styr.grants.locked import locked_grant
from styr.grants.models import Grant, OwnRate, ServiceLine
from styr.grants.numbers import issue_grant_number
from styr.grants.windows import dearest_of, years_of
from styr.kernel.grant_number import GrantNumber
from styr.people.queries import unit_of
from styr.suppliers.queries import supplier_line

if TYPE_CHECKING:
    from datetime import date
    from uuid import UUID

    from styr.kernel.period import Period


@dataclass(frozen=True, kw_only=True)
class Draft:
    """All that a person writes of a grant; the lines' contract lines belong to `contract_id`."""

    citizen_id: UUID
    section: str
    period: Period
    lines: tuple[NewLine, ...]
    contract_id: UUID | None = None
    supplier_id: UUID | None = None
    provider_unit_id: UUID | None = None
    case_number: str = ""
    caseworker: str = ""
    account_string: str = ""
    follow_up_on: date | None = None
    professional_reason: str = ""
    economic_reason: str = ""


@dataclass(frozen=True)
class Editor:
    """Who writes a draft, and the day their roles are asked about."""

    user_id: UUID
    today: date


@dataclass(frozen=True)
class Preview:
    """What a draft would cost, and what is to be looked at before it is kept; øre.

    `dearest_ore` is of the dearest twelve months of its whole known run, which a limit is held against.
    """

    cost: Cost
    dearest_ore: int
    warnings: tuple[Warned, ...]


@transaction.atomic
def create_draft(*, municipality_id: UUID, draft: Draft, by: Editor | None = None) -> UUID:
    """Keep a new draft under a new grant number; return its id. `by` is who writes it, None for a job.

    Raises:
        UnableToRegisterGrantError: no role of the writer covers the citizen's unit, two lines are one, a code is
            unknown, or another rule of the register is broken.
    """
    _refuse_outside(unit_of(draft.citizen_id), by)
    grant = _written(Grant(municipality_id=municipality_id, status=GrantStatus.DRAFT), draft, number=None)
    request_rerun(municipality_id=municipality_id, ids=[grant.id])
    return grant.id


@transaction.atomic
def change_draft(*, grant_id: UUID, draft: Draft, seen_version: int, by: Editor | None = None) -> None:
    """Write a draft anew, if it is as it was shown. `by` is who writes it, None for a job.

    Raises:
        UnableToRegisterGrantError: it is granted, waits for approval, is in a unit that no role of the writer's covers,
            or breaks a rule of the register.
        GrantChangedMeanwhileError: it is not what was shown.
    """
    grant = locked_grant(grant_id, seen_version=seen_version)
    if not GrantStatus(grant.status).open_to_edit:
        raise UnableToRegisterGrantError("Bevillingen er ikke længere en kladde, så den kan ikke rettes her.")
    _refuse_outside(grant.unit_id, by)
    _written(grant, draft, number=grant.number)
    request_rerun(municipality_id=grant.municipality_id, ids=[grant_id])


def preview(*, municipality_id: UUID, draft: Draft, grant_id: UUID | None, today: date) -> Preview:
    """Tell what the draft costs and what is to be looked at; nothing is kept. `grant_id` is the draft that is changed.

    Raises:
        UnableToRegisterGrantError: it cannot be kept as it is.
    """
    with transaction.atomic():
        fresh = Grant(municipality_id=municipality_id)
        grant = fresh if grant_id is None else locked_grant(grant_id)
        grant.status = GrantStatus.GRANTED
        _written(grant, draft, number=_passing_number() if grant_id is None else grant.number)
        shown = Preview(
            cost_of(grant_id=grant.id, today=today),
            dearest_of(years_of(grant_id=grant.id)),
            warnings_about(grant_id=grant.id, today=today),
        )
        transaction.set_rollback(True)
    return shown


def rule_for(draft: Draft) -> AccountLine | None:
    """Return the municipality's account rule for a draft, which is coded by it when nobody has written an account."""
    kind = supplier_line(draft.supplier_id).kind if draft.supplier_id else ""
    return proposed_account(
        section=draft.section,
        services={line.service for line in draft.lines},
        supplier_kind=kind,
        on=draft.period.start,
    )


def _refuse_outside(unit_id: UUID, by: Editor | None) -> None:
    wanted = Permission.EDIT_GRANTS
    if by is not None and not may_in(user_id=by.user_id, permission=wanted, unit_id=unit_id, on=by.today):
        raise UnableToRegisterGrantError(f"Du må ikke {wanted.danish} i den enhed, borgeren hører til.")


def _written(grant: Grant, draft: Draft, *, number: str | None) -> Grant:
    grant.unit_id = unit_of(draft.citizen_id)
    grant.number = number or str(issue_grant_number())
    grant.source_id = grant.source_id or grant.number
    grant.citizen_id, grant.section = draft.citizen_id, draft.section
    grant.starts, grant.ends = draft.period.start, draft.period.end
    grant.contract_id, grant.supplier_id = draft.contract_id, draft.supplier_id
    grant.provider_unit_id = draft.provider_unit_id
    grant.case_number, grant.caseworker = draft.case_number, draft.caseworker
    by_rule = None if draft.account_string else rule_for(draft)
    grant.account_string = by_rule.account_string if by_rule else draft.account_string
    grant.follow_up_on = draft.follow_up_on
    grant.professional_reason, grant.economic_reason = draft.professional_reason, draft.economic_reason
    try:
        with transaction.atomic():
            grant.save()
            _write_lines(grant, draft)
    except IntegrityError as error:
        raise UnableToRegisterGrantError(refusal_of(error)) from error
    return grant


def _write_lines(grant: Grant, draft: Draft) -> None:
    """Write the lines over those that were there, by number; the history keeps what they were."""
    held = {line.line_no: line for line in grant.lines.all()}
    surplus = [line.id for number, line in held.items() if number > len(draft.lines)]
    ServiceLine.objects.filter(id__in=surplus).delete()
    OwnRate.objects.filter(service_line__grant=grant).delete()
    rows = [
        ServiceLine(
            **({"id": held[number].id} if number in held else {}),
            municipality_id=grant.municipality_id,
            unit_id=grant.unit_id,
            grant=grant,
            line_no=number,
            service=line.service,
            measure=line.unit,
            per=line.per,
            quantity=line.quantity,
            factor=line.factor,
            starts=line.starts,
            ends=line.ends,
            contract_line_id=line.contract_line_id,
        )
        for number, line in enumerate(draft.lines, start=1)
    ]
    ServiceLine.objects.bulk_create([row for row in rows if row.line_no not in held])
    for row in rows:
        if row.line_no in held:
            row.save(force_update=True)
    priced = zip(rows, draft.lines, strict=True)
    OwnRate.objects.bulk_create(
        OwnRate(
            municipality_id=grant.municipality_id,
            unit_id=grant.unit_id,
            service_line=row,
            valid_from=line.starts or grant.starts,
            amount=line.price,
        )
        for row, line in priced
        if line.price is not None
    )


def _passing_number() -> str:
    """A number that no grant has, since its check digit is wrong, and that sorts after those that do."""
    serial = 9_900_000 + secrets.randbelow(100_000)
    right = int(str(GrantNumber(serial))[-1])
    return f"B{serial}-{(right + 1) % 10}"
