"""The management figures and the catalogue of initiatives as JSON, for business intelligence."""

from __future__ import annotations

from datetime import date, datetime  # noqa: TC003 -- ninja reads them at run time
from uuid import UUID  # noqa: TC003 -- the same

from django.http import HttpRequest  # noqa: TC002 -- the same
from ninja import Router, Schema
from ninja.errors import HttpError

from styr.access.api import Problem, kr, plain, scoped
from styr.access.core.permissions import Permission
from styr.initiatives.core.interval import written
from styr.initiatives.queries import all_initiatives, effects
from styr.kernel import clock
from styr.reports import queries
from styr.reports.core.areas import Area, areas_for_others
from styr.reports.core.story import UnitStanding, units_for_others
from styr.reports.leaving import told_ore, waterfall_for_others

router = Router(tags=["Results"])
_TOLD = frozenset({"economy", "savings", "invoices", "changed", "deadlines"})


class FigureOut(Schema):
    """A figure of the units that the key's owner sees: an amount and a number, by topic and key.

    `amount` is null where it is about one to four persons.
    """

    topic: str
    key: str
    amount: str | None
    number: int


class UnitOut(Schema):
    """Where a unit stands; units of fewer than five persons are put together, and `unit` is null for those."""

    unit: UUID | None
    name: str
    budget: str | None
    forecast: str
    forecast_then: str | None


class AreaOut(Schema):
    """A law section; sections of fewer than five persons are put together, so no row is of fewer.

    A share is null where it, or what is left of the section, would be about one to four persons.
    """

    section: str
    persons: int
    grants: int
    cost: str
    signed: str | None
    assured: str | None
    own_template: str | None
    renegotiated: str | None


class ResultsOut(Schema):
    """The prepared figures: when they were worked out, of which day, and whether the registers have changed.

    `since` is the day that changes, and `forecast_then`, are told from.
    """

    year: int
    as_of: date
    since: date
    made_at: datetime
    data_at: datetime | None
    forecast_at: datetime | None
    outdated: bool
    figures: list[FigureOut]
    units: list[UnitOut]
    areas: list[AreaOut]


class InitiativeOut(Schema):
    """An initiative; amounts in millions of kr. as the catalogue writes them, the saving's bounds as numbers too.

    `measured` is what it brought so far in kr., null where nothing is measured; initiatives may be measured on the same
    kroner, so these are never added.
    """

    id: UUID
    number: int
    title: str
    theme: str
    owner: str
    departments: list[str]
    status: str
    political: str
    baseline: str
    saving: str
    saving_least: str | None
    saving_most: str | None
    measured: str | None
    measured_from: date | None


@router.get("", response={200: ResultsOut, 404: Problem}, summary="The management figures of this year")
@scoped(Permission.SEE_RESULTS)
def results(request: HttpRequest) -> ResultsOut:  # noqa: ARG001 - ninja's
    """Return this year's figures: the waterfall, savings, invoice control, deadlines and what changed."""
    today = clock.today()
    found = queries.results(year=today.year)
    if found is None:
        raise HttpError(404, "Tallene er ikke beregnet endnu.")
    figures = [
        FigureOut(topic=topic, key=key, amount=_kr(told_ore(one)), number=one.number)
        for (topic, key), one in sorted(found.figures.items())
        if topic in _TOLD
    ]
    waterfall = waterfall_for_others(found)
    steps = (("last", waterfall.last_ore), *waterfall.parts, ("this", waterfall.this_ore))
    figures += [FigureOut(topic="waterfall", key=key, amount=kr(ore), number=0) for key, ore in steps]
    areas = areas_for_others(found.areas)
    return ResultsOut(
        year=found.year,
        as_of=found.as_of,
        since=found.since,
        made_at=found.made_at,
        data_at=found.data_at,
        forecast_at=found.forecast_at,
        outdated=queries.is_old(found, today=today),
        figures=figures,
        units=[_unit(one) for one in units_for_others(found.units)],
        areas=[_area(one, {what for at, what in areas.hidden if at == place}) for place, one in enumerate(areas.rows)],
    )


@router.get("/initiatives", response=list[InitiativeOut], summary="The initiatives of every catalogue")
@scoped(Permission.SEE_RESULTS)
def initiatives(request: HttpRequest) -> list[InitiativeOut]:  # noqa: ARG001 - ninja's
    """Return them in their order of priority."""
    brought = effects()
    return [
        InitiativeOut(
            id=one.id,
            number=one.number,
            title=one.title,
            theme=one.theme,
            owner=one.owner,
            departments=list(one.departments),
            status=one.status.value,
            political=one.political.value,
            baseline=written(one.baseline),
            saving=written(one.saving),
            saving_least=None if one.saving is None else plain(one.saving.lower),
            saving_most=None if one.saving is None or one.saving.upper is None else plain(one.saving.upper),
            measured=None if one.id not in brought else _kr(brought[one.id].ore),
            measured_from=one.measured_from,
        )
        for one in all_initiatives()
    ]


def _unit(one: UnitStanding) -> UnitOut:
    standing = one.standing
    return UnitOut(
        unit=one.unit_id,
        name=one.name,
        budget=None if standing.budget_ore is None else kr(standing.budget_ore),
        forecast=kr(standing.forecast_ore),
        forecast_then=None if standing.before_ore is None else kr(standing.before_ore),
    )


def _area(one: Area, hidden: set[str]) -> AreaOut:
    return AreaOut(
        section=one.section,
        persons=one.persons,
        grants=one.grants,
        cost=kr(one.cost_ore),
        signed=None if "signed" in hidden else kr(one.signed_ore),
        assured=None if "assured" in hidden else kr(one.assured_ore),
        own_template=None if "own" in hidden else kr(one.own_ore),
        renegotiated=None if "renegotiated" in hidden else kr(one.renegotiated_ore),
    )


def _kr(ore: int | None) -> str | None:
    return None if ore is None else kr(ore)
