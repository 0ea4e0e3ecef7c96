"""The pages about contracts and suppliers: who opens them, what they show, their queries, and the acts."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from uuid import UUID

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from db.registers.registers import Registers
from loggedin import logged_in_client, send
from personas import persona
from styr.access.core.roles import Role
from styr.access.models import Municipality, Unit
from styr.audit.models import ReadLog
from styr.contracts.models import Contract
from styr.contracts.queries import contract_card
from styr.kernel.fingerprint import fingerprint
from styr.suppliers.models import Supplier

MOST_QUERIES = 12
As = Callable[..., Client]


@pytest.fixture
def logged_in(municipality: Municipality, registers: Registers, contract_id: UUID) -> As:
    """Log in a persona of that role, in that unit (None: everywhere)."""

    def log_in(role: Role, unit: Unit | None = None) -> Client:
        return logged_in_client(persona(f"{role.value}-{unit.number if unit else 'alle'}", municipality, role, unit))

    return log_in


def seen(contract_id: UUID) -> str:
    return fingerprint(contract_card(contract_id))


def asked(queries: CaptureQueriesContext) -> int:
    """Queries beside the transaction's own marks."""
    return sum("SAVEPOINT" not in (query["sql"] or "") for query in queries)


def told(queries: CaptureQueriesContext) -> str:
    return "\n".join((query["sql"] or "")[:110] for query in queries)


def address(contract_id: UUID, act: str = "") -> str:
    return f"/kontrakter/{contract_id}/{act}"


def test_the_list_shows_price_citizen_and_findings_and_logs_who_was_listed(
    logged_in: As, contract_id: UUID, municipality: Municipality, unit: Unit
) -> None:
    client = logged_in(Role.NEGOTIATOR)
    with CaptureQueriesContext(connection) as queries:
        answer = client.get("/kontrakter/")
    text = answer.content.decode()
    assert answer.status_code == 200
    assert "K-2026-0001" in text
    assert "Ida Østergård" in text
    assert "2.400,00 kr." in text
    assert "1321" not in text  # the end of a CPR number
    assert asked(queries) <= MOST_QUERIES, told(queries)
    assert ReadLog.objects.filter(page="/kontrakter/").count() == 1


def test_the_excel_file_has_the_filtered_rows(logged_in: As) -> None:
    answer = logged_in(Role.ECONOMIST).get("/kontrakter/?type=framework&hent=xlsx")
    assert answer.status_code == 200
    assert answer["Content-Type"].endswith("spreadsheetml.sheet")


def test_the_page_shows_lines_terms_dates_grants_and_findings(
    logged_in: As, contract_id: UUID, municipality: Municipality, unit: Unit
) -> None:
    client = logged_in(Role.NEGOTIATOR)
    with CaptureQueriesContext(connection) as queries:
        answer = client.get(address(contract_id))
    text = answer.content.decode()
    assert answer.status_code == 200
    for shown in (
        "820",
        "Nattevagt",
        "14 t. pr. uge",
        "Fuld betaling i 5 dage, derefter 50,0 %",
        "B0000017-9",
        "Udløb",
    ):
        assert shown in text
    assert asked(queries) <= MOST_QUERIES, told(queries)


def test_the_history_tells_every_line_and_price(logged_in: As, contract_id: UUID) -> None:
    client = logged_in(Role.LAWYER)
    with CaptureQueriesContext(connection) as queries:
        text = client.get(address(contract_id, "historik/")).content.decode()
    assert "Kontrakttakst oprettet" in text
    assert "Kontraktlinje oprettet" in text
    assert asked(queries) <= MOST_QUERIES, told(queries)
    assert client.get(f"/kontrakter/{UUID(int=7)}/historik/").status_code == 404


def test_whoever_serves_another_unit_finds_no_contract_about_its_citizen(
    logged_in: As, contract_id: UUID, other_unit: Unit
) -> None:
    client = logged_in(Role.CASEWORKER, other_unit)
    assert client.get(address(contract_id)).status_code == 404
    assert b"K-2026-0001" not in client.get("/kontrakter/").content
    assert b"K-2026-0002" in client.get("/kontrakter/").content  # a framework is everybody's


def test_a_caseworker_may_look_and_not_change(logged_in: As, contract_id: UUID) -> None:
    client = logged_in(Role.CASEWORKER)
    assert client.get(address(contract_id)).status_code == 200
    assert client.get(address(contract_id, "vilkaar/")).status_code == 403
    refused = send(client, address(contract_id, "opsig/"), {"seen": seen(contract_id), "last_day": "2026-10-31"})
    assert refused.status_code == 403
    assert Contract.objects.get(id=contract_id).status == "signed"


def test_a_new_price_is_written_once_however_often_it_is_sent(logged_in: As, contract_id: UUID) -> None:
    client = logged_in(Role.NEGOTIATOR)
    line = contract_card(contract_id).lines[0]
    fields = {"seen": seen(contract_id), "line": str(line.id), "valid_from": "2026-09-01", "amount": "2.512,50",
              "_once": "et-tryk"}  # fmt: skip
    for _ in range(2):
        answer = client.post(address(contract_id, f"linje/{line.id}/pris/"), fields)
        assert answer.status_code == 302, answer.content.decode()
    rates = contract_card(contract_id).lines[0].rates
    assert [(rate.valid_from, rate.amount) for rate in rates] == [
        (date(2026, 1, 1), Decimal(2400)),
        (date(2026, 9, 1), Decimal("2512.50")),
    ]


