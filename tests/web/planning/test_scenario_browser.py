"""A scenario and a budget in a real browser, without a fault that axe or the console hears."""

import pytest
from playwright.sync_api import expect

from db.registers.registers import Registers
from person import Site
from styr.access.models import Municipality
from styr.access.scope import service_scope
from styr.planning.copying import forget_copies

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def filled(site: Site, municipality: Municipality) -> Site:
    forget_copies()
    with service_scope(municipality.id, "test"):
        Registers(municipality.id).load()
    return site


def test_an_economist_sees_what_lower_rates_would_save(filled: Site) -> None:
    page = filled.page
    filled.log_in("oekonom")
    filled.open("/oekonomi/scenarier/ny/")
    page.get_by_label("Navn").fill("Lavere takster")
    page.get_by_role("button", name="Opret").click()
    expect(page.get_by_text("Ingen ændringer endnu")).to_be_visible()
    filled.ready().get_by_role("link", name="Takster op eller ned").last.click()
    page.get_by_label("Ændring i procent").fill("-5")
    page.get_by_role("button", name="Tilføj").click()
    expect(page.get_by_role("link", name="Takster −5 %")).to_be_visible()
    expect(page.locator("[data-more-ore^='-']").first).to_be_attached()
    assert filled.accessibility_faults() == []
    filled.ready().locator("summary", has_text="Gør noget ved").click()
    page.get_by_role("button", name="Planlæg forhandling").click()
    expect(page.get_by_text("planlagt.")).to_be_visible()
    filled.open("/oekonomi/budgetlaegning/ny/")
    page.get_by_role("button", name="Lav versionen").click()
    expect(page.get_by_role("heading", name="første udkast")).to_be_visible()
    assert filled.accessibility_faults() == []
    assert filled.complaints == []
