from types import SimpleNamespace

import pytest
from django.contrib.messages import constants
from django.contrib.messages.storage.base import Message
from django.template import Context

from styr.access.core.permissions import Permission
from styr.ui.rail import END, MAIN
from styr.ui.templatetags.frame import initials, rail, rail_end
from styr.ui.templatetags.toasts import toast_icon, undo_address
from styr.ui.toasts import UNDO


def texts(context: Context) -> list[str]:
    return [entry.place.plain_text for entry in rail(context)]


@pytest.mark.urls("web.gallery.pages")
class TestRail:
    def test_the_places_stand_in_their_order_and_one_is_current(self) -> None:
        entries = rail(Context({"section": "citizens"}))
        assert " ".join(entry.place.plain_text for entry in entries) == (
            "Start Fakturakontrol Borgere Bevillinger Kontrakter Leverandører Afvigelser Indlæsninger"
        )
        assert [entry.place.url for entry in entries if entry.current] == ["citizens"]
        assert [entry.place.plain_text for entry in rail_end(Context({}))] == ["Opsætning", "Hjælp"]

    def test_what_one_may_not_open_is_not_there(self) -> None:
        may = dict.fromkeys(Permission.__members__, False) | {"SEE_FINDINGS": True}
        assert texts(Context({"may": may})) == ["Start", "Afvigelser"]

    @pytest.mark.urls(__name__)
    def test_a_place_whose_page_does_not_exist_is_not_there(self) -> None:
        assert texts(Context({})) == []


urlpatterns: list[object] = []


def test_every_place_asks_for_a_permission_that_exists() -> None:
    assert {place.needs for place in (*MAIN, *END)} - {""} <= set(Permission.__members__)


def test_a_phone_has_room_for_four_places_and_the_rest_behind_more() -> None:
    assert sum(place.often for place in (*MAIN, *END)) == 4


@pytest.mark.parametrize(
    ("name", "letters"), [("Lone Kjær", "LK"), ("Birgitte Holm-Sørensen", "BH"), ("Åse", "Å"), ("", ""), (None, "")]
)
def test_initials_are_of_the_first_and_the_last_name(name: str | None, letters: str) -> None:
    assert initials(name) == letters


def test_only_an_address_of_our_own_can_undo() -> None:
    def told(tags: str) -> Message:
        return Message(constants.SUCCESS, "Gemt", tags)

    assert undo_address(told(f"{UNDO}/fakturaer/fortryd/")) == "/fakturaer/fortryd/"
    assert undo_address(told(f"{UNDO}https://example.org/")) == ""
    assert undo_address(told("")) == ""
    assert toast_icon(told("")) == "circle-check"
    assert toast_icon(SimpleNamespace(level_tag="debug")) == "info"  # type: ignore[arg-type]  # all that is read of it
