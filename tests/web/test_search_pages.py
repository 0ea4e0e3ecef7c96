"""Search, settings and help through the client: what is found and by whom, what is logged, what is written."""

from datetime import date

import pytest
from django.test import Client
from django.urls import reverse

from db.registers.registers import Registers
from loggedin import logged_in_client, send
from personas import Persona, persona
from styr.access.core.roles import Role
from styr.access.models import Municipality, Unit
from styr.audit.models import ReadLog
from styr.controls.core.registry import REGISTRY
from styr.workspace.core.glossary import glossary
from styr.workspace.core.guides import GUIDES

pytestmark = pytest.mark.django_db
PALETTE = {"HTTP_X_PALETTE": "1"}


@pytest.fixture
def lone(scope: str, municipality: Municipality) -> Client:
    Registers(municipality.id).load()
    return logged_in_client(persona("lone", municipality, Role.ECONOMIST))


@pytest.fixture
def alma(scope: str, municipality: Municipality) -> Client:
    return logged_in_client(persona("alma", municipality, Role.ADMINISTRATOR))


def text(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200, address
    return str(answer.content.decode())


def test_the_palette_finds_people_pages_and_actions(lone: Client) -> None:
    found = lone.get("/soeg/?q=øster", **PALETTE).content.decode()
    assert "Ida Østergård" in found
    assert "610180-••••" in found
    assert "Opsætning" in lone.get("/soeg/?q=opsæt", **PALETTE).content.decode()
    assert "Dobbeltbevilling" in lone.get("/soeg/?q=dobbelt", **PALETTE).content.decode()


def test_a_cpr_number_is_found_when_posted_and_never_by_its_address(lone: Client) -> None:
    refused = text(lone, "/soeg/?q=610180-1321")
    assert "Ida" not in refused
    assert "må ikke stå i en adresse" in refused
    found = lone.post("/soeg/", {"q": "610180-1321"}).content.decode()
    assert "Ida Østergård" in found
    assert [log.purpose for log in ReadLog.objects.all()] == ["søgning på CPR-nummer"]


def test_an_administrator_finds_pages_and_nobody(lone: Client, alma: Client) -> None:
    found = alma.get("/soeg/?q=øster", **PALETTE).content.decode()
    assert "Ida" not in found
    assert "Brugere og roller" in alma.get("/soeg/?q=brugere", **PALETTE).content.decode()


def test_help_explains_every_control_and_every_word(lone: Client) -> None:
    page = text(lone, "/hjaelp/kontroller/")
    assert all(control.code in page for control in REGISTRY.controls)
    words = text(lone, "/hjaelp/ordliste/")
    assert all(term.word in words for term in glossary())
    for guide in GUIDES:
        assert guide.title in text(lone, reverse("help_guide", args=[guide.slug]))
    assert lone.get("/hjaelp/saadan/findes-ikke/").status_code == 404


@pytest.mark.parametrize("role", list(Role))
def test_every_role_has_a_start_and_a_tour_of_pages_it_may_open(
    scope: str, municipality: Municipality, role: Role
) -> None:
    client = logged_in_client(persona("nogen", municipality, role))
    assert client.get("/").status_code == 200
    steps = client.get("/hjaelp/rundvisning/trin/").json()["steps"]
    assert steps
    for address in {step["address"] for step in steps}:
        answer = client.get(address)
        assert answer.status_code == 200, address
        assert "workspace/css/tour" in answer.content.decode(), "the panel is drawn on every page of the tour"


def test_the_accessibility_statement_is_open_to_all(client: Client, lone: Client) -> None:
    assert "Digitaliseringsstyrelsen" in text(client, "/tilgaengelighed/")
    assert "Eksempel Kommune" in text(lone, "/tilgaengelighed/")


def test_a_rule_and_a_closing_day_are_set_on_the_pages(lone: Client) -> None:
    rule = {"first": "SEL-85", "second": "SEL-107", "verdict": "warn", "starts": "2027-01-01", "note": "Aftalt"}
    assert send(lone, "/opsaetning/samtidige-bevillinger/", rule).status_code == 302
    assert "Kommunens" in text(lone, "/opsaetning/samtidige-bevillinger/")
    made = send(lone, "/opsaetning/kalendere/", {"code": "Nord"})
    assert send(lone, made["Location"], {"first": "2027-07-05", "last": "2027-07-09"}).status_code == 302
    assert "5 lukkedage i 2027" in text(lone, made["Location"] + "?aar=2027")


@pytest.mark.parametrize("path", ["/opsaetning/samtidige-bevillinger/", "/opsaetning/kalendere/"])
def test_only_who_may_change_settings_changes_them(
    scope: str, municipality: Municipality, unit: Unit, path: str
) -> None:
    sara: Persona = persona("sara", municipality, Role.CASEWORKER, unit)
    client = logged_in_client(sara)
    assert client.get(path).status_code == 200
    assert send(client, path, {"code": "Nord", "starts": str(date(2027, 1, 1))}).status_code == 403


def test_the_calendar_is_fetched_by_its_key_alone(client: Client, lone: Client) -> None:
    send(lone, "/kalender/")
    page = text(lone, "/kalender/")
    key = page.partition("noegle=")[2].partition('"')[0]
    answer = client.get("/kalender/frister.ics", {"noegle": key})
    assert answer.status_code == 200
    assert answer["Content-Type"].startswith("text/calendar")
    assert client.get("/kalender/frister.ics", {"noegle": key + "x"}).status_code == 404
    assert "noegle=" not in text(lone, "/kalender/")


def test_a_saved_filter_stands_in_the_list_and_leads_back_to_it(lone: Client) -> None:
    given = {"sti": "/afvigelser/", "forespoergsel": "?type=duplicate_grant", "navn": "Dobbelte"}
    assert send(lone, "/filtre/ny/", dict(given))["Location"] == "/afvigelser/?type=duplicate_grant"
    assert "Dobbelte" in text(lone, "/afvigelser/")
    assert send(lone, "/filtre/ny/", {**given, "sti": "https://andre.dk/"})["Location"].startswith("/?")
