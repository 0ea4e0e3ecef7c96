"""What the endpoints answer, what they write, and that a write is done once."""

from datetime import date
from decimal import Decimal
from pathlib import Path
from uuid import UUID, uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext

from db.api.conftest import Keyed, body
from db.registers.registers import Registers
from placed_findings import place_finding
from styr.access.core.permissions import Permission
from styr.access.core.roles import Role
from styr.access.models import Municipality, Unit
from styr.audit.models import ReadLog
from styr.contracts.models import Contract
from styr.controls.models import FindingDecision
from styr.grants.models import Absence, Grant, GrantStep
from styr.integrations.models import ImportUpload
from styr.invoices.core.intake import read_document
from styr.invoices.models import InvoiceLook
from styr.invoices.services import key_index, store_invoices
from styr.kernel import clock

MOST_QUERIES = 12
INVOICE = Path(__file__).parents[2] / "data" / "import" / "fakturaer" / "2026-001.xml"


def grant_id() -> UUID:
    return Grant.objects.get(source_id="B0000017-9").id


@pytest.mark.parametrize(
    ("path", "total"),
    [
        *(("/citizens", 2), ("/suppliers", 1), ("/contracts", 2), ("/grants", 2), ("/invoices", 0), ("/findings", 0)),
        *(("/postings", 0), ("/trips", 0), ("/ride-grants", 0), ("/refunds", 0), ("/savings", 0), ("/negotiations", 0)),
    ],
)
def test_a_list_tells_how_many_there_are_in_few_queries(keyed: Keyed, path: str, total: int) -> None:
    program = keyed(Role.MANAGER)
    with CaptureQueriesContext(connection) as queries:
        answer = body(program.get(path))
    assert answer["total"] == total
    assert sum("SAVEPOINT" not in (query["sql"] or "") for query in queries) <= MOST_QUERIES


def test_what_a_key_may_not_see_of_economy_and_rides_is_refused_and_no_forecast_is_told(keyed: Keyed) -> None:
    program = keyed(Role.CASEWORKER, scopes=(Permission.SEE_GRANTS,))
    closed = ("/economy", "/economy/grants", "/postings", "/trips", "/trips/settlements", "/ride-grants", "/refunds")
    for path in (*closed, "/refunds/claims", "/savings", "/negotiations", "/tenders", f"/tenders/{uuid4()}"):
        assert program.get(path).status_code == 403, path
    manager = keyed(Role.MANAGER)
    assert "ikke beregnet en prognose for 2031" in body(manager.get("/economy?year=2031"))["detail"]
    assert body(manager.get("/trips/settlements")) == []
    for missing in ("trips/settlements", "tenders", "negotiations", "refunds/cases"):
        assert manager.get(f"/{missing}/{uuid4()}").status_code == 404, missing
    assert body(manager.get("/tenders")) == body(manager.get("/refunds/claims")) == []


def test_cpr_numbers_are_masked(keyed: Keyed) -> None:
    answer = keyed(Role.CASEWORKER).get("/citizens")
    assert sorted(row["cpr"] for row in body(answer)["rows"]) == ["610180-••••", "620290-••••"]
    assert b"1321" not in answer.content


def test_a_contract_has_its_lines_with_prices_as_texts(keyed: Keyed) -> None:
    contract = Contract.objects.get(number="K-2026-0001")
    told = body(keyed(Role.NEGOTIATOR).get(f"/contracts/{contract.id}"))
    assert [(line["service"], line["prices"][0]["amount"]) for line in told["lines"]] == [
        ("ophold", "2400"),
        ("saertakst", "820"),
    ]
    assert told["absence_billable"] == "0.5"


def test_the_expected_cost_of_a_grant_is_that_of_the_one_relation(keyed: Keyed) -> None:
    program = keyed(Role.ECONOMIST)
    months = body(program.get(f"/grants/{grant_id()}/expected?first=2026-01-01&last=2026-02-28"))
    january = [month["amount"] for month in months if month["month"] == "2026-01"]
    assert sorted(january) == sorted(["74400.00", "25420.00"])  # 31 days at 2,400 and at 820
    assert program.get(f"/grants/{grant_id()}/expected?first=2026-03-01&last=2026-02-01").status_code == 400
    assert program.get(f"/grants/{uuid4()}/expected?first=2026-01-01&last=2026-02-01").status_code == 404


