"""Opens an invoice's document for a reason; the citizens it is about land in the read log.

A document as it came holds whole CPR numbers, so only those who may reveal these open it.
"""

from enum import StrEnum
from typing import Final
from uuid import UUID

from django.db import connection

from styr.audit.services import log_read
from styr.invoices.case import InvoiceNotVisibleError
from styr.invoices.queries import document_of

_CITIZENS: Final = """
    SELECT g.citizen_id FROM rel_line_match m JOIN rel_grant g ON g.grant_id = m.grant_id WHERE m.invoice_id = %(id)s
    UNION
    SELECT c.citizen_id FROM rel_invoice_key k JOIN rel_citizen c ON c.cpr_index = k.value
    WHERE k.kind = 'cpr' AND k.invoice_id = %(id)s
"""
"""Whom its lines are for, and whose CPR number stands in it, though no line was matched."""


class Reason(StrEnum):
    """Why somebody must see the document as it came; no free text, since the log must hold no names."""

    CONTROL = "kontrol"
    SUPPLIER = "leverandoer"
    CITIZEN = "borger"
    AUDIT = "revision"

    @property
    def danish(self) -> str:
        """The words that people choose and the log keeps."""
        return _WORDS[self]


_WORDS: Final = {
    Reason.CONTROL: "kontrol af fakturaen",
    Reason.SUPPLIER: "henvendelse fra leverandøren",
    Reason.CITIZEN: "henvendelse fra borgeren",
    Reason.AUDIT: "revision eller tilsyn",
}


def opened(*, invoice_id: UUID, page: str, reason: Reason) -> tuple[str, bytes]:
    """The file name and the bytes as they came; logs that `page` showed the citizens that it names.

    Raises:
        InvoiceNotVisibleError: there is none for the caller.
    """
    found = document_of(invoice_id)
    if found is None:
        raise InvoiceNotVisibleError
    with connection.cursor() as cursor:
        cursor.execute(_CITIZENS, {"id": invoice_id})
        citizens = [row[0] for row in cursor.fetchall()]
    log_read(citizens=citizens, page=page, purpose=f"Bilag til faktura: {reason.danish}")
    return found
