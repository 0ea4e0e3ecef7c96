"""The pages of findings through the client: who is let in, what is written, how often the database is asked."""

from datetime import UTC, datetime
from uuid import UUID

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from loggedin import logged_in_client, send
from personas import Persona, persona
from placed_findings import place_finding
from styr.access.core.roles import Role
from styr.access.models import Municipality, Unit
from styr.access.scope import service_scope
from styr.controls.models import Finding, FindingDecision, FindingNote
from styr.workspace.models import Notice

pytestmark = pytest.mark.django_db
SEEN = "0" * 32
OWN = 2  # the request's transaction, which inside a test's own is a savepoint and its release
NOW = datetime(2026, 11, 21, 12, tzinfo=UTC)


@pytest.fixture
def lone(scope: str, municipality: Municipality) -> Persona:
    return persona("lone", municipality, Role.ECONOMIST)


@pytest.fixture
def sara(scope: str, municipality: Municipality, unit: Unit) -> Persona:
    return persona("sara", municipality, Role.CASEWORKER, unit)


@pytest.fixture
def rita(scope: str, municipality: Municipality) -> Persona:
    return persona("rita", municipality, Role.AUDITOR)


@pytest.fixture
def placed(scope: str, municipality: Municipality, unit: Unit, other_unit: Unit) -> list[UUID]:
    made = [
        place_finding(municipality_id=municipality.id, unit_id=unit.id, amount_ore=ore, number=f"B000000{ore}-1")
        for ore in (300, 200, 100)
    ]
    made.append(
        place_finding(municipality_id=municipality.id, unit_id=other_unit.id, amount_ore=400, number="B4444444-4")
    )
    return made


def decision(**more: object) -> dict[str, object]:
    return {"verdict": "mend", "reason": "Kontrakten er på vej.", "seen": SEEN, **more}


def test_a_finding_is_decided_and_the_next_of_the_list_is_opened(placed: list[UUID], lone: Persona) -> None:
    client = logged_in_client(lone)
    answer = send(client, reverse("finding_decide", args=[placed[0]]), decision(liste="rolle=negotiator"))
    assert answer.status_code == 302
    assert answer["Location"] == f"/afvigelser/{placed[3]}/?liste=rolle%3Dnegotiator"
    kept = FindingDecision.objects.get()
    assert (kept.verdict, kept.reason, kept.decided_by_id) == ("mend", "Kontrakten er på vej.", lone.user.id)
    told = client.get("/afvigelser/").content.decode()
    assert "Afgjort som" in told
    assert reverse("finding_undo", args=[placed[0]]) in told


def test_a_form_sent_twice_decides_once(placed: list[UUID], lone: Persona) -> None:
    client, fields = logged_in_client(lone), decision(_once="den samme")
    for _ in range(2):
        assert client.post(reverse("finding_decide", args=[placed[0]]), fields).status_code == 302
    assert FindingDecision.objects.count() == 1


def test_undo_is_a_new_decision(placed: list[UUID], lone: Persona) -> None:
    client = logged_in_client(lone)
    send(client, reverse("finding_decide", args=[placed[0]]), decision())
    for _ in range(2):
        send(client, reverse("finding_undo", args=[placed[0]]))
    assert [one.verdict for one in FindingDecision.objects.order_by("id")] == ["mend", "reopen"]
    assert Finding.objects.get(id=placed[0]).status == "open"


def test_when_the_evidence_changed_the_words_stay_and_the_change_is_shown(placed: list[UUID], lone: Persona) -> None:
    changed = {"number": "B0000300-1", "section": "SEL-85", "starts": "2026-01-01", "ends": "2027-01-01"}
    Finding.objects.filter(id=placed[0]).update(fingerprint="f" * 32, evidence=changed)
    answer = send(logged_in_client(lone), reverse("finding_decide", args=[placed[0]]), decision())
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "SEL § 107" in page
    assert "SEL § 85" in page
    assert "Kontrakten er på vej." in page
    assert 'value="' + "f" * 32 in page
    assert not FindingDecision.objects.exists()


def test_a_decision_without_a_reason_says_so_at_the_field(placed: list[UUID], lone: Persona) -> None:
    answer = send(logged_in_client(lone), reverse("finding_decide", args=[placed[0]]), decision(reason=" "))
    assert answer.status_code == 200
    assert "det eneste, den næste har at gå ud fra" in answer.content.decode()
    assert not FindingDecision.objects.exists()


def test_many_are_shown_before_they_are_decided_together(placed: list[UUID], lone: Persona) -> None:
    client, chosen = logged_in_client(lone), placed[:2]
    page = client.post(reverse("findings_selected"), {"valgt": [str(one) for one in chosen]}).content.decode()
    assert all(f"{one}:{SEEN}" in page for one in chosen)
    assert not FindingDecision.objects.exists()
    answer = send(client, reverse("findings_decide"), decision(seen="-", set=[f"{one}:{SEEN}" for one in chosen]))
    assert answer.status_code == 302
    assert FindingDecision.objects.count() == 2


