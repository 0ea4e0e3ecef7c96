from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID

import pytest
from django.apps import apps
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from db.registers.registers import Registers
from loggedin import logged_in_client
from personas import Persona, persona
from styr.access.core.roles import Role
from styr.access.models import Municipality, Unit
from styr.grants.costing import expected_by_month
from styr.kernel import clock
from styr.kernel.period import Period
from styr.workspace.citizens_cost import expected_by_citizen
from styr.workspace.citizens_frame import citizen_frame
from styr.workspace.citizens_overview import citizen_economy
from styr.workspace.citizens_spending import invoiced_lines, spent_and_running

pytestmark = pytest.mark.django_db
ReadLog = apps.get_model("audit", "ReadLog")
TODAY = date(2026, 11, 21)
YEAR = Period(date(2026, 1, 1), date(2027, 1, 1))
TABS = ("", "oekonomi/", "bevillinger/", "kontrakter/", "fakturaer/", "fravaer/", "koersel/", "dokumenter/",
        "historik/", "opslag/")  # fmt: skip
MOST = 12


@pytest.fixture(autouse=True)
def the_day(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "today", lambda: TODAY)


@pytest.fixture
def registers(municipality: Municipality, scope: str) -> Registers:
    return Registers(municipality.id).load()


@pytest.fixture
def ida(registers: Registers) -> UUID:
    found: UUID = apps.get_model("people", "Citizen").objects.get(source_id="1001").id
    return found


@pytest.fixture
def manager(municipality: Municipality, registers: Registers) -> Persona:
    return persona("leder", municipality, Role.MANAGER)


@pytest.fixture
def page(manager: Persona) -> Client:
    return logged_in_client(manager)


@pytest.fixture
def invoice(municipality: Municipality, unit: Unit, ida: UUID) -> Callable[..., Any]:
    """Place an invoice with one line for Ida's home."""
    grant = apps.get_model("grants", "Grant").objects.get(source_id="B0000017-9")
    service = grant.lines.get(line_no=1)

    def place(number: str, ore: int, period: Period, status: str = "ready") -> Any:
        def make(model: str, **facts: Any) -> Any:
            made = apps.get_model("invoices", model)
            return made.objects.create(municipality=municipality, unit=unit, **facts)

        now = datetime(2026, 5, 1, tzinfo=UTC)
        document = make(
            "Document", sha256=number.rjust(64, "0"), filename=f"{number}.xml", content=b"x", size=1, received_at=now
        )
        kind = "invoice" if ore >= 0 else "credit_note"
        made = make(
            "Invoice", document=document, format="oioubl2", kind=kind, supplier_cvr="12345674", number=number,
            issue_date=period.until, net_ore=ore, tax_ore=0, payable_ore=ore, status=status, received_at=now,
        )  # fmt: skip
        covers = {"period_start": period.start, "period_end": period.end}
        line = make("InvoiceLine", invoice=made, line_no=1, net_ore=ore, **covers)
        make("LineMatch", line=line, invoice=made, grant_id=grant.id, service_id=service.id, step="grant_number",
             candidates=1, contradicted=False, fit=1, doubtful=False)  # fmt: skip
        return made

    return place


def asked(page: Client, address: str) -> tuple[Any, int]:
    """The answer, and how often the database was asked, less the savepoints of the test's own transaction."""
    with CaptureQueriesContext(connection) as caught:
        answer = page.get(address)
    own = ("SAVEPOINT", "RELEASE")
    return answer, sum(not (query["sql"] or "").startswith(own) for query in caught.captured_queries)


def reads() -> list[tuple[str, str, int]]:
    return [(row.page, row.purpose, len(row.citizens)) for row in ReadLog.objects.order_by("id")]