def test_a_draft_is_made_once_for_a_key_of_the_write(keyed: Keyed) -> None:
    program = keyed(Role.CASEWORKER)
    citizen = Grant.objects.get(source_id="SAG-77").citizen_id
    given = {
        "citizen": str(citizen), "section": "SEL-85", "starts": "2026-12-01", "last_day": "2027-05-31",
        "services": [{"service": "stoette", "unit": "hour", "per": "week", "quantity": "3.5", "price": "410.25"}],
        "professional_reason": "Støtte i hverdagen", "economic_reason": "Billigste egnede",
    }  # fmt: skip
    first = program.post("/grants", given, once="bestilling-0001")
    again = program.post("/grants", given, once="bestilling-0001")
    assert (first.status_code, again.status_code) == (201, 201), first.content
    assert body(first) == body(again)
    made = Grant.objects.get(id=body(first)["id"])
    assert (made.status, made.ends, made.lines.get().quantity) == ("draft", date(2027, 6, 1), Decimal("3.5"))
    assert first["Location"] == f"/api/v1/grants/{made.id}"
    other = program.post("/grants", {**given, "section": "SEL-107"}, once="bestilling-0001")
    assert other.status_code == 409
    assert Grant.objects.count() == 3


@pytest.mark.parametrize("key", ["", "kort", "a" * 61, "mellem rum"])
def test_a_write_without_a_fit_idempotency_key_is_refused(keyed: Keyed, key: str) -> None:
    program = keyed(Role.CASEWORKER)
    headers = {"Authorization": f"Bearer {program.key}"} | ({"Idempotency-Key": key} if key else {})
    given = {"last_day": "2026-12-31"}
    answer = program.client.post(
        f"/api/v1/grants/{grant_id()}/stop", given, content_type="application/json", headers=headers
    )
    assert answer.status_code == 400
    assert Grant.objects.get(id=grant_id()).status == "granted"


def test_absence_and_a_stop_follow_the_register_s_rules(keyed: Keyed) -> None:
    program = keyed(Role.CASEWORKER)
    away = {"starts": "2026-09-01", "last_day": "2026-09-10", "reason": "indlæggelse"}
    assert program.post(f"/grants/{grant_id()}/absences", away).status_code == 204
    assert Absence.objects.filter(starts=date(2026, 9, 1), ends=date(2026, 9, 11)).exists()
    twice = program.post(f"/grants/{grant_id()}/absences", away)
    assert twice.status_code == 409
    assert "allerede registreret fravær" in body(twice)["detail"]
    assert program.post(f"/grants/{grant_id()}/stop", {"last_day": "2026-10-31"}).status_code == 204
    assert Grant.objects.get(id=grant_id()).ends == date(2026, 11, 1)
    step = GrantStep.objects.get(grant_id=grant_id())
    assert (step.kind, step.before["until"]) == ("stopped", "2026-11-01")
    assert program.post(f"/grants/{grant_id()}/stop", {"last_day": "2026-10-31"}).status_code == 409


def test_a_key_for_reading_writes_nothing_also_by_the_database(keyed: Keyed) -> None:
    program = keyed(Role.CASEWORKER, scopes=(Permission.SEE_GRANTS, Permission.SEE_CITIZENS))
    assert program.post(f"/grants/{grant_id()}/stop", {"last_day": "2026-10-31"}).status_code == 403
    assert Grant.objects.get(id=grant_id()).status == "granted"


def test_another_unit_s_grant_is_not_there(keyed: Keyed, other_unit: Unit) -> None:
    program = keyed(Role.CASEWORKER, other_unit)
    assert program.get(f"/grants/{grant_id()}").status_code == 404
    assert program.post(f"/grants/{grant_id()}/stop", {"last_day": "2026-10-31"}).status_code == 404


