"""A passkey in a real browser: made on the way in, used the next time; no script of ours breaks the page's policy."""

import pytest
from playwright.sync_api import Browser
from pytest_django import Settings
from pytest_django.live_server_helper import LiveServer

from person import PASSWORD, Site
from web.conftest import PATIENCE_MS


@pytest.mark.browser
def test_a_passkey_is_made_and_lets_in(
    browser: Browser, live_server: LiveServer, people: None, settings: Settings
) -> None:
    settings.STYR_SECOND_FACTOR = "required"
    context = browser.new_context(viewport={"width": 390, "height": 844}, locale="da-DK")
    context.set_default_timeout(PATIENCE_MS)
    page = context.new_page()
    complaints: list[str] = []
    page.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
    devices = context.new_cdp_session(page)
    devices.send("WebAuthn.enable")
    kind = {"protocol": "ctap2", "transport": "internal", "hasResidentKey": True, "hasUserVerification": True}
    devices.send(
        "WebAuthn.addVirtualAuthenticator",
        {"options": {**kind, "isUserVerified": True, "automaticPresenceSimulation": True}},
    )
    url = live_server.url.replace("127.0.0.1", "localhost")
    site = Site(page, url, complaints)
    site.log_in("oekonom", PASSWORD)
    page.get_by_role("img", name="QR-kode").wait_for()
    assert site.accessibility_faults() == []
    page.get_by_role("link", name="Brug hellere en adgangsnøgle").click()
    assert site.accessibility_faults() == []
    page.get_by_label("Navn på nøglen").fill("Min bærbare")
    page.get_by_role("button", name="Tilføj").click()
    page.get_by_role("heading", name="Gem dine nødkoder").wait_for()
    assert site.accessibility_faults() == []
    page.get_by_role("button", name="Jeg har gemt dem").click()
    page.get_by_role("button", name="Menu for").or_(page.locator("summary").first).wait_for()
    site.open("/konto/")
    assert page.get_by_text("Min bærbare", exact=True).is_visible()
    assert site.accessibility_faults() == []

    context.clear_cookies()
    site.log_in("oekonom", PASSWORD)
    page.get_by_role("button", name="Brug adgangsnøgle").wait_for()
    assert site.accessibility_faults() == []
    page.get_by_role("button", name="Brug adgangsnøgle").click()
    page.wait_for_url(f"{url}/")
    assert complaints == []
    context.close()
