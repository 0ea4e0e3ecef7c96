"""A real Chromium against the real program: nothing is mocked between the click and the row."""

import asyncio
import os
import shutil
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import date
from typing import Literal

import pytest
from django.db import connections
from playwright.sync_api import Browser, ConsoleMessage, expect, sync_playwright
from procrastinate.contrib.django import app
from pytest_django.live_server_helper import LiveServer

from person import PASSWORD, Site
from styr.access.core.roles import Role
from styr.access.models import Municipality, Unit
from styr.access.scope import service_scope
from styr.access.services import NewUser, create_user

FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
         "--disable-component-update", "--disable-sync"]  # fmt: skip
PATIENCE_MS = 300_000
"""How long a page may take: so long that only what never comes is a fault, on whatever machine."""
expect.set_options(timeout=PATIENCE_MS)
PROGRAMS = ("chromium", "chromium-browser", "google-chrome")


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Chromium, closed with its file: playwright keeps an event loop in this thread, where other tests run theirs."""
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"
    found = next((path for name in PROGRAMS if (path := shutil.which(name))), None)
    assert found, "Chromium is missing: run scripts/chromium.sh"
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=found, args=FLAGS)
        yield opened
        opened.close()
    del os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"]


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


@contextmanager
def opened(browser: Browser, url: str, scheme: Literal["light", "dark"], width: int) -> Iterator[Site]:
    """The program in a window of its own; what its pages complain of is kept."""
    context = browser.new_context(viewport={"width": width, "height": 900}, color_scheme=scheme, locale="da-DK")
    context.set_default_timeout(PATIENCE_MS)
    page = context.new_page()
    complaints: list[str] = []

    def heard(message: ConsoleMessage) -> None:
        # A piece of a page, opened by itself, has no head that names the icon: the browser looks where there is none.
        icon = message.location.get("url", "").endswith("/favicon.ico")
        if message.type in {"error", "warning"} and not icon:
            complaints.append(f"{page.url}: {message.text}")

    page.on("console", heard)
    page.on("pageerror", lambda error: complaints.append(f"{page.url}: {error}"))
    try:
        yield Site(page, url, complaints)
    finally:
        context.close()


@pytest.fixture(params=["light-1440", "dark-320"])
def site(request: pytest.FixtureRequest, browser: Browser, live_server: LiveServer, people: None) -> Iterator[Site]:
    """The program in a browser of that scheme and width; a page that complains fails the test."""
    scheme, width = request.param.split("-")
    with opened(browser, live_server.url, scheme, int(width)) as found:
        yield found


@pytest.fixture
def worker(transactional_db: None) -> Iterator[None]:
    """A real worker beside the pages, in a thread of its own, for every queue."""
    own = app.with_connector(app.connector.get_worker_connector())  # type: ignore[attr-defined]  # Django's connector has it
    loop = asyncio.new_event_loop()

    async def work() -> None:
        async with own.open_async():
            # One that stays, as in use: each that signs off can deadlock with a page that asks for work.
            with suppress(asyncio.CancelledError):  # it ends the job that it is at
                await own.run_worker_async(
                    fetch_job_polling_interval=0.1, listen_notify=False, install_signal_handlers=False
                )

    working = loop.create_task(work())

    def run() -> None:
        loop.run_until_complete(working)
        loop.run_until_complete(loop.shutdown_default_executor())
        loop.close()
        connections.close_all()

    thread = threading.Thread(target=run, daemon=True)
    thread.start()
    yield
    loop.call_soon_threadsafe(working.cancel)
    thread.join(timeout=600)
    assert not thread.is_alive(), "a job does not end, and would write in the next test"
