"""What a stored forecast holds: booked in closed months, accrued where nothing is booked, expected ahead."""

from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID

import pytest
from django.db import DatabaseError, transaction
from django.db.models import Sum

from db.budgets.conftest import HOME_ACCOUNT
from styr.access.models import Municipality
from styr.budgets import queries
from styr.budgets.core.codes import Basis
from styr.budgets.core.frame import Frame
from styr.budgets.economy_list_rows import Narrowed, Paging
from styr.budgets.economy_lists import grant_rows
from styr.budgets.models import BridgeRow, ForecastRow, ForecastRun
from styr.budgets.services import freeze_forecast, make_forecast
from styr.budgets.unpriced import Unpriced, unpriced_grants
from styr.grants.models import Grant, OwnRate, ServiceLine
from styr.grants.queries import expected_by_month

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 4, 15, 8, tzinfo=UTC)
TODAY = NOW.date()


def rows(run_id: UUID, grant: Grant | None) -> dict[tuple[date, str], int]:
    found = ForecastRow.objects.filter(run_id=run_id, grant_id=None if grant is None else grant.id)
    return {
        (row["month"], row["basis"]): row["ore"]
        for row in found.values("month", "basis").annotate(ore=Sum("amount_ore"))
    }


def test_closed_months_are_booked_or_accrued_and_the_months_ahead_expected(
    municipality: Municipality, home: Grant, book: Callable[..., Any]
) -> None:
    book(date(2026, 1, 1), 99_000, home)
    book(date(2026, 2, 1), 1_234)
    run_id = make_forecast(municipality_id=municipality.id, frame=Frame.of(first_year=2026, as_of=TODAY), now=NOW)
    expected = {
        row.month: row.amount_ore
        for row in expected_by_month(from_month=date(2026, 1, 1), to_month=date(2026, 12, 1), grant_ids=[home.id])
    }
    wanted = {(date(2026, 1, 1), "actual"): 99_000_00}
    wanted |= {(month, "accrual"): ore for month, ore in expected.items() if 2 <= month.month <= 3}
    wanted |= {(month, "granted"): ore for month, ore in expected.items() if month.month >= 4}
    assert rows(run_id, home) == wanted
    assert rows(run_id, None) == {(date(2026, 2, 1), "actual"): 1_234_00}
    assert ForecastRun.objects.get(id=run_id).state == "done"


def test_a_new_forecast_takes_the_place_of_the_one_before_and_a_frozen_one_stays(
    municipality: Municipality, home: Grant, book: Callable[..., Any]
) -> None:
    frame = Frame.of(first_year=2026, as_of=TODAY)
    first = make_forecast(municipality_id=municipality.id, frame=frame, now=NOW)
    frozen = freeze_forecast(municipality_id=municipality.id, today=TODAY, now=NOW, label="Marts")
    second = make_forecast(municipality_id=municipality.id, frame=frame, now=NOW)
    assert set(ForecastRun.objects.values_list("id", flat=True)) == {frozen, second}
    assert not ForecastRow.objects.filter(run_id=first).exists()
    with pytest.raises(DatabaseError, match="kept as it was"), transaction.atomic():
        ForecastRow.objects.filter(run_id=frozen).delete()
    with pytest.raises(DatabaseError, match="kept as it was"), transaction.atomic():
        ForecastRun.objects.filter(id=frozen).update(label="Andet")


def test_the_citizens_forecast_now_is_the_stored_one(
    municipality: Municipality, home: Grant, help_at_home: Grant, book: Callable[..., Any]
) -> None:
    book(date(2026, 3, 1), 50_000, home)
    book(date(2026, 1, 1), 500, None, citizen_id=home.citizen_id)
    run_id = make_forecast(municipality_id=municipality.id, frame=Frame.of(first_year=2026, as_of=TODAY), now=NOW)
    stored = ForecastRow.objects.filter(run_id=run_id, citizen_id=home.citizen_id)
    names = ("grant_id", "section", "account", "month", "basis", "amount_ore")
    live = queries.citizen_forecast(citizen_id=home.citizen_id, year=2026, today=TODAY)
    assert {tuple(getattr(row, name) for name in names) for row in live} == set(stored.values_list(*names))


