from datetime import date
from uuid import UUID

import pytest
from django.test import Client

from styr.budgets.citizens import citizen_year
from styr.budgets.economy_list_rows import Narrowed, Paging
from styr.budgets.economy_lists import citizen_rows
from styr.budgets.queries import citizen_forecast, current_run
from styr.grants.models import Grant

pytestmark = pytest.mark.django_db
TODAY = date(2026, 10, 19)


def test_a_citizens_own_year_is_the_forecasts_and_the_lists(forecast: UUID, home: Grant) -> None:
    found = citizen_year(citizen_id=home.citizen_id, year=2026, today=TODAY)
    live = citizen_forecast(citizen_id=home.citizen_id, year=2026, today=TODAY)
    run = current_run()
    assert run is not None
    listed, _ = citizen_rows(run, 2026, Narrowed(citizen_id=home.citizen_id), Paging())
    sums = found.picture.sums
    assert sums.forecast_ore == sum(row.amount_ore for row in live) == listed[0].forecast_ore
    assert sums.budget_ore == listed[0].budget_ore == 100_000_000
    assert sums.over_ore == listed[0].over_ore
    assert found.by_grant[home.id].budget_ore == 100_000_000


def test_the_economy_tab_shows_the_budget_and_the_deviation(page: Client, forecast: UUID, home: Grant) -> None:
    told = page.get(f"/borgere/{home.citizen_id}/oekonomi/?aar=2026").content.decode()
    assert "1.000.000 kr." in told
    sums = citizen_year(citizen_id=home.citizen_id, year=2026, today=TODAY).picture.sums
    assert f'data-forecast="{sums.forecast_ore}"' in told
    assert "som vedtaget" in told


def test_a_citizen_without_a_budget_is_told_to_have_none(page: Client, help_at_home: Grant) -> None:
    told = page.get(f"/borgere/{help_at_home.citizen_id}/oekonomi/?aar=2026").content.decode()
    assert "intet budget på borgeren" in told
