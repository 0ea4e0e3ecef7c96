"""What a contract comes to in a year: at least what can be paid, or plainly unknown."""

from decimal import Decimal

from styr.drafting.core.worth import PricedLine, year_ore
from styr.kernel.units import Unit


def test_days_are_counted_as_in_a_leap_year() -> None:
    assert year_ore([PricedLine(Unit.DAY, Decimal(2400)), PricedLine(Unit.MONTH, Decimal("1000.5"))]) == 89_040_600


def test_hours_need_to_be_said() -> None:
    assert year_ore([PricedLine(Unit.HOUR, Decimal("420.50"), Decimal(5))]) == 11_143_250
    assert year_ore([PricedLine(Unit.HOUR, Decimal(420))]) is None


def test_what_cannot_be_told_is_not_guessed() -> None:
    assert year_ore([PricedLine(Unit.DAY, Decimal(1)), PricedLine(Unit.KM, Decimal(4))]) is None
