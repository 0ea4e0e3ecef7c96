"""Opens an invoice's document; the citizens it is about land in the read log."""

from uuid import UUID

from django.db import connection

from styr.audit.services import log_read
from styr.invoices.case import InvoiceNotVisibleError
from styr.invoices.queries import document_of


def opened(*, invoice_id: UUID, page: str, purpose: str) -> tuple[str, bytes]:
    """The file name and the bytes as they came; logs that `page` showed the citizens whom its lines are for.

    Raises:
        InvoiceNotVisibleError: there is none for the caller.
    """
    found = document_of(invoice_id)
    if found is None:
        raise InvoiceNotVisibleError
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT DISTINCT g.citizen_id FROM rel_line_match m JOIN rel_grant g ON g.grant_id = m.grant_id "
            "WHERE m.invoice_id = %s",
            [invoice_id],
        )
        citizens = [row[0] for row in cursor.fetchall()]
    log_read(citizens=citizens, page=page, purpose=purpose)
    return found
