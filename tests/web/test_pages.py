"""The pages as people meet them, in a real browser, light and wide as well as dark and narrow."""

import pytest
from django.db import connection
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from person import PASSWORD, Site
from placed_findings import place_finding
from styr.access.models import Municipality, Unit
from styr.access.scope import service_scope


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


@pytest.mark.xdist_group("browser")
class TestPages:
    def test_a_stranger_meets_the_login_page_and_a_wrong_password_is_told_plainly(self, site: Site) -> None:
        site.open("/afvigelser/")
        assert site.page.get_by_role("heading", name="Log ind").is_visible()
        assert site.accessibility_faults() == []
        site.log_in("oekonom", "forkert adgangskode")
        assert (
            site.page.get_by_role("alert").inner_text().strip()
            == "Brugernavn eller adgangskode passer ikke. Prøv igen."
        )
        assert site.complaints == []

    def test_an_empty_installation_says_what_to_do_first(self, site: Site) -> None:
        site.log_in("oekonom")
        assert site.page.get_by_text("Der er ikke indlæst noget endnu").is_visible()
        site.open("/afvigelser/")
        assert site.page.get_by_text("Ingen åbne afvigelser").is_visible()
        assert site.accessibility_faults() == []
        assert site.complaints == []

    def test_the_start_page_shows_the_most_expensive_findings_with_their_source(
        self, findings: None, site: Site
    ) -> None:
        site.log_in("oekonom")
        first = site.page.locator(".top-list li").first
        assert "1.234.568 kr." in first.inner_text()
        assert "B3333333-3" in first.inner_text()
        assert "indkøbspolitik" in first.inner_text()
        assert site.accessibility_faults() == []
        assert site.complaints == []

    def test_a_caseworker_sees_only_her_own_units_findings(self, findings: None, site: Site) -> None:
        site.log_in("sagsbehandler")
        site.open("/afvigelser/")
        shown = site.page.locator("tbody").inner_text()
        assert "B1111111-1" in shown
        assert "B3333333-3" not in shown
        assert "2 afvigelser" in site.page.locator(".page-head").inner_text()

    def test_a_finding_of_another_unit_is_not_found_even_by_its_address(self, findings: None, site: Site) -> None:
        site.log_in("oekonom")
        site.page.locator(".top-list li a").first.click()
        address = site.page.url.removeprefix(site.url)
        site.page.locator(".topbar summary").click()
        site.page.get_by_role("button", name="Log ud").click()
        site.log_in("sagsbehandler")
        site.open(address)
        assert site.page.get_by_role("heading", name="Siden findes ikke").is_visible()
        assert site.accessibility_faults() == []

    def test_the_list_is_walked_by_keyboard_and_opens_a_finding(self, findings: None, site: Site) -> None:
        site.log_in("oekonom")
        site.open("/afvigelser/")
        site.page.keyboard.press("j")
        site.page.keyboard.press("j")
        assert site.page.locator("tr[data-current]").inner_text().count("B1111111-1") == 1
        assert site.accessibility_faults() == []
        site.page.keyboard.press("Enter")
        site.page.get_by_role("heading", name="Det bygger på").wait_for()
        facts = site.page.locator("main").inner_text()
        assert "SEL § 107" in facts
        assert "1. jan. 2026 – 31. dec. 2026" in facts
        assert site.accessibility_faults() == []
        assert site.complaints == []

    def test_the_filter_lives_in_the_address_and_an_empty_result_says_so(self, findings: None, site: Site) -> None:
        site.log_in("oekonom")
        site.open("/afvigelser/?rolle=caseworker")
        assert site.page.get_by_text("Ingen afvigelser passer til filteret").is_visible()
        site.page.get_by_label("Hvis opgave").select_option("negotiator")
        site.page.get_by_role("button", name="Filtrér").click()
        site.page.wait_for_url("**rolle=negotiator**")
        assert site.page.locator("tbody tr").count() == 3
        assert site.complaints == []

    def test_the_shortcuts_can_be_opened_and_closed_with_the_mouse(self, site: Site) -> None:
        site.log_in("oekonom")
        site.page.get_by_role("button", name="Genveje").click()
        assert site.page.get_by_role("dialog").is_visible()
        site.page.get_by_role("button", name="Luk").click()
        assert site.page.get_by_role("dialog").count() == 0

    def test_the_page_of_imports_says_that_nothing_is_there(self, site: Site) -> None:
        site.log_in("oekonom")
        site.open("/indlaesninger/")
        assert site.page.get_by_text("Der er ikke indlæst noget endnu").is_visible()
        assert site.accessibility_faults() == []
        assert site.complaints == []

    def test_no_page_is_wider_than_the_screen(self, findings: None, site: Site) -> None:
        site.log_in("oekonom")
        for path in ("/", "/afvigelser/", "/indlaesninger/"):
            site.open(path)
            assert site.page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"), path


@pytest.mark.parametrize(
    "path", ["/", "/afvigelser/", "/indlaesninger/", "/afvigelser/01a20080-fd09-708c-8a86-493dda90e4f0/"]
)
def test_every_page_asks_a_stranger_to_log_in_and_takes_no_post(client: Client, people: None, path: str) -> None:
    assert client.get(path).status_code == 302
    assert client.get(path)["Location"].startswith("/konto/log-ind/")
    assert client.post(path).status_code == 302


def test_the_pages_ask_the_database_a_fixed_number_of_times(
    client: Client, findings: None, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    client.post("/konto/log-ind/", {"login": "oekonom", "password": PASSWORD})
    for path, most in (("/", 24), ("/afvigelser/", 16), ("/indlaesninger/", 16)):
        with django_assert_max_num_queries(most, connection=connection):
            assert client.get(path).status_code == 200


@pytest.mark.parametrize("query", ["?type=%00", "?type=" + "x" * 5000, "?side=99999999", "?side=-1", "?rolle=%27%3B--"])
def test_an_address_that_means_nothing_still_opens_the_list(client: Client, findings: None, query: str) -> None:
    client.post("/konto/log-ind/", {"login": "oekonom", "password": PASSWORD})
    assert client.get("/afvigelser/" + query).status_code == 200
