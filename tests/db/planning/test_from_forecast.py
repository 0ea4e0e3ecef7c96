"""A budget that begins with the forecast of its year: its grants, and what it holds beside them, to the øre."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from django.db.models import Sum

from db.planning.conftest import NOW, TODAY, Town
from styr.access.models import Unit
from styr.access.scope import acting_as, service_scope
from styr.budgets.assumptions import ProvisionFacts, add_provision
from styr.budgets.core.codes import ProvisionKind
from styr.budgets.models import ForecastRow
from styr.budgets.services import make_forecast, usual_frame
from styr.planning.budgeting import Plan, UnableToMakeBudgetError, make_version
from styr.planning.models import VersionLine

pytestmark = pytest.mark.django_db
PLAN = Plan("Fra prognosen", 2027, transitions=False, from_forecast=True)


def made(town: Town, plan: Plan) -> list[VersionLine]:
    with acting_as(town.lone.token):
        version = make_version(
            municipality_id=town.municipality_id, maker_id=town.lone.user.id, plan=plan, today=TODAY, now=NOW
        )
        return list(VersionLine.objects.filter(version_id=version))


@pytest.fixture
def pools(town: Town, unit: Unit) -> None:
    """A waiting list of the unit and one of nobody's, and a forecast that holds them."""
    facts = ProvisionFacts(
        kind=ProvisionKind.WAITING_LIST, persons=Decimal(2), price_ore=75_000_00, starts=date(2027, 1, 1),
        section="SEL-107",
    )  # fmt: skip
    with service_scope(town.municipality_id, "test"):
        add_provision(municipality_id=town.municipality_id, facts=replace(facts, unit_id=unit.id))
        add_provision(municipality_id=town.municipality_id, facts=replace(facts, persons=Decimal(1)))
        make_forecast(municipality_id=town.municipality_id, frame=usual_frame(TODAY), now=NOW)


def forecast_of(town: Town) -> int:
    with service_scope(town.municipality_id, "test"):
        rows = ForecastRow.objects.filter(month__gte=date(2027, 1, 1), month__lt=date(2028, 1, 1))
        return int(rows.aggregate(ore=Sum("amount_ore"))["ore"])


def test_its_lines_add_up_to_the_forecast_provisions_and_all(town: Town, pools: None) -> None:
    lines = made(town, PLAN)
    assert sum(line.total_ore for line in lines) == forecast_of(town)
    beside = {line.text: line.total_ore for line in lines if line.part == "forecast"}
    assert beside["Pulje"] == 12 * 150_000_00
    assert beside["Pulje (uden enhed i prognosen)"] == 12 * 75_000_00
    assert all(line.grant_id and line.citizen_id for line in lines if line.part == "grant")


def test_a_units_own_holds_its_unit_alone(town: Town, pools: None, unit: Unit) -> None:
    lines = made(town, replace(PLAN, unit_id=unit.id))
    assert {line.unit_id for line in lines} == {unit.id}
    assert [line.total_ore for line in lines if line.part == "forecast"] == [12 * 150_000_00]


def test_it_is_refused_without_a_forecast_and_with_an_index_on_top(town: Town, pools: None) -> None:
    for plan, why in (
        (replace(PLAN, year=2030), "ikke beregnet"),
        (replace(PLAN, index_percent=Decimal(2)), "i forvejen"),
    ):
        with pytest.raises(UnableToMakeBudgetError, match=why):
            made(town, plan)