def test_every_tab_opens_logs_the_read_and_stays_within_its_queries(
    page: Client, ida: UUID, invoice: Callable[..., Any]
) -> None:
    invoice("1", 100_00, Period(date(2026, 3, 1), date(2026, 4, 1)))
    for tab in TABS:
        answer, count = asked(page, f"/borgere/{ida}/{tab}")
        assert answer.status_code == 200, tab
        assert count <= (MOST if tab else MOST - 1), tab  # what comes to the front page next has room
        assert answer["Cache-Control"] == "no-store"
        assert reads()[-1][0] == f"/borgere/{ida}/{tab}"
        assert b"610180-1321" not in answer.content
        assert "610180-••••" in answer.content.decode()


def test_the_list_shows_everybody_and_logs_them_in_one_row(page: Client, registers: Registers) -> None:
    answer, count = asked(page, "/borgere/")
    assert count <= MOST
    told = answer.content.decode()
    assert "Ida Østergård" in told
    assert told.index("Ida Østergård") < told.index("Bo Aagaard")
    assert reads() == [("/borgere/", "borgerliste", 2)]


@pytest.mark.parametrize(
    ("query", "shown"),
    [("?navn=bo", ["Bo"]), ("?paragraf=SEL-107", ["Ida"]), ("?over=900000", ["Ida"]), ("?over=99999999", []),
     ("?afvigelser=on", []), ("?status=ja", []), ("?status=nej", ["Ida", "Bo"]), ("?enhed=vrøvl", ["Ida", "Bo"])],
)  # fmt: skip
def test_the_filter_lives_in_the_address(page: Client, registers: Registers, query: str, shown: list[str]) -> None:
    told = page.get(f"/borgere/{query}").content.decode()
    assert [name for name in ("Ida", "Bo") if f">{name} " in told] == shown


def test_an_excel_file_has_masked_numbers_and_is_logged_as_an_export(page: Client, registers: Registers) -> None:
    answer = page.get("/borgere/?hent=xlsx")
    assert answer["Content-Type"].endswith("spreadsheetml.sheet")
    assert b"1321" not in answer.content
    assert reads() == [("/borgere/", "borgerliste hentet som Excel", 2)]


def test_the_year_is_the_relations_to_the_ore_on_the_list_and_on_the_page(ida: UUID) -> None:
    frame = citizen_frame(citizen_id=ida, page="/x/", purpose="prøve", today=TODAY)
    months = expected_by_month(citizen_id=ida, from_month=date(2026, 1, 1), to_month=date(2026, 12, 1))
    economy = citizen_economy(frame, year=2026, month=None)
    total = sum(row.amount_ore for row in months)
    assert economy.year.expected_ore == total == expected_by_citizen(YEAR, [ida])[ida]
    assert total > 100_000_000
    assert sum(grant.expected_ore for grant in economy.grants) == total


def test_credit_notes_are_subtracted_rejected_left_out_and_what_waits_told_apart(
    ida: UUID, invoice: Callable[..., Any]
) -> None:
    march = Period(date(2026, 3, 1), date(2026, 4, 1))
    invoice("1", 50_000_00, march)
    invoice("2", -8_000_00, march)
    invoice("3", 7_000_00, march, "deviating")
    invoice("4", 999_00, march, "rejected")
    invoice("5", 1_000_00, Period(date(2025, 12, 17), date(2026, 1, 17)), "paid")
    frame = citizen_frame(citizen_id=ida, page="/x/", purpose="prøve", today=TODAY)
    economy = citizen_economy(frame, year=2026, month=date(2026, 3, 1))
    spent = economy.year.months[2]
    assert (spent.actual_ore, spent.waiting_ore) == (42_000_00, 7_000_00)
    assert economy.year.months[0].actual_ore == 516_13  # 16 of 31 days
    assert [ore for _, ore in economy.invoiced_rows] == [50_000_00, -8_000_00, 7_000_00]
    assert spent_and_running(YEAR, [ida], today=TODAY)[ida].spent_ore == economy.year.actual_ore
    assert len(invoiced_lines(ida, YEAR)) == 4


