"""The range of a forecast, from what frozen ones said of months that have since been closed."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction

from styr.access.models import Municipality
from styr.budgets import assumptions, queries, services
from styr.budgets.core.codes import ProvisionKind, RunKind
from styr.budgets.core.frame import Frame
from styr.budgets.learning import _own_words
from styr.budgets.models import ForecastRun
from styr.budgets.replaying import know_as_on
from styr.grants.models import Grant
from styr.kernel import clock
from styr.kernel.money import round_half_away

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 9, 15, 8, tzinfo=UTC)


def test_months_that_came_dearer_than_frozen_forecasts_said_widen_the_range_upwards(
    municipality: Municipality, home: Grant, book: Callable[..., Any], django_assert_num_queries: Any
) -> None:
    to = {"municipality_id": municipality.id, "now": NOW}
    for month in range(1, 9):
        book(date(2026, month, 1), 100_000, home)
    said = {}
    for month in (4, 5, 6):
        frame = Frame.of(first_year=2026, as_of=date(2026, month, 1))
        frozen = services.make_forecast(frame=frame, kind=RunKind.FROZEN, label=str(month), **to)
        months = queries.figures(
            run_id=frozen, year=2026, by=queries.By.MONTH, among=queries.Among(unit_id=home.unit_id)
        )
        said[month] = sum(row.forecast_ore for row in months if date(2026, month, 1) <= row.key < date(2026, 9, 1))
    run_id = services.make_forecast(frame=Frame.of(first_year=2026, as_of=NOW.date()), **to)
    now = queries.total_figures(run_id=run_id, year=2026, among=queries.Among(grant_id=home.id))
    with django_assert_num_queries(1):
        found = queries.confidence(run_id=run_id, year=2026, among=queries.Among(unit_id=home.unit_id))
    assert found is not None
    misses = {month: ((9 - month) * 100_000_00 - ore, ore) for month, ore in said.items()}
    worst = max(misses.values(), key=lambda miss: miss[0] / miss[1])
    ahead = now.granted_ore + now.expected_ore
    edge = round_half_away(max(ahead * worst[0], 0), worst[1])
    assert (found.forecast_ore, found.hits, found.high_ore) == (now.forecast_ore, 3, now.forecast_ore + edge)


def test_fewer_than_three_frozen_forecasts_give_no_range(municipality: Municipality, home: Grant) -> None:
    run_id = services.make_forecast(
        municipality_id=municipality.id, frame=Frame.of(first_year=2026, as_of=NOW.date()), now=NOW
    )
    assert queries.confidence(run_id=run_id, year=2026) is None


def test_a_replayed_forecast_knows_the_provisions_of_its_day_and_counts_while_too_few_were_kept(
    municipality: Municipality, home: Grant, book: Callable[..., Any]
) -> None:
    to = {"municipality_id": municipality.id, "now": NOW}
    for month in range(1, 9):
        book(date(2026, month, 1), 100_000, home)
    facts = assumptions.ProvisionFacts(
        kind=ProvisionKind.ARRIVALS, persons=Decimal(1), price_ore=10_000_00, starts=date(2026, 1, 1)
    )
    written = clock.today()
    assumptions.add_provision(municipality_id=municipality.id, facts=facts)
    for day, known in ((written - timedelta(days=1), 0), (written, 1)):
        with transaction.atomic(), connection.cursor() as cursor:
            know_as_on(cursor, day)
            cursor.execute("SELECT count(*), coalesce(sum(month_ore), 0) FROM rel_provision")
            assert cursor.fetchone() == (known, known * 10_000_00)
            assert len(_own_words()[0]) == known
            transaction.set_rollback(True)
    for month in (4, 5, 6):
        services.make_forecast(
            frame=Frame.of(first_year=2026, as_of=date(2026, month, 1)), kind=RunKind.REPLAYED, label=str(month), **to
        )
    run_id = services.make_forecast(frame=Frame.of(first_year=2026, as_of=NOW.date()), **to)
    sure = queries.confidence(run_id=run_id, year=2026)
    assert sure is not None
    assert (sure.hits, sure.replayed) == (3, 3)
    for month in (4, 5, 6, 7):
        services.make_forecast(
            frame=Frame.of(first_year=2026, as_of=date(2026, month, 1)), kind=RunKind.FROZEN, label=f"set {month}", **to
        )
    kept = queries.confidence(run_id=run_id, year=2026)
    assert kept is not None
    assert (kept.hits, kept.replayed) == (4, 0)
    assert sorted(then.run.kind for then in queries.history(year=2026)) == [
        *[RunKind.FROZEN] * 4,
        *[RunKind.REPLAYED] * 3,
    ]
    with pytest.raises(DatabaseError, match="kept as it was"), transaction.atomic():
        ForecastRun.objects.filter(kind=RunKind.REPLAYED).delete()


def test_provisions_count_in_the_months_ahead_and_end_when_told(
    municipality: Municipality, home: Grant, django_assert_num_queries: Any
) -> None:
    facts = assumptions.ProvisionFacts(
        kind=ProvisionKind.WAITING_LIST, persons=Decimal(2), price_ore=75_000_00, starts=date(2026, 8, 1)
    )
    added = assumptions.add_provision(municipality_id=municipality.id, facts=facts)
    frame = Frame.of(first_year=2026, as_of=NOW.date())
    first = services.make_forecast(municipality_id=municipality.id, frame=frame, now=NOW)
    assert queries.total_figures(run_id=first, year=2026).provision_ore == 4 * 150_000_00
    assumptions.end_provision(provision_id=added, ends=date(2026, 11, 1))
    again = services.make_forecast(municipality_id=municipality.id, frame=frame, now=NOW)
    assert queries.total_figures(run_id=again, year=2026).provision_ore == 2 * 150_000_00
    with django_assert_num_queries(1):
        assert [row.ends for row in assumptions.provisions()] == [date(2026, 11, 1)]
    with pytest.raises(assumptions.UnableToAssumeError, match="hele måneder"):
        assumptions.add_provision(
            municipality_id=municipality.id,
            facts=assumptions.ProvisionFacts(
                kind=ProvisionKind.OTHER, persons=Decimal(1), price_ore=1, starts=date(2026, 8, 2)
            ),
        )
