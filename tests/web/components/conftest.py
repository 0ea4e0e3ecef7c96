"""A visit to the gallery of components in a real browser."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, ConsoleMessage

from person import Site
from web.conftest import PATIENCE_MS
from web.gallery.site import served_gallery


@pytest.fixture(scope="module")
def gallery() -> Iterator[str]:
    with served_gallery() as url:
        yield url


@pytest.fixture
def look() -> tuple[str, int]:
    return "light", 1440


@pytest.fixture
def site(browser: Browser, gallery: str, look: tuple[str, int]) -> Iterator[Site]:
    """A visit to the gallery; what its pages complain about fails the test."""
    context = browser.new_context(viewport={"width": look[1], "height": 900}, color_scheme=look[0], locale="da-DK")
    context.set_default_timeout(PATIENCE_MS)
    page = context.new_page()
    complaints: list[str] = []

    def heard(message: ConsoleMessage) -> None:
        if message.type in {"error", "warning"}:
            complaints.append(message.text)

    page.on("console", heard)
    page.on("pageerror", lambda error: complaints.append(str(error)))
    yield Site(page, gallery, complaints)
    context.close()
    assert complaints == []