def test_the_row_behind_a_month_is_shown(page: Client, ida: UUID, invoice: Callable[..., Any]) -> None:
    invoice("F-77", 50_000_00, Period(date(2026, 3, 1), date(2026, 4, 1)))
    told = page.get(f"/borgere/{ida}/oekonomi/?maaned=2026-03").content.decode()
    assert "Bag marts 2026" in told
    assert "F-77" in told
    assert "B0000017-9" in told


def test_somebody_of_another_unit_gets_404_and_leaves_no_row(
    ida: UUID, municipality: Municipality, other_unit: Unit
) -> None:
    neighbour = logged_in_client(persona("nabo", municipality, Role.MANAGER, other_unit))
    for tab in (*TABS, "ret/"):
        assert neighbour.get(f"/borgere/{ida}/{tab}").status_code == 404
    assert neighbour.post(f"/borgere/{ida}/cpr/", {"reason": "kontrol af faktura"}).status_code == 404
    assert neighbour.post(f"/borgere/{ida}/adresse/", {"reason": "kontrol af faktura"}).status_code == 404
    assert reads() == []


def test_only_those_who_see_logs_see_who_looked(ida: UUID, municipality: Municipality) -> None:
    worker = logged_in_client(persona("mia", municipality, Role.CASEWORKER))
    assert worker.get(f"/borgere/{ida}/opslag/").status_code == 403
    assert "Hvem har set" not in worker.get(f"/borgere/{ida}/").content.decode()


class TestReveal:
    def test_the_number_is_shown_once_and_the_reason_is_kept(self, page: Client, ida: UUID) -> None:
        answer = page.post(
            f"/borgere/{ida}/cpr/",
            {"reason": "kontrol af faktura", "note": "faktura 12"},
            headers={"Accept": "application/json"},
        )
        assert answer.json() == {"value": "610180-1321", "seconds": 45}
        assert answer["Cache-Control"] == "no-store"
        assert reads() == [(f"/borgere/{ida}/cpr/", "cpr vist: kontrol af faktura (faktura 12)", 1)]

    def test_without_a_script_a_page_shows_it_and_leaves_again(self, page: Client, ida: UUID) -> None:
        answer = page.post(f"/borgere/{ida}/cpr/", {"reason": "kontrol af faktura"})
        assert b"610180-1321" in answer.content
        assert answer["Refresh"] == f"45; url=/borgere/{ida}/"
        assert answer["Cache-Control"] == "no-store"

    @pytest.mark.parametrize("told", [{}, {"reason": "andet"}, {"reason": "andet", "note": "om 610180-1321"}])
    def test_without_a_reason_nothing_is_shown_or_logged(self, page: Client, ida: UUID, told: dict[str, str]) -> None:
        answer = page.post(f"/borgere/{ida}/cpr/", told, headers={"Accept": "application/json"})
        assert answer.status_code == 422
        assert b"1321" not in answer.content
        assert reads() == []

    def test_it_cannot_be_asked_for_by_an_address(self, page: Client, ida: UUID) -> None:
        assert page.get(f"/borgere/{ida}/cpr/").status_code == 405

    def test_a_negotiator_may_not(self, ida: UUID, municipality: Municipality) -> None:
        other = logged_in_client(persona("kim", municipality, Role.NEGOTIATOR))
        assert other.post(f"/borgere/{ida}/cpr/", {"reason": "kontrol af faktura"}).status_code == 403
        assert reads() == []

    def test_a_protected_address_is_nowhere_until_asked_for(self, page: Client, ida: UUID) -> None:
        apps.get_model("people", "Citizen").objects.filter(id=ida).update(protected_from=date(2026, 1, 1))
        for tab in TABS:
            assert "Ellevej" not in page.get(f"/borgere/{ida}/{tab}").content.decode(), tab
        answer = page.post(
            f"/borgere/{ida}/adresse/", {"reason": "andet", "note": "brev"}, headers={"Accept": "application/json"}
        )
        assert answer.json()["value"] == "Ellevej 1, 9999 Eksempel"
        assert reads()[-1][1] == "adresse vist: andet (brev)"


