"""The pages as people meet them, in a real browser, light and wide as well as dark and narrow."""

import pytest
from django.test import Client
from playwright.sync_api import expect

from person import Site
from placed_findings import place_finding
from styr.access.models import Municipality, Unit
from styr.access.scope import service_scope
from styr.controls.models import FindingDecision


@pytest.fixture
def findings(people: None, municipality: Municipality, unit: Unit, other_unit: Unit) -> None:
    with service_scope(municipality.id, "test"):
        place_finding(municipality_id=municipality.id, unit_id=unit.id, amount_ore=4_780_200, number="B1111111-1")
        place_finding(
            municipality_id=municipality.id, unit_id=unit.id, amount_ore=900_000, number="B2222222-2", hard_stop=True
        )
        place_finding(
            municipality_id=municipality.id, unit_id=other_unit.id, amount_ore=123_456_789, number="B3333333-3"
        )


@pytest.mark.browser
class TestPages:
    def test_a_stranger_meets_the_login_page_and_a_wrong_password_is_told_plainly(self, site: Site) -> None:
        site.open("/afvigelser/")
        assert site.page.get_by_role("heading", name="Log ind").is_visible()
        site.log_in("oekonom", "forkert adgangskode")
        expect(site.page.get_by_role("alert")).to_contain_text("Brugernavn eller adgangskode passer ikke")
        assert site.complaints == []

    def test_an_empty_installation_says_what_to_do_first(self, site: Site) -> None:
        site.log_in("oekonom")
        site.page.get_by_text("Der er ikke indlæst noget endnu").wait_for()
        for path in ("/afvigelser/", "/frister/", "/beskeder/", "/filtre/", "/soeg/", "/opsaetning/", "/hjaelp/"):
            site.open(path)
            assert site.page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"), path
        assert site.complaints == []

    def test_from_start_to_a_decision_by_the_keyboard_alone(
        self, findings: None, site: Site, municipality: Municipality
    ) -> None:
        site.log_in("oekonom")
        first = site.page.locator(".top-list li").first
        expect(first).to_contain_text("1.234.568 kr.")
        expect(first).to_contain_text("indkøbspolitik")
        assert site.accessibility_faults() == []
        site.open("/afvigelser/?rolle=negotiator")
        site.press("j")
        site.press("Enter")
        site.page.get_by_role("heading", name="Det bygger på").wait_for()
        expect(site.page.locator("main")).to_contain_text("1. jan. 2026 – 31. dec. 2026")
        assert site.accessibility_faults() == []
        site.page.get_by_role("radio", name="Rettes").check()
        site.page.get_by_label("Standardtekst").select_option("Kontrakt er på vej")
        expect(site.page.get_by_label("Begrundelse")).to_have_value("Kontrakten er sendt til underskrift.")
        site.page.get_by_role("button", name="Gem afgørelsen").click()
        site.page.get_by_text("Afgjort som »Rettes«.").wait_for()
        with service_scope(municipality.id, "test"):
            assert FindingDecision.objects.get().reason == "Kontrakten er sendt til underskrift."
        assert site.complaints == []


@pytest.mark.parametrize("path", ["/", "/afvigelser/", "/afvigelser/01a20080-fd09-708c-8a86-493dda90e4f0/"])
def test_every_page_asks_a_stranger_to_log_in_and_takes_no_post(client: Client, people: None, path: str) -> None:
    assert client.get(path).status_code == 302
    assert client.get(path)["Location"].startswith("/konto/log-ind/")
    assert client.post(path).status_code == 302
