"""The design system in a real browser: each component in both schemes, wide and narrow, by mouse and by keyboard."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, ConsoleMessage, Dialog, Page, Request

from person import Site
from web.gallery.site import served_gallery

pytestmark = pytest.mark.xdist_group("browser")
PAGES = ("/", "/?fejl=1", "/liste/", "/liste/?tom=1", "/rude/", "/diagrammer/")
LOOKS = [(scheme, width) for scheme in ("light", "dark") for width in (1440, 320)]


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
        assert page.locator("body").inner_text() == "POST 1 2"
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
        assert site.page.get_by_role("dialog").count() == 0

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
        assert site.page.locator("body").inner_text() == "POST"


class TestPalette:
    def test_ctrl_k_finds_and_opens_without_the_mouse(self, site: Site) -> None:
        site.open("/liste/")
        page = site.page
        page.keyboard.press("Control+k")
        palette = page.get_by_role("dialog", name="Søg og gå til")
        assert palette.is_visible()
        page.keyboard.type("havblik")
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

    def test_it_says_when_nothing_fits_and_when_the_search_does_not_answer(self, site: Site) -> None:
        site.open("/liste/")
        site.page.get_by_role("link", name="Søg borger").click()
        site.page.keyboard.type("qqq")
        site.page.get_by_text("Intet passer til “qqq”").wait_for()
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
        site.page.evaluate("for (let i = 0; i < 3; i++) document.querySelector('[data-key=g]').click()")
        site.page.wait_for_timeout(50)
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
        assert summary.evaluate("it => it === document.activeElement")
        summary.get_by_role("link", name="Takst pr. døgn").click()
        field = site.page.get_by_label("Takst pr. døgn")
        assert field.evaluate("it => it === document.activeElement")
        described = field.get_attribute("aria-describedby") or ""
        words = [site.page.locator(f"#{part}").inner_text() for part in described.split()]
        assert words == ["Kroner", "Denne værdi skal være mindre end eller lig 9999."]

    def test_what_cannot_be_undone_is_asked_about_and_the_safe_answer_has_the_focus(self, site: Site) -> None:
        site.open("/")
        site.page.get_by_role("button", name="Slet", exact=True).click()
        dialog = site.page.get_by_role("dialog", name="Slet kladden?")
        assert dialog.get_by_role("button", name="Fortryd").evaluate("it => it === document.activeElement")
        site.page.keyboard.press("Enter")
        assert dialog.count() == 0
        site.page.get_by_role("button", name="Slet", exact=True).click()
        dialog.get_by_role("button", name="Slet kladden").click()
        assert site.page.locator("body").inner_text() == "POST"


class TestList:
    def test_the_filter_works_in_place_and_lives_in_the_address(self, site: Site) -> None:
        site.open("/liste/")
        page = site.page
        page.get_by_label("Status").select_option("ok")
        page.wait_for_url("**/liste/?status=ok")
        assert page.locator(".list-tools__count").inner_text() == "85 fakturaer"
        page.get_by_role("link", name="Beløb").click()
        page.wait_for_url("**/liste/?status=ok&sorter=amount_ore")
        page.get_by_label("Søg", exact=True).fill("havblik")
        page.keyboard.press("Enter")
        page.wait_for_url("**/liste/?q=havblik&status=ok&sorter=amount_ore")
        page.get_by_role("link", name="Søg: havblik – fjern filteret").click()
        page.wait_for_url("**/liste/?status=ok&sorter=amount_ore")
        page.go_back()
        page.wait_for_url("**q=havblik**")
        assert page.get_by_label("Søg", exact=True).input_value() == "havblik"
        page.get_by_label("Søg", exact=True).fill("findes ikke")
        page.keyboard.press("Enter")
        page.get_by_text("Ingen fakturaer passer til filteret").wait_for()

    def test_columns_are_chosen_and_the_file_holds_what_is_shown(self, site: Site) -> None:
        site.open("/liste/?status=off&side=2")
        page = site.page
        page.get_by_text("Kolonner").click()
        page.get_by_role("checkbox", name="Modtaget").check()
        page.get_by_role("button", name="Vis", exact=True).click()
        page.wait_for_url("**kolonner=received**")
        assert page.get_by_role("columnheader", name="Modtaget").is_visible()
        with page.expect_download() as coming:
            page.get_by_role("link", name="Excel").click()
        assert coming.value.suggested_filename.startswith("fakturaer-")

    def test_a_filter_can_be_saved_with_its_address(self, site: Site) -> None:
        site.open("/liste/?status=off")
        site.page.get_by_text("Gemte filtre").click()
        assert site.page.get_by_role("link", name="Frist denne uge").is_visible()
        form = site.page.locator("form[action='/filtre/ny/']")
        assert form.locator("[name=sti]").input_value() == "/liste/"
        assert form.locator("[name=forespoergsel]").input_value() == "?status=off"
        assert site.accessibility_faults() == []


class TestPanes:
    def test_the_borders_are_drawn_by_key_and_by_pointer_and_remembered(self, site: Site) -> None:
        site.open("/rude/")
        page = site.page
        border = page.get_by_role("separator", name="Listens bredde")
        pane = page.locator(".pane--list")
        before = pane.evaluate("it => it.offsetWidth")
        border.focus()
        page.keyboard.press("Shift+ArrowLeft")
        assert pane.evaluate("it => it.offsetWidth") == before - 80
        assert border.get_attribute("aria-valuenow") == str(round((before - 80) / 16))
        document = page.locator(".pane--document")
        wide = document.evaluate("it => it.offsetWidth")
        place = page.get_by_role("separator", name="Dokumentets bredde").bounding_box()
        assert place is not None
        page.mouse.move(place["x"], 400)
        page.mouse.down()
        page.mouse.move(place["x"] - 160, 400, steps=4)
        page.mouse.up()
        assert document.evaluate("it => it.offsetWidth") == wide + 160
        page.reload()
        assert pane.evaluate("it => it.offsetWidth") == before - 80
        assert document.evaluate("it => it.offsetWidth") == wide + 160

    @pytest.mark.parametrize("look", [("light", 320)])
    def test_a_phone_shows_the_case_with_its_document_below_and_a_way_back(
        self, site: Site, look: tuple[str, int]
    ) -> None:
        site.open("/rude/")
        assert site.page.locator(".pane--list").is_hidden()
        assert site.page.get_by_role("link", name="Til listen").is_visible()
        detail, document = (site.page.locator(f".pane--{kind}").bounding_box() for kind in ("detail", "document"))
        assert detail is not None
        assert document is not None
        assert document["y"] >= detail["y"] + detail["height"] - 1

    @pytest.mark.parametrize("look", [("light", 320)])
    def test_on_a_phone_every_place_is_behind_more(self, site: Site, look: tuple[str, int]) -> None:
        site.open("/liste/")
        assert site.page.locator(".rail").get_by_role("link", name="Kontrakter").count() == 0
        site.page.get_by_role("button", name="Mere").click()
        site.page.get_by_role("dialog", name="Gå til").get_by_role("link", name="Kontrakter").click()
        site.page.wait_for_url("**/kontrakter/")


class TestLooks:
    def test_the_chosen_colours_are_kept_and_paper_is_white(self, site: Site) -> None:
        site.open("/liste/")
        page = site.page
        ground = "getComputedStyle(document.body).backgroundColor"
        light = page.evaluate(ground)
        page.locator(".topbar summary").click()
        page.get_by_role("button", name="Mørkt").click()
        assert page.evaluate(ground) != light
        page.reload()
        assert page.evaluate(ground) != light
        page.emulate_media(media="print")
        page.evaluate("dispatchEvent(new Event('beforeprint'))")
        assert page.evaluate("document.documentElement.dataset.colorScheme") == "light"
        assert page.locator(".topbar, .rail, .filters, .pages").filter(visible=True).count() == 0
        page.evaluate("dispatchEvent(new Event('afterprint'))")
        assert page.evaluate("document.documentElement.dataset.colorScheme") == "dark"

    def test_whoever_wants_no_motion_gets_none(self, site: Site) -> None:
        site.page.emulate_media(reduced_motion="reduce", forced_colors="active")
        site.open("/")
        assert site.page.evaluate("document.getAnimations().length") == 0
        assert site.accessibility_faults() == []

    def test_messages_can_be_dismissed_and_those_that_matter_stay(self, site: Site) -> None:
        site.page.clock.install()
        site.open("/")
        assert site.page.locator(".toast").count() == 4
        site.page.clock.run_for(9000)
        assert site.page.locator(".toast").count() == 2
        site.page.get_by_role("button", name="Luk beskeden").first.click()
        assert site.page.locator(".toast p").all_inner_texts() == ["Fakturaen kunne ikke godkendes."]
