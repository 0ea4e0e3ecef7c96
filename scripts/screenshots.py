"""Every page of the demonstration, light and dark, wide and narrow (`make screenshots`).

Into `.var/screenshots/`, and those that the documentation shows, light and wide, into `docs/screenshots/`. Needs the
example municipality (`make demo SERVE=0`) and a Chromium; serves the pages itself on a free port. Words on the command
line choose pages by name. Exits 1 when a page answers with an error, its console complains, or it could not be opened.
"""

import os
import shutil
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, BrowserContext, Page, Response, sync_playwright
from screenshot_pages import LISTS, PAGES, Shot

ROOT = Path(__file__).resolve().parents[1]
TARGET = ROOT / ".var" / "screenshots"
SHOWN = ROOT / "docs" / "screenshots"
LOOKS = [(scheme, size) for scheme in ("light", "dark") for size in ((1440, 900), (390, 844))]
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--disable-background-networking"]
PATIENCE = 180
SETTLE_MS = 250


@contextmanager
def served() -> Iterator[str]:
    """The demonstration on a free port, until the block ends."""
    from styr.config.serving import free_port

    port = free_port(8200)
    environment = os.environ | {"STYR_SETTINGS": "styr.config.settings.demo"}
    words = [ROOT / ".venv" / "bin" / "styr", "serve", "--jobs", "--port", str(port)]
    program = subprocess.Popen(words, env=environment)  # noqa: S603 - our own program
    try:
        url = f"http://127.0.0.1:{port}"
        wait_for(url, program)
        yield url
    finally:
        program.terminate()
        program.wait(timeout=PATIENCE)


def wait_for(url: str, program: "subprocess.Popen[bytes]") -> None:
    """Return when the pages answer; raises TimeoutError when they do not, and at once when the program has ended."""
    ends = time.monotonic() + PATIENCE
    while time.monotonic() < ends and program.poll() is None:
        try:
            urllib.request.urlopen(url, timeout=20).close()  # noqa: S310 - our own address
        except urllib.error.HTTPError:
            return  # an answer, and its page will be photographed
        except OSError:
            time.sleep(0.3)
        else:
            return
    raise TimeoutError(f"{url} does not answer")


@dataclass
class Round:
    """One run over the pages: who is logged in, which examples were found, and what went wrong."""

    browser: Browser
    url: str
    password: str
    sessions: dict[str, Any] = field(default_factory=dict)
    arguments: dict[tuple[str, str], dict[str, Any] | None] = field(default_factory=dict)
    complaints: list[str] = field(default_factory=list)
    taken: int = 0

    def context(self, who: str, scheme: str, size: tuple[int, int]) -> BrowserContext:
        """A window of that look with that colleague logged in ("" = nobody)."""
        if who and who not in self.sessions:
            self.sessions[who] = self.log_in(who)
        return self.browser.new_context(
            viewport={"width": size[0], "height": size[1]},
            color_scheme=scheme,  # type: ignore[arg-type]  # "light" and "dark" it is
            locale="da-DK",
            storage_state=self.sessions.get(who),
        )

    def log_in(self, who: str) -> Any:
        """The cookies of a colleague who has logged in."""
        page = self.browser.new_page()
        page.goto(self.url + "/konto/log-ind/")
        page.fill("[name=login]", who)
        page.fill("[name=password]", self.password)
        page.get_by_role("button", name="Log ind").click()
        page.wait_for_load_state()
        if page.locator("[name=password]").count():
            self.complaints.append(f"{who} cannot log in")
        state = page.context.storage_state()
        page.context.close()
        return state

    def address(self, shot: Shot, page: Page) -> str | None:
        """The page's address, or None when the demonstration has no example of it."""
        from django.urls import reverse

        found: dict[str, Any] | None = {}
        if shot.example:
            key = (shot.example, shot.who)
            if key not in self.arguments:
                self.arguments[key] = self.first_link(LISTS[shot.example], shot.example, page)
            found = self.arguments[key]
        if found is None:
            return None
        return reverse(shot.url, kwargs=found) + (f"?{shot.query}" if shot.query else "")

    def first_link(self, listing: str, name: str, page: Page) -> dict[str, Any] | None:
        """The arguments of the first link on a list that leads to a page of that URL name."""
        from django.urls import Resolver404, resolve, reverse

        place, _, query = listing.partition("?")
        page.goto(self.url + reverse(place) + (f"?{query}" if query else ""))
        for address in page.eval_on_selector_all("main a[href]", "links => links.map(it => it.pathname)"):
            try:
                match = resolve(address)
            except Resolver404:
                continue
            if match.url_name == name:
                return match.kwargs
        return None

    def take(self, shot: Shot, scheme: str, size: tuple[int, int]) -> None:
        """Open a page in a look, photograph it, and write down what it complains about."""
        from django.urls import NoReverseMatch

        named = f"{shot.name}-{scheme}-{size[0]}"
        context = self.context(shot.who, scheme, size)
        page = context.new_page()
        try:
            address = self.address(shot, page)
        except NoReverseMatch:
            address = None
        if address is None:
            self.complaints.append(f"{named}: no such page, or no example of it")
        else:
            self.open(page, shot, address, named)
            page.screenshot(path=TARGET / f"{named}.png")
            if shot.shown and (scheme, size) == LOOKS[0]:
                shutil.copy(TARGET / f"{named}.png", SHOWN)
            self.taken += 1
        context.close()

    def open(self, page: Page, shot: Shot, address: str, named: str) -> None:
        """Go to the page and press its keys; errors of any file it asks for are complaints."""

        def answered(response: Response) -> None:
            if response.status >= 400 and not (response.url == self.url + address and response.status == shot.status):  # noqa: PLR2004 - HTTP
                self.complaints.append(f"{named}: {response.status} {response.url}")

        page.on("response", answered)
        page.on("pageerror", lambda error: self.complaints.append(f"{named}: {error}"))
        page.on(
            "console",
            lambda told: self.complaints.append(f"{named}: {told.text}") if told.type in {"error", "warning"} else None,
        )
        page.goto(self.url + address)
        for key in shot.keys:
            page.keyboard.press(key)
        page.wait_for_timeout(SETTLE_MS * (2 if shot.keys else 1))
        if page.evaluate("document.documentElement.scrollWidth > window.innerWidth"):
            self.complaints.append(f"{named}: wider than the screen")


def main(words: list[str]) -> int:
    """Take them all; 1 when something they need is not there or a page complains."""
    os.environ["DJANGO_SETTINGS_MODULE"] = "styr.config.settings.demo"
    import django

    from styr.config.installation import Installation

    django.setup()
    note = Installation("demo").home / "demo-login"
    program = next(
        (found for name in ("chromium", "chromium-browser", "google-chrome") if (found := shutil.which(name))), None
    )
    if not note.is_file() or program is None:
        print("Run `make demo SERVE=0` and `sh scripts/chromium.sh` first.", file=sys.stderr)
        return 1
    for target in (TARGET, SHOWN):
        target.mkdir(parents=True, exist_ok=True)
    wanted = [shot for shot in PAGES if not words or shot.name in words]
    with served() as url, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=FLAGS)
        run = Round(browser, url, note.read_text("utf-8").strip())
        for scheme, size in LOOKS:
            for shot in wanted:
                run.take(shot, scheme, size)
        browser.close()
    print(f"{run.taken} pictures in {TARGET.relative_to(ROOT)}")
    for complaint in run.complaints:
        print(complaint, file=sys.stderr)
    return 1 if run.complaints else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
