"""What holds when a year turns, a night is missed, or somebody writes where nothing may be written."""

from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Any

import pytest
from django.apps import apps
from django.db import DatabaseError, transaction

from styr.access.models import Municipality
from styr.budgets import making, queries, services
from styr.budgets.core.codes import RunKind
from styr.budgets.core.frame import Frame
from styr.budgets.models import BridgeRow, ForecastRow, ForecastRun
from styr.budgets.services import make_forecast
from styr.grants.models import Grant

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 4, 15, 8, tzinfo=UTC)


def test_nothing_is_added_to_a_frozen_forecast(municipality: Municipality, home: Grant) -> None:
    frame = Frame.of(first_year=2026, as_of=NOW.date())
    frozen = make_forecast(municipality_id=municipality.id, frame=frame, now=NOW, kind=RunKind.FROZEN)
    facts = {
        "municipality_id": municipality.id,
        "run_id": frozen,
        "unit_id": home.unit_id,
        "section": "",
        "account": "",
    }
    with pytest.raises(DatabaseError, match="kept as it was"), transaction.atomic():
        ForecastRow.objects.create(**facts, month=date(2026, 5, 1), basis="granted", amount_ore=1)
    with pytest.raises(DatabaseError, match="kept as it was"), transaction.atomic():
        BridgeRow.objects.create(
            **facts, year=2026, budget_ore=0, forecast_ore=1, price_ore=0, volume_ore=1, mix_ore=0, timing_ore=0,
            unplaced_ore=0, budget_days=0, forecast_days=0,
        )  # fmt: skip


def test_a_missed_first_of_the_month_is_made_up_for_once_by_the_next_night(
    municipality: Municipality, home: Grant
) -> None:
    for day in (date(2026, 5, 3), date(2026, 5, 4)):
        services.request_nightly(municipality_id=municipality.id, today=day, now=NOW)
    assert list(ForecastRun.objects.filter(kind=RunKind.FROZEN).values_list("as_of", "label")) == [
        (date(2026, 5, 3), "Pr. 3. maj 2026")
    ]


def test_in_january_the_year_before_is_kept_too_and_told_of_in_its_history(
    municipality: Municipality, home: Grant
) -> None:
    day = date(2027, 1, 1)
    services.request_nightly(municipality_id=municipality.id, today=day, now=NOW)
    frozen = ForecastRun.objects.get(kind=RunKind.FROZEN)
    making.make_in_steps(municipality_id=municipality.id, run_id=frozen.id, now=lambda: NOW)
    for year in (2026, 2027):
        (then,) = queries.history(year=year)
        assert (then.run.as_of, bool(then.forecast_ore)) == (day, True)


def test_forecasts_kept_in_one_month_count_as_one_when_it_is_told_how_they_hit(
    municipality: Municipality, home: Grant, book: Callable[..., Any]
) -> None:
    for day in (1, 2, 3):
        frame = Frame.of(first_year=2026, as_of=date(2026, 4, day))
        make_forecast(municipality_id=municipality.id, frame=frame, now=NOW, kind=RunKind.FROZEN, label=str(day))
    frame = Frame.of(first_year=2026, as_of=date(2026, 9, 15))
    run_id = make_forecast(municipality_id=municipality.id, frame=frame, now=NOW)
    assert queries.confidence(run_id=run_id, year=2026) is None


def test_a_closing_day_makes_the_forecast_old(municipality: Municipality, home: Grant) -> None:
    make_forecast(municipality_id=municipality.id, frame=services.usual_frame(NOW.date()), now=NOW)
    run = queries.current_run()
    assert run is not None
    assert not queries.has_changed(run)
    calendar = apps.get_model("contracts", "OpeningCalendar").objects.create(
        municipality_id=municipality.id, code="prøve"
    )
    apps.get_model("contracts", "ClosingDay").objects.create(
        municipality_id=municipality.id, calendar=calendar, day=date(2026, 7, 1)
    )
    assert queries.has_changed(run)
