"""Documents that are right only together with another one: an invoice and the credit note that takes part of it back.

One of them may not be paid on the strength of the other before that one is in order itself.
"""

import ibis

from styr.grants.core.relations import SERVICE
from styr.invoices.core.codes import Status, Verdict
from styr.invoices.core.relations import CLAIM, INVOICE
from styr.kernel.exact import Column
from styr.kernel.units import Unit

_UNDECIDED = (Status.RECEIVED.value, Status.READY.value, Status.DEVIATING.value)


def leaning() -> ibis.Table:
    """(invoice_id, on_id): an undecided invoice, and an undecided document that it is right only together with.

    A credit note and the invoice it names; a claim and the negative claims on its days, or on the days of a claim that
    shares days with it (a sum over a month may hold both).
    """
    invoice = INVOICE.table()
    undecided = invoice.filter(invoice.status.isin(_UNDECIDED)).select("invoice_id", "credits_invoice_id")
    note = undecided.filter(undecided.credits_invoice_id.notnull())
    named = note.select("invoice_id", on_id="credits_invoice_id").union(
        note.select(invoice_id="credits_invoice_id", on_id="invoice_id"), distinct=False
    )
    both = named.union(_by_days(), distinct=True)
    both = both.filter(both.invoice_id != both.on_id)
    ids = undecided.select("invoice_id")
    return both.semi_join(ids, "invoice_id").semi_join(ids, [("on_id", "invoice_id")])


def leaning_at_all() -> ibis.Table:
    """The same with what those documents lean on in their turn."""
    direct = leaning()
    second = leaning().select(middle="invoice_id", far="on_id")
    further = direct.join(second, [("on_id", "middle")]).select("invoice_id", on_id="far")
    both = direct.union(further, distinct=True)
    return both.filter(both.invoice_id != both.on_id)


def leaning_beyond() -> ibis.Table:
    """(invoice_id, on_id) one link further: documents that are reached in three links, and not in fewer.

    Where there is one, not all that an invoice leans on is known, so it may not be paid without a person. Where there
    is none, `leaning_at_all` is all of it, however long the chain.
    """
    near = leaning_at_all()
    step = leaning().select(middle="invoice_id", far="on_id")
    third = near.join(step, [("on_id", "middle")]).select("invoice_id", on_id="far").distinct()
    third = third.filter(third.invoice_id != third.on_id)
    return third.anti_join(near, ["invoice_id", "on_id"])


def _by_days() -> ibis.Table:
    service = SERVICE.table().select(of="service_id", once=SERVICE.table().unit == Unit.ONCE.value)
    claim = CLAIM.table().join(service, [("service_id", "of")])
    negative = claim.filter(claim.claimed_ore < 0).select(
        "service_id", note_id="invoice_id", a="period_start", b="period_end"
    )
    shared = claim.select("service_id", "once", shared_id="invoice_id", c="period_start", d="period_end")
    near = negative.join(shared, "service_id")
    near = near.filter(near.once | _meet(near.a, near.b, near.c, near.d)).select(
        "service_id", "note_id", "shared_id", "c", "d"
    )
    right = claim.filter(claim.verdict == Verdict.AS_EXPECTED.value).select(
        "service_id", "once", claim_of="invoice_id", e="period_start", f="period_end"
    )
    far = near.join(right, "service_id")
    far = far.filter(far.once | _meet(far.c, far.d, far.e, far.f))
    on_note = far.select(invoice_id="claim_of", on_id="note_id")
    return on_note.union(near.select(invoice_id="note_id", on_id="shared_id"), distinct=True)


def _meet(start: Column, end: Column, other_start: Column, other_end: Column) -> Column:
    return (start < other_end) & (other_start < end)