def test_a_finding_is_decided_on_the_evidence_that_was_seen(
    keyed: Keyed, municipality: Municipality, unit: Unit, registers: Registers
) -> None:
    finding_id = place_finding(municipality_id=municipality.id, unit_id=unit.id, amount_ore=125050)
    program = keyed(Role.NEGOTIATOR)
    found = body(program.get(f"/findings/{finding_id}"))
    assert (found["amount"], found["status"]) == ("1250.50", "open")
    decision = {"verdict": "accept", "reason": "Kontrakten er på vej", "seen": "noget andet"}
    assert program.post(f"/findings/{finding_id}/decisions", decision).status_code == 409
    answer = program.post(f"/findings/{finding_id}/decisions", {**decision, "seen": found["seen"]})
    assert answer.status_code == 201, answer.content
    made = FindingDecision.objects.get()
    assert (made.reason, body(answer)["id"]) == ("Kontrakten er på vej", str(made.id))
    (told,) = body(program.get(answer["Location"].removeprefix("/api/v1").partition("#")[0]))
    assert (told["verdict"], told["stands"]) == ("accept", True)


def test_files_are_handed_in_and_wait_to_be_looked_at(keyed: Keyed) -> None:
    program = keyed(Role.ECONOMIST)
    file = SimpleUploadedFile("enheder.csv", b"enhed_nr;navn;ean\n", content_type="text/csv")
    answer = program.post("/imports", data={"files": [file]})
    assert answer.status_code == 201, answer.content
    assert ImportUpload.objects.filter(id=body(answer)["id"]).exists()
    told = body(program.get(answer["Location"].removeprefix("/api/v1")))
    assert (told["id"], told["files"], told["run"]) == (body(answer)["id"], ["enheder.csv"], None)
    assert program.get(f"/imports/uploads/{uuid4()}").status_code == 404


def test_the_document_as_it_came_asks_for_a_reason_and_a_right_and_is_logged(
    keyed: Keyed, municipality: Municipality, registers: Registers
) -> None:
    """The invoice is matched to nothing, but a CPR number that we know stands in it."""
    xml = INVOICE.read_bytes().replace(b"B1000001-2", b"610180-1321")
    document = read_document("f.xml", xml, index=key_index())
    (invoice_id,) = store_invoices([document], municipality_id=municipality.id, now=clock.now()).invoice_ids
    path = f"/invoices/{invoice_id}/document"
    assert keyed(Role.NEGOTIATOR).post(path, {"reason": "kontrol"}).status_code == 403
    program = keyed(Role.ECONOMIST)
    assert program.post(path, {"reason": "nysgerrig"}).status_code == 422
    assert program.get(path).status_code == 405
    answer = program.post(path, {"reason": "leverandoer"})
    assert (answer.status_code, answer.content) == (200, xml)
    assert program.post(f"/invoices/{uuid4()}/document", {"reason": "kontrol"}).status_code == 404
    (logged,) = ReadLog.objects.filter(purpose="Bilag til faktura: henvendelse fra leverandøren")
    assert logged.citizens == [Grant.objects.get(source_id="B0000017-9").citizen_id]
    assert InvoiceLook.objects.get().invoice_id == invoice_id


def test_payments_are_noted_all_or_none(keyed: Keyed) -> None:
    program = keyed(Role.ECONOMIST)
    answer = program.post("/invoices/payments", {"invoices": [str(uuid4())]})
    assert answer.status_code == 409
    assert "1 af 1" in body(answer)["detail"]


def test_a_wrong_field_is_named_and_what_was_sent_is_not_repeated(keyed: Keyed) -> None:
    answer = keyed(Role.CASEWORKER).post("/grants", {"citizen": "010180-1234", "section": "SEL-85"})
    assert answer.status_code == 422
    assert "body.given.citizen" in [field["field"] for field in body(answer)["fields"]]
    assert "010180-1234" not in answer.content.decode()
