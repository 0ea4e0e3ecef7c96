"""What is read of scenarios, and a scenario worked out for whoever asks: on what their own scope may see."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from django.db.models import Count, Q

from styr.budgets.core.codes import Basis
from styr.budgets.economy_rows import basis_totals
from styr.budgets.queries import current_run
from styr.kernel.refusal import NotThere
from styr.planning.copying import copied
from styr.planning.core.changes import Change, ChangeKind, Touches
from styr.planning.core.outcome import Outcome, outcome_of
from styr.planning.core.sharing import Sharing
from styr.planning.models import Scenario, ScenarioChange

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date, datetime
    from uuid import UUID

    from styr.planning.models import ChangeFields


_NOT_COPIED: Final = (Basis.RECURRING, Basis.PROVISION, Basis.TREND)
"""What a forecast holds that is no grant's, and so is in no scenario."""


class ScenarioNotVisibleError(NotThere):
    """There is no such scenario, or it is not shared with the caller."""

    def __init__(self) -> None:
        super().__init__("Scenariet findes ikke, eller det er ikke delt med dig.")


@dataclass(frozen=True)
class ScenarioLine:
    """A scenario in a list."""

    id: UUID
    name: str
    note: str
    owner_id: UUID
    owner: str
    shared: Sharing
    unit_id: UUID | None
    goes_on: bool
    made_at: datetime
    changed_at: datetime
    changes: int


@dataclass(frozen=True)
class ChangeLine:
    """A change of a scenario with its id, and what it is."""

    id: UUID
    place: int
    change: Change


@dataclass(frozen=True)
class ScenarioCard(ScenarioLine):
    """A scenario with its changes, in their order."""

    lines: tuple[ChangeLine, ...]


@dataclass(frozen=True)
class WorkedOut:
    """A scenario's outcome, over how many service lines, of a copy made when."""

    outcome: Outcome
    lines: int
    copied_at: datetime


@dataclass(frozen=True)
class BesideForecast:
    """A year's forecast, what of it no scenario holds, and what else differs, øre.

    Expected cost + `absent` + `otherwise_ore` = forecast, exactly. What else differs: the expected cost of months that
    are closed stands for what is booked in them; prices are as they are known, not indexed; grants go on as the
    scenario says; and grants that nobody has decided are not in it.
    """

    forecast_ore: int
    absent: tuple[tuple[Basis, int], ...]
    otherwise_ore: int


def scenarios(*, user_id: UUID | None = None) -> tuple[ScenarioLine, ...]:
    """Return the scenarios that the caller sees (or those of `user_id`), the latest changed first; one query."""
    wanted = Q(put_away_at=None) & (Q(owner_id=user_id) if user_id else Q())
    found = Scenario.objects.filter(wanted).select_related("owner").annotate(change_count=Count("changes"))
    return tuple(ScenarioLine(**_facts(row), changes=row.change_count) for row in found.order_by("-changed_at", "name"))


def scenario(scenario_id: UUID) -> ScenarioCard:
    """Return a scenario with its changes; two queries.

    Raises:
        ScenarioNotVisibleError: there is none for the caller.
    """
    return _cards([scenario_id])[0]


def scenario_cards(scenario_ids: Sequence[UUID]) -> tuple[ScenarioCard, ...]:
    """Return several in the order asked for; two queries.

    Raises:
        ScenarioNotVisibleError: one of them is none for the caller.
    """
    return _cards(scenario_ids)


def work_out(changes: Sequence[Change], *, goes_on: bool, today: date, now: datetime) -> WorkedOut:
    """Work a scenario out on what the caller may see; two queries, or some more when the copy is to be made."""
    copy = copied(today=today, now=now, goes_on=goes_on)
    outcome = outcome_of(copy.bench.result(changes), copy.bench.months)
    return WorkedOut(outcome, copy.bench.lines, copy.made_at)


def beside_forecast(year: int, expected_ore: int) -> BesideForecast | None:
    """Hold what a year is expected to cost in a scenario against the forecast that stands; two queries.

    None where there is no forecast of the year.
    """
    run = current_run()
    if run is None or year not in run.years:
        return None
    sums = basis_totals(run, year)
    absent = tuple((basis, sums[basis]) for basis in _NOT_COPIED if sums.get(basis))
    forecast_ore = sum(sums.values())
    return BesideForecast(forecast_ore, absent, forecast_ore - expected_ore - sum(ore for _, ore in absent))


def change_of(row: ChangeFields) -> Change:
    """The value that a row holds."""
    return Change(
        kind=ChangeKind(row.kind),
        from_month=row.from_month,
        touches=Touches(
            section=row.section,
            service=row.service,
            supplier_id=row.supplier_id,
            provider_unit_id=row.provider_unit_id,
            unit_id=row.touched_unit_id,
            grant_ids=frozenset(row.grant_ids),
        ),
        percent=row.percent,
        months=row.months,
        price=row.price,
        count=row.count,
        until=row.until,
        to_provider_unit_id=row.to_provider_unit_id,
        to_supplier_id=row.to_provider_unit.supplier_id if row.to_provider_unit else None,
    )


def _cards(scenario_ids: Sequence[UUID]) -> tuple[ScenarioCard, ...]:
    rows = Scenario.objects.filter(id__in=scenario_ids, put_away_at=None).select_related("owner").in_bulk()
    if len(rows) != len(set(scenario_ids)):
        raise ScenarioNotVisibleError
    lines: dict[UUID, list[ChangeLine]] = {key: [] for key in rows}
    found = ScenarioChange.objects.filter(scenario_id__in=scenario_ids).select_related("to_provider_unit")
    for row in found.order_by("scenario_id", "place"):
        lines[row.scenario_id].append(ChangeLine(row.id, row.place, change_of(row)))
    return tuple(
        ScenarioCard(**_facts(rows[one]), changes=len(lines[one]), lines=tuple(lines[one])) for one in scenario_ids
    )


def _facts(row: Scenario) -> dict[str, Any]:
    return {
        "id": row.id,
        "name": row.name,
        "note": row.note,
        "owner_id": row.owner_id,
        "owner": row.owner.name,
        "shared": Sharing(row.shared),
        "unit_id": row.unit_id,
        "goes_on": row.goes_on,
        "made_at": row.made_at,
        "changed_at": row.changed_at,
    }
