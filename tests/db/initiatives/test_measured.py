"""What initiatives brought on the cost of transport, each krone once; the document that each phase ends in."""

from datetime import date
from io import BytesIO

from django.test import Client
from docx import Document

from db.initiatives.conftest import TODAY, initiative_fields, words
from loggedin import send
from styr.initiatives.core.measured import Together, together
from styr.initiatives.measuring import measure_all
from styr.initiatives.models import Catalogue, Initiative
from styr.kernel import clock
from styr.transport.models import Area, CostCell


def test_each_phase_of_the_analysis_ends_in_a_document(page: Client, example: Catalogue) -> None:
    base = f"/indsatser/katalog/{example.id}/dokument"
    texts = {}
    for what in ("kortlaegning", "potentiale", "prioriteret"):
        word = Document(BytesIO(page.get(f"{base}/{what}/").content))
        texts[what] = "\n".join(one.text for one in word.paragraphs)
        assert "lægges ikke sammen" in texts[what] or what != "kortlaegning"
        assert len(word.tables[-1].rows) == 16
    assert "Økonomisk baseline for hele området (2021): 22,0 mio. kr." in texts["kortlaegning"]
    assert "Tilsammen om året: mindst 1,2" in texts["potentiale"]
    assert "Kilden angiver 14 indsatser, men kataloget har 15." in texts["potentiale"]
    assert page.get(f"{base}/andet/").status_code == 404


def test_transport_that_an_initiative_touches_is_measured_before_and_after_and_shared_kroner_count_once(
    page: Client, example: Catalogue
) -> None:
    rows = {one.number: one for one in Initiative.objects.all()}
    for number, areas, kinds in ((12, "9", ["movia"]), (11, "9 12", []), (4, "1", [])):
        one = rows[number]
        changed = initiative_fields(
            number=number, title=one.title, measure="transport", measured_from="2022-01-01", version=1,
            transport_areas=areas, transport_kinds=kinds,
        )  # fmt: skip
        assert send(page, f"/indsatser/{one.id}/ret/", changed).status_code == 302
    assert send(page, f"/indsatser/{rows[5].id}/ret/", initiative_fields(transport_areas="x")).status_code == 422
    made = {
        number: Area.objects.create(
            municipality_id=example.municipality_id, number=number, name=f"Område {number}", department="CFH",
            valid_from=date(2020, 1, 1),
        )
        for number in (9, 12)
    }  # fmt: skip
    for year, number, kind, ore in (
        (2021, 9, "movia", 500_00), (2022, 9, "movia", 400_00), (2021, 9, "own", 70_00), (2022, 9, "own", 90_00),
        (2021, 12, "movia", 300_00),
    ):  # fmt: skip
        CostCell.objects.create(
            municipality_id=example.municipality_id, area=made[number], year=year, operator_kind=kind, amount_ore=ore
        )
    found = measure_all(municipality_id=example.municipality_id, today=TODAY, now=clock.now())
    flex, routes, strict = (found[rows[number].id] for number in (12, 11, 4))
    assert (flex.before_ore, flex.after_ore, flex.ore) == (500_00, 400_00, 100_00)
    assert (routes.ore, strict.ore) == (80_00, None)
    assert together(found.values()) == Together(80_00, 2), "Movia in area 9 counts once"
    shown = words(page.get(f"/indsatser/{rows[12].id}/"))
    assert "Indsats 11" in shown
    assert "lægges ikke sammen" in shown
    paper = page.get(f"/indsatser/{rows[12].id}/oplaeg/").content
    text = "\n".join(one.text for one in Document(BytesIO(paper)).paragraphs)
    assert "Indsats 11 måles på de samme kroner" in text
