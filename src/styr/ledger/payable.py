"""What goes into a bank day's payment file: payable, due, in no other file, and nothing of it booked."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any, Final

from django.db import connection

from styr.invoices.services import payable_among
from styr.kernel.danish import danish_date
from styr.ledger.core.codes import LineState
from styr.ledger.core.paid_months import PaidClaim, parts_of
from styr.ledger.core.payment_file import Payable, Share, due_before
from styr.ledger.models import PaymentLine
from styr.ledger.pricing import expected_parts

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date
    from uuid import UUID

# What was booked and booked back is owed again; what was booked in part is shown to a person (`queries.half_booked`).
_WAITING: Final = """
    WITH booked AS (
        SELECT p.invoice_id FROM rel_posting p WHERE p.invoice_id IS NOT NULL AND p.kind IN ('payment', 'correction')
        GROUP BY p.invoice_id HAVING sum(p.amount_ore) <> 0)
    SELECT i.invoice_id FROM rel_invoice i
    WHERE i.status IN ('approved', 'ready') AND coalesce(i.due_date, i.issue_date + 30) < %s
      AND (%s OR (greatest(i.received_at, (SELECT max(d.decided_at) FROM invoices_decision d
                                           WHERE d.invoice_id = i.invoice_id))
                  AT TIME ZONE 'Europe/Copenhagen')::date < %s)
      AND NOT EXISTS (SELECT FROM ledger_paymentline l WHERE l.invoice_id = i.invoice_id AND l.state <> 'released')
      AND NOT EXISTS (SELECT FROM booked b WHERE b.invoice_id = i.invoice_id)
"""
# Whoever decides about one of them at this moment is waited for: what they have decided is not in the file.
_STILL: Final = """
    SELECT id FROM invoices_invoice WHERE id = ANY (%s) AND status IN ('approved', 'ready') ORDER BY id
    FOR NO KEY UPDATE
"""
_PAYABLE: Final = """
    SELECT i.id, i.unit_id, i.supplier_cvr, i.supplier_name, i.payee_account, i.number, i.payable_ore,
           coalesce(i.due_date, i.issue_date + 30)
    FROM invoices_invoice i WHERE i.id = ANY (%s) AND i.payable_ore <> 0 ORDER BY 8, 4, 6, 1
"""
_SHARES: Final = """
    SELECT c.invoice_id, g.number, k.source_id, coalesce(g.account_string, ''),
           date_trunc('month', coalesce(c.period_start, i.issue_date))::date, c.claimed_ore, c.grant_id, c.service_id,
           c.period_start, c.period_end
    FROM rel_claim c JOIN rel_invoice i USING (invoice_id) JOIN rel_grant g ON g.grant_id = c.grant_id
    JOIN key_citizen k ON k.citizen_id = g.citizen_id WHERE c.invoice_id = ANY (%s) ORDER BY c.claim_id
"""


def payable_lines(bank_day: date, *, missed: bool) -> tuple[dict[UUID, UUID | None], list[Payable]]:
    """The lines of the bank day's file in their order, and the unit of each invoice in it.

    The file of a day that was `missed` holds only what had come and been decided before that day: what came later was
    not missed then, and goes into a later file.
    """
    with connection.cursor() as cursor:
        cursor.execute(_WAITING, [due_before(bank_day), not missed, bank_day])
        asked = list(payable_among([row[0] for row in cursor.fetchall()]))
        cursor.execute(_STILL, [asked])
        asked = [row[0] for row in cursor.fetchall()]
        cursor.execute(_PAYABLE, [asked])
        rows = cursor.fetchall()
    shares = _shares(asked, bank_day)
    lines = [
        Payable(
            invoice_id=row[0],
            cvr=row[2],
            supplier=row[3],
            account=row[4],
            number=row[5],
            amount_ore=row[6],
            due=row[7],
            shares=tuple(shares.get(row[0], ())),
        )
        for row in rows
    ]
    return {row[0]: row[1] for row in rows}, lines


def sent_in(invoice_id: UUID) -> str:
    """What the payment file that the invoice is in is called; "" where none holds it unrefused. One query."""
    live = PaymentLine.objects.filter(invoice_id=invoice_id, state__in=[LineState.SENT.value, LineState.ACCEPTED.value])
    found = live.values_list("file__number", "file__bank_day").first()
    return f"betalingsfil {found[0]} ({danish_date(found[1])})" if found else ""


def _shares(invoice_ids: Sequence[UUID], paid_on: date) -> dict[UUID, list[Share]]:
    """What of each invoice is for which grant and month: claims over several months are cut as paid ones are."""
    with connection.cursor() as cursor:
        cursor.execute(_SHARES, [list(invoice_ids)])
        rows = cursor.fetchall()
    claims = [_claim(row, paid_on) for row in rows]
    expected = expected_parts(claim for claim in claims if claim is not None)
    shares: defaultdict[UUID, list[Share]] = defaultdict(list)
    for row, claim in zip(rows, claims, strict=True):
        parts = parts_of(claim, expected) if claim else ()
        months = [(part.window.month, part.amount_ore) for part in parts] or [(row[4], row[5])]
        for month, amount in months:
            share = Share(
                grant_number=row[1], citizen_number=row[2], account_string=row[3], month=month, amount_ore=amount
            )
            shares[row[0]].append(share)
    return shares


def _claim(row: Sequence[Any], paid_on: date) -> PaidClaim | None:
    """The claim as it is cut, by days where it is for no service; None for one without days."""
    start, end = row[8:10]
    if start is None or end is None or start >= end:
        return None
    return PaidClaim(
        invoice_id=row[0],
        origin_id=row[0],
        grant_id=row[6],
        service_id=row[7] or row[6],
        start=start,
        end=end,
        amount_ore=row[5],
        paid_on=paid_on,
    )
