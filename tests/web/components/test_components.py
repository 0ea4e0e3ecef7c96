"""The design system in a real browser: each component in both schemes, wide and narrow; keys, palette and forms."""

import pytest
from playwright.sync_api import Dialog, Page, Request, expect

from person import Site

pytestmark = pytest.mark.browser
PAGES = ("/", "/?fejl=1", "/liste/", "/liste/?tom=1", "/rude/", "/diagrammer/")
LOOKS = [(scheme, width) for scheme in ("light", "dark") for width in (1440, 320)]


def current(page: Page) -> str:
    return page.locator("tr[data-current] a").inner_text()


@pytest.mark.parametrize("look", LOOKS, ids=lambda look: f"{look[0]}-{look[1]}")
def test_every_component_is_accessible_and_fits_in_both_schemes_wide_and_narrow(
    site: Site, look: tuple[str, int]
) -> None:
    for path in PAGES:
        site.open(path)
        site.page.evaluate("scrollTo(0, 0)")  # a link half under the top bar is only small until it is scrolled to
        assert site.accessibility_faults() == [], path
        assert site.page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"), path


class TestKeys:
    def test_rows_are_walked_selected_and_opened_by_keyboard(self, site: Site) -> None:
        site.open("/liste/?sorter=amount_ore")
        page = site.page
        for key in "jjjk":
            page.keyboard.press(key)
        assert page.locator("tr[data-current]").inner_text().count("F-20401") == 1
        assert page.locator("[data-bulk]").is_hidden()
        page.keyboard.press("x")
        page.keyboard.press("j")
        page.keyboard.press("x")
        assert page.locator("[data-bulk-count]").inner_text() == "2"
        assert page.locator("tr[data-selected]").count() == 2
        page.keyboard.press("g")
        page.get_by_text("POST 1 2", exact=True).wait_for()
        page.go_back()
        page.keyboard.press("j")
        page.keyboard.press("Enter")
        page.wait_for_url("**/rude/?nr=0")

    def test_letters_are_letters_while_somebody_writes(self, site: Site) -> None:
        site.open("/liste/")
        site.page.get_by_label("Søg", exact=True).click()
        site.page.keyboard.type("jnxg?")
        assert site.page.get_by_label("Søg", exact=True).input_value() == "jnxg?"
        assert site.page.locator("dialog[open], [data-current], [data-selected]").count() == 0

    def test_the_sheet_collects_the_keys_of_the_page_with_their_words(self, site: Site) -> None:
        site.open("/rude/")
        site.page.keyboard.press("?")
        told = site.page.locator("#shortcuts [data-page-keys] dl").inner_text().split("\n")
        assert told == ["A", "Afvis", "S", "Send til afklaring", "G", "Godkend alligevel"]
        site.page.keyboard.press("g")  # what lies behind an open dialog is not pressed
        assert site.page.get_by_role("dialog", name="Genveje").is_visible()
        site.page.keyboard.press("Escape")
        expect(site.page.get_by_role("dialog")).to_have_count(0)

    def test_the_walk_ends_at_the_ends(self, site: Site) -> None:
        site.open("/liste/?sorter=amount_ore")
        site.page.keyboard.press("k")
        first = current(site.page)
        site.page.keyboard.press("k")
        assert current(site.page) == first

    def test_the_slash_goes_to_the_filter_and_z_takes_back_the_last_act(self, site: Site) -> None:
        site.open("/liste/")
        site.page.keyboard.press("/")
        assert site.page.evaluate("document.activeElement.name") == "q"
        site.open("/")
        site.page.keyboard.press("z")
        site.page.wait_for_url("**/fortryd/")
        expect(site.page.locator("body")).to_have_text("POST")


