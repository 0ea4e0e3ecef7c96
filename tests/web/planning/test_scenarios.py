"""The pages of scenarios through the whole program: from a name to a result, shared, compared, negotiated."""

import re
from io import BytesIO
from typing import Any
from uuid import UUID

import openpyxl
import pytest
from django.db import connection
from django.http import HttpResponse
from django.test.utils import CaptureQueriesContext

from styr.access.scope import acting_as
from styr.kernel.clock import today
from styr.planning.models import PlannedNegotiation, Scenario
from web.planning.conftest import Desk, Desks

pytestmark = pytest.mark.django_db
NEXT_YEAR = f"{today().year + 1}-01-01"


def made(desk: Desk, name: str = "Lavere takster", **facts: object) -> str:
    given = {"name": name, "shared": "private", "goes_on": "on", **facts}
    answer = desk.post("/oekonomi/scenarier/ny/", **given)
    assert answer.status_code == 302, answer.content.decode()
    return str(answer["Location"])


def changed(desk: Desk, page: str, kind: str, **fields: object) -> HttpResponse:
    given = {"from_month": NEXT_YEAR, **fields}
    answer = desk.post(f"{page}aendring/?type={kind}", **given)
    assert answer.status_code == 302, answer.content.decode()
    return desk.get(page)


def more(page: HttpResponse) -> int:
    found = re.search(r'data-more-ore="(-?\d+)"', page.content.decode())
    assert found, page.content.decode()
    return int(found[1])


def test_a_scenario_goes_from_a_name_to_a_result_beside_todays(desks: Desks) -> None:
    page = made(desks.lone)
    assert more(desks.lone.get(page)) == 0
    cheaper = more(changed(desks.lone, page, "rate", percent="-5"))
    assert cheaper < 0
    assert more(changed(desks.lone, page, "rate", percent="-5")) < cheaper
    text = desks.lone.get(page).content.decode()
    assert "Takster −5 % fra januar" in text
    assert "Uden for dit område" not in text
    assert "Voksen" in desks.lone.get(page, efter="enhed").content.decode()
    assert "Bostedet Ærø ApS" in desks.lone.get(page, efter="leverandoer").content.decode()


def test_every_kind_of_change_has_its_form_and_takes_effect(desks: Desks) -> None:
    place = desks.lone.get("/oekonomi/scenarier/")
    assert place.status_code == 200
    page = made(desks.lone)
    kinds: dict[str, dict[str, Any]] = {
        "rate": {"percent": "2,5"},
        "hours": {"percent": "-10"},
        "index": {"percent": "3"},
        "end": {"section": "SEL-85"},
        "arrivals": {"section": "SEL-107", "count": "2", "price": "60.000"},
    }
    for kind, fields in kinds.items():
        assert desks.lone.get(f"{page}aendring/", type=kind).status_code == 200
        before = more(desks.lone.get(page))
        assert more(changed(desks.lone, page, kind, **fields)) != before, kind
    for kind in ("special", "move"):
        assert desks.lone.get(f"{page}aendring/", type=kind).status_code == 200
    assert desks.lone.get(f"{page}aendring/", type="intet").status_code == 404


def test_what_makes_no_change_is_told_at_the_form(desks: Desks) -> None:
    page = made(desks.lone)
    answer = desks.lone.post(f"{page}aendring/?type=rate", percent="0", from_month=NEXT_YEAR)
    assert answer.status_code == 200
    assert "som ikke er 0" in answer.content.decode()
    answer = desks.lone.post(f"{page}aendring/?type=end", from_month=NEXT_YEAR, grants="B9999999-9")
    assert answer.status_code == 200
    assert "Vælg, hvilke bevillinger" not in answer.content.decode()


def test_sharing_shares_the_changes_and_each_reader_has_their_own_figures(desks: Desks, unit: Any) -> None:
    page = made(desks.lone)
    whole = more(changed(desks.lone, page, "rate", percent="10"))
    assert desks.vera.get(page).status_code == 404
    facts = {"name": "Lavere takster", "goes_on": "on"}
    assert desks.lone.post(f"{page}ret/", shared="municipality", **facts).status_code == 302
    parts = [more(desk.get(page)) for desk in (desks.vera, desks.bo)]
    assert whole == sum(parts)
    assert all(parts)
    assert desks.lone.post(f"{page}ret/", shared="unit", unit=unit.id, **facts).status_code == 302
    assert desks.vera.get(page).status_code == 200
    assert desks.bo.get(page).status_code == 404


def test_only_the_owner_writes_and_others_take_a_copy(desks: Desks) -> None:
    page = made(desks.lone, shared="municipality")
    changed(desks.lone, page, "rate", percent="10")
    assert desks.vera.get(f"{page}aendring/", type="rate").status_code == 404
    assert desks.vera.post(f"{page}laeg-vaek/").status_code == 404
    answer = desks.vera.post(f"{page}kopi/")
    mine = str(answer["Location"])
    assert more(desks.vera.get(mine)) == more(desks.vera.get(page))
    assert more(changed(desks.vera, mine, "rate", percent="10")) > more(desks.vera.get(page))
    assert desks.rie.get(page).status_code == 200
    assert desks.rie.post(f"{page}kopi/").status_code == 403


