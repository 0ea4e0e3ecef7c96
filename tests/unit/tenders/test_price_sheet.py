"""The price sheet there and back: what is read, what is told by its row, and what cannot be opened at all."""

from __future__ import annotations

from decimal import Decimal
from io import BytesIO
from typing import Any

import openpyxl
import pytest

from styr.tenders.core.anonymous import RouteLine
from styr.tenders.core.codes import Element
from styr.tenders.core.price_sheet import MOST_BYTES, SheetLot, price_sheet, read_sheet

LOTS = [
    SheetLot(1, "Skole", {Element.START: Decimal(1000), Element.KM: Decimal("12345.67")}),
    SheetLot(2, "STU", {Element.START: Decimal(10), Element.KM: Decimal(0)}),
]


def sent(changes: dict[str, Any]) -> bytes:
    """The sheet with cells changed."""
    book = openpyxl.load_workbook(BytesIO(price_sheet("Udbud", LOTS, {})))
    for cell, value in changes.items():
        book["Priser"][cell] = value
    target = BytesIO()
    book.save(target)
    return target.getvalue()


def test_totals_are_formulas_and_prices_are_to_be_filled_in() -> None:
    sheet = openpyxl.load_workbook(BytesIO(price_sheet("Udbud", LOTS, {})))["Priser"]
    assert (sheet["A6"].value, sheet["E7"].value, sheet["F6"].value) == ("1-start", 12345.67, None)
    assert (sheet["G6"].value, sheet["G8"].value) == ("=ROUND(E6*F6,2)", "=SUM(G6:G7)")


def test_route_lists_stand_beside() -> None:
    line = RouteLine(area="9990", destination="Skolen", need="siddende", out="08:15", back="", riders=6, trips=2400)
    sheet = openpyxl.load_workbook(BytesIO(price_sheet("Udbud", LOTS, {2: [line]})))["Ruteliste"]
    assert [cell.value for cell in sheet[2]] == ["2", "9990", "Skolen", "siddende", "08:15", "", 6, 2400]


@pytest.mark.parametrize("told", [12.5, "12,50", "12.5", " 12,5 kr. ", Decimal("12.50")])
def test_a_price_is_read_to_the_ore(told: object) -> None:
    found = read_sheet(sent({"F6": told, "F7": 0}), LOTS)
    assert found.faults == ()
    assert found.prices == {1: {Element.START: 1250, Element.KM: 0}}, "lot 2 is not bid on"


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"F6": 10}, "Række 7, Pris i kr. for 1-km: Prisen mangler."),
        ({"F6": "gratis", "F7": 1}, "Række 6, Pris i kr. for 1-start: Prisen er ikke et tal. Skriv fx 12,50."),
        ({"F6": -1, "F7": 1}, "Række 6, Pris i kr. for 1-start: Prisen skal være mellem 0 og 100.000 kr."),
        ({"F6": 1.005, "F7": 1}, "Række 6, Pris i kr. for 1-start: Prisen har mere end to decimaler."),
        ({"F6": True, "F7": 1}, "Række 6, Pris i kr. for 1-start: Prisen er ikke et tal."),
        ({"A6": "9-start", "F7": 1}, "Række 6, Kode: Koden findes ikke i udbuddet."),
        ({"A7": "1-start", "F6": 1, "F7": 1}, "Række 7, Kode: Koden står der to gange."),
        ({}, "Pris i kr.: Der er ingen priser i skemaet."),
    ],
)
def test_what_cannot_be_read_is_told_by_its_row(changes: dict[str, object], words: str) -> None:
    faults = [str(one) for one in read_sheet(sent(changes), LOTS).faults]
    assert any(fault.startswith(words) for fault in faults), faults


def test_a_changed_volume_is_told_and_ours_is_used() -> None:
    found = read_sheet(sent({"E6": 2000, "F6": 1, "F7": 1}), LOTS)
    assert [str(one) for one in found.notes] == [
        "Række 6, Mængde pr. år: Mængden er ændret; udbuddets bruges. Der står »2000.0«."
    ]


def test_what_is_no_price_sheet_is_told() -> None:
    other = BytesIO()
    openpyxl.Workbook().save(other)
    for content in (b"", b"PK hej", other.getvalue()):
        assert "Filen skal være prisskemaet" in str(read_sheet(content, LOTS).faults[0])


def test_a_file_that_unpacks_to_too_much_is_not_opened(monkeypatch: pytest.MonkeyPatch) -> None:
    assert MOST_BYTES > 1_000_000
    monkeypatch.setattr("styr.tenders.core.price_sheet.MOST_BYTES", 100)
    assert "Filen skal være prisskemaet" in str(read_sheet(sent({"F6": 1, "F7": 1}), LOTS).faults[0])