def test_a_finding_is_handed_over_with_a_note_and_the_colleague_is_told(
    placed: list[UUID], lone: Persona, sara: Persona
) -> None:
    client = logged_in_client(lone)
    send(client, reverse("finding_hand_over", args=[placed[0]]), {"hos": str(sara.user.id)})
    send(client, reverse("finding_note", args=[placed[0]]), {"text": "Ring til dem."})
    assert FindingNote.objects.get().text == "Ring til dem."
    told = logged_in_client(sara).get("/beskeder/").content.decode()
    assert "er lagt hos dig" in told
    assert "2 nye" in told
    assert Notice.objects.count() == 0  # the job of the test is nobody: it reads no notices


@pytest.mark.parametrize(
    "page", ["finding_decide", "finding_undo", "finding_reopen", "finding_hand_over", "finding_note"]
)
def test_an_auditor_reads_and_writes_nothing(placed: list[UUID], rita: Persona, page: str) -> None:
    client = logged_in_client(rita)
    assert client.get(reverse("finding", args=[placed[0]])).status_code == 200
    assert send(client, reverse(page, args=[placed[0]]), decision(text="x", hos="")).status_code == 403
    assert "Afgør valgte" not in client.get("/afvigelser/").content.decode()


@pytest.mark.parametrize("page", ["finding_decide", "finding_note", "finding_hand_over"])
def test_a_finding_of_another_unit_cannot_be_touched(placed: list[UUID], sara: Persona, page: str) -> None:
    client = logged_in_client(sara)
    assert client.get(reverse("finding", args=[placed[3]])).status_code == 404
    send(client, reverse(page, args=[placed[3]]), decision(text="x", hos=str(sara.user.id)))
    assert not FindingDecision.objects.exists()
    assert not FindingNote.objects.exists()


@pytest.mark.parametrize(
    ("query", "shown"),
    [
        ("", 4), ("?type=grant_without_contract", 4), ("?type=duplicate_grant", 0), ("?rolle=negotiator", 4),
        ("?rolle=economist", 0), ("?mindst=3", 2), ("?hoejst=2", 2), ("?paragraf=SEL-107", 4), ("?paragraf=SEL-85", 0),
        ("?stop=on", 0), ("?hos=mig", 0),
        ("?hos=ingen", 4), ("?status=afgjort", 0), ("?status=alle", 4), ("?alvor=error", 4), ("?alvor=info", 0),
        ("?borger=01a20080-fd09-708c-8a86-493dda90e4f0", 0),
        ("?type=%00", 4), ("?type=" + "x" * 3000, 4), ("?side=99999999", 4), ("?rolle=%27%3B--", 4),
        ("?borger=ingen", 4),
    ],
)  # fmt: skip
def test_the_filter_lives_in_the_address(placed: list[UUID], lone: Persona, query: str, shown: int) -> None:
    page = logged_in_client(lone).get("/afvigelser/" + query).content.decode()
    assert f"{shown} {'afvigelse' if shown == 1 else 'afvigelser'}" in page


def test_the_list_is_handed_out_as_a_spreadsheet(placed: list[UUID], lone: Persona) -> None:
    answer = logged_in_client(lone).get("/afvigelser/?hent=xlsx")
    assert answer.status_code == 200
    assert answer.content[:2] == b"PK"


def test_every_page_keeps_to_twelve_queries(
    placed: list[UUID], lone: Persona, municipality: Municipality, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    with service_scope(municipality.id, "test"):
        Finding.objects.filter(id=placed[0]).update(
            citizen_id=placed[1], supplier_id=placed[1], grant_id=placed[1], invoice_id=placed[1]
        )
    client = logged_in_client(lone)
    for page in ("/afvigelser/", f"/afvigelser/{placed[0]}/", "/", "/frister/", "/beskeder/", "/filtre/", "/kalender/"):
        with django_assert_max_num_queries(12 + OWN, connection=connection, info=page):
            assert client.get(page).status_code == 200, page


def test_a_stranger_is_asked_to_log_in(client: Client, placed: list[UUID]) -> None:
    for page in ("/", "/afvigelser/", f"/afvigelser/{placed[0]}/", "/soeg/", "/opsaetning/", "/hjaelp/", "/beskeder/"):
        assert client.get(page)["Location"].startswith("/konto/log-ind/"), page


def test_the_empty_start_page_leads_to_ones_own_spreadsheet(lone: Persona) -> None:
    page = logged_in_client(lone).get("/").content.decode()
    assert "Kom i gang med dit eget regneark" in page
    assert reverse("first_day") in page


def test_the_start_page_tells_what_came_back(placed: list[UUID], lone: Persona) -> None:
    page = logged_in_client(lone).get("/").content.decode()
    assert "Hentet hjem i" in page
    assert reverse("followups") in page
