"""From the list to what a citizen costs, and to the CPR number with a reason: as a caseworker does it."""

from datetime import date

import pytest
from django.apps import apps
from playwright.sync_api import expect

from db.registers.registers import Registers
from person import Site
from styr.access.models import Municipality
from styr.access.scope import service_scope
from styr.grants.costing import expected_by_month
from styr.kernel import clock
from styr.kernel.danish import kroner

NUMBER = "610180-1321"


@pytest.fixture
def ida(people: None, municipality: Municipality, monkeypatch: pytest.MonkeyPatch) -> str:
    """The tiny municipality on a fixed day; Ida's home is granted for all of 2026."""
    monkeypatch.setattr(clock, "today", lambda: date(2026, 11, 21))
    with service_scope(municipality.id, "test"):
        Registers(municipality.id).load()
        return str(apps.get_model("people", "Citizen").objects.get(source_id="1001").id)


def expected_ore(citizen_id: str, municipality: Municipality) -> int:
    """The one relation, asked directly."""
    with service_scope(municipality.id, "test"):
        rows = expected_by_month(citizen_id=citizen_id, from_month=date(2026, 1, 1), to_month=date(2026, 12, 1))  # type: ignore[arg-type]  # a UUID as text
        return sum(row.amount_ore for row in rows)


def reads(municipality: Municipality) -> list[tuple[str, str, str]]:
    with service_scope(municipality.id, "test"):
        rows = apps.get_model("audit", "ReadLog").objects.order_by("id").select_related("actor")
        return [(str(row.actor), row.page, row.purpose) for row in rows]


@pytest.mark.browser
def test_a_caseworker_finds_the_citizen_sees_what_the_year_costs_and_reveals_the_number(
    ida: str, site: Site, municipality: Municipality
) -> None:
    site.log_in("sagsbehandler")
    site.open("/borgere/?navn=øst")
    assert site.accessibility_faults() == []
    site.page.get_by_role("link", name="Ida Østergård").click()
    assert NUMBER not in site.ready().content()
    site.page.get_by_role("navigation", name="Borgerens faner").get_by_role("link", name="Økonomi").click()
    site.page.get_by_role("heading", name="Budget, forbrug og prognose pr. måned").wait_for()
    total = expected_ore(ida, municipality)
    expect(site.page.locator("[data-expected]")).to_have_attribute("data-expected", str(total))
    expect(site.page.locator(".figures")).to_contain_text(kroner(total, whole=True))
    assert site.accessibility_faults() == []
    site.page.get_by_role("link", name="marts 2026").first.click()
    site.page.get_by_role("heading", name="Bag marts 2026").wait_for()
    expect(site.page.locator("#bagved")).to_contain_text("B0000017-9")
    site.ready().get_by_text("Vis CPR (logges)").click()
    site.page.get_by_label("Hvorfor?").first.select_option("kontakt til borger eller værge")
    site.page.get_by_role("button", name="Vis CPR-nummer").click()
    site.page.get_by_text(NUMBER).wait_for()
    assert NUMBER not in site.page.url
    site.page.reload()
    assert NUMBER not in site.page.content()
    told = reads(municipality)
    assert told[0] == ("Sagsbehandler", "/borgere/", "borgerliste")
    assert ("Sagsbehandler", f"/borgere/{ida}/oekonomi/", "økonomi") in told
    assert ("Sagsbehandler", f"/borgere/{ida}/cpr/", "cpr vist: kontakt til borger eller værge") in told
    assert all(NUMBER not in f"{page} {purpose}" for _, page, purpose in told)
    assert site.complaints == []
