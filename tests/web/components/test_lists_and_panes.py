"""Lists, panes and looks in a real browser, by mouse and by keyboard."""

import pytest
from playwright.sync_api import expect

from person import Site

pytestmark = pytest.mark.browser


class TestList:
    def test_the_filter_works_in_place_and_lives_in_the_address(self, site: Site) -> None:
        site.open("/liste/")
        page = site.page
        page.get_by_label("Status").select_option("ok")
        page.wait_for_url("**/liste/?status=ok")
        expect(page.locator(".list-tools__count")).to_have_text("85 fakturaer")  # swapped in after the address
        page.get_by_role("link", name="Beløb").click()
        page.wait_for_url("**/liste/?status=ok&sorter=amount_ore")
        expect(page.locator("th[aria-sort]")).to_contain_text("Beløb")
        page.get_by_label("Søg", exact=True).fill("havblik")
        page.keyboard.press("Enter")
        page.wait_for_url("**/liste/?q=~*&status=ok&sorter=amount_ore")  # sealed
        chip = page.get_by_role("link", name="Søg: havblik – fjern filteret")
        chip.click()
        page.wait_for_url("**/liste/?status=ok&sorter=amount_ore")
        expect(chip).to_have_count(0)
        page.go_back()
        page.wait_for_url("**q=~**")
        expect(page.get_by_label("Søg", exact=True)).to_have_value("havblik")
        chip.wait_for()
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
        expect(page.get_by_role("columnheader", name="Modtaget")).to_be_visible()
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
        assert page.locator(".topbar, .rail, .filters, .pages, .button").filter(visible=True).count() == 0
        assert page.locator(".print-head").inner_text().startswith("Vesterhav Kommune\nUdskrevet ")
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
        expect(site.page.locator(".toast")).to_have_count(2)
        site.page.get_by_role("button", name="Luk beskeden").first.click()
        expect(site.page.locator(".toast p")).to_have_text(["Fakturaen kunne ikke godkendes."])
