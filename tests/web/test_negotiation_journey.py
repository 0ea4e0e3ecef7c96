"""From potential to verified saving in the browser: a special rate without hours, agreed down, shown by an invoice."""

from datetime import date

import pytest
from django.conf import settings
from playwright.sync_api import Browser
from pytest_django.live_server_helper import LiveServer

from db.negotiations.conftest import Home, bill, home_of
from db.registers.registers import Registers
from loggedin import logged_in_client
from personas import Persona, persona
from styr.access.core.roles import Role
from styr.access.models import Municipality
from styr.access.scope import service_scope
from styr.contracts.models import ContractLine
from styr.grants.models import ServiceLine
from styr.kernel import clock
from styr.negotiations.preparing import prepare_now
from web.conftest import opened


@pytest.fixture
def desk(transactional_db: None, municipality: Municipality) -> tuple[Home, Persona]:
    """Ida's special rate runs on, and nobody wrote its hours; Nora negotiates."""
    with service_scope(municipality.id, "test"):
        Registers(municipality.id).load()
        ContractLine.objects.filter(kind="special").update(hours=None)
        home = home_of()
        ServiceLine.objects.filter(id=home.special.id).update(ends=None)
        return home, persona("nora", municipality, Role.NEGOTIATOR)


@pytest.mark.browser
def test_from_potential_to_verified_saving(
    desk: tuple[Home, Persona], municipality: Municipality, browser: Browser, live_server: LiveServer
) -> None:
    home, nora = desk
    session = logged_in_client(nora).cookies[settings.SESSION_COOKIE_NAME].value
    with opened(browser, live_server.url, "light", 1440) as site:
        page = site.page
        page.context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": session, "url": site.url}])
        site.open("/forhandling/potentiale/")
        page.get_by_role("button", name="Beregn nu").click()
        prepare_now(municipality_id=municipality.id, today=clock.today(), now=clock.now())  # what the job does
        site.open("/forhandling/potentiale/")
        assert "har ingen timer i kontrakten" in page.locator("main details").first.inner_text()
        assert not site.accessibility_faults()
        page.get_by_role("link", name="Forhandl", exact=True).first.click()
        page.fill("[name=walk_away]", "450 kr. pr. døgn")
        page.get_by_role("button", name="Åbn forhandlingen").click()
        page.get_by_text("Smertegrænse, kun for dem, der forhandler").wait_for()
        assert not site.accessibility_faults()
        site.ready().get_by_text("Skriv i forløbet").click()
        page.select_option("[name=kind]", "offer")
        page.fill("[name=amount]", "400")
        page.locator("[name=words]").first.fill("Tilbud sendt med sikker post")
        page.get_by_role("button", name="Tilføj", exact=True).click()
        page.get_by_text("400,00 kr. pr. enhed. Tilbud sendt").wait_for()
        page.get_by_role("link", name="Registrér aftale").click()
        page.fill("[name=agreed]", "410")
        page.fill("[name=starts]", "2026-09-01")
        page.fill("[name=evidence]", "Aftalebrev af 20. august 2026")
        page.get_by_role("button", name="Gem", exact=True).click()
        page.get_by_text("Kontraktens pris er ændret").wait_for()
        page.get_by_text("Aftalt", exact=True).first.wait_for()
        with service_scope(municipality.id, "test"):
            bill(home, date(2026, 9, 1), 30, 410, line=home.special)
            bill(home, date(2026, 10, 1), 31, 820, line=home.special)
        site.open("/forhandling/besparelser/")
        page.get_by_role("button", name="Efterprøv mod fakturaer").click()
        page.get_by_role("link", name="Særtakst", exact=True).click()
        page.get_by_text("Realiseret", exact=True).first.wait_for()
        told = site.ready().locator("main").inner_text()
        assert "12.300 kr." in told, "thirty days at 410 kr. less; not a krone of October, billed at the old price"
        assert "12.710 kr." in told, "which leaks"
        assert not site.accessibility_faults()
        assert site.complaints == []
