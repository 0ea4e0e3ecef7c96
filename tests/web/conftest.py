"""A real Chromium against the real program: nothing is mocked between the click and the row."""

import os
import shutil
from collections.abc import Iterator
from datetime import date

import pytest
from playwright.sync_api import Browser, ConsoleMessage, sync_playwright
from pytest_django.live_server_helper import LiveServer

from person import PASSWORD, Site
from styr.access.core.roles import Role
from styr.access.models import Municipality, Unit
from styr.access.scope import service_scope
from styr.access.services import NewUser, create_user

FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
         "--disable-component-update", "--disable-sync"]  # fmt: skip
PROGRAMS = ("chromium", "chromium-browser", "google-chrome")


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"  # playwright keeps an event loop in the test's own thread
    found = next((path for name in PROGRAMS if (path := shutil.which(name))), None)
    assert found, "Chromium is missing: run scripts/chromium.sh"
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=found, args=FLAGS)
        yield opened
        opened.close()


@pytest.fixture
def people(transactional_db: None, municipality: Municipality, unit: Unit, other_unit: Unit) -> None:
    """Persona by persona: one sees everything, one sees a unit, one sees another."""
    with service_scope(municipality.id, "test"):
        for username, role, where in (
            ("oekonom", Role.ECONOMIST, None),
            ("sagsbehandler", Role.CASEWORKER, unit.id),
            ("nabo", Role.CASEWORKER, other_unit.id),
        ):
            create_user(
                municipality_id=municipality.id,
                person=NewUser(username, username.title(), PASSWORD),
                roles=[(role, where)],
                starts=date(2020, 1, 1),
            )


@pytest.fixture(params=["light-1440", "dark-320"])
def site(request: pytest.FixtureRequest, browser: Browser, live_server: LiveServer, people: None) -> Iterator[Site]:
    """The program in a browser of that scheme and width; a page that complains fails the test."""
    scheme, width = request.param.split("-")
    context = browser.new_context(viewport={"width": int(width), "height": 900}, color_scheme=scheme, locale="da-DK")
    page = context.new_page()
    complaints: list[str] = []

    def heard(message: ConsoleMessage) -> None:
        if message.type in {"error", "warning"}:
            complaints.append(message.text)

    page.on("console", heard)
    page.on("pageerror", lambda error: complaints.append(str(error)))
    yield Site(page, live_server.url, complaints)
    context.close()
