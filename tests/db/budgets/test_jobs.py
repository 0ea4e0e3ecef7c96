"""Forecasts in jobs: asked for, nightly, after imports, and what a failure leaves."""

from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Any

import pytest
from django.db import connection

from styr.access.models import Municipality
from styr.budgets import making, queries, services
from styr.budgets.core.codes import RunKind, RunState
from styr.budgets.models import ForecastRun
from styr.grants.models import Grant

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 4, 15, 8, tzinfo=UTC)
TODAY = NOW.date()


def jobs() -> list[str]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT args ->> 'run_id' FROM procrastinate_jobs WHERE task_name = %s", [services.FORECAST_TASK]
        )
        return [row[0] for row in cursor.fetchall()]


def test_asking_twice_queues_one_job_and_the_job_makes_the_forecast(
    municipality: Municipality, home: Grant, book: Callable[..., Any]
) -> None:
    asked = {"municipality_id": municipality.id, "today": TODAY, "now": NOW}
    run_id = services.request_forecast(**asked)
    assert services.request_forecast(**asked) == run_id
    assert jobs() == [str(run_id)]
    under_way = queries.run_under_way()
    assert under_way is not None
    assert under_way.state is RunState.QUEUED
    for _ in range(2):  # the second time there is nothing left to make
        making.make_in_steps(municipality_id=municipality.id, run_id=run_id, now=lambda: NOW)
    run = queries.current_run()
    assert run is not None
    assert (run.id, run.made_at, run.years) == (run_id, NOW, (2026, 2027, 2028))
    assert run.unindexed_years == (2027, 2028)
    assert queries.run_under_way() is None
    assert not queries.has_changed(run)
    book(date(2026, 3, 1), 100, home)
    assert queries.has_changed(run)


def test_a_forecast_that_cannot_be_made_says_so_and_the_one_before_stands(
    municipality: Municipality, home: Grant, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = services.make_forecast(municipality_id=municipality.id, frame=services.usual_frame(TODAY), now=NOW)
    run_id = services.request_forecast(municipality_id=municipality.id, today=TODAY, now=NOW)

    def broken() -> str:
        return "SELECT 1 / 0"

    monkeypatch.setattr(services, "counted", broken)
    with pytest.raises(Exception, match=r"syntax|division|column"):
        making.make_in_steps(municipality_id=municipality.id, run_id=run_id, now=lambda: NOW)
    failed, standing = queries.run_under_way(), queries.current_run()
    assert failed is not None
    assert standing is not None
    assert (failed.id, failed.state) == (run_id, RunState.FAILED)
    assert failed.failure.startswith("Prognosen kunne ikke beregnes")
    assert standing.id == before


def test_on_the_first_of_a_month_what_was_believed_is_kept_once(municipality: Municipality, home: Grant) -> None:
    first = date(2026, 5, 1)
    for _ in range(2):
        services.request_nightly(municipality_id=municipality.id, today=first, now=NOW)
    frozen, current = (ForecastRun.objects.get(kind=kind) for kind in (RunKind.FROZEN, RunKind.CURRENT))
    assert frozen.label == "Pr. 1. maj 2026"
    assert sorted(jobs()) == sorted(map(str, (frozen.id, current.id)))
    making.make_in_steps(municipality_id=municipality.id, run_id=frozen.id, now=lambda: NOW)
    assert [run.id for run in queries.frozen_runs()] == [frozen.id]
    assert [then.run.label for then in queries.history(year=2026)] == ["Pr. 1. maj 2026"]


@pytest.mark.parametrize(
    ("today", "years"), [(date(2026, 3, 31), range(2025, 2029)), (date(2026, 4, 1), range(2026, 2029))]
)
def test_last_years_figures_are_kept_up_while_they_still_come_in(today: date, years: range) -> None:
    frame = services.usual_frame(today)
    assert range(frame.first_year, frame.last_year + 1) == years
