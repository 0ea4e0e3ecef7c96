"""The town can be written on any day: what the registers say of periods never contradicts itself."""

from datetime import date, timedelta

import pytest

from exampletown.generate import make_town


@pytest.mark.parametrize("days", range(0, 400, 37))
def test_no_period_ends_before_it_begins_whatever_day_the_town_is_written_on(days: int) -> None:
    town = make_town(seed=days + 1, scale=0.4, today=date(2026, 11, 22) + timedelta(days=days))
    rates = [(rate.start, rate.end) for contract in town.contracts for line in contract.lines for rate in line.rates]
    periods = rates + [(contract.start, contract.end) for contract in town.contracts]
    periods += [(grant.start, grant.end) for grant in town.grants]
    assert [(start, end) for start, end in periods if end is not None and end <= start] == []
    assert len(rates) > 100