class TestFind:
    def test_a_whole_number_by_post_leads_to_the_citizen(self, page: Client, ida: UUID) -> None:
        assert page.post("/borgere/find/", {"cpr": "610180 1321"})["Location"] == f"/borgere/{ida}/"

    @pytest.mark.parametrize("written", ["", "610180", "6101801322"])
    def test_anything_else_leads_back(self, page: Client, ida: UUID, written: str) -> None:
        assert page.post("/borgere/find/", {"cpr": written})["Location"] == "/borgere/"

    def test_a_number_of_another_unit_is_not_there(
        self, ida: UUID, municipality: Municipality, other_unit: Unit
    ) -> None:
        neighbour = logged_in_client(persona("nabo", municipality, Role.CASEWORKER, other_unit))
        assert neighbour.post("/borgere/find/", {"cpr": "6101801321"})["Location"] == "/borgere/"


class TestEditing:
    def sent(self, page: Client, ida: UUID, **changed: str) -> Any:
        form = page.get(f"/borgere/{ida}/ret/").context["form"]
        told = {name: "" if value is None else str(value) for name, value in form.initial.items()}
        return page.post(f"/borgere/{ida}/ret/", {**told, "_once": "m", **changed})

    def test_facts_are_changed_and_last_days_are_inclusive(self, page: Client, ida: UUID) -> None:
        assert self.sent(page, ida, moved_last="2026-10-31").status_code == 302
        assert apps.get_model("people", "Citizen").objects.get(id=ida).moved_out == date(2026, 11, 1)

    def test_a_refusal_stands_in_the_form(self, page: Client, ida: UUID) -> None:
        answer = self.sent(page, ida, died_on="2030-01-01")
        assert "Dødsdatoen ligger i fremtiden." in answer.content.decode()

    def test_a_conflict_tells_what_the_other_changed_and_the_next_saving_builds_on_it(
        self, page: Client, ida: UUID
    ) -> None:
        form = page.get(f"/borgere/{ida}/ret/").context["form"]
        told = {name: "" if value is None else str(value) for name, value in form.initial.items()}
        self.sent(page, ida, died_on="2026-11-02")
        answer = page.post(f"/borgere/{ida}/ret/", {**told, "_once": "n", "moved_last": "2026-10-31"})
        shown = answer.content.decode()
        assert "har rettet siden" in shown
        assert "2. nov. 2026" in shown
        version = answer.context["form"].data["version"]
        again = {**told, "_once": "o", "version": version, "moved_last": "2026-10-31", "died_on": "2026-11-02"}
        assert page.post(f"/borgere/{ida}/ret/", again).status_code == 302

    def test_guardians_and_consents_are_added_and_ended(self, page: Client, ida: UUID) -> None:
        told = {"_once": "a", "name": "Eva Prøve", "kind": "værge", "starts": "2026-01-01", "last_day": ""}
        page.post(f"/borgere/{ida}/vaerge/", told)
        guardian = apps.get_model("people", "Guardian").objects.get(name="Eva Prøve")
        page.post(f"/borgere/{ida}/vaerge/{guardian.id}/ophoer/", {"_once": "b"})
        guardian.refresh_from_db()
        assert guardian.ends == date(2026, 11, 22)
        page.post(
            f"/borgere/{ida}/samtykke/",
            {"_once": "c", "purpose": "deling", "given_by": "borgeren", "given_on": "2026-11-01"},
        )
        consent = apps.get_model("people", "Consent").objects.get(purpose="deling")
        page.post(f"/borgere/{ida}/samtykke/{consent.id}/traek/", {"_once": "d"})
        consent.refresh_from_db()
        assert consent.withdrawn_on == TODAY

    def test_an_auditor_edits_nothing(self, ida: UUID, municipality: Municipality) -> None:
        auditor = logged_in_client(persona("rita", municipality, Role.AUDITOR))
        assert auditor.get(f"/borgere/{ida}/").status_code == 200
        assert auditor.get(f"/borgere/{ida}/ret/").status_code == 403
