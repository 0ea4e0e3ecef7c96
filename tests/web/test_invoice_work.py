"""An invoice for many, another grant found by search, a follow-up handed over, and the queue narrowed by its fields."""

import os
from itertools import product
from pathlib import Path

import psycopg
import pytest
from django.db import connection
from django.test import Client
from playwright.sync_api import Browser
from pytest_django import DjangoAssertNumQueries
from pytest_django.live_server_helper import LiveServer

from loggedin import send
from person import PASSWORD
from styr.access.models import Municipality, Unit, User
from styr.access.scope import service_scope
from styr.invoices.models import FollowUp, Invoice, ManualMatch

from .conftest import opened
from .invoice_crowd import GRANTS, NUMBER, crowd
from .invoice_town import build


@pytest.fixture
def town(transactional_db: None, administrator: psycopg.Connection, tmp_path: Path) -> Municipality:
    return build(tmp_path / "files", administrator, PASSWORD, more=crowd)


@pytest.fixture
def lone(town: Municipality, client: Client) -> Client:
    client.post("/konto/log-ind/", {"login": "lone", "password": PASSWORD})
    return client


def text_of(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200, address
    return answer.content.decode()


def test_an_invoice_for_twelve_is_compared_claim_by_claim_and_decided(
    lone: Client, town: Municipality, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    with service_scope(town.id, "test"):
        found = Invoice.objects.get(number=NUMBER)
    address = f"/fakturaer/{found.id}/"
    lone.get(address)
    with django_assert_max_num_queries(12, connection=connection):
        shown = text_of(lone, address)
    assert "Fakturaen gælder 12 ydelser" in shown
    assert "12 borgere" in shown
    assert shown.count('<details class="claim"') == 12
    assert shown.count('" open><summary>') == 2, "the two that deviate stand open"
    seen = shown.partition('name="set" value="')[2].partition('"')[0]
    fields = {"set": seen, "begrundelse": "To linjer er forkerte", "kraeves": "4.550,00", "frist": "2026-12-20"}
    assert send(lone, address + "afvis/", fields).status_code == 302
    with service_scope(town.id, "test"):
        assert FollowUp.objects.get().claimed_ore == 455_000


def test_the_queue_is_narrowed_a_grant_found_by_search_and_a_follow_up_handed_over(
    lone: Client, town: Municipality, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    with service_scope(town.id, "test"):
        found = Invoice.objects.get(number="2026-101")
        unit = Unit.objects.get(number="11")
        other = Unit.objects.get(number="12")
        erik, mette = User.objects.get(username="erik"), User.objects.get(username="mette")
    with django_assert_max_num_queries(12, connection=connection):
        shown = text_of(lone, f"/fakturaer/?visning=alle&enhed={unit.id}&leverandoer=solg")
    assert f"Enhed: {unit.name}" in shown
    assert "Ingen fakturaer passer til filteret" in text_of(lone, f"/fakturaer/?visning=alle&enhed={other.id}")
    assert "Ingen fakturaer passer til filteret" in text_of(lone, "/fakturaer/?visning=alle&leverandoer=findes+ikke")
    assert text_of(lone, f"/fakturaer/{found.id}/?visning=alle&enhed={unit.id}")

    match = f"/fakturaer/{found.id}/bevilling/"
    assert "en anden borger" not in text_of(lone, match + "?q=B1000001-2")
    for words in (GRANTS[4], "Navn5 Nummer"):
        shown = text_of(lone, f"{match}?q={words}")
        assert "Navn5 Nummer" in shown
        assert "prisen er en anden" in shown
    assert "Ingen bevilling fundet" in text_of(lone, match + "?q=ukendt")
    with service_scope(town.id, "test"):
        line = found.lines.get()
        grant_id = Invoice.objects.get(number=NUMBER).matches.get(line__line_no=5).grant_id
    fields = {"linje": str(line.id), "valg": f"{grant_id}|", "begrundelse": "Leverandøren skrev det forkerte nummer."}
    assert send(lone, match + "?q=Navn5", fields).status_code == 302
    with service_scope(town.id, "test"):
        assert ManualMatch.objects.get().grant_id == grant_id

    address = f"/fakturaer/{found.id}/"
    seen = text_of(lone, address).partition('name="set" value="')[2].partition('"')[0]
    fields = {"set": seen, "begrundelse": "For dyr", "kraeves": "100,00", "frist": "2026-12-20"}
    send(lone, address + "afvis/", fields)
    with service_scope(town.id, "test"):
        follow = FollowUp.objects.get()
    page = f"/fakturaer/opfoelgning/{follow.id}/"
    shown = text_of(lone, page)
    assert f'value="{erik.id}">Erik' in shown
    assert f'value="{mette.id}"' not in shown, "a caseworker cannot settle it"
    given = {"version": str(follow.version), "frist": "2026-12-24", "ansvarlig": str(mette.id)}
    assert send(lone, page, given).status_code == 422
    assert send(lone, page, {**given, "ansvarlig": str(erik.id)}).status_code == 302
    with service_scope(town.id, "test"):
        assert FollowUp.objects.get().owner_id == erik.id


@pytest.mark.browser
def test_the_pages_of_an_invoice_for_twelve_fit_and_are_accessible(
    browser: Browser, live_server: LiveServer, town: Municipality
) -> None:
    with service_scope(town.id, "test"):
        found = Invoice.objects.get(number=NUMBER)
    with opened(browser, live_server.url, "light", 1440) as site:
        site.log_in("lone")
        looks = (("samlet", f"/fakturaer/{found.id}/"), ("match", f"/fakturaer/{found.id}/bevilling/?q=Navn"))
        for width, (name, path) in product((1440, 390), looks):
            site.page.set_viewport_size({"width": width, "height": 900})
            site.open(path)
            if folder := os.environ.get("STYR_PICTURES"):
                site.page.screenshot(path=f"{folder}/{name}-{width}.png", full_page=True)
            assert site.accessibility_faults() == [], path
            assert site.page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"), path
        assert site.complaints == []
