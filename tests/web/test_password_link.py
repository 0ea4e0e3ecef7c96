"""The link to choose a password, in a real browser: its secret is sent in no address."""

import pytest
from playwright.sync_api import Browser
from pytest_django.live_server_helper import LiveServer

from person import Site
from personas import persona
from styr.access import password_links
from styr.access.core.roles import Role
from styr.access.models import Municipality, Unit, User
from styr.access.scope import acting_as, service_scope
from styr.kernel.clock import now
from web.conftest import PATIENCE_MS

NEW = "en helt ny lang adgangskode"


@pytest.mark.browser
def test_a_link_opens_its_page_and_leaves_no_secret_behind(
    browser: Browser, live_server: LiveServer, people: None, municipality: Municipality, unit: Unit
) -> None:
    with service_scope(municipality.id, "test"):
        person = User.objects.get(username="nabo")
        office = persona("adam", municipality, Role.ADMINISTRATOR)
    with acting_as(office.token):
        secret = password_links.make_link(user_id=person.id, actor_id=office.user.id, now=now())
    context = browser.new_context(viewport={"width": 390, "height": 844}, locale="da-DK")
    context.set_default_timeout(PATIENCE_MS)
    page = context.new_page()
    asked: list[str] = []
    complaints: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
    site = Site(page, live_server.url, complaints)
    site.open("/konto/vaelg-adgangskode/")
    assert site.accessibility_faults() == []
    page.goto("about:blank")
    site.open(f"/konto/vaelg-adgangskode/#{secret}")
    page.get_by_text("Du logger ind som nabo").wait_for()
    assert site.accessibility_faults() == []
    assert secret not in page.url
    page.get_by_label("Ny adgangskode").fill(NEW)
    page.get_by_label("Gentag adgangskoden").fill(NEW)
    page.get_by_role("button", name="Gem adgangskoden").click()
    page.get_by_role("button", name="Log ind").wait_for()
    assert not [address for address in asked if secret in address.partition("#")[0]]
    assert complaints == []
    context.close()
