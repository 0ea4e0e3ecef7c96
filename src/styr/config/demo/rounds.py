"""The example's follow-up: two units that deviate most, each with a round that was held and one that came after it."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from rich.console import Console

from styr.access.colleagues import colleagues_who
from styr.access.core.permissions import Permission
from styr.access.scope import service_scope
from styr.budgets.core.rounds import ActionState
from styr.budgets.economy import year_picture
from styr.budgets.queries import RunView, current_run, frozen_runs
from styr.budgets.round_pages import RoundPage, round_page, rounds_of
from styr.budgets.rounds import Actor, Agreed, agree, close_round, open_round, settle_action, write_note

UNITS = 2
_ATTENDEES = "Lone Kjær (økonom), Mads Overgaard (kontraktforhandler), Mette Brandt (sagsbehandler)"
_FIRST_SUMMARY = (
    "Afvigelsen ligger på få borgere. Særtakster uden slutdato genforhandles, og overskredne opfølgninger tages først."
)
_LAST_SUMMARY = "Prognosen er flyttet siden sidst, se tabellen. Aftalerne følges op på næste møde."


@dataclass(frozen=True)
class _Table:
    """Who sits at the table, and when now is."""

    municipality_id: UUID
    people: dict[str, UUID]
    now: datetime

    def actor(self, name: str, day: date) -> Actor:
        """The colleague on a day at ten."""
        moment = self.now.replace(year=day.year, month=day.month, day=day.day, hour=10, minute=0, second=0)
        return Actor(self.people[name], self.municipality_id, day, moment)


def hold_rounds(*, municipality_id: UUID, today: date, now: datetime, console: Console) -> None:
    """Hold them where no round has been held this year; nothing in the first months, when there is little to follow."""
    with console.status("Holder opfølgning"), service_scope(municipality_id, "demo"):
        run, kept = current_run(), [frozen for frozen in frozen_runs() if frozen.first_year == today.year]
        if run is None or len(kept) < UNITS or rounds_of(year=today.year):
            return
        able = colleagues_who(Permission.FOLLOW_UP_ECONOMY, unit_id=None, on=today)
        table = _Table(municipality_id, {one.name.split()[0]: one.id for one in able}, now)
        units = [unit for unit in year_picture(run, today.year).units if unit.unit_id is not None]
        dearest = sorted(units, key=lambda unit: -abs(unit.sums.over_ore or 0))[:UNITS]
        for number, unit in enumerate(dearest):
            assert unit.unit_id is not None  # noqa: S101 - those without were left out above
            _first(table, unit.unit_id, kept[1])
            _second(table, unit.unit_id, today, closed=number == 0)


def _first(table: _Table, unit_id: UUID, run: RunView) -> None:
    """A round on the figures of a kept forecast, closed with its minutes."""
    day = run.as_of + timedelta(days=8)
    lone = table.actor("Lone", day)
    round_id = open_round(unit_id=unit_id, year=day.year, held_on=day, actor=lone, run=run)
    page = round_page(round_id)
    for moved in page.deviating[:1]:
        text = "Særtaksten er ikke aftrappet som aftalt. Leverandøren skal dokumentere timerne."
        write_note(round_id=round_id, text=text, citizen_id=moved.citizen_id, actor=lone)
        agreed = Agreed("Genforhandl særtaksten, og få en slutdato på", table.people["Mads"],
                        day + timedelta(days=30), 120_000_00, moved.citizen_id)  # fmt: skip
        agree(round_id=round_id, agreed=agreed, actor=lone)
    for moved in page.deviating[1:2]:
        agreed = Agreed("Følg op på bevillingen: er indsatsen stadig den rette?", table.people["Mette"],
                        day + timedelta(days=21), None, moved.citizen_id)  # fmt: skip
        agree(round_id=round_id, agreed=agreed, actor=lone)
    _close(page, _FIRST_SUMMARY, lone)


def _second(table: _Table, unit_id: UUID, today: date, *, closed: bool) -> None:
    """The round after it, on the figures of now: what was agreed is answered for, and something new is agreed."""
    day = today - timedelta(days=min(3, today.day - 1))
    lone = table.actor("Lone", day)
    round_id = open_round(unit_id=unit_id, year=day.year, held_on=day, actor=lone)
    page = round_page(round_id)
    for action in page.earlier_actions[:1]:
        settle_action(action_id=action.id, state=ActionState.DONE, seen_version=action.version,
                      outcome="Opfølgningen er holdt. Indsatsen fortsætter uændret.", actor=lone)  # fmt: skip
    write_note(round_id=round_id, text="Tilgangen er større end budgetteret; se også puljerne.", citizen_id=None,
               actor=lone)  # fmt: skip
    for moved in page.changed[:1]:
        agreed = Agreed("Undersøg, hvorfor prognosen har flyttet sig, og meld tilbage", table.people["Mette"],
                        today + timedelta(days=14), None, moved.citizen_id)  # fmt: skip
        agree(round_id=round_id, agreed=agreed, actor=lone)
    if closed:
        _close(page, _LAST_SUMMARY, lone)


def _close(page: RoundPage, summary: str, actor: Actor) -> None:
    close_round(round_id=page.head.id, attendees=_ATTENDEES, summary=summary, seen_version=page.version, actor=actor)
