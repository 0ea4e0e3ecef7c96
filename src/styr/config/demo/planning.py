"""The example's plans: two scenarios that Lone shares, negotiations planned from one, and next year's budget."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from uuid import UUID

from rich.console import Console

from styr.access import tokens
from styr.access.colleagues import colleagues_who
from styr.access.core.permissions import Permission
from styr.access.scope import acting_as, service_scope
from styr.budgets.queries import By, current_run, figures
from styr.planning.budgeting import Plan, make_version
from styr.planning.core.changes import Change, ChangeKind, Touches
from styr.planning.core.sharing import Sharing
from styr.planning.deciding import Actor, send
from styr.planning.keeping import Facts, add_change, create_scenario
from styr.planning.negotiating import plan_negotiations
from styr.planning.scenarios import scenarios
from styr.planning.versions import versions
from styr.suppliers.queries import supplier_names

_AS_LONG_AS_IT_TAKES = timedelta(hours=6)


@dataclass(frozen=True)
class _Lone:
    """The economist who plans, and when now is."""

    municipality_id: UUID
    id: UUID
    today: date
    now: datetime

    @property
    def next_year(self) -> date:
        return date(self.today.year + 1, 1, 1)


def make_plans(*, municipality_id: UUID, today: date, now: datetime, console: Console) -> None:
    """Make them where nobody has planned anything: as Lone herself, since a scenario is a person's own."""
    with service_scope(municipality_id, "demo"):
        able = colleagues_who(Permission.EDIT_ECONOMY, unit_id=None, on=today)
    planner = next((one.id for one in able if one.name.startswith("Lone")), None)
    if planner is None:
        return
    lone = _Lone(municipality_id, planner, today, now)
    grantee = tokens.Grantee(municipality_id, planner, "session", may_write=True)
    token = tokens.issue(grantee, now=now, expires=now + _AS_LONG_AS_IT_TAKES)
    with console.status("Lægger planer"), acting_as(token):
        if not scenarios():
            _tapered(lone)
            _cheaper(lone)
        if not versions():
            _budget(lone)
    tokens.revoke(token)


def _tapered(lone: _Lone) -> None:
    """Special rates fall over half a year, everywhere."""
    taper = Change(ChangeKind.SPECIAL, lone.next_year, months=6)
    _scenario(lone, "Særtakster aftrappes over et halvt år", "Leverandøren skal dokumentere timerne.", taper)


def _cheaper(lone: _Lone) -> None:
    """The supplier that most is paid to gives three percent; negotiated unit by unit."""
    run = current_run()
    if run is None:
        return
    paid = figures(run_id=run.id, year=lone.today.year, by=By.SUPPLIER)
    dearest = max((one for one in paid if isinstance(one.key, UUID)), key=lambda one: one.forecast_ore, default=None)
    if dearest is None or not isinstance(dearest.key, UUID):
        return
    name = supplier_names([dearest.key]).get(dearest.key, "")
    change = Change(ChangeKind.RATE, lone.next_year, Touches(supplier_id=dearest.key), percent=Decimal(-3))
    scenario_id, changes = _scenario(lone, f"3 % lavere takster hos {name}"[:120], "Forhandles samlet.", change)
    plan_negotiations(
        scenario_id=scenario_id, change_id=changes[0], planner_id=lone.id, title=f"3 % hos {name}",
        today=lone.today, now=lone.now,
    )  # fmt: skip


def _scenario(lone: _Lone, name: str, note: str, *changes: Change) -> tuple[UUID, list[UUID]]:
    facts = Facts(name=name, note=note, shared=Sharing.MUNICIPALITY)
    scenario_id = create_scenario(municipality_id=lone.municipality_id, owner_id=lone.id, facts=facts, now=lone.now)
    added = [add_change(scenario_id=scenario_id, owner_id=lone.id, change=one, now=lone.now) for one in changes]
    return scenario_id, added


def _budget(lone: _Lone) -> None:
    """Next year's, made of the forecast; it waits for the manager."""
    plan = Plan(
        name=f"Budget {lone.next_year.year}, administrationens udkast", year=lone.next_year.year,
        note="Lavet af prognosen for året, med puljer og erfaring.", from_forecast=True,
    )  # fmt: skip
    version_id = make_version(
        municipality_id=lone.municipality_id, maker_id=lone.id, plan=plan, today=lone.today, now=lone.now
    )
    send(version_id=version_id, actor=Actor(lone.id, lone.today, lone.now))