def test_the_bridge_adds_up_and_leads_to_the_grants(
    municipality: Municipality, home: Grant, help_at_home: Grant, book: Callable[..., Any], budget: Callable[..., Any]
) -> None:
    budget(2026, 1_000_000, home)
    budget(2026, 30_000, unit_id=home.unit_id)
    book(date(2026, 1, 1), 99_000, home)
    run_id = make_forecast(municipality_id=municipality.id, frame=Frame.of(first_year=2026, as_of=TODAY), now=NOW)
    whole = queries.bridge_of(run_id=run_id, year=2026)
    total = queries.total_figures(run_id=run_id, year=2026)
    assert (whole.budget_ore, whole.forecast_ore) == (total.budget_ore, total.forecast_ore)
    assert sum(ore for _, ore in whole.parts) == whole.deviation_ore == total.deviation_ore
    found = {(row.grant_id, row.account): row.bridge for row in queries.causes(run_id=run_id, year=2026).rows}
    assert found[home.id, HOME_ACCOUNT].price_ore == found[home.id, HOME_ACCOUNT].deviation_ore
    assert found[help_at_home.id, ""].volume_ore == found[help_at_home.id, ""].forecast_ore
    assert found[None, HOME_ACCOUNT].unplaced_ore == -30_000_00


@pytest.mark.parametrize("by", list(queries.By))
def test_figures_by_anything_add_up_to_the_total_in_one_query(  # noqa: PLR0917 - fixtures
    municipality: Municipality, home: Grant, help_at_home: Grant, book: Callable[..., Any], budget: Callable[..., Any],
    django_assert_num_queries: Any, by: queries.By,
) -> None:  # fmt: skip
    budget(2026, 1_000_000, home)
    book(date(2026, 1, 1), 99_000, home)
    book(date(2026, 2, 1), 400, unit_id=help_at_home.unit_id)
    run_id = make_forecast(municipality_id=municipality.id, frame=Frame.of(first_year=2026, as_of=TODAY), now=NOW)
    with django_assert_num_queries(1):
        found = queries.figures(run_id=run_id, year=2026, by=by)
    whole = queries.total_figures(run_id=run_id, year=2026)
    for name in ("budget_ore", "original_ore", "forecast_ore", "actual_ore", "accrual_ore", "granted_ore"):
        assert sum(getattr(row, name) for row in found) == getattr(whole, name)


@pytest.mark.parametrize("lost", [OwnRate, ServiceLine])
def test_a_grant_without_a_price_or_services_is_carried_on_by_what_is_booked_and_listed(
    lost: type[OwnRate | ServiceLine],
    municipality: Municipality,
    home: Grant,
    help_at_home: Grant,
    book: Callable[..., Any],
) -> None:
    """As grants of rides have none. Their persons are expected as they are budgeted, and nothing is out of its time."""
    OwnRate.objects.filter(service_line__grant=help_at_home).delete()
    if lost is ServiceLine:
        ServiceLine.objects.filter(grant=help_at_home).delete()
    for month in range(3, 8):
        book(date(2026, month, 1), 40_000, help_at_home)
    as_of = date(2026, 9, 15)
    alone = lost is ServiceLine
    assert unpriced_grants(as_of) == Unpriced(services=not alone, without_services=alone, grants=1)
    run_id = make_forecast(municipality_id=municipality.id, frame=Frame.of(first_year=2026, as_of=as_of), now=NOW)
    booked = {(date(2026, month, 1), "actual"): 40_000_00 for month in range(3, 8)}
    short, long = (round(5 * 40_000_00 * days / (31 + 30 + 31 + 30 + 31)) for days in (30, 31))
    assert rows(run_id, help_at_home) == booked | {
        (date(2026, month, 1), "carried"): short if month in {9, 11} else long for month in range(8, 13)
    }, "by its days; August is closed, and its bill has not come"
    carried = 2 * short + 3 * long
    assert queries.total_figures(run_id=run_id, year=2026).carried_ore == carried
    stored = queries.citizen_forecast(citizen_id=help_at_home.citizen_id, year=2026, today=as_of)
    assert sum(row.amount_ore for row in stored if row.basis is Basis.CARRIED) == carried
    told = BridgeRow.objects.get(run_id=run_id, grant_id=help_at_home.id, account=help_at_home.account_string)
    assert (told.forecast_days, told.timing_ore) == ((date(2027, 1, 1) - date(2026, 3, 1)).days, 0)
    listed, totals = grant_rows(queries.run_of(run_id), 2026, Narrowed(unpriced_on=as_of), Paging())
    assert [row.grant_id for row in listed] == [help_at_home.id]
    assert (totals.count, totals.forecast_ore) == (1, 5 * 40_000_00 + carried)
