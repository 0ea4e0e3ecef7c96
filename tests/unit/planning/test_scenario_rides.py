"""Grants of rides in scenarios: they have no services, only what the forecast holds on them."""

from datetime import date
from decimal import Decimal
from uuid import UUID

from styr.kernel.period import Period
from styr.planning.core.changes import Change, ChangeKind
from unit.planning.scenario_reference import Place
from unit.planning.test_scenario_reference import UNITS, stay, totals, workbench


def test_rides_are_changed_alone_and_go_on_as_in_the_last_year_that_the_forecast_tells_of() -> None:
    ride = Place("SEL-85", "befordring", UNITS[1], None, None, UUID(int=11), measure="trip")
    months = {date(2024, 6, 1): 100_00, date(2025, 6, 1): 200_00}
    bench = workbench([stay()], [(ride, months)], horizon=Period(date(2024, 1, 1), date(2028, 1, 1)))
    fewer = Change(ChangeKind.RIDES, date(2025, 1, 1), percent=Decimal(-20))
    found = {key: ore for key, ore in totals(bench, [fewer]).items() if key[0] == "SEL-85"}
    june = [("SEL-85", UNITS[1], None, date(year, 6, 1)) for year in range(2024, 2028)]
    assert found == dict(zip(june, (100_00, 160_00, 160_00, 160_00), strict=True))
    before = totals(bench, [])
    assert {key: ore for key, ore in totals(bench, [fewer]).items() if key[0] != "SEL-85"} == {
        key: ore for key, ore in before.items() if key[0] != "SEL-85"
    }
