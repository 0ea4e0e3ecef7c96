"""The pages of drafts and templates through the whole program: who may, how often they ask, what they show."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from io import BytesIO
from uuid import UUID

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from docx import Document

from db.drafting.journey import NOW, Office, changed, office
from db.registers.registers import Registers
from loggedin import logged_in_client, send
from personas import persona
from styr.access.core.roles import Role
from styr.access.models import Municipality, Unit
from styr.access.scope import service_scope
from styr.contracts.agreed import agreed_card
from styr.contracts.models import Contract
from styr.contracts.queries import contract_card
from styr.drafting import approving, quality, queries, template_services
from styr.drafting.core.codes import CheckAnswer
from styr.drafting.models import ContractDraft, DraftVersion, TemplateVersion
from styr.drafting.reading import read_of
from styr.drafting.reference.load import checklist
from styr.drafting.steps import Actor
from styr.drafting.supplements import changes_of_draft, contract_signed
from styr.kernel import clock
from styr.kernel.fingerprint import fingerprint
from styr.suppliers.models import ProviderUnit

pytestmark = pytest.mark.django_db
MOST_QUERIES = 12 + 2  # and the request's transaction, which inside a test's own is a savepoint and its release


@dataclass
class Desk:
    """The people at their pages, and the register behind them."""

    municipality: Municipality
    mads: Client
    lone: Client
    henrik: Client
    office: Office

    def make(self) -> UUID:
        """A draft made on its page."""
        fields = {
            "template": self.office.version_id, "grant": self.office.grant_id, "description": "støtte i hverdagen",
            "hours": "20", "night_watch": "vågen", "trial": "", "days_after_death": "14",
        }  # fmt: skip
        answer = send(self.mads, f"/udkast/ny/?kontrakt={self.office.contract_id}", fields)
        assert answer.status_code == 302, answer.content.decode()
        with service_scope(self.municipality.id, "test"):
            return ContractDraft.objects.get().id

    def file(self, draft_id: UUID) -> bytes:
        with service_scope(self.municipality.id, "test"):
            return queries.version_file(draft_id, 1, "content")[2]


@pytest.fixture
def desk(municipality: Municipality) -> Desk:
    with service_scope(municipality.id, "test"):
        Registers(municipality.id).load()
        people = office(municipality)
        clients = [logged_in_client(one) for one in (people.mads, people.lone, people.henrik)]
    return Desk(municipality, *clients, people)


def test_a_draft_is_made_and_its_pages_ask_a_fixed_number_of_times(desk: Desk) -> None:
    draft_id = desk.make()
    for address in (
        f"/udkast/{draft_id}/",
        f"/udkast/{draft_id}/udgave/1/",
        f"/udkast/{draft_id}/kvalitet/",
        "/udkast/",
    ):
        with CaptureQueriesContext(connection) as asked:
            answer = desk.mads.get(address)
        assert answer.status_code == 200, address
        assert len(asked) <= MOST_QUERIES, (address, [one["sql"][:90] for one in asked.captured_queries])
        assert "610180-1321" not in answer.content.decode()
    page = desk.mads.get(f"/udkast/{draft_id}/").content.decode()
    assert "Ida Østergård" in page
    assert "Ingen afvigelser" in page
    found = desk.mads.get("/soeg/?q=K-2026-0001").content.decode()
    assert f'href="/udkast/{draft_id}/"' in found
    assert "Udkast til K-2026-0001" in found


def test_the_suppliers_version_is_shown_word_by_word(desk: Desk) -> None:
    draft_id = desk.make()
    send(desk.mads, f"/udkast/{draft_id}/send/", {"ord": "Karen"})
    theirs = changed(desk.file(draft_id), "plus 30 dage", "plus 90 dage")
    file = SimpleUploadedFile("retur.docx", theirs)
    answer = send(desk.mads, f"/udkast/{draft_id}/udgave/ny/", {"party": "theirs", "file": file})
    assert answer.headers["Location"] == f"/udkast/{draft_id}/udgave/2/"
    quality_page = desk.mads.get(f"/udkast/{draft_id}/kvalitet/").content.decode()
    for told in ("Teksten og registret stemmer ikke overens", "90 dage fra udgangen", "Ret registret efter teksten"):
        assert told in quality_page
    page = desk.mads.get(f"/udkast/{draft_id}/udgave/2/").content.decode()
    assert "1 ændring" in page
    assert "Slettet: </span>30" in page
    assert "Tilføjet: </span>90" in page


def test_a_framework_is_drafted_without_a_grant(desk: Desk) -> None:
    """Its template names no citizen; its number is the one that call-offs name."""
    with service_scope(desk.municipality.id, "test"):
        framework = Contract.objects.get(number="K-2026-0002")
        place = ProviderUnit.objects.get()
        Contract.objects.filter(id=framework.id).update(
            status="draft", signed_on=None, provider_unit=place, notice_days=30, absence_billable="0.5"
        )
        by = template_services.By(desk.municipality.id, desk.office.lone.user.id, NOW)
        version = TemplateVersion.objects.get(template__code="RAMME")
        template_services.take_into_use(version_id=version.id, by=by)
    address = f"/udkast/ny/?kontrakt={framework.id}"
    page = desk.mads.get(address).content.decode()
    assert 'name="grant"' not in page
    fields = {"template": version.id, "description": "beskyttet beskæftigelse", "hours": "15", "days_after_death": "14"}
    answer = send(desk.mads, address, fields)
    assert answer.status_code == 302, answer.content.decode()
    with service_scope(desk.municipality.id, "test"):
        draft_id = ContractDraft.objects.get().id
        text = " ".join(read_of(queries.version_of(draft_id, 1)).texts())
    assert "rammeaftale K-2026-0002" in text
    assert "512,50" in text
    assert desk.mads.get(f"/udkast/{draft_id}/").status_code == 200
    assert f"/udkast/{draft_id}/" in desk.mads.get(f"/kontrakter/{framework.id}/").content.decode()


def test_a_supplement_is_drafted_and_changes_the_contract_when_it_is_signed(desk: Desk) -> None:
    """Its contract stays signed all the way; the new price holds from the supplement's day, and not before."""
    people, contract_id = desk.office, desk.office.contract_id
    with service_scope(desk.municipality.id, "test"):
        Contract.objects.filter(id=contract_id).update(status="signed", signed_on="2025-12-15")
        line = contract_card(contract_id).lines[0]
        by = template_services.By(desk.municipality.id, people.lone.user.id, NOW)
        version = TemplateVersion.objects.get(template__code="TILLAEG")
        template_services.take_into_use(version_id=version.id, by=by)
    address = f"/udkast/tillaeg/{contract_id}/"
    fields = {"template": version.id, "starts": "2026-07-01", "description": ""}
    assert "Udfyld det, som tillægget ændrer" in send(desk.mads, address, fields).content.decode()
    asked = {**fields, "description": "mindre støtte om natten", f"pris_{line.id}": "2.200", "notice_days": "60"}
    assert "En særtakst skal have formål" in send(desk.mads, address, {**asked, "hours": "4"}).content.decode()
    assert send(desk.mads, address, asked).status_code == 302
    with service_scope(desk.municipality.id, "test"):
        draft_id = ContractDraft.objects.get().id
        text = " ".join(read_of(queries.version_of(draft_id, 1)).texts())
    assert "tillæg nr. 1 til kontrakt K-2026-0001 af 15. december 2025" in text
    assert "Fra samme dag er prisen for ophold 2.200,00 kr. pr. døgn." in text
    page = desk.mads.get(f"/udkast/{draft_id}/").content.decode()
    assert "Begge parter kan skriftligt opsige kontrakten med 60 dages varsel." in text
    assert "Ingen afvigelser" in page
    for told in (
        "Hvad tillægget ændrer fra 1. jul. 2026",
        "2.200,00 kr. pr. døgn",
        "60 dage",
        "Tolv måneder fra dagen",
    ):
        assert told in page
    assert 'value="60"' in desk.mads.get(f"/udkast/{draft_id}/skriv/").content.decode()
    mads, henrik = (Actor(one.user.id, clock.now()) for one in (people.mads, people.henrik))
    with service_scope(desk.municipality.id, "test"):
        approving.submit(draft_id=draft_id, actor=mads)
        approving.approve_amount(draft_id=draft_id, actor=henrik)
        for item in checklist().items:
            quality.answer(draft_id=draft_id, code=item.code, said=CheckAnswer.YES, note="", actor=mads)
        DraftVersion.objects.update(making="done")
        quality.send_to_signing(draft_id=draft_id, actor=mads)
        assert contract_card(contract_id).status == "signed"
        draft = ContractDraft.objects.get()
        assert approving.year_of(contract_id, changes_of_draft(draft)) == (2200 + 820) * 366 * 100
        contract_signed(draft, NOW.date(), mads)
        held = contract_card(contract_id).lines[0].rates
        assert [(one.valid_from, one.amount) for one in held] == [
            (date(2026, 1, 1), Decimal(2400)), (date(2026, 7, 1), Decimal(2200)),
        ]  # fmt: skip
        (supplement,) = agreed_card(contract_id).supplements
        assert (supplement.valid_from, supplement.title) == (date(2026, 7, 1), "Ny pris og opsigelsesvarsel")


