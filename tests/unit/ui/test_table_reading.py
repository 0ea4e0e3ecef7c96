from datetime import date, datetime
from decimal import Decimal
from io import BytesIO

from hypothesis import given
from hypothesis import strategies as st
from openpyxl import load_workbook

from styr.kernel.danish import danish_date, danish_month, danish_number, kroner
from styr.ui.columns import Kind
from styr.ui.excel import workbook
from styr.ui.table_reading import read_table
from styr.ui.table_values import value_of

PAGE = """<!doctype html><html><body><h1>Opfølgning 2026</h1>
<nav class="tabs tabs--pills" aria-label="År"><a href="?aar=2025">2025</a><a href="?aar=2026" aria-current="page">2026</a></nav>
<form class="filters"><label for="s">Status</label><select id="s"><option>Alle</option><option selected>Åben</option></select>
<label>Fra<input type="date" value=""></label></form>
<table data-file="andre"><caption>Andre</caption><tbody><tr><td>Nej</td></tr></tbody></table>
<table data-file="runder"><caption class="visually-hidden">Runder</caption>
<thead><tr><td class="check"><input type="checkbox"></td><th>Enhed</th><th>År</th><th>Beløb</th><th>Pris</th><th>Andel</th><th>Antal</th><th>Møde</th><th>Periode</th><th>Måned</th><th>Status</th><th></th></tr></thead>
<tbody>
<tr><td class="check"><input type="checkbox" value="1"></td><td class="first"><a href="/x">=HYPERLINK("http://x")</a><small>SEL § 107</small></td><td class="number">2026</td><td class="number">−1.234.567,89 kr.</td><td>801,00 kr. pr. time</td><td class="number">12,3456 %</td><td class="number">1.204 km</td><td>21. nov. 2026</td><td>fra 1. maj 2025</td><td>maj 2026</td><td><span class="tag"><svg aria-hidden="true"></svg>Åben</span><span class="tag">Ny</span></td><td><form><button>Slet</button></form></td></tr>
<tr><td class="check"></td><td class="first">Vest<span class="visually-hidden"> skjult</span></td><td class="number">2025</td><td class="number">–</td><td>75,5 kr. pr. time</td><td class="number">0 %</td><td class="number">3 km</td><td>ikke holdt</td><td>1. jan. 2026 – 31. dec. 2026</td><td>juni 2026</td><td><svg role="img" aria-label="ja"></svg></td><td></td></tr>
</tbody><tfoot><tr><th>I alt</th></tr></tfoot></table></body></html>"""  # noqa: E501 - as a page is written


def test_a_table_becomes_the_columns_and_values_that_stand_on_the_page() -> None:
    read = read_table(PAGE.encode(), "runder")
    assert read is not None
    assert [(column.title, column.kind) for column in read.columns] == [
        ("Enhed", Kind.TEXT),
        ("Enhed – bemærkning", Kind.TEXT),
        ("År", Kind.TEXT),
        ("Beløb", Kind.MONEY),
        ("Pris (pr. time)", Kind.MONEY),
        ("Andel", Kind.SHARE),
        ("Antal (km)", Kind.NUMBER),
        ("Møde", Kind.DATE),
        ("Periode, fra", Kind.DATE),
        ("Periode, til og med", Kind.DATE),
        ("Måned", Kind.MONTH),
        ("Status", Kind.TEXT),
    ]
    assert read.rows == [
        (
            '=HYPERLINK("http://x")', "SEL § 107", 2026, -123456789, 80100, Decimal("0.123456"), Decimal(1204),
            date(2026, 11, 21), date(2025, 5, 1), None, date(2026, 5, 1), "Åben Ny",
        ),
        (
            "Vest", None, 2025, None, 7550, Decimal("0.00"), Decimal(3), "ikke holdt", date(2026, 1, 1),
            date(2026, 12, 31), date(2026, 6, 1), "ja",
        ),
    ]  # fmt: skip
    assert (read.title, read.told) == ("Runder", [("Side", "Opfølgning 2026"), ("År", "2026"), ("Status", "Åben")])


def test_the_file_has_no_formula_whatever_somebody_wrote_on_the_page() -> None:
    read = read_table(PAGE.encode(), "runder")
    assert read is not None
    sheet = load_workbook(BytesIO(workbook(read.title, read.columns, read.rows, read.told))).worksheets[0]
    assert [cell.data_type for cell in sheet[2]] == ["s", "s", "n", "n", "n", "n", "n", "d", "d", "n", "d", "s"]
    assert sheet["D2"].value == -1234567.89


def test_a_last_day_that_stands_as_a_remark_is_a_column_of_days() -> None:
    page = '<table data-file="t"><thead><tr><th>Gælder</th></tr></thead><tbody><tr><td>fra 1. jan. 2025<small>til og med 31. dec. 2025</small></td></tr></tbody></table>'  # noqa: E501 - a page
    read = read_table(page.encode(), "t")
    assert read is not None
    assert [column.title for column in read.columns] == ["Gælder, fra", "Gælder, til og med"]
    assert read.rows == [(date(2025, 1, 1), date(2025, 12, 31))]


def test_a_table_that_the_page_does_not_have_is_none() -> None:
    assert read_table(PAGE.encode(), "noget") is None


def test_a_column_of_several_kinds_is_told_in_words() -> None:
    page = '<table data-file="t"><thead><tr><th>A</th></tr></thead><tbody><tr><td>21. nov. 2026</td></tr><tr><td>5 %</td></tr></tbody></table>'  # noqa: E501 - a page
    read = read_table(page.encode(), "t")
    assert read is not None
    assert (read.columns[0].kind, read.rows) == (Kind.TEXT, [("21. nov. 2026",), ("5 %",)])


@given(
    ore=st.integers(-(10**12), 10**12), day=st.dates(date(1900, 1, 1), date(2199, 12, 31)), count=st.integers(0, 10**9)
)
def test_what_the_page_writes_is_read_back_exactly(ore: int, day: date, count: int) -> None:
    amount = value_of(kroner(ore), figure=True)
    assert (amount.kind, amount.value) == (Kind.MONEY, ore)
    assert value_of(danish_date(day), figure=False).value == day
    assert value_of(danish_month(day), figure=False).value == day.replace(day=1)
    assert value_of(danish_number(count), figure=True).value == count
    assert value_of(f"{danish_date(day)} kl. 09.05", figure=False).value == datetime(day.year, day.month, day.day, 9, 5)  # noqa: DTZ001 - as written
