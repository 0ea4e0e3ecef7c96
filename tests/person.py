"""A person at a browser: what the page tests do and see."""

from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Page

PASSWORD = "en lang adgangskode 42"
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
MOST_TABS = 80
AXE = Path(__file__).resolve().parents[1] / "frontend" / "node_modules" / "axe-core" / "axe.min.js"


@dataclass(frozen=True)
class Site:
    """The served program, and what its pages complained about."""

    page: Page
    url: str
    complaints: list[str]

    def open(self, path: str) -> None:
        self.page.goto(self.url + path)

    def log_in(self, username: str, password: str = PASSWORD) -> None:
        self.open("/konto/log-ind/")
        self.page.fill("[name=login]", username)
        self.page.fill("[name=password]", password)
        with self.page.expect_navigation():
            self.page.get_by_role("button", name="Log ind").click()

    def ready(self) -> Page:
        """The page when all of it is there and its scripts have run, also where a click has just led to it."""
        self.page.wait_for_load_state()
        return self.page

    def press(self, key: str) -> None:
        """Press a key when the page listens."""
        self.ready().keyboard.press(key)

    def go_to(self, words: str, title: str) -> None:
        """Find a page or a thing by Ctrl K, and open the first hit, which must be the one of that title."""
        self.press("Control+k")
        self.page.locator("#palette[open]").wait_for()
        self.page.keyboard.insert_text(words)  # asked for once: an answer that comes later chooses its own first hit
        self.page.locator("#palette [aria-selected=true]", has_text=title).wait_for()
        self.page.keyboard.press("Enter")
        self.page.locator("#palette").wait_for(state="hidden")

    def tab_to(self, name: str, within: str = "main") -> None:
        """Press Tab until a link or button there, whose words begin so, has the focus."""
        words = f"document.activeElement.closest('{within}') ? document.activeElement.innerText : ''"
        self.ready()
        for _ in range(MOST_TABS):
            self.page.keyboard.press("Tab")
            if self.page.evaluate(words).startswith(name):
                return
        raise AssertionError(f"Tab does not come to {name}")

    def accessibility_faults(self, *rules: str) -> list[str]:
        """What axe finds on the page as it stands (WCAG 2.2 AA), or what it finds of those rules alone."""
        # Through the debugger and not as a script of the page: the page's own policy allows no foreign script.
        self.ready()
        if not self.page.evaluate("'axe' in window"):
            self.page.evaluate(AXE.read_text("utf-8"))
        wanted = {"type": "rule", "values": rules} if rules else {"type": "tag", "values": TAGS}
        options = {"runOnly": wanted, "resultTypes": ["violations"], "preload": False, "selectors": False}
        found = self.page.evaluate("options => axe.run(document, options)", options)
        return [f"{fault['id']}: {node['html']}" for fault in found["violations"] for node in fault["nodes"]]
