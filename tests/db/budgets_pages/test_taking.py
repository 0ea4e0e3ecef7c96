"""What one takes along: the workbook computes to the figures of the pages, and the report names nobody."""

import zipfile
from collections.abc import Callable
from io import BytesIO
from typing import Any
from uuid import UUID

import pypdfium2  # type: ignore[import-untyped]  # it ships no types
import pytest
from django.apps import apps
from django.test import Client

from db.budgets_pages.formulas import Sheets
from styr.access.models import Municipality
from styr.budgets.economy import year_picture
from styr.budgets.queries import current_run
from styr.budgets.services import freeze_forecast
from styr.grants.models import Grant

pytestmark = pytest.mark.django_db
Asked = Callable[..., tuple[Any, int]]


def the_workbook(page: Client) -> Sheets:
    answer = page.get("/oekonomi/regneark.xlsx")
    assert answer.status_code == 200
    return Sheets(answer.content)


def test_the_workbook_computes_to_the_figures_of_the_page(page: Client, forecast: UUID) -> None:
    sheets, sums = the_workbook(page), year_picture(current_run(), 2026).sums
    overview = sheets.book["Overblik"]
    total = next(cell.row for cell in overview["A"] if cell.value == "I alt")
    found = {letter: round(sheets.value("Overblik", f"{letter}{total}") * 100) for letter in "BCDEFGH"}
    assert found["B"] == sums.original_ore
    assert found["C"] == sums.budget_ore
    assert (found["D"], found["E"]) == (sums.actual_ore, sums.accrual_ore)
    assert (found["G"], found["H"]) == (sums.forecast_ore, sums.over_ore)


def test_every_formula_carries_the_value_it_computes_to(page: Client, forecast: UUID) -> None:
    sheets, seen = the_workbook(page), 0
    for sheet in sheets.book:
        for row in sheet.iter_rows():
            for cell in row:
                if isinstance(cell.value, str) and cell.value.startswith("="):
                    kept = sheets.kept[sheet.title][cell.coordinate].value
                    computed = sheets.value(sheet.title, cell.coordinate)
                    if isinstance(kept, str) or kept is None:
                        assert (kept or "") == computed, cell.coordinate
                    else:
                        assert kept == pytest.approx(computed, abs=0.005), f"{sheet.title} {cell.coordinate}"
                    seen += 1
    assert seen > 100


def test_the_workbook_sums_suppliers_to_the_year_and_tells_what_was_believed(
    page: Client, forecast: UUID, municipality: Municipality
) -> None:
    run = current_run()
    assert run is not None
    assert run.made_at is not None
    freeze_forecast(municipality_id=municipality.id, today=run.as_of, now=run.made_at, label="Pr. i dag")
    sheets, sums = the_workbook(page), year_picture(run, 2026).sums
    suppliers = sheets.book["Leverandører"]
    total = next(cell.row for cell in suppliers["A"] if cell.value == "I alt")
    found = [round(sheets.value("Leverandører", f"{letter}{total}") * 100) for letter in "BCD"]
    assert found == [sums.budget_ore, sums.forecast_ore, sums.over_ore]
    believed = [sheets.book["Historik"][f"A{line}"].value for line in (4, 5)]
    assert believed == ["Pr. i dag", None]
    assert round(sheets.value("Historik", "E4") * 100) == sums.over_ore


def test_an_assumption_changes_the_forecast_of_the_rest_of_the_year(page: Client, forecast: UUID) -> None:
    sheets, sums = the_workbook(page), year_picture(current_run(), 2026).sums
    overview = sheets.book["Overblik"]
    overview["C4"] = 10
    total = next(cell.row for cell in overview["A"] if cell.value == "I alt")
    rest = sums.forecast_ore - sums.spent_ore
    assert sheets.value("Overblik", f"J{total}") * 100 == pytest.approx(sums.forecast_ore + rest / 10, abs=1)


def test_a_unit_chosen_in_the_workbook_shows_its_own_months(page: Client, forecast: UUID, home: Grant) -> None:
    sheets = the_workbook(page)
    sheets.book["Måneder"]["B3"] = "Voksen"
    unit = year_picture(current_run(), 2026, unit_id=home.unit_id)
    assert round(sheets.value("Måneder", "F18") * 100) == unit.sums.forecast_ore


def test_taking_the_workbook_along_is_logged_and_holds_no_formula_of_anybodys_text(
    page: Client, forecast: UUID, home: Grant
) -> None:
    content = page.get("/oekonomi/regneark.xlsx").content
    row = apps.get_model("audit", "ReadLog").objects.order_by("-id").first()
    assert (row.page, home.citizen_id in row.citizens) == ("/oekonomi/regneark.xlsx", True)
    names = zipfile.ZipFile(BytesIO(content)).read("xl/sharedStrings.xml").decode()
    assert "Ida Østergård" in names


def test_the_report_tells_the_year_and_names_nobody(asked: Asked, forecast: UUID, home: Grant) -> None:
    answer, count = asked("/oekonomi/maanedsrapport.pdf")
    assert answer.status_code == 200
    assert count <= 12
    document = pypdfium2.PdfDocument(answer.content)
    text = " ".join(page.get_textpage().get_text_range() for page in document)
    assert "Økonomi 2026" in text
    assert "1.350.000 kr." in text
    assert "Voksen" in text
    assert "Ida" not in text
    assert "Hvorfor" in text
    assert asked(f"/oekonomi/maanedsrapport.pdf?enhed={home.unit_id}")[0].status_code == 200


def test_nothing_can_be_taken_along_before_there_is_a_forecast(page: Client) -> None:
    for path in ("regneark.xlsx", "maanedsrapport.pdf"):
        told = page.get(f"/oekonomi/{path}", follow=True)
        assert told.redirect_chain == [("/oekonomi/", 302)]
        assert "Der er ikke beregnet en prognose for 2026" in told.content.decode()
