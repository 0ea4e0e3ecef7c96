"""What explains a budget version beside the forecast of the year before it: read for whoever asks. Six queries."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Final

from django.db import connection

from styr.budgets.assumptions import index_percents
from styr.budgets.core.codes import Basis
from styr.budgets.economy_rows import basis_sums
from styr.budgets.queries import current_run
from styr.kernel.period import next_month
from styr.planning.budget_lines import units_below
from styr.planning.core.versions import MONTHS, Part
from styr.planning.core.year_bridge import Cause, Difference, GrantYears, of_grants
from styr.planning.models import VersionLine

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from uuid import UUID

    from styr.budgets.queries import RunView
    from styr.planning.versions import VersionCard

_RUNS: Final = "SELECT grant_id, number, unit_id, starts, ends FROM rel_grant WHERE grant_id = ANY(%s)"
_BY_BASIS: Final = {Basis.PROVISION: Cause.PROVISION, Basis.TREND: Cause.TREND}
_BY_PART: Final = {
    Part.INDEX.value: Cause.INDEX,
    Part.NEGOTIATION.value: Cause.NEGOTIATION,
    Part.TRANSITION.value: Cause.TRANSITION,
    Part.MANUAL.value: Cause.MANUAL,
}


@dataclass(frozen=True, slots=True)
class KnownGrant:
    """A grant that differs: its number, its unit, and when it runs (the end exclusive)."""

    number: str
    unit_id: UUID
    starts: date
    ends: date | None


@dataclass(frozen=True, slots=True)
class CauseSum:
    """A cause, what it comes to (øre), and of how many grants."""

    cause: Cause
    ore: int
    grants: int


@dataclass(frozen=True)
class YearBridge:
    """From the forecast of the year before (of the run that stands) to the version; causes add up to the difference."""

    run: RunView
    year: int
    forecast_ore: int
    budget_ore: int
    differences: tuple[Difference, ...]
    grants: Mapping[UUID, KnownGrant]
    years: Mapping[UUID, tuple[int, int]]
    """Each grant's forecast and budget, øre."""

    @property
    def causes(self) -> tuple[CauseSum, ...]:
        """The causes that there are, in the order in which they are told."""
        sums: dict[Cause, int] = defaultdict(int)
        grants: dict[Cause, set[UUID]] = defaultdict(set)
        for one in self.differences:
            sums[one.cause] += one.ore
            grants[one.cause] |= {one.grant_id} if one.grant_id else set()
        return tuple(CauseSum(cause, sums[cause], len(grants[cause])) for cause in Cause if cause in sums)

    def of_cause(self, cause: Cause) -> tuple[tuple[UUID, int], ...]:
        """The grants of a cause with its amount, the largest first."""
        sums: dict[UUID, int] = defaultdict(int)
        for one in self.differences:
            if one.cause is cause and one.grant_id is not None:
                sums[one.grant_id] += one.ore
        return tuple(sorted(sums.items(), key=lambda one: (-abs(one[1]), str(one[0]))))


def year_bridge(card: VersionCard) -> YearBridge | None:
    """Return it; None where the forecast that stands does not tell of the year before."""
    run = current_run()
    if run is None or card.year - 1 not in run.years:
        return None
    within = None if card.unit_id is None else units_below(card.unit_id)
    forecast: dict[UUID | None, int] = defaultdict(int)
    beside: list[Difference] = []
    for row in basis_sums(run, card.year - 1):
        if within is not None and row.unit_id not in within:
            continue
        if row.grant_id is None:
            beside.append(Difference(_BY_BASIS.get(row.basis, Cause.RECURRING), -row.amount_ore))
        forecast[row.grant_id] += row.amount_ore
    lines: list[Any] = list(
        VersionLine.objects.filter(version_id=card.id).values(
            "grant_id", "part", "text", "total_ore", "made_ore", "months_ore"
        )
    )
    ids = {one for one in forecast if one} | {line["grant_id"] for line in lines if line["grant_id"]}
    known = _known(ids)
    percent = index_percents().get(card.year, Decimal(0)) if card.from_forecast else Decimal(0)
    years = _years(card.year, lines, forecast, known)
    told = (*of_grants(years, year=card.year, percent=percent), *beside, *_of_lines(lines, known))
    unknown = sum(ore for one, ore in forecast.items() if one is not None and one not in known)
    loose = (Difference(Cause.RECURRING, -unknown),) if unknown else ()
    return YearBridge(
        run, card.year, sum(forecast.values()), sum(line["total_ore"] for line in lines),
        tuple(one for one in (*told, *loose) if one.ore), known,
        {one.grant_id: (one.forecast_ore, one.budget_ore) for one in years},
    )  # fmt: skip


def _known(ids: set[UUID]) -> dict[UUID, KnownGrant]:
    with connection.cursor() as cursor:
        cursor.execute(_RUNS, [list(ids)])
        return {row[0]: KnownGrant(*row[1:]) for row in cursor.fetchall()}


def _years(
    year: int, lines: list[dict[str, Any]], forecast: Mapping[UUID | None, int], known: Mapping[UUID, KnownGrant]
) -> list[GrantYears]:
    budget: dict[UUID, list[int]] = defaultdict(lambda: [0] * MONTHS)
    made: dict[UUID, int] = defaultdict(int)
    for line in lines:
        if line["part"] == Part.GRANT.value and line["grant_id"] in known:
            made[line["grant_id"]] += line["made_ore"]
            budget[line["grant_id"]] = [
                a + b for a, b in zip(budget[line["grant_id"]], line["months_ore"], strict=True)
            ]
    return [
        GrantYears(
            grant_id, forecast.get(grant_id, 0), made.get(grant_id, 0), grant.starts, grant.ends,
            _after_the_last(year, budget[grant_id]) if grant_id in made else None,
        )
        for grant_id, grant in known.items()
        if grant_id in forecast or grant_id in made
    ]  # fmt: skip


def _after_the_last(year: int, months: list[int]) -> date | None:
    """The first day after the last month that anything is budgeted in."""
    held = [number for number, ore in enumerate(months, start=1) if ore]
    return next_month(date(year, held[-1], 1)) if held else None


def _of_lines(lines: list[dict[str, Any]], known: Mapping[UUID, KnownGrant]) -> Iterator[Difference]:
    """What is beside the grants' own lines, and what was changed by hand."""
    for line in lines:
        grant_id = line["grant_id"] if line["grant_id"] in known else None
        yield Difference(Cause.MANUAL, line["total_ore"] - line["made_ore"], grant_id)
        if line["part"] != Part.GRANT.value or grant_id is None:
            yield Difference(_cause_of(line), line["made_ore"], grant_id)


def _cause_of(line: dict[str, Any]) -> Cause:
    """A forecast's line without a grant tells its basis by its first words."""
    if line["part"] in _BY_PART:
        return _BY_PART[line["part"]]
    return next(
        (cause for basis, cause in _BY_BASIS.items() if line["text"].startswith(basis.danish.capitalize())),
        Cause.RECURRING,
    )
