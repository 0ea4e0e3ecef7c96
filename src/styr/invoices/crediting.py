"""Settles follow-ups by the credit notes that have come since, each of which pays back once."""

from collections import defaultdict
from datetime import datetime
from typing import Final
from uuid import UUID

from django.db import connection, transaction

from styr.invoices.core.codes import FollowUpState
from styr.invoices.core.credited import Claimed, Credited, Note, credited

_CLAIMS: Final = """
    SELECT f.id, CASE WHEN f.state = 'open' THEN f.claimed_ore ELSE f.recovered_ore END, f.opened_at, f.state,
           i.supplier_cvr, i.number
    FROM invoices_followup f JOIN invoices_invoice i ON i.id = f.invoice_id
    WHERE f.municipality_id = %s AND i.number <> '' AND i.supplier_cvr <> ''
      AND (f.state = 'open' OR f.recovery = 'credit_note')
    FOR UPDATE OF f
"""
_NOTES: Final = """
    SELECT note.id, note.number, -note.net_ore, note.received_at, note.supplier_cvr, note.credits_number
    FROM invoices_invoice note
    JOIN unnest(%s::text[], %s::text[]) AS claimed (cvr, number)
      ON claimed.cvr = note.supplier_cvr AND claimed.number = note.credits_number
    WHERE note.municipality_id = %s AND note.kind = 'credit_note' AND note.status <> 'rejected'
"""
_SETTLE: Final = """
    UPDATE invoices_followup f
    SET recovered_ore = c.back_ore, recovery = CASE WHEN c.evidence = '' THEN '' ELSE 'credit_note' END,
        evidence = c.evidence, evidence_invoice_id = c.note_id,
        state = CASE WHEN c.covered THEN 'settled' ELSE 'open' END,
        settled_at = CASE WHEN c.covered THEN %s::timestamptz END
    FROM unnest(%s::uuid[], %s::bigint[], %s::text[], %s::uuid[], %s::bool[])
        AS c (id, back_ore, evidence, note_id, covered)
    WHERE f.id = c.id AND (c.covered OR f.recovered_ore <> c.back_ore)
    RETURNING f.invoice_id, c.evidence <> ''
"""
_COME: Final = "UPDATE invoices_invoice SET waits_for = '' WHERE id = ANY(%s) AND waits_for = 'credit_note'"
_Key = tuple[str, str]


def settle_credited(*, municipality_id: UUID, now: datetime) -> int:
    """Settle what credit notes have paid back since it was claimed, and end the waiting for them; gives how many.

    Called inside a scope over the whole municipality; four statements at most. A credit note of less than the claim is
    counted, and the follow-up stays open for the rest. One that names a rejected invoice counts as well. Where several
    claims are for one number, `core.credited` shares the notes out.
    """
    with transaction.atomic(), connection.cursor() as cursor:
        claims: defaultdict[_Key, list[Claimed]] = defaultdict(list)
        cursor.execute(_CLAIMS, [municipality_id])
        for ident, amount_ore, opened_at, state, cvr, number in cursor.fetchall():
            closed = state != FollowUpState.OPEN.value
            claims[cvr, number].append(Claimed(ident, amount_ore, opened_at, closed=closed))
        open_keys = [key for key, made in claims.items() if not all(one.closed for one in made)]
        if not open_keys:
            return 0
        notes: defaultdict[_Key, list[Note]] = defaultdict(list)
        cursor.execute(_NOTES, [[cvr for cvr, _ in open_keys], [number for _, number in open_keys], municipality_id])
        for ident, number, amount_ore, received_at, cvr, credits_number in cursor.fetchall():
            notes[cvr, credits_number].append(Note(ident, number, amount_ore, received_at))
        done = [one for key in open_keys for one in credited(claims[key], notes[key])]
        cursor.execute(_SETTLE, [now, *_columns(done)])
        changed = cursor.fetchall()
        cursor.execute(_COME, [[invoice_id for invoice_id, come in changed if come]])
    return len(changed)


def _columns(done: list[Credited]) -> list[list[object]]:
    evidence = [f"Kreditnota {', '.join(note.number for note in one.notes)}" if one.notes else "" for one in done]
    latest = [one.notes[-1].id if one.notes else None for one in done]
    return [[one.id for one in done], [one.back_ore for one in done], [*evidence], [*latest],
            [one.covered for one in done]]  # fmt: skip
