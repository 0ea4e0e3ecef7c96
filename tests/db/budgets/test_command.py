"""`styr forecast` gives the same numbers as the stored forecast that the pages show, to the øre."""

import json
from collections.abc import Callable
from datetime import UTC, date, datetime
from io import StringIO
from typing import Any

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError

from styr.access.models import Municipality
from styr.budgets import queries
from styr.budgets.core.frame import Frame
from styr.budgets.services import make_forecast
from styr.grants.models import Grant

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 4, 15, 8, tzinfo=UTC)


def told(*words: str) -> str:
    out = StringIO()
    call_command("forecast", *words, stdout=out)
    return out.getvalue()


def test_the_command_and_the_pages_give_the_same_numbers(
    municipality: Municipality, home: Grant, help_at_home: Grant, book: Callable[..., Any], budget: Callable[..., Any]
) -> None:
    budget(2026, 1_000_000, home)
    budget(2026, 30_000, unit_id=help_at_home.unit_id)
    book(date(2026, 1, 1), 99_000, home)
    book(date(2026, 2, 1), 1_234)
    run_id = make_forecast(municipality_id=municipality.id, frame=Frame.of(first_year=2026, as_of=NOW.date()), now=NOW)
    whole = queries.total_figures(run_id=run_id, year=2026)
    lines = [json.loads(line) for line in told("--year", "2026", "--as-of", "2026-04-15", "--json").splitlines()]
    report = next(line for line in lines if line["municipality"] == str(municipality.id))
    assert report["total"] == {
        "budget_ore": whole.budget_ore,
        "forecast_ore": whole.forecast_ore,
        "deviation_ore": whole.deviation_ore,
        "actual_ore": whole.actual_ore,
        "accrual_ore": whole.accrual_ore,
        "granted_ore": whole.granted_ore,
        "expected_ore": whole.expected_ore,
        "provision_ore": whole.provision_ore,
        "recurring_ore": whole.recurring_ore,
        "carried_ore": whole.carried_ore,
        "trend_ore": whole.trend_ore,
    }
    by_month = {
        row.key.isoformat()[:7]: row.forecast_ore
        for row in queries.figures(run_id=run_id, year=2026, by=queries.By.MONTH)
    }
    assert {row["month"]: row["forecast_ore"] for row in report["months"]} == by_month
    by_unit = sorted(row.forecast_ore for row in queries.figures(run_id=run_id, year=2026, by=queries.By.UNIT))
    assert sorted(unit["forecast_ore"] for unit in report["units"]) == by_unit
    assert all(
        sum(month["forecast_ore"] for month in unit["months"]) == unit["forecast_ore"] for unit in report["units"]
    )


def test_the_command_speaks_danish_and_tells_a_missing_assumption(municipality: Municipality, home: Grant) -> None:
    text = told("--year", "2027", "--as-of", "2026-04-15")
    assert "Forventet regnskab 2027 pr. 15. apr. 2026\n" in text
    assert "Der mangler en fremskrivning for 2027: priserne er regnet uændrede." in text


def test_a_year_that_is_none_is_refused(municipality: Municipality) -> None:
    with pytest.raises(CommandError, match="årstal"):
        told("--year", "26")