def test_the_contracts_own_page_does_not_pass_the_draft_by(desk: Desk) -> None:
    draft_id = desk.make()
    contract = f"/kontrakter/{desk.office.contract_id}/"
    with service_scope(desk.municipality.id, "test"):
        seen = fingerprint(contract_card(desk.office.contract_id))
    answer = send(desk.mads, f"{contract}send/", {"seen": seen}, follow=True)
    assert "Kontrakten har et udkast i gang" in answer.content.decode()
    with service_scope(desk.municipality.id, "test"):
        assert contract_card(desk.office.contract_id).status == "draft"
    assert (
        desk.mads.get(f"/udkast/ny/?kontrakt={desk.office.contract_id}").headers["Location"] == f"/udkast/{draft_id}/"
    )


def test_files_are_for_those_who_write_or_may_reveal(desk: Desk, unit: Unit) -> None:
    draft_id = desk.make()
    address = f"/udkast/{draft_id}/udgave/1/hent/"
    assert desk.mads.get(address).status_code == 200
    assert desk.henrik.get(address).status_code == 200
    with service_scope(desk.municipality.id, "test"):
        driver = logged_in_client(persona("karl", desk.municipality, Role.TRANSPORT_COORDINATOR, unit))
    assert driver.get(f"/udkast/{draft_id}/").status_code == 200
    assert driver.get(address).status_code == 403
    assert desk.mads.get(f"/udkast/{draft_id}/udgave/1/pdf/").status_code == 404