def test_up_to_four_are_compared(desks: Desks) -> None:
    pages = [made(desks.lone, f"Scenarie {number}") for number in range(5)]
    for number, page in enumerate(pages[:4]):
        changed(desks.lone, page, "rate", percent=str(number + 1))
    ids = [page.split("/")[3] for page in pages]
    answer = desks.lone.client.get("/oekonomi/scenarier/sammenlign/", {"s": ids[:4]})
    found = [int(one) for one in re.findall(r'data-more-ore="(-?\d+)"', answer.content.decode())]
    assert len(found) == 4
    assert found == sorted(found)
    assert found[0] > 0
    assert "De fire første" in desks.lone.client.get("/oekonomi/scenarier/sammenlign/", {"s": ids}).content.decode()
    assert "Vælg scenarier" in desks.lone.client.get("/oekonomi/scenarier/sammenlign/").content.decode()


def test_a_change_becomes_planned_negotiations_with_their_expected_effect(desks: Desks) -> None:
    page = made(desks.lone)
    changed(desks.lone, page, "rate", percent="-5", section="SEL-107")
    expected = more(desks.lone.get(page))
    with acting_as(desks.lone.who.token):
        change = Scenario.objects.get().changes.get()
    for _ in range(2):
        assert desks.lone.post(f"{page}aendring/{change.id}/forhandling/").status_code == 302
    with acting_as(desks.lone.who.token):
        planned = PlannedNegotiation.objects.get()
    assert planned.first_year_ore == expected
    assert "Planlagte forhandlinger" in desks.vera.get("/oekonomi/scenarier/").content.decode()
    assert "Planlagte forhandlinger" not in desks.bo.get("/oekonomi/scenarier/").content.decode()
    assert desks.bo.post(f"/oekonomi/forhandlinger/{planned.id}/opgiv/").status_code == 404
    assert desks.vera.post(f"/oekonomi/forhandlinger/{planned.id}/opgiv/").status_code == 302
    assert "Planlagte forhandlinger" not in desks.lone.get("/oekonomi/scenarier/").content.decode()


def test_the_excel_file_holds_the_pages_figures_with_live_differences(desks: Desks) -> None:
    page = made(desks.lone)
    shown = more(changed(desks.lone, page, "rate", percent="7"))
    answer = desks.lone.get(f"{page}excel/")
    book = openpyxl.load_workbook(BytesIO(answer.content), data_only=True)
    assert book.sheetnames == ["Måneder", "Paragraf", "Enhed", "Leverandør", "Ændringer"]
    rows = list(book["Måneder"].iter_rows(min_row=2, values_only=True))
    assert round(sum(row[3] for row in rows[:-1] if row[0].year == today().year + 1) * 100) == shown
    formulas = openpyxl.load_workbook(BytesIO(answer.content))
    assert formulas["Måneder"]["D2"].value == "=C2-B2"


def test_changes_are_reordered_rewritten_and_taken_out(desks: Desks) -> None:
    page = made(desks.lone)
    changed(desks.lone, page, "rate", percent="50")
    both = more(changed(desks.lone, page, "end", section="SEL-107"))
    with acting_as(desks.lone.who.token):
        first, second = Scenario.objects.get().changes.order_by("place")
    assert desks.lone.post(f"{page}aendring/{second.id}/op/").status_code == 302
    assert abs(more(desks.lone.get(page)) - both) <= 24
    answer = desks.lone.post(f"{page}aendring/{first.id}/", percent="10", from_month=NEXT_YEAR)
    assert answer.status_code == 302
    assert more(desks.lone.get(page)) < both
    assert desks.lone.post(f"{page}aendring/{second.id}/fjern/").status_code == 302
    assert more(desks.lone.get(page)) > 0
    assert desks.lone.post(f"{page}laeg-vaek/").status_code == 302
    assert desks.lone.get(page).status_code == 404


def test_each_page_asks_the_database_twelve_times_at_most(desks: Desks) -> None:
    page = made(desks.lone)
    changed(desks.lone, page, "rate", percent="7", section="SEL-107")
    scenario_id = UUID(page.split("/")[3])
    pages = ("/oekonomi/scenarier/", "/oekonomi/scenarier/ny/", page, f"{page}ret/", f"{page}aendring/?type=rate")
    for address in (*pages, f"/oekonomi/scenarier/sammenlign/?s={scenario_id}", f"{page}excel/"):
        desks.lone.get(address)
        with CaptureQueriesContext(connection) as asked:
            assert desks.lone.get(address).status_code == 200, address
        questions = [query["sql"] for query in asked if "SAVEPOINT" not in (query["sql"] or "")]
        assert len(questions) <= 12, (address, questions)
