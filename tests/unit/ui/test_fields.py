"""Numbers and days as people write them; a number that can mean two things is refused."""

from datetime import date
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from hypothesis import given
from hypothesis import strategies as st

from styr.ui.fields import AmountField, DayField


@pytest.mark.parametrize(
    ("written", "number"),
    [
        ("1.234,50", "1234.50"),
        ("1234,5", "1234.5"),
        ("1234", "1234"),
        ("1.234", "1234"),
        ("12.345.678,0625", "12345678.0625"),
        (" 1 234,50 kr. ", "1234.50"),
        ("0,01", "0.01"),
        ("0", "0"),
    ],
)
def test_a_number_is_read_as_a_dane_means_it(written: str, number: str) -> None:
    assert AmountField().clean(written) == Decimal(number)


@pytest.mark.parametrize("written", ["1.5", "12.50", "1,234.50", "1.23.456", "1,2,3", "tolv", "1e5", "NaN", "--1", ","])
def test_a_number_that_can_mean_two_things_is_refused(written: str) -> None:
    with pytest.raises(ValidationError, match="komma før decimalerne"):
        AmountField().clean(written)


def test_too_much_too_little_and_nothing_are_told_apart() -> None:
    with pytest.raises(ValidationError):
        AmountField().clean("-1")
    with pytest.raises(ValidationError):
        AmountField().clean("1.000.000.001")
    assert AmountField(required=False).clean("") is None


@given(st.decimals(min_value=0, max_value=10**9, places=4))
def test_what_is_shown_is_read_back_as_itself(number: Decimal) -> None:
    field = AmountField()
    assert field.clean(field.prepare_value(number)) == number


@pytest.mark.parametrize(("written", "told"), [("1989-12-31", "mellem 1990"), ("2100-01-01", "mellem 1990")])
def test_a_day_outside_the_registers_years_is_refused(written: str, told: str) -> None:
    with pytest.raises(ValidationError, match=told):
        DayField().clean(written)
    assert DayField().clean("2026-11-22") == date(2026, 11, 22)
