"""What must not be approved is not approved in the database either, whole or narrowed."""

from datetime import date, timedelta
from typing import Any
from uuid import UUID

import pytest
from django.db import connection

from styr.controls.queries import FindingFilter, finding_page
from styr.controls.rerunning import rerun
from styr.grants.models import Grant
from styr.invoices.core.codes import Status
from styr.invoices.core.relations import INVOICE
from styr.invoices.models import Document, Invoice, InvoiceKey
from styr.invoices.services import control_everything
from styr.kernel.engine import PostgresEngine
from styr.kernel.ids import uuid7
from styr.people.models import Citizen
from styr.suppliers.models import ProviderUnit

from .conftest import CLEAN_GRANT, NOW, TODAY, Village


def codes(invoice: Invoice) -> set[str]:
    return {found.code for found in finding_page(FindingFilter(invoice_id=invoice.id)).rows}


def other_citizen() -> Citizen:
    return Citizen.objects.exclude(id=Grant.objects.get(number=CLEAN_GRANT).citizen_id).order_by("source_id")[0]


@pytest.mark.parametrize("place", ["note", "item", "delivery_party"])
def test_a_cpr_number_of_another_citizen_makes_it_unclear(village: Village, place: str) -> None:
    other = other_citizen()
    InvoiceKey.objects.create(
        municipality_id=village.municipality_id, unit_id=village.clean.unit_id, invoice=village.clean, kind="cpr",
        value=other.cpr_index, place=place,
    )  # fmt: skip
    rerun(municipality_id=village.municipality_id, today=TODAY, now=NOW + timedelta(days=1), changed=[other.id])
    village.clean.refresh_from_db()
    assert village.clean.status == Status.DEVIATING
    assert codes(village.clean) == {"invoice_citizen_unclear"}


def test_an_offer_whose_approval_ended_holds_the_invoice(village: Village) -> None:
    offer = Grant.objects.get(number=CLEAN_GRANT).provider_unit_id
    assert ProviderUnit.objects.filter(id=offer).update(approved_to=date(2026, 1, 31)) == 1
    control_everything(municipality_id=village.municipality_id, today=TODAY, now=NOW)
    village.clean.refresh_from_db()
    assert village.clean.status == Status.DEVIATING
    assert codes(village.clean) == {"invoice_held_by_registers"}


def sent(village: Village, issued: date | None, **values: Any) -> UUID:
    """Another document like the clean invoice's, with other values."""
    document = Document.objects.get(invoice=village.clean)
    document.pk = uuid7()
    document.sha256 = document.pk.hex * 2
    document.save(force_insert=True)
    invoice = Invoice.objects.get(pk=village.clean.pk)
    invoice.pk, invoice.document, invoice.issue_date = uuid7(), document, issued
    for name, value in values.items():
        setattr(invoice, name, value)
    invoice.save(force_insert=True)
    return UUID(str(invoice.pk))


def credited(note: UUID) -> UUID | None:
    with connection.cursor() as cursor:
        rows = PostgresEngine(cursor).rows(INVOICE.table())
    return next(row["credits_invoice_id"] for row in rows if row["invoice_id"] == note)


NOTE = {"kind": "credit_note", "number": "K1", "credits_number": "A"}
JANUARY, FEBRUARY, MARCH = date(2026, 1, 15), date(2026, 2, 15), date(2026, 3, 15)


def test_a_credit_note_takes_back_the_invoice_issued_nearest_before_it(village: Village) -> None:
    first = sent(village, JANUARY, number="A")
    later = sent(village, MARCH, number="A")
    assert credited(sent(village, FEBRUARY, **NOTE)) == first
    assert credited(sent(village, MARCH, **NOTE)) == later
    assert credited(sent(village, date(2025, 12, 1), **NOTE)) == later


def test_a_credit_note_never_takes_back_what_was_rejected(village: Village) -> None:
    sent(village, JANUARY, number="A", status=Status.REJECTED.value)
    note = sent(village, FEBRUARY, **NOTE)
    assert credited(note) is None
    assert credited(sent(village, FEBRUARY, **NOTE)) is None
    standing = sent(village, MARCH, number="A")
    assert credited(note) == standing


def test_a_credit_note_takes_back_neither_another_supplier_s_nor_another_note(village: Village) -> None:
    sent(village, JANUARY, number="A", supplier_cvr="99999999")
    sent(village, JANUARY, number="A", kind="credit_note")
    assert credited(sent(village, FEBRUARY, **NOTE)) is None
    undated = sent(village, None, number="A")
    assert credited(sent(village, FEBRUARY, **NOTE)) == undated


def test_a_credit_note_without_a_number_takes_back_nothing(village: Village) -> None:
    sent(village, JANUARY, number="")
    assert credited(sent(village, FEBRUARY, **{**NOTE, "credits_number": ""})) is None
