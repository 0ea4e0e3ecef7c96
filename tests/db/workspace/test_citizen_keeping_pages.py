"""The pages of access requests and retention: what two people do, from the list of what is due to the certificate."""

import io
import zipfile
from datetime import date
from typing import Any
from uuid import UUID

import pytest
from django.apps import apps
from django.db import connection
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from db.registers.registers import Registers
from loggedin import logged_in_client
from personas import persona
from styr.access.core.roles import Role
from styr.access.models import Municipality, Unit
from styr.kernel import clock
from styr.workspace.citizens_gathering import gather_request

pytestmark = pytest.mark.django_db
TODAY = date(2032, 6, 1)


@pytest.fixture
def ida(municipality: Municipality, scope: str, monkeypatch: pytest.MonkeyPatch) -> UUID:
    monkeypatch.setattr(clock, "today", lambda: TODAY)
    Registers(municipality.id).load()
    grants = apps.get_model("grants", "Grant").objects
    grants.filter(source_id="B0000017-9").update(status="stopped", ends=date(2027, 1, 1))
    found: UUID = apps.get_model("people", "Citizen").objects.get(source_id="1001").id
    return found


@pytest.fixture
def lawyers(municipality: Municipality, ida: UUID) -> list[Client]:
    return [logged_in_client(persona(name, municipality, Role.LAWYER)) for name in ("anna", "bent")]


def shown(page: Client) -> str:
    return page.get("/opsaetning/opbevaring/").content.decode()


def step(page: Client, erasure: UUID, handling: str, mark: str, **more: str) -> str:
    answer = page.post(f"/opsaetning/opbevaring/{erasure}/", {"_once": mark, "handling": handling, **more})
    assert answer.status_code == 302
    return shown(page)


def test_two_people_erase_a_citizen_from_the_list_of_what_is_due_to_the_certificate(
    lawyers: list[Client], ida: UUID
) -> None:
    anna, bent = lawyers
    assert "Ida Østergård" in shown(anna)
    anna.post(f"/opsaetning/opbevaring/borger/{ida}/", {"_once": "a"})
    made = apps.get_model("people", "Erasure").objects.get().id
    assert "afleveres til arkivet" in step(anna, made, "godkend", "b")
    step(anna, made, "pakke", "c")
    package = anna.post(f"/opsaetning/opbevaring/{made}/pakke/")
    assert zipfile.ZipFile(io.BytesIO(package.content)).testzip() is None
    assert "Ida" not in package["Content-Disposition"]
    assert "kvittering ARK-7" in step(anna, made, "kvittering", "d", kvittering="ARK-7")
    assert "afventer en anden" in step(anna, made, "godkend", "e")
    step(bent, made, "godkend", "f")
    told = step(bent, made, "slet", "g")
    assert "1 bevillinger" in told
    assert "Godkendt af Anna" in told
    assert "Ida" not in told
    assert anna.get(f"/borgere/{ida}/").status_code == 404


def test_the_page_stays_within_its_queries(
    lawyers: list[Client], django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_max_num_queries(12, connection=connection):
        assert lawyers[0].get("/opsaetning/opbevaring/").status_code == 200


def test_an_own_rule_is_set_on_the_page(lawyers: list[Client]) -> None:
    told = {"_once": "r", "case_kind": "adult", "years": "8", "archived": "on", "basis": "Byrådet 2031",
            "valid_from": "2031-01-01"}  # fmt: skip
    lawyers[0].post("/opsaetning/opbevaring/regel/", told)
    written = shown(lawyers[0])
    assert "Byrådet 2031" in written
    assert "Intet er forfaldent" in written


@pytest.mark.parametrize("role", [Role.CASEWORKER, Role.ECONOMIST, Role.AUDITOR])
def test_others_may_neither_keep_records_nor_hand_out(municipality: Municipality, ida: UUID, role: Role) -> None:
    page = logged_in_client(persona("kim", municipality, role))
    assert page.get("/opsaetning/opbevaring/").status_code == 403
    assert page.get(f"/borgere/{ida}/indsigt/").status_code == 403


def test_an_access_request_is_ordered_followed_and_fetched(
    lawyers: list[Client], ida: UUID, monkeypatch: pytest.MonkeyPatch, municipality: Municipality
) -> None:
    page = lawyers[0]
    page.post(f"/borgere/{ida}/indsigt/", {"_once": "a", "reason": "Borgeren har bedt om indsigt"})
    page.post(f"/borgere/{ida}/indsigt/", {"_once": "a", "reason": "Borgeren har bedt om indsigt"})
    made: Any = apps.get_model("people", "DataRequest").objects.get()
    waiting = page.get(f"/borgere/{ida}/indsigt/{made.id}/").content.decode()
    assert "hx-get" in waiting
    assert "Ida" not in waiting
    gather_request(municipality_id=municipality.id, request_id=made.id, now=clock.now())
    assert "Hent" in page.get(f"/borgere/{ida}/indsigt/{made.id}/").content.decode()
    file = page.post(f"/borgere/{ida}/indsigt/{made.id}/fil/")
    assert file["Cache-Control"] == "no-store"
    assert zipfile.ZipFile(io.BytesIO(file.content)).testzip() is None
    last = apps.get_model("audit", "ReadLog").objects.latest("id")
    assert (str(last.actor), last.purpose) == ("Anna", "indsigt: alle oplysninger hentet")


def test_another_units_lawyer_gets_nothing(municipality: Municipality, ida: UUID, other_unit: Unit) -> None:
    page = logged_in_client(persona("kim", municipality, Role.LAWYER, other_unit))
    assert page.get(f"/borgere/{ida}/indsigt/").status_code == 404
    assert "Ida" not in shown(page)
