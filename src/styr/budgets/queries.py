"""What the scope may see of forecasts. Citizens are ids: names come through `people.queries`, which logs the read."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db.models import Q

from styr.access.prepared import planned_once
from styr.budgets.assumptions import IndexYear, ProvisionView, index_percents, index_rates, provisions
from styr.budgets.changes import changed_since
from styr.budgets.confidence import confidence
from styr.budgets.core.codes import KEPT, Basis, RunKind, RunState
from styr.budgets.core.frame import Frame
from styr.budgets.core.hits import Confidence
from styr.budgets.counting import asked, counted_of_citizens
from styr.budgets.explaining import Bridge, Cause, Causes, bridge_by_unit, bridge_of, causes
from styr.budgets.figures import ALL, Among, By, Cell, Figures, figures, sums_of_runs, total_figures, units_by_month
from styr.budgets.models import ForecastRun
from styr.kernel.refusal import NotThere

if TYPE_CHECKING:
    from datetime import date, datetime
    from uuid import UUID

__all__ = (
    "ALL",
    "Among",
    "Bridge",
    "By",
    "Cause",
    "Causes",
    "Cell",
    "Confidence",
    "Figures",
    "ForecastNotThereError",
    "IndexYear",
    "MonthOfCitizen",
    "ProvisionView",
    "RunView",
    "Then",
    "bridge_by_unit",
    "bridge_of",
    "causes",
    "citizen_forecast",
    "confidence",
    "current_run",
    "figures",
    "frozen_runs",
    "has_changed",
    "history",
    "index_rates",
    "provisions",
    "run_of",
    "run_under_way",
    "standing_runs",
    "total_figures",
    "units_by_month",
)


class ForecastNotThereError(NotThere):
    """There is no such forecast, or the caller may not see it."""

    def __init__(self) -> None:
        super().__init__("Prognosen findes ikke, eller du har ikke adgang til den.")


@dataclass(frozen=True, slots=True)
class RunView:
    """A forecast: which years, as of which day, made when; `unindexed_years` lack a percentage of fremskrivning."""

    id: UUID
    kind: RunKind
    label: str
    first_year: int
    last_year: int
    as_of: date
    closed_before: date
    state: RunState
    asked_at: datetime
    made_at: datetime | None
    failure: str
    unindexed_years: tuple[int, ...]
    seen: dict[str, Any]

    @property
    def years(self) -> tuple[int, ...]:
        """The years it is of."""
        return tuple(range(self.first_year, self.last_year + 1))


def current_run() -> RunView | None:
    """The forecast that stands; None before the first. One query."""
    run = ForecastRun.objects.filter(kind=RunKind.CURRENT, state=RunState.DONE).first()
    return None if run is None else _view(run)


def standing_runs() -> tuple[RunView | None, dict[int, RunView]]:
    """The forecast that stands, and the last that was kept of each year that is over. One query.

    What is kept while a year's last figures come in is of that year and the next (`services.request_nightly`).
    """
    wanted = Q(kind=RunKind.CURRENT) | Q(kind=RunKind.FROZEN, years__gt=1)
    current, over = None, {}
    for run in ForecastRun.objects.filter(wanted, state=RunState.DONE).order_by("as_of", "made_at"):
        if run.kind == RunKind.CURRENT:
            current = _view(run)
        elif run.closed_before.year > run.first_year:
            over[run.first_year] = _view(run)
    return current, over


def telling_of(year: int, current: RunView | None, kept: RunView | None) -> RunView | None:
    """Which forecast tells of a year: the one that stands, or the last that was kept of the year (`standing_runs`)."""
    return current if current is not None and year in current.years else kept


def run_under_way() -> RunView | None:
    """The current forecast being made, or the last attempt where it failed after the one that stands. One query."""
    runs = ForecastRun.objects.filter(kind=RunKind.CURRENT).exclude(state=RunState.DONE)
    run = runs.order_by("-asked_at").first()
    return None if run is None else _view(run)


def frozen_runs() -> tuple[RunView, ...]:
    """The forecasts that are kept, replayed ones too, the latest first. One query."""
    runs = ForecastRun.objects.filter(kind__in=KEPT, state=RunState.DONE).order_by("-as_of", "-made_at")
    return tuple(_view(run) for run in runs)


def run_of(run_id: UUID) -> RunView:
    """A forecast. One query.

    Raises:
        ForecastNotThereError: there is none for the caller.
    """
    run = ForecastRun.objects.filter(id=run_id).first()
    if run is None:
        raise ForecastNotThereError
    return _view(run)


def has_changed(run: RunView) -> bool:
    """Whether anything in what the caller sees has changed since the forecast was made. One query."""
    return changed_since(run.seen)


@dataclass(frozen=True, slots=True)
class MonthOfCitizen:
    """What a grant, or what belongs to none, costs in a month by one basis, øre."""

    grant_id: UUID | None
    section: str
    account: str
    month: date
    basis: Basis
    amount_ore: int


def citizen_forecast(*, citizen_id: UUID, year: int, today: date) -> tuple[MonthOfCitizen, ...]:
    """Return a citizen's forecast of a year from the registers as they are now, in order. Two queries."""
    frame = Frame.of(first_year=year, as_of=today)
    percents = index_percents()
    with planned_once() as cursor:
        cursor.execute(counted_of_citizens(), {**asked(frame, percents), "citizens": [citizen_id]})
        rows = cursor.fetchall()
    found = [
        MonthOfCitizen(grant, section, account, month, Basis(basis), ore)
        for _, grant, _, section, account, month, basis, ore in rows
    ]
    return tuple(sorted(found, key=lambda row: (row.month, str(row.grant_id), row.basis)))


@dataclass(frozen=True, slots=True)
class Then:
    """What a forecast said of a year, øre: what was booked and accrued by then, and the whole year."""

    run: RunView
    so_far_ore: int
    forecast_ore: int


def history(*, year: int, among: Among = ALL) -> tuple[Then, ...]:
    """Return what each kept forecast said of a year, the earliest first ("what did we believe in March?").

    Two queries, however many forecasts.
    """
    runs = ForecastRun.objects.filter(kind__in=KEPT, state=RunState.DONE, first_year__lte=year)
    of_year = [_view(run) for run in runs.order_by("as_of", "made_at") if run.first_year + run.years > year]
    said = sums_of_runs(run_ids=[run.id for run in of_year], year=year, among=among)
    return tuple(Then(run, *said.get(run.id, (0, 0))) for run in of_year)


def _view(run: ForecastRun) -> RunView:
    return RunView(
        id=run.id,
        kind=RunKind(run.kind),
        label=run.label,
        first_year=run.first_year,
        last_year=run.first_year + run.years - 1,
        as_of=run.as_of,
        closed_before=run.closed_before,
        state=RunState(run.state),
        asked_at=run.asked_at,
        made_at=run.made_at,
        failure=run.failure,
        unindexed_years=tuple(run.unindexed_years),
        seen=run.seen,
    )
