"""Who sees a forecast: those who serve its unit, and nobody who is kept from the case."""

from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID

import pytest
from django.db import DatabaseError, connection, transaction

from personas import Persona, persona
from styr.access.core.roles import Role
from styr.access.models import Municipality, Unit
from styr.access.scope import acting_as, service_scope
from styr.access.services import block_from_case
from styr.budgets import queries, services
from styr.budgets.core.frame import Frame
from styr.grants.models import Grant
from styr.people.queries import reveal_cpr

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 4, 15, 8, tzinfo=UTC)


@pytest.fixture
def run_id(
    municipality: Municipality, home: Grant, help_at_home: Grant, book: Callable[..., Any], budget: Callable[..., Any]
) -> UUID:
    book(date(2026, 1, 1), 90_000, home)
    book(date(2026, 1, 1), 777)
    budget(2026, 1_000_000, home)
    return services.make_forecast(
        municipality_id=municipality.id, frame=Frame.of(first_year=2026, as_of=NOW.date()), now=NOW
    )


def forecast(run_id: UUID) -> dict[UUID | None, int]:
    return {row.key: row.forecast_ore for row in queries.figures(run_id=run_id, year=2026, by=queries.By.UNIT)}


def test_a_unit_sees_its_own_rows_and_those_of_no_unit_and_the_manager_sees_all(  # noqa: PLR0917 - fixtures
    municipality: Municipality, unit: Unit, run_id: UUID, home: Grant, help_at_home: Grant, scope: str
) -> None:
    everything = forecast(run_id)
    assert set(everything) == {home.unit_id, help_at_home.unit_id, None}
    manager, worker = persona("lise", municipality, Role.MANAGER), persona("bent", municipality, Role.CASEWORKER, unit)
    with acting_as(manager.token):
        assert forecast(run_id) == everything
    with acting_as(worker.token):
        seen = forecast(run_id)
        whole = queries.bridge_of(run_id=run_id, year=2026)
        causes = queries.causes(run_id=run_id, year=2026).rows
        live = queries.citizen_forecast(citizen_id=help_at_home.citizen_id, year=2026, today=NOW.date())
    assert seen == {key: ore for key, ore in everything.items() if key in {unit.id, None}}
    assert whole.forecast_ore == sum(seen.values())
    assert {cause.unit_id for cause in causes} <= {unit.id, None}
    assert live == ()


def test_an_other_municipality_sees_nothing(run_id: UUID, other_municipality: Municipality) -> None:
    with service_scope(other_municipality.id, "report"):
        assert forecast(run_id) == {}
        assert queries.current_run() is None
        with pytest.raises(queries.ForecastNotThereError):
            queries.run_of(run_id)


def test_somebody_kept_from_a_case_sees_no_row_of_it(municipality: Municipality, run_id: UUID, home: Grant) -> None:
    manager: Persona = persona("lise", municipality, Role.MANAGER)
    cpr = reveal_cpr(citizen_id=home.citizen_id, page="test", purpose="test")
    block_from_case(
        municipality_id=municipality.id, user_id=manager.user.id, cpr=cpr, reason="Søster", starts=date(2026, 1, 1)
    )
    with acting_as(manager.token):
        assert home.unit_id not in forecast(run_id)
        assert all(cause.citizen_id != home.citizen_id for cause in queries.causes(run_id=run_id, year=2026).rows)


def test_an_auditor_sees_the_forecast_and_writes_none(municipality: Municipality, run_id: UUID) -> None:
    auditor = persona("rita", municipality, Role.AUDITOR)
    with acting_as(auditor.token):
        assert forecast(run_id)
        with pytest.raises(DatabaseError), transaction.atomic():
            services.queue_run(
                municipality_id=municipality.id, frame=Frame.of(first_year=2026, as_of=NOW.date()), now=NOW
            )


def test_rows_are_never_changed_and_forget_a_grant_that_is_gone(run_id: UUID, help_at_home: Grant) -> None:
    before = forecast(run_id)
    with connection.cursor() as cursor:
        with pytest.raises(DatabaseError, match="permission denied"), transaction.atomic():
            cursor.execute("UPDATE budgets_forecastrow SET amount_ore = 0")
        cursor.execute("DELETE FROM grants_ownrate WHERE unit_id = %s", [help_at_home.unit_id])
        cursor.execute("DELETE FROM grants_serviceline WHERE grant_id = %s", [help_at_home.id])
        cursor.execute("DELETE FROM grants_grant WHERE id = %s", [help_at_home.id])
    assert forecast(run_id) == before
    assert {row.key for row in queries.figures(run_id=run_id, year=2026, by=queries.By.GRANT)}.isdisjoint(
        {help_at_home.id}
    )
