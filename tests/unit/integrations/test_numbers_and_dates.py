from datetime import date, datetime
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from styr.integrations.spreadsheets.core.dates import parse_date, parse_last_day
from styr.integrations.spreadsheets.core.numbers import CellError, Style, decimal_style, parse_decimal, parse_integer
from styr.integrations.spreadsheets.core.table import Cell, Number


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("1234", "1234"),
        ("1234,5", "1234.5"),
        ("1.234,50", "1234.50"),
        ("1,234.50", "1234.50"),
        ("1.234.567", "1234567"),
        ("1 234,50 kr.", "1234.50"),
        ("1\u00a0234,50", "1234.50"),
        ("kr. 75,25", "75.25"),
        ("1.950,-", None),
        ("−5,5", "-5.5"),
        ("0.75", "0.75"),
    ],
)
def test_danish_and_foreign_numbers_are_read_where_they_can_mean_only_one_thing(
    text: str, expected: str | None
) -> None:
    if expected is None:
        with pytest.raises(CellError, match="to måder"):
            parse_decimal(text, Style.UNTOLD, money=True)
    else:
        assert parse_decimal(text, Style.UNTOLD, money=True) == Decimal(expected)


def test_one_thousand_or_one_and_a_bit_is_told_by_the_other_values_of_the_column() -> None:
    assert decimal_style(["1.234", "12,5", None]) is Style.COMMA
    assert parse_decimal("1.234", Style.COMMA, money=True) == 1234
    assert decimal_style(["1,234", "12.50"]) is Style.DOT
    assert parse_decimal("1,234", Style.DOT, money=True) == 1234
    assert decimal_style(["12,5", "12.5"]) is Style.MIXED
    for style in (Style.MIXED, Style.UNTOLD):
        with pytest.raises(CellError, match="to måder"):
            parse_decimal("1.234", style, money=True)
        with pytest.raises(CellError, match="to måder"):
            parse_decimal("1,234", style, money=True)


def test_a_factor_may_have_three_decimals_after_its_comma() -> None:
    assert parse_decimal("1,125", Style.UNTOLD) == Decimal("1.125")


@pytest.mark.parametrize(
    "text", ["", "abc", "1,2,3", "12,34567", "5,79E+12", "1e5", "99999999999", "(5)", "--5", "1.23,4"]
)
def test_what_is_no_number_is_refused(text: str) -> None:
    with pytest.raises(CellError):
        parse_decimal(text, Style.UNTOLD)


def test_a_number_cell_is_freed_of_the_noise_that_formulas_leave() -> None:
    assert parse_decimal(Number("0.30000000000000004"), Style.UNTOLD) == Decimal("0.3")
    assert parse_decimal(Number("1950.5"), Style.UNTOLD) == Decimal("1950.5")
    assert parse_integer(Number("30.0")) == 30
    with pytest.raises(CellError, match="helt tal"):
        parse_integer("30,5")


@given(st.decimals(min_value=-(10**9), max_value=10**9, places=2))
def test_every_amount_written_in_danish_or_english_is_read_back(amount: Decimal) -> None:
    english = f"{amount:,.2f}"
    danish = english.translate(str.maketrans(",.", ".,"))
    assert parse_decimal(danish, Style.UNTOLD, money=True) == amount
    assert parse_decimal(english, Style.UNTOLD, money=True) == amount


@pytest.mark.parametrize(
    "cell",
    [
        "31-01-2026",
        "31.01.2026",
        "31.1.2026",
        "31/1/2026",
        "2026-01-31",
        "2026-01-31 00:00:00",
        "2026-01-31T00:00:00",
        "20260131",
        "31012026",
        "31. januar 2026",
        "31. jan. 2026",
        "den 31 januar 2026",
        date(2026, 1, 31),
        datetime(2026, 1, 31),  # noqa: DTZ001 - a cell of a spreadsheet has no time zone
        Number("20260131"),
    ],
)
def test_a_date_is_read_in_every_danish_way_of_writing_it(cell: Cell) -> None:
    assert parse_date(cell) == date(2026, 1, 31)


@pytest.mark.parametrize(
    ("cell", "said"),
    [
        ("31-02-2026", "findes ikke"),
        ("01/13/2026", "findes ikke"),
        ("31-01-26", "to cifre"),
        ("20261301", "otte cifre"),
        ("31. foo 2026", "Månedens navn"),
        ("snart", "ikke en dato"),
        ("2026-01-31 13:00", "ikke en dato"),
        (datetime(2026, 1, 31, 13, 0), "klokkeslæt"),  # noqa: DTZ001 - a cell of a spreadsheet has no time zone
        (Number("46053"), "uden datoformat"),
        ("01-01-1066", "urimeligt"),
        (True, "ikke en dato"),
    ],
)
def test_a_date_that_may_mean_another_day_is_refused(cell: Cell, said: str) -> None:
    with pytest.raises(CellError, match=said):
        parse_date(cell)


def test_the_last_day_becomes_the_day_after_and_the_end_of_time_becomes_open() -> None:
    assert parse_last_day("31-12-2026") == date(2027, 1, 1)
    assert parse_last_day("31-12-9999") is None


@given(st.dates(min_value=date(1900, 1, 1), max_value=date(2099, 12, 31)))
def test_every_date_is_read_back_from_danish_and_iso(day: date) -> None:
    assert parse_date(f"{day:%d-%m-%Y}") == parse_date(day.isoformat()) == day
