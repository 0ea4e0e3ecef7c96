"""Negotiations and transport on the management page: their steps, what leaks this year, and what is about too few."""

from datetime import date
from decimal import Decimal
from uuid import UUID

import pytest
from django.test import Client

from db.budgets_pages.conftest import NOW, TODAY
from db.negotiations.conftest import bill, home_of
from personas import persona
from styr.access.core.roles import Role
from styr.access.models import Municipality
from styr.grants.acting import Actor
from styr.grants.models import Grant, ServiceLine
from styr.negotiations import saving
from styr.negotiations.core.codes import SavingKind
from styr.reports import queries
from styr.reports.leaving import told_ore, waterfall_for_others
from styr.reports.models import Figure
from styr.reports.preparing import prepare

pytestmark = pytest.mark.django_db


@pytest.fixture
def agreed(municipality: Municipality, forecast: UUID, help_at_home: Grant) -> None:
    """Ida's stay is agreed down from September; October is billed at the old price; Bo is driven."""
    actor = Actor(persona("mads", municipality, Role.NEGOTIATOR).user.id, TODAY, NOW)
    home = home_of()
    wanted = home.wanted(kind=SavingKind.RATE_REDUCTION, agreed=Decimal(2200))
    made = saving.register_saving(wanted=wanted, actor=actor)
    saving.agree_saving(saving_id=made, agreed_on=date(2026, 8, 20), actor=actor)
    bill(home, date(2026, 9, 1), 30, 2200)
    bill(home, date(2026, 10, 1), 10, 2400)
    ServiceLine.objects.filter(grant=help_at_home).update(service="befordring")
    prepare(municipality_id=municipality.id, today=TODAY, now=NOW)


def test_negotiation_and_transport_are_steps_of_the_page(agreed: None, page: Client, help_at_home: Grant) -> None:
    found = queries.results(year=2026)
    assert found is not None
    waterfall = found.waterfall
    assert waterfall.negotiation_ore == -122 * 20_000
    assert waterfall.last_ore + sum(ore for _, ore in waterfall.parts) == waterfall.this_ore
    driven = Figure.objects.get(topic="waterfall", key="transport", unit_id=help_at_home.unit_id)
    assert driven.ore == waterfall.transport_ore > 0
    assert (found.of("savings", "realised").ore, found.of("savings", "leaked").ore) == (600_000, 200_000)
    told = " ".join(page.get("/resultater/").content.decode().split())
    for word in ("Forhandling", "Befordring", "24.400 kr.", "6.000 kr.", "2.000 kr."):
        assert word in told, word


def test_what_is_about_one_person_leaves_the_house_neither_as_an_amount_nor_as_a_step(
    agreed: None,
) -> None:
    found = queries.results(year=2026)
    assert found is not None
    assert told_ore(found.of("savings", "agreed")) is None
    others = waterfall_for_others(found)
    assert (others.negotiation_ore, others.transport_ore) == (0, 0)
    assert others.last_ore + sum(ore for _, ore in others.parts) == others.this_ore == found.waterfall.this_ore
