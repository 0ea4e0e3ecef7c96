"""Follow-up rounds: the figures of the day are kept, what is agreed has an owner and a day, a closed round stays."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any
from uuid import UUID

import pytest
from django.db import IntegrityError, ProgrammingError, connection, transaction
from django.test import Client

from db.budgets_pages.conftest import NOW, TODAY
from loggedin import logged_in_client, send
from personas import Persona, persona
from styr.access.core.permissions import permissions_of
from styr.access.core.roles import Role
from styr.access.models import Municipality, Unit
from styr.budgets.core.frame import Frame
from styr.budgets.core.rounds import ActionState, Amounts, Change, moved, total
from styr.budgets.economy import year_picture
from styr.budgets.models import FollowUpRound, RoundAction, RoundLine
from styr.budgets.queries import current_run
from styr.budgets.round_pages import round_page
from styr.budgets.rounds import (
    Actor,
    Agreed,
    ChangedMeanwhileError,
    UnableToFollowUpEconomyError,
    agree,
    close_round,
    hand_over_action,
    open_round,
    settle_action,
    write_note,
)
from styr.budgets.services import make_forecast
from styr.grants.models import Grant
from styr.workspace.start import work_of

pytestmark = pytest.mark.django_db
Asked = Callable[..., tuple[Any, int]]


@pytest.fixture
def actor(municipality: Municipality, economist: Persona) -> Actor:
    return Actor(economist.user.id, municipality.id, TODAY, NOW)


@pytest.fixture
def round_id(forecast: UUID, actor: Actor, home: Grant) -> UUID:
    return open_round(unit_id=home.unit_id, year=2026, held_on=TODAY, actor=actor)


@pytest.fixture
def stranger(municipality: Municipality, other_unit: Unit) -> Actor:
    """A caseworker of the other unit."""
    return Actor(persona("fremmed", municipality, Role.CASEWORKER, other_unit).user.id, municipality.id, TODAY, NOW)


def agreed(actor: Actor, home: Grant, **facts: Any) -> Agreed:
    given = {"text": "Genforhandl nattevagten", "owner_id": actor.user_id, "due_on": TODAY + timedelta(days=7),
             "effect_ore": 40_000_00, "citizen_id": home.citizen_id}  # fmt: skip
    return Agreed(**{**given, **facts})


def test_a_round_keeps_the_figures_of_the_day_it_was_opened(round_id: UUID, home: Grant) -> None:
    page, unit = round_page(round_id), year_picture(current_run(), 2026, unit_id=home.unit_id)
    assert page.head.sums == Amounts(unit.sums.budget_ore, unit.sums.actual_ore, unit.sums.forecast_ore)
    assert [one.citizen_id for one in page.deviating] == [home.citizen_id]
    assert page.deviating[0].now is not None
    assert page.deviating[0].now.budget_ore == 100_000_000
    assert page.over_beside_ore == page.head.sums.over_ore - page.deviating[0].over_ore == -50_000_00
    assert page.moved_beside_ore == 0


def test_the_next_round_shows_what_changed_since_the_last(
    round_id: UUID, actor: Actor, home: Grant, book: Callable[..., Any], municipality: Municipality
) -> None:
    action_id = agree(round_id=round_id, agreed=agreed(actor, home), actor=actor)
    close_round(round_id=round_id, attendees="Lone, Mette", summary="Set på", seen_version=1, actor=actor)
    before = round_page(round_id).head.sums.forecast_ore
    book(9, 300_000, home)
    make_forecast(municipality_id=municipality.id, frame=Frame.of(first_year=2026, as_of=TODAY), now=NOW)
    later = open_round(unit_id=home.unit_id, year=2026, held_on=TODAY + timedelta(days=7), actor=actor)
    page = round_page(later)
    assert page.moved_ore == page.head.sums.forecast_ore - before != 0
    assert page.moved_beside_ore + sum(one.moved_ore for one in page.moved) == page.moved_ore
    assert [(one.citizen_id, one.change) for one in page.changed] == [(home.citizen_id, Change.UP)]
    assert [one.id for one in page.earlier_actions] == [action_id]


def test_a_unit_has_one_open_round_of_a_year_and_one_a_day(round_id: UUID, actor: Actor, home: Grant) -> None:
    with pytest.raises(UnableToFollowUpEconomyError, match="allerede"):
        open_round(unit_id=home.unit_id, year=2026, held_on=TODAY + timedelta(days=1), actor=actor)
    close_round(round_id=round_id, attendees="Lone", summary="", seen_version=1, actor=actor)
    with pytest.raises(UnableToFollowUpEconomyError, match="allerede"):
        open_round(unit_id=home.unit_id, year=2026, held_on=TODAY, actor=actor)


def test_no_round_is_opened_on_a_year_that_nobody_has_forecast(forecast: UUID, actor: Actor, home: Grant) -> None:
    with pytest.raises(UnableToFollowUpEconomyError, match="ikke beregnet en prognose for 2030"):
        open_round(unit_id=home.unit_id, year=2030, held_on=TODAY.replace(year=2030), actor=actor)


def test_a_colleague_of_another_unit_follows_nothing_up_here(forecast: UUID, home: Grant, stranger: Actor) -> None:
    with pytest.raises(UnableToFollowUpEconomyError, match="Du må ikke"):
        open_round(unit_id=home.unit_id, year=2026, held_on=TODAY, actor=stranger)


def test_what_is_agreed_needs_words_a_coming_day_and_somebody_of_the_unit(
    round_id: UUID, actor: Actor, home: Grant, stranger: Actor, help_at_home: Grant
) -> None:
    wrong = (
        ({"text": "  "}, "Skriv"),
        ({"due_on": TODAY - timedelta(days=1)}, "Fristen"),
        ({"owner_id": stranger.user_id}, "Vælg en kollega"),
        ({"citizen_id": help_at_home.citizen_id}, "ikke med i runden"),
    )
    for facts, refusal in wrong:
        with pytest.raises(UnableToFollowUpEconomyError, match=refusal):
            agree(round_id=round_id, agreed=agreed(actor, home, **facts), actor=actor)
    assert RoundAction.objects.count() == 0


def test_an_action_is_settled_once_with_how_it_went(round_id: UUID, actor: Actor, home: Grant) -> None:
    action_id = agree(round_id=round_id, agreed=agreed(actor, home), actor=actor)
    done: dict[str, Any] = {"action_id": action_id, "state": ActionState.DONE, "actor": actor}
    with pytest.raises(UnableToFollowUpEconomyError, match="hvordan det gik"):
        settle_action(**done, outcome=" ", seen_version=1)
    settle_action(**done, outcome="Prisen er sat ned.", seen_version=1)
    with pytest.raises(ChangedMeanwhileError):
        settle_action(**done, outcome="Igen", seen_version=1)
    with pytest.raises(UnableToFollowUpEconomyError, match="udført"):
        hand_over_action(action_id=action_id, owner_id=actor.user_id, due_on=TODAY, seen_version=2, actor=actor)


def test_a_closed_round_is_not_written_in(round_id: UUID, actor: Actor, home: Grant) -> None:
    with pytest.raises(UnableToFollowUpEconomyError, match="hvem der var med"):
        close_round(round_id=round_id, attendees="", summary="x", seen_version=1, actor=actor)
    with pytest.raises(ChangedMeanwhileError):
        close_round(round_id=round_id, attendees="Lone", summary="x", seen_version=9, actor=actor)
    close_round(round_id=round_id, attendees="Lone", summary="x", seen_version=1, actor=actor)
    with pytest.raises(UnableToFollowUpEconomyError, match="afsluttet"):
        write_note(round_id=round_id, text="For sent", citizen_id=None, actor=actor)


def test_the_database_keeps_lines_and_notes_as_they_are(round_id: UUID, actor: Actor, home: Grant) -> None:
    write_note(round_id=round_id, text="Nattevagten drøftet", citizen_id=home.citizen_id, actor=actor)
    for text in ("UPDATE budgets_roundline SET forecast_ore = 0", "DELETE FROM budgets_roundnote"):
        with pytest.raises(ProgrammingError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(text)
    with pytest.raises(IntegrityError), transaction.atomic():
        FollowUpRound.objects.filter(id=round_id).update(state="closed")


def test_the_pages_of_a_round_open_with_few_queries_and_take_what_is_written(
    asked: Asked, page: Client, round_id: UUID, home: Grant, economist: Persona
) -> None:
    at = f"/oekonomi/opfoelgning/{round_id}/"
    written = {
        "handling": "Ring til stedet",
        "borger": str(home.citizen_id),
        "frist": "2026-10-30",
        "virkning": "12.500",
    }
    answer = send(page, f"{at}aftale/", {**written, "ansvarlig": str(economist.user.id)})
    assert answer.status_code == 302
    assert send(page, f"{at}notat/", {"tekst": "Talt igennem", "borger": ""}).status_code == 302
    assert send(page, f"{at}notat/", {"tekst": "", "borger": ""}).status_code == 422
    action = RoundAction.objects.get()
    assert (action.effect_ore, action.due_on) == (12_500_00, date(2026, 10, 30))
    for path in ("", "referat/", "afslut/", f"../handling/{action.id}/"):
        shown, count = asked(
            f"{at}{path}" if not path.startswith("..") else f"/oekonomi/opfoelgning/handling/{action.id}/"
        )
        assert shown.status_code == 200
        assert count <= 12, path
    assert "Ida Østergård" in page.get(at).content.decode()
    assert send(page, f"{at}afslut/", {"version": "1", "attendees": "Lone Kjær", "summary": "Enige"}).status_code == 302
    assert "Lone Kjær" in page.get(f"{at}referat/").content.decode()
    handled = send(
        page,
        f"/oekonomi/opfoelgning/handling/{action.id}/",
        {"handling": "udfoert", "resultat": "Gjort", "version": "1"},
    )
    assert handled.status_code == 302
    assert RoundAction.objects.get().state == "done"


def test_a_due_action_stands_in_its_owners_work(round_id: UUID, actor: Actor, home: Grant, economist: Persona) -> None:
    agree(round_id=round_id, agreed=agreed(actor, home), actor=actor)
    roles = [Role.ECONOMIST]
    work = work_of(user_id=economist.user.id, roles=roles, permissions=permissions_of(roles), today=TODAY)
    told = {one.title: one.count for one in work if one.url_name == "rounds"}
    assert told["Aftaler om økonomien"] == 1


def test_a_caseworker_of_the_unit_sees_its_round_and_one_of_another_does_not(
    round_id: UUID, municipality: Municipality, home: Grant, other_unit: Unit
) -> None:
    own = persona("egen", municipality, Role.CASEWORKER, Unit(id=home.unit_id))
    foreign = persona("anden", municipality, Role.CASEWORKER, other_unit)
    assert logged_in_client(own).get(f"/oekonomi/opfoelgning/{round_id}/").status_code == 200
    assert logged_in_client(foreign).get(f"/oekonomi/opfoelgning/{round_id}/").status_code == 404


def test_opening_keeps_a_line_for_every_citizen_of_the_unit(round_id: UUID, home: Grant) -> None:
    assert set(RoundLine.objects.values_list("citizen_id", flat=True)) == {home.citizen_id}


def test_what_moved_is_told_by_kind() -> None:
    one, two, three = UUID(int=1), UUID(int=2), UUID(int=3)
    now = {one: Amounts(None, 0, 100), two: Amounts(100, 10, 90)}
    before = {two: Amounts(100, 0, 120), three: Amounts(5, 0, 5)}
    found = {row.citizen_id: (row.change, row.moved_ore) for row in moved(now, before)}
    assert found == {one: (Change.NEW, 100), two: (Change.DOWN, -30), three: (Change.GONE, -5)}
    assert total(now.values()) == Amounts(100, 10, 190)
