"""Invoices that the finance system has paid although nobody here stands by them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import ibis

from styr.controls.core.focus import WHOLE
from styr.invoices.core.codes import Status
from styr.invoices.core.relations import INVOICE
from styr.kernel.exact import total
from styr.ledger.core.codes import PostingKind
from styr.ledger.core.relations import POSTING

if TYPE_CHECKING:
    from styr.controls.core.focus import Focus

_PAID: Final = (PostingKind.PAYMENT.value, PostingKind.CORRECTION.value)


def paid_unapproved(focus: Focus = WHOLE) -> ibis.Table:
    """Find invoices that deviate or are rejected, and for which more was paid than came back.

    The finding is about the payment, and holds the invoice back from nothing: what was paid is paid, and whether it was
    right is the invoice's own matter.
    """
    invoice = focus(INVOICE.table(), "invoice_id")
    doubtful = invoice.filter(invoice.status.isin([Status.DEVIATING.value, Status.REJECTED.value]))
    posting: Any = POSTING.table()
    paid = posting.filter(posting.kind.isin(_PAID) & posting.invoice_id.notnull())
    sums = paid.group_by(paid_id="invoice_id").agg(amount_ore=total(paid.amount_ore), posted_on=paid.posted_on.max())
    found = doubtful.join(sums.filter(sums.amount_ore > 0), [("invoice_id", "paid_id")])
    return found.select(
        "unit_id",
        "supplier_id",
        "amount_ore",
        "posted_on",
        "number",
        subject_id="invoice_id",
        cvr="supplier_cvr",
        status_word=ibis.ifelse(found.status == Status.REJECTED.value, "afvist", "ikke godkendt"),
    )
