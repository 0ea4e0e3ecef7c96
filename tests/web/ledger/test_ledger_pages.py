"""The ledger's pages through the whole program: who may, how often they ask, what they do."""

from dataclasses import dataclass
from datetime import timedelta
from io import BytesIO
from uuid import UUID

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from db.ledger.conftest import posting
from db.ledger.test_paying import invoice
from db.registers.registers import Registers
from loggedin import logged_in_client, send
from personas import persona
from styr.access.core.roles import Role
from styr.access.models import Municipality, Unit
from styr.access.scope import service_scope
from styr.audit.models import ReadLog
from styr.kernel.calendar import is_banking_day
from styr.kernel.clock import now, today
from styr.ledger.bulk import upsert_postings
from styr.ledger.models import PaymentFile, PaymentLine

pytestmark = pytest.mark.django_db


@dataclass
class Desk:
    """The economist's desk, a colleague's who only looks, and one of a single unit."""

    municipality: Municipality
    client: Client
    mia: Client
    local: Client

    def text(self, address: str, client: Client | None = None) -> str:
        return (client or self.client).get(address).content.decode()


@pytest.fixture
def desk(municipality: Municipality, unit: Unit) -> Desk:
    with service_scope(municipality.id, "test"):
        Registers(municipality.id).load()
        day = today() - timedelta(days=40)
        rows = [
            posting("1", posted_on=day, grant_number="B0000017-9", text="Ophold"),
            posting("2", posted_on=day, supplier_cvr="12345674", invoice_number="F-9"),
            posting("3", posted_on=day, citizen_source_id="1002", kind="user_payment"),
        ]
        assert upsert_postings(rows, municipality_id=municipality.id, now=now()).errors == ()
        people = [
            persona("lone", municipality, Role.ECONOMIST),
            persona("mia", municipality, Role.CASEWORKER),
            persona("lokal", municipality, Role.ECONOMIST, unit=unit),
        ]
        clients = [logged_in_client(one) for one in people]
    return Desk(municipality, *clients)


def bank_day_invoice(desk: Desk, number: str) -> UUID:
    with service_scope(desk.municipality.id, "test"):
        return invoice(desk.municipality.id, number, today() - timedelta(days=3))


def test_each_page_asks_the_database_twelve_times_at_most(desk: Desk) -> None:
    bank_day_invoice(desk, "1")
    send(desk.client, "/oekonomi/betalinger/lav/")
    with service_scope(desk.municipality.id, "test"):
        file_id = PaymentFile.objects.get().id
    pages = (
        *("oekonomi/posteringer/", "oekonomi/posteringer/?q=østerg&mangler=grant", "oekonomi/betalinger/"),
        "oekonomi/efterreguleringer/",
        *(f"oekonomi/betalinger/{file_id}/", "opsaetning/regler/kontobehandling/", "opsaetning/omkostningssteder/"),
    )
    for page in pages:
        with CaptureQueriesContext(connection) as asked:
            assert desk.client.get(f"/{page}").status_code == 200, page
        questions = [query["sql"] for query in asked if "SAVEPOINT" not in (query["sql"] or "")]
        assert len(questions) <= 12, (page, len(questions), questions)


def test_the_list_of_postings_shows_what_is_asked_for_and_gives_it_to_excel(desk: Desk) -> None:
    every = desk.text("/oekonomi/posteringer/")
    assert "Ida Østergård" in every
    assert "B0000017-9" in every
    assert "300 kr. i alt på 3" in every
    lacking = desk.text("/oekonomi/posteringer/?mangler=citizen")
    assert "F-9" in lacking
    assert "Ida Østergård" not in lacking
    assert "Ingen posteringer" in desk.text("/oekonomi/posteringer/?konto=6")
    answer = desk.client.get("/oekonomi/posteringer/?hent=xlsx")
    sheet = openpyxl.load_workbook(BytesIO(answer.content)).worksheets[0]
    found = [[cell.value for cell in row] for row in sheet.iter_rows()]
    assert sum(100 in row for row in found) == 3


def test_whoever_is_shown_a_citizens_posting_is_logged(desk: Desk) -> None:
    desk.client.get("/oekonomi/posteringer/")
    with service_scope(desk.municipality.id, "test"):
        assert ReadLog.objects.filter(page="/oekonomi/posteringer/").exists()


