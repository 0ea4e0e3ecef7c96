"""A person tells which grant a line is for; the matching keeps to it until it is taken back."""

from collections.abc import Collection
from datetime import datetime
from typing import Final
from uuid import UUID

from django.db import connection, transaction

from styr.access.core.permissions import Permission
from styr.access.unit_roles import may_in
from styr.controls.rerunning import request_rerun
from styr.invoices.holding import NOT_THERE, UNDECIDED
from styr.invoices.models import Invoice, InvoiceLine, ManualMatch
from styr.kernel.clock import danish_day
from styr.kernel.refusal import Refusal

_OFFERED: Final = "SELECT service_id FROM rel_service WHERE grant_id = %s"
_GRANT: Final = "SELECT 1 FROM rel_grant WHERE grant_id = %s"


class UnableToMatchError(Refusal):
    """The line cannot be matched as asked; the message is fit to show a user."""


@transaction.atomic
def match_by_hand(  # noqa: PLR0913 - one use case, all by keyword
    *,
    invoice_id: UUID,
    line_ids: Collection[UUID],
    grant_id: UUID,
    service_id: UUID | None,
    reason: str,
    actor_id: UUID,
    now: datetime,
) -> None:
    """Say which grant (and service) lines of an undecided invoice are for; the controls are run again.

    Without a service the line chooses among the grant's own. A former choice for a line is withdrawn by this one.

    Raises:
        UnableToMatchError: the invoice, a line or the grant is not there, it is decided or in a unit where the person
            may not decide invoices, or no reason is given.
    """
    if not reason.strip():
        raise UnableToMatchError("Skriv, hvordan du ved, at linjen hører til bevillingen.")
    invoice = _undecided(invoice_id, actor_id, now)
    lines = list(InvoiceLine.objects.filter(invoice=invoice, id__in=list(line_ids)).values_list("id", flat=True))
    if not lines or len(lines) != len(set(line_ids)):
        raise UnableToMatchError("Vælg mindst én af fakturaens linjer.")
    _refuse_strange(grant_id, service_id)
    _withdraw(lines, actor_id, now)
    ManualMatch.objects.bulk_create(
        ManualMatch(
            municipality_id=invoice.municipality_id,
            unit_id=invoice.unit_id,
            invoice=invoice,
            line_id=line,
            grant_id=grant_id,
            service_id=service_id,
            reason=reason.strip(),
            matched_by_id=actor_id,
            matched_at=now,
        )
        for line in lines
    )
    request_rerun(municipality_id=invoice.municipality_id, ids=[invoice_id, grant_id])


@transaction.atomic
def unmatch(*, invoice_id: UUID, actor_id: UUID, now: datetime) -> int:
    """Take back what people told about an invoice's lines, so that the keys decide again; gives how many lines.

    Raises:
        UnableToMatchError: the invoice is not there, decided, or in a unit where the person may not decide invoices.
    """
    invoice = _undecided(invoice_id, actor_id, now)
    lines = list(ManualMatch.objects.filter(invoice=invoice, withdrawn_at=None).values_list("line_id", flat=True))
    _withdraw(lines, actor_id, now)
    request_rerun(municipality_id=invoice.municipality_id, ids=[invoice_id])
    return len(lines)


def _undecided(invoice_id: UUID, actor_id: UUID, now: datetime) -> Invoice:
    invoice = Invoice.objects.select_for_update().filter(id=invoice_id).first()
    if invoice is None:
        raise UnableToMatchError(NOT_THERE)
    if invoice.status not in UNDECIDED:
        raise UnableToMatchError("Fakturaen er afgjort. Fortryd afgørelsen, før du ændrer bevillingen.")
    # An invoice that nothing has matched has no unit yet; the hand that matches it may be anybody's who decides some.
    wanted, unit_id = Permission.DECIDE_INVOICES, invoice.unit_id
    if unit_id is not None and not may_in(user_id=actor_id, permission=wanted, unit_id=unit_id, on=danish_day(now)):
        raise UnableToMatchError(f"Du må ikke {wanted.danish} i den enhed, fakturaen hører til.")
    return invoice


def _refuse_strange(grant_id: UUID, service_id: UUID | None) -> None:
    with connection.cursor() as cursor:
        cursor.execute(_GRANT, [grant_id])
        if cursor.fetchone() is None:
            raise UnableToMatchError("Bevillingen findes ikke, eller den ligger uden for dit område.")
        cursor.execute(_OFFERED, [grant_id])
        if service_id is not None and service_id not in {row[0] for row in cursor.fetchall()}:
            raise UnableToMatchError("Ydelsen hører ikke til bevillingen.")


def _withdraw(lines: Collection[UUID], actor_id: UUID, now: datetime) -> None:
    held = ManualMatch.objects.filter(line_id__in=list(lines), withdrawn_at=None)
    held.update(withdrawn_at=now, withdrawn_by_id=actor_id)
