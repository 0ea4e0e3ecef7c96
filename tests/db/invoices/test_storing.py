"""Documents are stored once, whole, and come back as they came; an invoice follows the unit of its grant."""

from datetime import timedelta
from uuid import UUID

from personas import persona, rows_seen_by
from styr.access.core.roles import Role
from styr.access.models import Unit
from styr.invoices.core.codes import Status
from styr.invoices.core.intake import ReadDocument, read_document
from styr.invoices.models import Document, Invoice
from styr.invoices.queries import document_of, figures
from styr.invoices.services import StoreResult, control_everything, key_index, rematch, store_invoices
from styr.kernel.ids import uuid7

from .conftest import NOW, TODAY, UNSIGNED_GRANT, VILLAGE, Village, invoice_xml

FOREIGN_EAN = "5790000000005"
PARTS = ("document", "invoice", "invoiceline", "invoicekey", "linematch", "claim")


def read(data: bytes, name: str = "faktura.xml") -> ReadDocument:
    return read_document(name, data, index=key_index())


def store(*documents: ReadDocument) -> StoreResult:
    return store_invoices(documents, municipality_id=VILLAGE.id, now=NOW)


def test_a_document_comes_back_byte_for_byte_and_lies_encrypted(village: Village) -> None:
    data = invoice_xml("2026-100") + "\n<!-- æøå -->\r\n".encode()
    result = store(read(data, "mappe/januar æ.xml"))
    assert (len(result.invoice_ids), result.unreadable, result.already_there, result.stored) == (1, 0, 0, 1)
    assert document_of(result.invoice_ids[0]) == ("januar æ.xml", data)
    kept = Document.objects.get(invoice__id=result.invoice_ids[0])
    assert kept.size == len(data)
    assert b"2026-100" not in bytes(kept.content)


def test_an_unknown_invoice_has_no_document(village: Village) -> None:
    assert document_of(uuid7()) is None


def test_a_stored_invoice_says_what_its_document_says(village: Village) -> None:
    [invoice_id] = store(read(invoice_xml("2026-100", price=1000))).invoice_ids
    invoice = Invoice.objects.get(id=invoice_id)
    assert (invoice.number, invoice.net_ore, invoice.payable_ore, invoice.supplier_cvr) == (
        "2026-100", 3_100_000, 3_100_000, "12345674",
    )  # fmt: skip
    assert (invoice.status, invoice.received_at) == (Status.RECEIVED, NOW)
    assert invoice.unit_id == Unit.objects.get(number="11").id
    line = invoice.lines.get()
    assert (line.quantity, line.unit_price, line.service, line.measure) == (31, 1000, "ophold", "day")
    assert set(invoice.keys.values_list("kind", "value")) >= {("grant_number", "B1000001-2")}


def test_the_same_bytes_are_stored_once_in_one_call_and_in_two(village: Village) -> None:
    one, other = read(invoice_xml("2026-100")), read(invoice_xml("2026-101"), "anden.xml")
    first = store(one, other, one)
    assert (len(first.invoice_ids), first.already_there) == (2, 1)
    again = store(one, other)
    assert (again.invoice_ids, again.unreadable, again.already_there) == ((), 0, 2)
    assert Document.objects.filter(sha256=one.sha256).count() == 1
    assert Invoice.objects.get(number="2026-100").lines.count() == 1


def test_nothing_is_stored_of_nothing(village: Village) -> None:
    assert store() == StoreResult((), 0, 0)


def test_an_unreadable_document_is_kept_with_its_error_beside_the_readable(village: Village) -> None:
    before = figures().read
    torn = read(invoice_xml("2026-100")[:700], "halv.xml")
    result = store(torn, read(invoice_xml("2026-101")))
    assert (len(result.invoice_ids), result.unreadable, result.stored) == (1, 1, 2)
    kept = Document.objects.get(sha256=torn.sha256)
    assert (kept.filename, kept.error_code) == ("halv.xml", "truncated")
    assert kept.error_message
    assert not Invoice.objects.filter(document=kept).exists()
    assert figures().read == before + 1
    assert store(torn).already_there == 1


def test_an_invoice_to_an_unknown_ean_number_gets_its_grants_unit_and_is_then_seen_there_only(
    village: Village,
) -> None:
    here = persona("her", VILLAGE, Role.CASEWORKER, Unit.objects.get(number="12")).token
    elsewhere = persona("der", VILLAGE, Role.CASEWORKER, Unit.objects.get(number="11")).token
    [invoice_id] = store(read(invoice_xml("2026-100", grant=UNSIGNED_GRANT, price=1000, ean=FOREIGN_EAN))).invoice_ids
    seen = _counts(here, invoice_id)
    assert seen["invoice"] == 1
    assert _counts(elsewhere, invoice_id) == seen
    rematch(municipality_id=VILLAGE.id, changed=[invoice_id])
    assert set(_counts(here, invoice_id).values()) == {1}
    assert set(_counts(elsewhere, invoice_id).values()) == {0}


def _counts(token: str, invoice_id: UUID) -> dict[str, object]:
    """Whether the holder of the token sees anything of each part of the invoice: 1 or 0."""
    document_id = Invoice.objects.get(id=invoice_id).document_id
    own = {"document": f"id = '{document_id}'", "invoice": f"id = '{invoice_id}'"}
    named = {part: own.get(part, f"invoice_id = '{invoice_id}'") for part in PARTS}
    return {
        part: rows_seen_by(token, f"SELECT least(count(*), 1) FROM invoices_{part} WHERE {one}")[0][0]  # noqa: S608 - ours
        for part, one in named.items()
    }


def test_an_invoice_to_an_unknown_ean_number_without_a_grant_is_seen_by_all_units(village: Village) -> None:
    here = persona("her", VILLAGE, Role.CASEWORKER, Unit.objects.get(number="12")).token
    [invoice_id] = store(read(invoice_xml("2026-100", grant="ukendt", ean=FOREIGN_EAN))).invoice_ids
    later = NOW + timedelta(hours=1)
    control_everything(municipality_id=VILLAGE.id, today=TODAY, now=later, changed=[invoice_id])
    assert Invoice.objects.get(id=invoice_id).unit_id is None
    assert _counts(here, invoice_id)["invoice"] == 1
