"""Tenders in the browser and page by page: from the rides to a winner, by two people, within few queries."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from types import SimpleNamespace
from typing import TYPE_CHECKING

import pytest
from django.conf import settings
from django.db import connection
from django.test.utils import CaptureQueriesContext
from playwright.sync_api import expect

from db.tenders.rides import ASKED, NOW, filled, load
from loggedin import logged_in_client, send
from personas import Persona, persona
from styr.access.core.roles import Role
from styr.access.scope import service_scope
from styr.tenders import asking, bidding, preparing
from styr.tenders.bidding import Received
from styr.tenders.models import Bid, Tender
from styr.trips.ordering import By
from web.conftest import opened

if TYPE_CHECKING:
    from pathlib import Path
    from uuid import UUID

    from django.test import Client
    from playwright.sync_api import Browser
    from pytest_django.live_server_helper import LiveServer

    from person import Site
    from styr.access.models import Municipality

UNTIL = datetime(2026, 8, 20, 10, tzinfo=UTC)
MOST = 12 + 2
"""Queries a page, and the two that the test client's own transaction takes."""
EMPTY = (
    *("offentliggoer", "krav", "bedoemmelse", "spoergsmaal", "tilbud", "aabn", "point", "tildel", "habilitet", "frist"),
    *("indbyd", "annuller", "delaftaler", "underret", "indgaa"),
)
"""Acts that take a form; sent empty they say what is missing."""
KLIT = {1: ("40", "11", "0"), 2: ("40", "11", "0")}
TAXA = {1: ("60", "12", "0")}
PARTS = ("omfang", "materiale", "spoergsmaal", "tilbud", "vurdering", "afgoerelse")


@pytest.fixture(autouse=True)
def in_july(monkeypatch: pytest.MonkeyPatch) -> None:
    """It is July 2026 until a test says otherwise."""
    _it_is(monkeypatch, NOW)


def _it_is(monkeypatch: pytest.MonkeyPatch, now: datetime) -> None:
    """The pages' own clock alone: sessions and tokens keep the real time."""
    told = SimpleNamespace(today=now.date, now=lambda: now)
    for module in ("styr.trips.web.acting", "styr.tenders.web.views", "styr.tenders.web.files"):
        monkeypatch.setattr(f"{module}.clock", told)


