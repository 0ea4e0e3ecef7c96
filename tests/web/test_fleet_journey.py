"""From three half empty minibuses to a plan in operation with its saving, in the browser."""

from pathlib import Path
from uuid import UUID

import pytest
from django.conf import settings
from playwright.sync_api import Browser, expect
from psycopg import Connection
from pytest_django.live_server_helper import LiveServer

from db.fleet.conftest import DAY, NOW, in_june, load_fleet
from loggedin import logged_in_client
from personas import Persona, persona
from styr.access.core.roles import Role
from styr.access.models import Municipality
from styr.access.scope import service_scope
from styr.kernel.danish import kroner
from styr.routes.models import PlanRide, PlanVehicle, RoutePlan
from styr.routes.solving import work_out
from web.conftest import opened

__all__ = ["in_june"]  # the day on which it happens


@pytest.fixture
def karen(transactional_db: None, municipality: Municipality, tmp_path: Path) -> Persona:
    """The coordinator of a municipality whose three minibuses drive two citizens."""
    load_fleet(municipality, tmp_path)
    with service_scope(municipality.id, "test"):
        return persona("karen", municipality, Role.TRANSPORT_COORDINATOR)


def saving_of_the_plan() -> str:
    """What the database keeps of the plan, and its saving of a year in whole kroner as people write it."""
    kept = RoutePlan.objects.get()
    assert (kept.state, kept.valid_from, kept.vehicles, kept.own_today) == ("published", DAY, 1, 3)
    assert kept.published_note.startswith("Værkstedet")
    assert kept.today_cost_ore == 4 * 28_80 + 3 * kept.own_day_ore
    offered = PlanVehicle.objects.filter(plan=kept)
    assert {row.day_ore for row in offered} == {kept.own_day_ore}
    assert kept.own_day_ore > 165_000, "driver and bus, from what the buses cost"
    assert kept.cost_ore is not None
    saved = (kept.today_cost_ore - kept.cost_ore) * 4
    assert saved > 4 * 2 * 165_000, "two drivers fewer on each of the four Mondays that they rode"
    assert PlanRide.objects.filter(plan=kept, locked=True).count() == 1
    return kroner(saved, whole=True).removesuffix(" kr.")


@pytest.mark.browser
def test_from_half_empty_minibuses_to_a_plan_in_operation_with_its_saving(
    karen: Persona, municipality: Municipality, browser: Browser, live_server: LiveServer, administrator: Connection
) -> None:
    session = logged_in_client(karen).cookies[settings.SESSION_COOKIE_NAME].value
    with opened(browser, live_server.url, "light", 1440) as site:
        page = site.page
        page.context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": session, "url": site.url}])
        site.open("/befordring/flaade/")
        line = page.locator("#halvtomme li").first
        assert "Tre minibusser til Værkstedet er halvtomme" in line.inner_text()
        assert "højst 2 med. 1 ville være nok" in line.inner_text()
        assert not site.accessibility_faults()

        line.get_by_role("link", name="Planlæg om").click()
        expect(page.locator("[name=egne_i_dag]")).to_have_value("3")
        page.fill("[name=sekunder]", "1")
        page.get_by_role("button", name="Beregn planen").click()
        page.get_by_text("Beregner ruterne").wait_for()
        plan_id = UUID(page.url.rstrip("/").rpartition("/")[2])
        work_out(municipality_id=municipality.id, plan_id=plan_id, now=lambda: NOW)

        page.get_by_text("Besparelse pr. år").first.wait_for()  # the page that waited opens itself again
        told = site.ready().locator("main").inner_text()
        for words in ("Besparelse pr. år", "med 3 egne vogne", "CO2 pr. dag", "Serviceniveau", "Hvem ændrer det noget"):
            assert words in told
        assert not site.accessibility_faults()
        page.get_by_role("link", name="Ida", exact=False).first.click()
        page.get_by_role("button", name="Lås til vognen").click()
        page.get_by_label("låst til vognen").first.wait_for()
        site.ready().get_by_role("button", name="Sæt i drift", exact=True).first.click()
        page.fill("[name=note]", "Værkstedet og de to familier har fået besked.")
        page.locator("dialog").get_by_role("button", name="Sæt i drift").click()
        page.get_by_text("Planen er sat i drift").wait_for()

        with service_scope(municipality.id, "test"):
            whole = saving_of_the_plan()
        expect(page.locator("main")).to_contain_text(f"{whole} kr.")
        page.get_by_role("link", name="Chaufførlister").click()
        page.get_by_role("heading", name="Chaufførlister").first.wait_for()
        lists = site.ready().locator("main").inner_text()
        assert "Ida (kørestol)" in lists
        assert "Østergård" not in lists
        site.open("/befordring/ruteplaner/")
        assert f"{whole} kr." in page.locator("main").inner_text(), "the saving stands on the plan"
        assert site.complaints == []
    logged = administrator.execute("SELECT DISTINCT page FROM audit_readlog WHERE actor_id = %s", [karen.user.id])
    assert {row[0] for row in logged} >= {"ruteplan", "chaufførlister"}
