"""The example's initiatives: the catalogue of transport, some under way, with plans, risks and what was measured."""

from dataclasses import fields, replace
from datetime import date, datetime, timedelta
from typing import Final
from uuid import UUID

from rich.console import Console

from styr.access.colleagues import colleagues_who
from styr.access.core.permissions import Permission
from styr.access.scope import service_scope
from styr.initiatives.core.codes import Level, Measure, Phase, Political, Service, Status
from styr.initiatives.core.interval import read
from styr.initiatives.core.remarks import Stated
from styr.initiatives.planning import NewRisk, NewStep, add_risk, add_step, finish_step, wait_for
from styr.initiatives.queries import InitiativeView, all_initiatives, catalogues
from styr.initiatives.services import (
    Actor,
    CatalogueFacts,
    InitiativeFacts,
    load_example,
    save_catalogue,
    save_initiative,
)

_RUNNING: Final = {1: Status.DONE, 5: Status.RUNNING, 8: Status.RUNNING, 12: Status.RUNNING}
_MEASURED: Final = {5: Measure.RECOVERED, 8: Measure.RECOVERED, 12: Measure.TRANSPORT}
_NAME: Final = "Kontraktforhandling og styring"


def carry_initiatives(*, municipality_id: UUID, today: date, now: datetime, console: Console) -> None:  # noqa: ARG001 - as its siblings
    """Bring the catalogues where there are none; doing it twice changes nothing."""
    with console.status("Følger indsatser"), service_scope(municipality_id, "demo"):
        able = colleagues_who(Permission.EDIT_INITIATIVES, unit_id=None, on=today)
        if catalogues() or not able:
            return
        actor = Actor(able[0].id, municipality_id, today)
        load_example(actor=actor)
        rows = {one.number: one for one in all_initiatives()}
        _transport(rows, actor)
        _own(actor)


def _transport(rows: dict[int, InitiativeView], actor: Actor) -> None:
    start = date(actor.today.year - 1, 1, 1)
    for number, status in _RUNNING.items():
        one = rows[number]
        measure = _MEASURED.get(number, Measure.NONE)
        facts = replace(
            _facts(one), status=status, measure=measure, measured_from=start if measure is not Measure.NONE else None,
            transport_areas=(9,) if measure is Measure.TRANSPORT else (),
            transport_kinds=("movia",) if measure is Measure.TRANSPORT else (),
        )  # fmt: skip
        save_initiative(
            facts=facts, actor=actor, catalogue_id=one.catalogue_id, initiative_id=one.id, seen_version=one.version
        )
        _plan(one.id, actor)
    for number in (3, 4):
        decided = replace(_facts(rows[number]), political=Political.GIVEN, political_on=date(actor.today.year, 2, 3))
        save_initiative(
            facts=decided, actor=actor, catalogue_id=rows[number].catalogue_id, initiative_id=rows[number].id,
            seen_version=rows[number].version,
        )  # fmt: skip
    wait_for(initiative_id=rows[12].id, needs_id=rows[9].id, actor=actor)
    wait_for(initiative_id=rows[8].id, needs_id=rows[5].id, actor=actor)
    add_risk(
        initiative_id=rows[12].id, actor=actor,
        risk=NewRisk("Fravær gør den faste rute dyrere end enkeltture.", Level.MIDDLE, Level.HIGH,
                     "Følg fremmødet, og luk ruten, når den ikke længere er billigst."),
    )  # fmt: skip


def _own(actor: Actor) -> None:
    """A catalogue of the municipality's own, about what is negotiated."""
    facts = CatalogueFacts(
        name=_NAME, year=actor.today.year - 1, phase=Phase.POTENTIAL, stated=Stated(None, None, None),
        note="Kommunens egne indsatser om kontrakter. Virkningen måles på de besparelser, fakturaerne viser.",
    )  # fmt: skip
    made = save_catalogue(facts=facts, actor=actor)
    since = date(actor.today.year, 1, 1)
    for number, title, saving in (
        (1, "Genforhandling af takster over medianen", "0,3-0,8"),
        (2, "Særtakster med timer, timepris og slutdato", "0,2-0,6"),
        (3, "Alle kontrakter på egen skabelon", ""),
    ):
        measured = number != 3  # noqa: PLR2004 - nothing measures the third
        save_initiative(
            facts=InitiativeFacts(
                number=number, title=title, saving=read(saving), owner="Team Kontrakter", departments=("CFH", "CBD"),
                service=Service.SAME, status=Status.RUNNING, measured_from=since if measured else None,
                measure=Measure.SAVINGS if measured else Measure.NONE,
            ),
            actor=actor, catalogue_id=made,
        )  # fmt: skip


def _plan(initiative_id: UUID, actor: Actor) -> None:
    first = actor.today - timedelta(days=200)
    mapped = add_step(
        initiative_id=initiative_id, step=NewStep("Kortlæg", first, first + timedelta(days=60)), actor=actor
    )
    tried = add_step(
        initiative_id=initiative_id, actor=actor,
        step=NewStep("Prøv i ét center", first + timedelta(days=60), first + timedelta(days=180), mapped),
    )  # fmt: skip
    add_step(
        initiative_id=initiative_id, actor=actor,
        step=NewStep("Udbred til alle", first + timedelta(days=180), first + timedelta(days=330), tried),
    )  # fmt: skip
    finish_step(step_id=mapped, actor=actor)
    finish_step(step_id=tried, actor=actor)


def _facts(one: InitiativeView) -> InitiativeFacts:
    return InitiativeFacts(**{each.name: getattr(one, each.name) for each in fields(InitiativeFacts)})