@pytest.mark.django_db
def test_every_part_in_every_state_within_twelve_queries(
    municipality: Municipality, scope: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    load(municipality.id)
    people = [
        persona(role.value, municipality, role, None)
        for role in (Role.TRANSPORT_COORDINATOR, Role.MANAGER, Role.ADMINISTRATOR)
    ]
    mie, lone, admin = (logged_in_client(one) for one in people)
    made = preparing.make_tender(asked=ASKED, by=_by(municipality.id, people[0], NOW))
    address = f"/befordring/udbud/{made}/"
    assert admin.get(address).status_code == 403
    assert admin.get("/befordring/udbud/").status_code == 403
    _looked_at(mie, address)
    for word in EMPTY:
        assert send(lone, f"{address}{word}/").status_code in {302, 422}, word
    for name in ("papirer/udbudsmateriale.pdf", "papirer/udbudsmateriale.docx", "prisskema.xlsx"):
        answer = mie.get(address + name)
        assert answer.status_code == 200, name
        assert b"Hemmelig" not in answer.content
    assert mie.get(f"{address}papirer/indstilling.pdf").status_code == 404, "nothing to say before the bids are open"
    _bid_on(municipality.id, made, people)
    _looked_at(mie, address)
    _it_is(monkeypatch, UNTIL + timedelta(minutes=5))
    for client in (mie, lone):
        send(client, f"{address}habilitet/", {"konflikt": "0"})
        send(client, f"{address}aabn/")
    assert Tender.objects.get(id=made).state == "opened"
    _looked_at(mie, address)
    first, second = Bid.objects.filter(tender_id=made).order_by("bidder")
    criteria = list(Tender.objects.get(id=made).criteria.all())
    told: dict[str, object] = {f"p_{bid.id.hex}_{one.id.hex}": "7" for bid in (first, second) for one in criteria}
    assert send(mie, f"{address}point/", told).status_code == 302
    assert "Ingen ser den andens point" in lone.get(f"{address}?fane=vurdering").content.decode()
    seen = lone.get(f"{address}?fane=vurdering").content.decode()
    assert f"Point til {first.bidder}" not in seen, "one does not see the other's points before both have given theirs"
    assert send(lone, f"{address}point/", told).status_code == 302
    _looked_at(mie, address)
    assert mie.get(f"{address}papirer/indstilling.docx").status_code == 200
    assert mie.get(f"{address}tilbud/{first.id}/brev.pdf").status_code == 404, "not decided yet"


def _looked_at(client: Client, address: str) -> None:
    for part in PARTS:
        with CaptureQueriesContext(connection) as asked:
            answer = client.get(f"{address}?fane={part}")
        assert answer.status_code == 200, part
        assert len(asked) <= MOST, (part, len(asked), [one["sql"][:90] for one in asked])


def _by(municipality_id: UUID, who: Persona, now: datetime) -> By:
    return By(municipality_id=municipality_id, actor_id=who.user.id, today=now.date(), now=now)


def _bid_on(municipality_id: UUID, made: UUID, people: list[Persona]) -> None:
    by = _by(municipality_id, people[0], NOW)
    asking.publish(tender_id=made, questions_until=date(2026, 8, 10), bids_until=UNTIL, by=by)
    tender = Tender.objects.get(id=made)
    for name, prices in (
        ("Klit Minibus", {1: ("40", "11", "0"), 2: ("40", "11", "0")}),
        ("Ø Taxa", {1: ("60", "12", "0")}),
    ):
        received = Received(bidder=name, cvr="", operator_id=None, content=filled(tender, prices))
        bidding.receive(tender_id=made, received=received, by=by)


@pytest.fixture
def town(transactional_db: None, municipality: Municipality) -> tuple[Persona, Persona]:
    """Sixteen who ride; Mie coordinates, Lone decides."""
    with service_scope(municipality.id, "test"):
        load(municipality.id)
        return (
            persona("mie", municipality, Role.TRANSPORT_COORDINATOR),
            persona("lone", municipality, Role.MANAGER),
        )


@pytest.mark.browser
def test_from_rides_to_a_winner(  # noqa: PLR0917 -- fixtures
    town: tuple[Persona, Persona], municipality: Municipality, browser: Browser, live_server: LiveServer,
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path,
) -> None:  # fmt: skip
    """Mie counts the rides and puts them out; two hauliers bid; Mie and Lone open, judge apart, and Lone decides."""
    with opened(browser, live_server.url, "light", 1440) as site:
        _is(site, town[0])
        site.open("/befordring/udbud/nyt/")
        site.page.fill("[name=navn]", "Specialkørsel 2027")
        site.page.get_by_role("button", name="Tæl mængderne").click()
        site.page.get_by_text("Delaftale 1: Værkstedet").wait_for()
        assert not site.accessibility_faults()
        site.page.get_by_role("link", name="Krav og materiale").click()
        site.page.get_by_role("button", name="Offentliggør").click()
        site.page.get_by_text("Udbuddet er offentliggjort").wait_for()
        assert not site.accessibility_faults()
        tender = _sealed(site, municipality.id, tmp_path)
        _it_is(monkeypatch, NOW + timedelta(days=40))
        for who in town:
            _is(site, who)
            site.open(f"/befordring/udbud/{tender.id}/?fane=tilbud")
            site.page.get_by_role("button", name="Afgiv erklæring").click()
            site.page.get_by_role("button", name="Åbn tilbuddene").click()
        site.page.get_by_text("Tilbuddene er åbnet.").wait_for()
        assert not site.accessibility_faults()
        for who in town:
            _is(site, who)
            site.open(f"/befordring/udbud/{tender.id}/?fane=vurdering")
            for field in site.page.locator("input[type=number]").all():
                field.fill("8")
            site.page.get_by_role("button", name="Afgiv mine point").click()
            site.page.get_by_text("Dine point er afgivet").wait_for()
        site.open(f"/befordring/udbud/{tender.id}/?fane=afgoerelse")
        assert not site.accessibility_faults()
        site.page.fill("textarea[name=grund]", "Bedste forhold mellem pris og service.")
        site.page.get_by_role("button", name="Tildel").click()
        site.page.get_by_text("Beslutningen er gemt.").wait_for()
        expect(site.page.locator("td").get_by_text("Tildelt", exact=True)).to_have_count(2)  # both lots go to Klit
        assert site.complaints == []


def _sealed(site: Site, municipality_id: UUID, folder: Path) -> Tender:
    """Two bids handed in on the page."""
    with service_scope(municipality_id, "test"):
        tender = Tender.objects.get()
        for name, prices in (
            ("Klit", {1: ("40", "11", "0"), 2: ("40", "11", "0")}),
            ("Taxa", {1: ("60", "12", "0")}),
        ):
            (folder / f"{name}.xlsx").write_bytes(filled(tender, prices, every=True))
    for name in ("Klit", "Taxa"):
        site.open(f"/befordring/udbud/{tender.id}/?fane=tilbud")
        site.page.fill("[name=tilbudsgiver]", name)
        site.page.set_input_files("[name=prisskema]", folder / f"{name}.xlsx")
        site.page.get_by_role("button", name="Forsegl tilbuddet").click()
        site.page.get_by_text(f"Tilbuddet fra {name} er modtaget").wait_for()
    return tender


def _is(site: Site, who: Persona) -> None:
    session = logged_in_client(who).cookies[settings.SESSION_COOKIE_NAME].value
    site.page.context.clear_cookies()
    site.page.context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": session, "url": site.url}])
