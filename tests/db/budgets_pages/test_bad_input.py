"""Pages of the economy with words nobody should write, and years of which nothing is known."""

from collections.abc import Callable
from datetime import date
from typing import Any
from uuid import UUID

import pytest
from django.test import Client
from django.urls import reverse

from db.budgets_pages.conftest import NOW, TODAY
from loggedin import send
from personas import Persona
from styr.access.models import Municipality
from styr.budgets.rounds import Actor, Agreed, UnableToFollowUpEconomyError, agree, close_round, open_round
from styr.grants.models import Grant

pytestmark = pytest.mark.django_db


@pytest.fixture
def actor(municipality: Municipality, economist: Persona) -> Actor:
    return Actor(economist.user.id, municipality.id, TODAY, NOW)


def test_a_day_that_is_none_is_told_at_an_agreed_action(
    forecast: UUID, actor: Actor, home: Grant, page: Client
) -> None:
    round_id = open_round(unit_id=home.unit_id, year=2026, held_on=TODAY, actor=actor)
    agreed = Agreed("Ring", owner_id=actor.user_id, due_on=TODAY)
    action = reverse("economy_action", args=[agree(round_id=round_id, agreed=agreed, actor=actor)])
    words = {"handling": "overdrag", "version": "1", "ansvarlig": actor.user_id}
    for frist in ("31-02-2026", "i morgen", ""):
        answer = send(page, action, {**words, "frist": frist})
        assert answer.status_code < 500, frist
        assert "frist" in page.get(action).content.decode().lower()


@pytest.mark.parametrize("held_on", [date(1926, 1, 1), date(2025, 12, 1), date(2036, 1, 1)])
def test_a_round_is_not_held_in_another_time_than_its_year(
    forecast: UUID, actor: Actor, home: Grant, held_on: date
) -> None:
    with pytest.raises(UnableToFollowUpEconomyError, match="møde"):
        open_round(unit_id=home.unit_id, year=2026, held_on=held_on, actor=actor)


def test_a_round_is_not_held_before_one_that_is_closed(forecast: UUID, actor: Actor, home: Grant) -> None:
    first = open_round(unit_id=home.unit_id, year=2026, held_on=TODAY, actor=actor)
    close_round(round_id=first, attendees="Alle", summary="", seen_version=1, actor=actor)
    with pytest.raises(UnableToFollowUpEconomyError, match="senere"):
        open_round(unit_id=home.unit_id, year=2026, held_on=date(2026, 10, 1), actor=actor)


def test_a_year_without_a_forecast_is_not_told_to_end_under_its_budget(
    forecast: UUID, municipality: Municipality, home: Grant, page: Client, budget: Callable[..., Any]
) -> None:
    line = budget(500_000, home)
    type(line).objects.filter(id=line.id).update(year=2024)
    for address in (reverse("economy"), reverse("economy_unit", args=[home.unit_id]), reverse("economy_history")):
        text = page.get(f"{address}?aar=2024").content.decode()
        assert "under budgettet" not in text
        assert "−500.000 kr." not in text
        assert "-500.000 kr." not in text
    assert "ikke beregnet en prognose for 2024" in page.get(f"{reverse('economy')}?aar=2024").content.decode()


def test_the_list_behind_an_account_that_is_none_adds_up_to_it(
    municipality: Municipality, forecast: UUID, home: Grant, page: Client
) -> None:
    text = page.get(f"{reverse('economy_citizens')}?aar=2026&funktion=uden").content.decode()
    assert "Ida" not in text


def test_a_budget_on_accounts_is_told_beside_the_citizens_it_covers(forecast: UUID, home: Grant, page: Client) -> None:
    for address in (reverse("economy"), reverse("economy_unit", args=[home.unit_id])):
        text = page.get(f"{address}?aar=2026").content.decode()
        assert "50.000 kr. af budgettet er lagt på konti og ikke på borgere" in text


def test_the_page_says_what_the_forecast_is_made_of_and_it_adds_up(forecast: UUID, page: Client) -> None:
    context = page.get(f"{reverse('economy')}?aar=2026").context
    assert sum(ore for _, ore in context["made_of"]) == context["sums"].forecast_ore