class TestPalette:
    def test_ctrl_k_finds_and_opens_without_the_mouse(self, site: Site) -> None:
        site.open("/liste/")
        page = site.page
        page.keyboard.press("Control+k")
        palette = page.get_by_role("dialog", name="Søg og gå til")
        expect(palette).to_be_visible()
        page.keyboard.insert_text("havblik")  # asked for once: an answer that comes later chooses its own first hit
        palette.get_by_role("option", name="Fonden Havblik · F-20406").wait_for()
        assert site.accessibility_faults() == []
        page.keyboard.press("ArrowDown")
        chosen = palette.get_by_role("option", selected=True)
        assert chosen.inner_text().startswith("Fonden Havblik · F-20406")
        assert page.get_by_role("combobox", name="Søg borger").get_attribute(
            "aria-activedescendant"
        ) == chosen.get_attribute("id")
        page.keyboard.press("Enter")
        page.wait_for_url("**/rude/?nr=6")

    def test_enter_before_the_answer_opens_what_fits_the_words_when_it_comes(self, site: Site) -> None:
        site.open("/liste/")
        site.page.keyboard.press("Control+k")
        site.page.get_by_role("option", name="Bostedet Lindevang ApS · F-20400").wait_for()  # what no words give
        site.page.keyboard.insert_text("havblik")
        site.page.keyboard.press("Enter")
        site.page.wait_for_url("**/rude/?nr=1")

    def test_it_says_when_nothing_fits_and_when_the_search_does_not_answer(self, site: Site) -> None:
        site.open("/liste/")
        site.page.get_by_role("link", name="Søg borger").click()
        site.page.keyboard.type("qqq")
        site.page.get_by_text("Intet passer til »qqq«").wait_for()
        site.page.route("**/soeg/**", lambda route: route.abort())
        site.page.keyboard.type("q")
        site.page.get_by_text("Søgningen svarer ikke").wait_for()
        site.complaints.clear()  # the browser tells of the request that the test broke


class TestForms:
    def test_a_form_is_sent_once_however_often_it_is_pressed(self, site: Site) -> None:
        site.open("/rude/")
        posts: list[Request] = []
        site.page.on("request", lambda request: posts.append(request) if request.method == "POST" else None)
        site.page.route("**/flere/", lambda _: None)  # an answer that takes its time
        with site.page.expect_request("**/flere/"):
            site.page.evaluate("for (let i = 0; i < 3; i++) document.querySelector('[data-key=g]').click()")
        site.page.wait_for_timeout(100)
        assert len(posts) == 1

    def test_whoever_leaves_with_unsaved_words_is_warned_and_whoever_saves_is_not(self, site: Site) -> None:
        asked: list[str] = []

        def answer(dialog: Dialog) -> None:
            asked.append(dialog.type)
            dialog.accept()

        site.page.on("dialog", answer)
        site.open("/")
        site.page.get_by_label("Faglig begrundelse").fill("Nye behov")
        site.page.get_by_role("link", name="Fakturakontrol").click()
        site.page.wait_for_url("**/liste/")
        assert asked == ["beforeunload"]
        site.open("/")
        site.page.get_by_label("Faglig begrundelse").fill("Nye behov")
        site.page.get_by_role("button", name="Gem bevillingen").click()
        site.page.wait_for_url("**/flere/")
        assert asked == ["beforeunload"]

    def test_errors_stand_in_a_summary_that_leads_to_the_fields(self, site: Site) -> None:
        site.open("/?fejl=1")
        summary = site.page.get_by_role("alert").filter(has_text="Noget skal rettes")
        expect(summary).to_be_focused()
        summary.get_by_role("link", name="Takst pr. døgn").click()
        field = site.page.get_by_label("Takst pr. døgn")
        expect(field).to_be_focused()
        described = field.get_attribute("aria-describedby") or ""
        words = [site.page.locator(f"#{part}").inner_text() for part in described.split()]
        assert words == ["Kroner", "Denne værdi skal være mindre end eller lig 9999."]

    def test_what_cannot_be_undone_is_asked_about_and_the_safe_answer_has_the_focus(self, site: Site) -> None:
        site.open("/")
        site.page.get_by_role("button", name="Slet", exact=True).click()
        dialog = site.page.get_by_role("dialog", name="Slet kladden?")
        expect(dialog.get_by_role("button", name="Fortryd")).to_be_focused()
        site.page.keyboard.press("Enter")
        expect(dialog).to_have_count(0)
        site.page.get_by_role("button", name="Slet", exact=True).click()
        dialog.get_by_role("button", name="Slet kladden").click()
        expect(site.page.locator("body")).to_have_text("POST")