def test_a_change_on_what_a_colleague_changed_is_a_conflict_that_keeps_what_was_written(
    logged_in: As, contract_id: UUID
) -> None:
    client = logged_in(Role.LAWYER)
    old = seen(contract_id)
    asked = {"seen": old, "last_day": "2027-06-30", "notice_days": "45", "free_days": "3", "billable": "25"}
    assert "Hvorfor rettes" in send(client, address(contract_id, "vilkaar/"), asked).content.decode()
    terms = {**asked, "reason": "Det stod forkert i den underskrevne kontrakt"}
    assert send(client, address(contract_id, "vilkaar/"), terms).status_code == 302
    answer = send(client, address(contract_id, "vilkaar/"), {**terms, "notice_days": "90"})
    assert answer.status_code == 409
    assert 'value="90"' in answer.content.decode()
    assert Contract.objects.get(id=contract_id).notice_days == 45
    again = {**terms, "notice_days": "90", "seen": seen(contract_id)}
    assert send(client, address(contract_id, "vilkaar/"), again).status_code == 302
    assert Contract.objects.get(id=contract_id).notice_days == 90


def test_a_refusal_stands_on_the_form(logged_in: As, contract_id: UUID) -> None:
    answer = send(
        logged_in(Role.NEGOTIATOR),
        address(contract_id, "opsig/"),
        {"seen": seen(contract_id), "last_day": "2025-01-01"},
    )
    assert answer.status_code == 200
    assert "Kontrakten begynder først" in answer.content.decode()


def test_a_draft_for_a_citizen_goes_to_signing_and_back(logged_in: As, registers: Registers) -> None:
    client = logged_in(Role.NEGOTIATOR)
    citizen_id = Contract.objects.get(number="K-2026-0001").citizen_id
    supplier = Supplier.objects.get()
    page = client.get(f"/kontrakter/ny/?borger={citizen_id}")
    assert "Ida Østergård" in page.content.decode()
    fields = {
        "number": "K-2026-0044", "supplier": str(supplier.id), "citizen": str(citizen_id), "section": "SEL-107",
        "starts": "2026-12-01", "last_day": "", "notice_days": "30", "free_days": "0", "billable": "100",
        "kind": "base", "service": "ophold", "unit": "day", "price": "1.950,50",
    }  # fmt: skip
    made = send(client, "/kontrakter/ny/", fields)
    assert made.status_code == 302, made.content.decode()
    contract = Contract.objects.get(number="K-2026-0044")
    assert (contract.kind, contract.citizen_id, contract.status) == ("individual", citizen_id, "draft")
    assert contract.lines.get().rates.get().amount == Decimal("1950.50")
    send(client, address(contract.id, "send/"), {"seen": seen(contract.id)})
    assert Contract.objects.get(id=contract.id).status == "sent"
    client.post(address(contract.id, "traek-tilbage/"))
    assert Contract.objects.get(id=contract.id).status == "draft"


def test_an_address_that_names_no_citizen_is_not_found(logged_in: As) -> None:
    client = logged_in(Role.NEGOTIATOR)
    assert client.get("/kontrakter/ny/?borger=vrøvl").status_code == 404
    assert client.get(f"/kontrakter/ny/?borger={UUID(int=7)}").status_code == 404


def test_the_suppliers_are_listed_with_what_each_domain_knows(logged_in: As) -> None:
    client = logged_in(Role.NEGOTIATOR)
    with CaptureQueriesContext(connection) as queries:
        answer = client.get("/leverandoerer/")
    assert answer.status_code == 200
    assert "Bostedet Ærø ApS" in answer.content.decode()
    assert asked(queries) <= MOST_QUERIES, told(queries)


@pytest.mark.parametrize(
    ("sheet", "shown"),
    [
        ("", ("K-2026-0001", "Faktureret siden", "Ingen fakturaer")),
        ("tilbud/", ("Ærøhus", "1012345678", "2.400,00 kr. pr. døgn", "12345678901234")),
        ("historik/", ("Leverandør oprettet",)),
    ],
)
def test_a_supplier_s_sheets_show_what_they_are_named_for(logged_in: As, sheet: str, shown: tuple[str, ...]) -> None:
    client = logged_in(Role.ECONOMIST)
    supplier = Supplier.objects.get()
    with CaptureQueriesContext(connection) as queries:
        answer = client.get(f"/leverandoerer/{supplier.id}/{sheet}")
    text = answer.content.decode()
    assert answer.status_code == 200
    assert [words for words in shown if words not in text] == []
    assert asked(queries) <= MOST_QUERIES, told(queries)
    assert client.get(f"/leverandoerer/{UUID(int=7)}/{sheet}").status_code == 404
