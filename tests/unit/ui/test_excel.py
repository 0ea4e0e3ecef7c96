from datetime import UTC, date, datetime
from decimal import Decimal
from io import BytesIO
from types import SimpleNamespace

from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook, load_workbook

from styr.ui.columns import Column, Kind, Tag
from styr.ui.excel import sheet_name, workbook

COLUMNS = (
    Column("name", "Leverandør"),
    Column("ore", "Beløb", Kind.MONEY),
    Column("rate", "Takst", Kind.RATE),
    Column("day", "Fra", Kind.DATE),
    Column("last", "Til og med", Kind.LAST_DAY),
    Column("seen", "Modtaget", Kind.MOMENT),
    Column("tag", "Status", Kind.TAG),
    Column("count", "Antal", Kind.NUMBER),
)
ROW = SimpleNamespace(
    name="Bostedet Lindevang", ore=4_780_250, rate=Decimal("1480.5000"), day=date(2026, 2, 1), last=date(2026, 11, 1),
    seen=datetime(2026, 11, 21, 8, 12, tzinfo=UTC), tag=Tag("Bevilget"), count=31,
)  # fmt: skip


def opened(*rows: object, title: str = "Bevillinger") -> Workbook:
    return load_workbook(BytesIO(workbook(title, COLUMNS, rows, [("Status", "Bevilget")])))


def test_amounts_and_dates_are_real_numbers_and_dates() -> None:
    sheet = opened(ROW)["Bevillinger"]
    assert [str(cell.value) if cell.is_date else cell.value for cell in sheet[2]] == [
        "Bostedet Lindevang",
        47802.5,
        1480.5,
        "2026-02-01 00:00:00",
        "2026-10-31 00:00:00",
        "2026-11-21 09:12:00",
        "Bevilget",
        31,
    ]
    assert [cell.data_type for cell in sheet[2]] == ["s", "n", "n", "d", "d", "d", "s", "n"]


def test_the_head_is_frozen_and_can_be_filtered_and_the_filter_stands_on_the_second_sheet() -> None:
    book = opened(ROW, ROW)
    assert book.sheetnames == ["Bevillinger", "Filter"]
    assert book["Bevillinger"].freeze_panes == "B2"
    assert book["Bevillinger"].auto_filter.ref == "A1:H3"
    assert [[cell.value for cell in row] for row in book["Filter"].iter_rows()] == [
        ["Liste", "Bevillinger"],
        ["Status", "Bevilget"],
        ["Rækker", "2"],
    ]


def test_an_empty_list_has_its_head() -> None:
    sheet = opened()["Bevillinger"]
    assert [cell.value for cell in sheet[1]] == [column.title for column in COLUMNS]
    assert sheet.max_row == 1


@given(st.sampled_from("=+-@\t{"), st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"]), max_size=20))
def test_somebodys_text_is_never_a_formula(start: str, rest: str) -> None:
    row = SimpleNamespace(**(vars(ROW) | {"name": start + rest, "tag": Tag("=1+1")}))
    book = opened(row)
    assert all(cell.data_type != "f" for sheet in book for cells in sheet.iter_rows() for cell in cells)
    assert book["Bevillinger"]["G2"].value == "=1+1"


def test_what_is_not_known_is_an_empty_cell() -> None:
    row = SimpleNamespace(**dict.fromkeys(vars(ROW)))
    assert all(cell.value is None for cell in opened(row)["Bevillinger"][2])


@given(st.text(max_size=60))
def test_any_title_names_a_sheet(title: str) -> None:
    name = sheet_name(title)
    assert 1 <= len(name) <= 31
    assert not set(name) & set("[]:*?/\\'")