def test_a_unit_sees_its_own_postings_and_makes_no_file(desk: Desk) -> None:
    own = desk.text("/oekonomi/posteringer/", desk.local)
    assert "Ida Østergård" in own
    assert "Bo Aagaard" not in own
    bank_day_invoice(desk, "1")
    shown = desk.text("/oekonomi/betalinger/", desk.local)
    assert "Du ser en del af kommunen" in shown
    assert "Lav betalingsfil" not in shown
    send(desk.local, "/oekonomi/betalinger/lav/")
    assert "dækker hele kommunen" in desk.text("/oekonomi/betalinger/", desk.local)
    with service_scope(desk.municipality.id, "test"):
        assert not PaymentFile.objects.exists()


def test_whoever_may_only_look_changes_nothing(desk: Desk) -> None:
    assert desk.mia.get("/oekonomi/betalinger/").status_code == 200
    assert send(desk.mia, "/oekonomi/betalinger/lav/").status_code == 403
    assert send(desk.mia, "/opsaetning/regler/kontobehandling/", {"function": "5.28.20"}).status_code == 403


def test_a_file_is_made_fetched_answered_and_a_refused_line_sent_again(desk: Desk) -> None:
    bank_day_invoice(desk, "A-1")
    bank_day_invoice(desk, "A-2")
    send(desk.client, "/oekonomi/betalinger/lav/")
    with service_scope(desk.municipality.id, "test"):
        file = PaymentFile.objects.get()
        assert is_banking_day(file.bank_day)
    address = f"/oekonomi/betalinger/{file.id}/"
    fetched = desk.client.get(f"{address}hent/")
    assert fetched.content.decode().splitlines()[1].startswith("1;1;12345674;")
    assert "STYR-00001-00002" in desk.client.get(f"{address}hent/?bilag").content.decode()

    def answer(rows: str) -> None:
        text = f"fil_nr;linje_nr;status;årsag\n{rows}".encode()
        send(desk.client, f"{address}kvittering/", {"answer": SimpleUploadedFile("kvittering.csv", text)})

    answer("2;1;modtaget;\n")
    assert "filnummeret er »2«" in desk.text(address)
    answer("1;1;modtaget;\n1;2;afvist;Ukendt konto\n")
    page = desk.text(address)
    assert "1 modtaget, 1 afvist" in page
    assert "Ukendt konto" in page
    assert "Plomben holder" in page
    with service_scope(desk.municipality.id, "test"):
        refused = PaymentLine.objects.get(state="refused")
    send(desk.client, f"{address}linjer/{refused.id}/igen/")
    assert "kommer med i den næste" in desk.text(address)
    assert "Afvist, sendes igen" in desk.text(address)


def test_the_municipalitys_own_treatment_holds_in_place_of_the_programs(desk: Desk) -> None:
    assert "Opholdssteder mv. for børn og unge" in desk.text("/opsaetning/regler/kontobehandling/")
    fields = {
        "function": "5.28.20",
        "name": "Vores opholdssteder",
        "state_refund": "central",
        "vat_treatment": "share",
        "vat_percent": "12,5",
        "starts": today().isoformat(),
    }
    wrong = send(desk.client, "/opsaetning/regler/kontobehandling/", {**fields, "function": "5.28"})
    assert "Funktionen har fem cifre" in wrong.content.decode()
    assert send(desk.client, "/opsaetning/regler/kontobehandling/", fields).status_code == 302
    page = desk.text("/opsaetning/regler/kontobehandling/")
    assert "Vores opholdssteder" in page
    assert "12,5" in page
    assert "Opholdssteder mv. for børn og unge<" not in page


def test_a_cost_centre_is_set_and_found(desk: Desk, unit: Unit) -> None:
    assert "Ingen omkostningssteder" in desk.text("/opsaetning/omkostningssteder/")
    fields = {"code": "0010", "unit": unit.id, "starts": today().isoformat()}
    assert send(desk.client, "/opsaetning/omkostningssteder/saet/", fields).status_code == 302
    assert unit.name in desk.text("/opsaetning/omkostningssteder/?q=0010")
    send(desk.client, "/opsaetning/omkostningssteder/saet/", {**fields, "code": "12"})
    assert "fire cifre" in desk.text("/opsaetning/omkostningssteder/")
