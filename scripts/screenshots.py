"""Every page of the demonstration, light and dark, wide and narrow, into docs/screenshots/ (`make screenshots`).

Needs the example municipality (`make demo SERVE=0`) and a Chromium; serves the pages itself on a free port.
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
from pathlib import Path

from playwright.sync_api import BrowserContext, sync_playwright

ROOT = Path(__file__).resolve().parents[1]
TARGET = ROOT / "docs" / "screenshots"
PAGES = {
    "start": "/",
    "afvigelser": "/afvigelser/",
    "afvigelse": "/afvigelser/?type=invoice_rate_high",
    "findes-ikke": "/findes-ikke/",
}
LOOKS = [(scheme, width) for scheme in ("light", "dark") for width in (1440, 390)]
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--disable-background-networking"]
PATIENCE = 60


@contextmanager
def served() -> Iterator[str]:
    """The demonstration on a free port, until the block ends."""
    from styr.config.serving import free_port

    port = free_port(8200)
    environment = os.environ | {"STYR_SETTINGS": "styr.config.settings.demo"}
    words = [ROOT / ".venv" / "bin" / "styr", "serve", "--port", str(port)]
    program = subprocess.Popen(words, env=environment)  # noqa: S603 - our own program
    try:
        url = f"http://127.0.0.1:{port}"
        wait_for(url)
        yield url
    finally:
        program.terminate()
        program.wait(timeout=PATIENCE)


def wait_for(url: str) -> None:
    """Return when the pages answer; raises TimeoutError when they never do."""
    ends = time.monotonic() + PATIENCE
    while time.monotonic() < ends:
        try:
            urllib.request.urlopen(url, timeout=20).close()  # noqa: S310 - our own address
        except (urllib.error.URLError, TimeoutError):
            time.sleep(0.3)
        else:
            return
    raise TimeoutError(f"{url} does not answer")


def take(context: BrowserContext, url: str, password: str, look: str) -> None:
    """Photograph every page in one look."""
    page = context.new_page()
    page.goto(url)
    page.screenshot(path=TARGET / f"log-ind-{look}.png")
    page.fill("[name=login]", "lone")
    page.fill("[name=password]", password)
    page.get_by_role("button", name="Log ind").click()
    for name, path in PAGES.items():
        page.goto(url + path)
        if name == "afvigelse":
            page.locator("tbody a").first.click()
            page.get_by_role("heading", name="Det bygger på").wait_for()
        page.screenshot(path=TARGET / f"{name}-{look}.png")


def main() -> int:
    """Take them all; 1 when something they need is not there."""
    from styr.config.installation import Installation

    note = Installation("demo").home / "demo-login"
    program = next(
        (found for name in ("chromium", "chromium-browser", "google-chrome") if (found := shutil.which(name))), None
    )
    if not note.is_file() or program is None:
        print("Run `make demo SERVE=0` and `sh scripts/chromium.sh` first.", file=sys.stderr)
        return 1
    TARGET.mkdir(parents=True, exist_ok=True)
    with served() as url, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=FLAGS)
        for scheme, width in LOOKS:
            context = browser.new_context(viewport={"width": width, "height": 900}, color_scheme=scheme, locale="da-DK")
            take(context, url, note.read_text("utf-8").strip(), f"{scheme}-{width}")
            context.close()
        browser.close()
    print(f"{len(LOOKS) * (len(PAGES) + 1)} pictures in {TARGET.relative_to(ROOT)}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