def test_a_template_with_faults_cannot_be_taken_into_use(desk: Desk) -> None:
    with service_scope(desk.municipality.id, "test"):
        template_id = TemplateVersion.objects.get(id=desk.office.version_id).template_id
    word, written = Document(), BytesIO()
    word.add_paragraph("Aftale med {{ leverandør.navm }}")
    word.save(written)
    file = SimpleUploadedFile("rettet.docx", written.getvalue())
    address = f"/opsaetning/skabeloner/{template_id}/"
    assert send(desk.lone, address, {"file": file, "note": "Nyt navn"}).status_code == 302
    page = desk.lone.get(address).content.decode()
    assert "Fletfeltet »leverandør.navm« findes ikke." in page
    with service_scope(desk.municipality.id, "test"):
        version = TemplateVersion.objects.get(template_id=template_id, number=2)
    send(desk.lone, f"/opsaetning/skabeloner/version/{version.id}/brug/")
    with service_scope(desk.municipality.id, "test"):
        assert TemplateVersion.objects.get(id=version.id).state == "faulty"
        assert TemplateVersion.objects.get(id=desk.office.version_id).state == "in_use"
    assert send(desk.mads, address, {"note": "x"}).status_code == 403


def test_a_grants_contract_is_written_from_its_page(desk: Desk) -> None:
    with connection.cursor() as cursor, service_scope(desk.municipality.id, "test"):
        cursor.execute("SELECT id FROM suppliers_supplier LIMIT 1")
        found = [cursor.fetchone()[0]]
        cursor.execute("UPDATE grants_grant SET supplier_id = %s WHERE source_id = 'SAG-77' RETURNING id", found)
        grant_id = cursor.fetchone()[0]
        cursor.execute("SELECT id FROM suppliers_providerunit LIMIT 1")
        place = cursor.fetchone()[0]
    fields = {
        "template": desk.office.version_id, "grant": grant_id, "description": "støtte", "hours": "5", "place": place,
        "notice_days": "30", "free_days": "14", "reduction": "25", "night_watch": "sovende", "days_after_death": "0",
    }  # fmt: skip
    answer = send(desk.mads, f"/udkast/ny/?bevilling={grant_id}", fields)
    assert answer.status_code == 302, answer.content.decode()
    assert "Bostedet Ærø" in desk.mads.get(answer.headers["Location"]).content.decode()
