"""From the bytes of one file to everything that storing and matching need: pure, so that it can run in any process."""

import hashlib
import hmac
from dataclasses import dataclass, field
from datetime import date

from styr.invoices.core.document_checks.finding import DocumentFinding
from styr.invoices.core.document_checks.run import document_findings
from styr.invoices.core.einvoice.errors import UnreadableInvoice
from styr.invoices.core.einvoice.found import found_texts
from styr.invoices.core.einvoice.model import EInvoice, Kind
from styr.invoices.core.einvoice.reader import read_einvoice
from styr.invoices.core.extract.keys import BlindIndex, InvoiceKey, extract_keys
from styr.invoices.core.line_facts import AmountTooLargeError, LineFacts, dated, line_facts
from styr.people.core.names import normalised_name


@dataclass(frozen=True, slots=True)
class HmacIndex:
    """The blind index of the citizen register under its key (HMAC-SHA256, hex); goes along to worker processes."""

    key: bytes = field(repr=False)

    def cpr(self, digits: str) -> str:
        """The index of a CPR number of ten digits."""
        return self._of(digits)

    def name(self, full_name: str) -> str:
        """The index of a full name, however it is spaced and capitalised."""
        return self._of(normalised_name(full_name))

    def _of(self, value: str) -> str:
        return hmac.new(self.key, value.encode(), hashlib.sha256).hexdigest()


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadDocument:
    """One file, read. `invoice` is None when it gave none; then `error` (code, Danish message) says why.

    `filename` is the name alone, without folders. `data` is kept as it came: nothing is silently rejected.
    """

    sha256: str
    data: bytes = field(repr=False)
    filename: str
    invoice: EInvoice | None
    error: tuple[str, str] | None = None
    findings: tuple[DocumentFinding, ...] = ()
    keys: tuple[InvoiceKey, ...] = field(default=(), repr=False)
    lines: tuple[LineFacts, ...] = field(default=(), repr=False)


def read_document(filename: str, data: bytes, *, index: BlindIndex) -> ReadDocument:
    """Read one file of an import: the invoice, its document findings, keys and lines. Never raises for bad contents.

    Args:
        filename: as the import names it; folders are cut off.
        data: the file's bytes.
        index: makes the blind indexes of CPR numbers and names, see `HmacIndex`.
    """
    sha256 = hashlib.sha256(data).hexdigest()
    name = filename.replace("\\", "/").rpartition("/")[2]
    try:
        invoice = read_einvoice(data)
        found = found_texts(invoice)
        lines = line_facts(invoice, found, sign=-1 if invoice.kind is Kind.CREDIT_NOTE else 1)
    except UnreadableInvoice as error:
        return ReadDocument(sha256=sha256, data=data, filename=name, invoice=None, error=(error.code, error.message))
    except AmountTooLargeError as error:
        return ReadDocument(sha256=sha256, data=data, filename=name, invoice=None, error=("amount", str(error)))
    return ReadDocument(
        sha256=sha256,
        data=data,
        filename=name,
        invoice=invoice,
        findings=document_findings(invoice),
        keys=extract_keys(found, issued=dated(invoice) or date.max, index=index),
        lines=lines,
    )
