"""Making forecasts: now, in a job with progress, or frozen as they stand."""

from __future__ import annotations

from contextlib import contextmanager
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any, Final

from django.db import connection, transaction
from procrastinate.contrib.django import app as jobs

from styr.budgets.assumptions import index_percents
from styr.budgets.changes import histories_now
from styr.budgets.core.codes import RunKind, RunState
from styr.budgets.core.frame import Frame
from styr.budgets.counting import BRIDGE_COLUMNS, COLUMNS, PLANNED_FOR_ALL, asked, bridged, counted
from styr.budgets.learning import learned
from styr.budgets.models import BridgeRow, ForecastRow, ForecastRun
from styr.kernel.danish import danish_month
from styr.kernel.refusal import Refusal

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime
    from uuid import UUID

FORECAST_TASK: Final = "budgets.forecast"
"""The job's name: services defer it, `tasks.py` performs it."""

YEARS_AHEAD: Final = 2
LATE_MONTHS: Final = 3
"""So long into a year last year's figures still come in, and its forecast is kept up."""


_LOST_AFTER: Final = timedelta(hours=1)
"""A request that has waited longer than this lost its job; the next one is queued anew."""


class UnableToForecastError(Refusal):
    """The forecast cannot be made as asked; the message says why."""


def usual_frame(today: date) -> Frame:
    """This year and two more; until the end of March last year too."""
    first = today.year - 1 if today.month <= LATE_MONTHS else today.year
    return Frame.of(first_year=first, years=today.year + YEARS_AHEAD - first + 1, as_of=today)


@transaction.atomic
def make_forecast(
    *, municipality_id: UUID, frame: Frame, now: datetime, kind: RunKind = RunKind.CURRENT, label: str = ""
) -> UUID:
    """Make a forecast of the frame's years from the registers as they are now; return the run's id.

    Runs in the caller's scope, which must span the whole municipality. A current one takes the place of the one before;
    a frozen one is kept. A fixed number of statements, however many grants; nothing leaves the database.
    """
    run_id = queue_run(municipality_id=municipality_id, frame=frame, now=now, kind=kind, label=label)
    count_months(run_id=run_id)
    explain_deviation(run_id=run_id, now=now)
    return run_id


def queue_run(
    *, municipality_id: UUID, frame: Frame, now: datetime, kind: RunKind = RunKind.CURRENT, label: str = ""
) -> UUID:
    """Note that a forecast has been asked for, so that pages can show how far it has come; return its id."""
    run = ForecastRun.objects.create(
        municipality_id=municipality_id,
        kind=kind,
        label=label,
        first_year=frame.first_year,
        years=frame.years,
        as_of=frame.as_of,
        closed_before=frame.closed_before,
        state=RunState.QUEUED,
        asked_at=now,
    )
    return run.id


@transaction.atomic
def count_months(*, run_id: UUID) -> int:
    """Work out the run's months anew and store them; return the number of rows. Doing it twice gives the same."""
    run = _unfinished(run_id)
    frame, percents = frame_of(run), index_percents()
    ForecastRow.objects.filter(run=run).delete()
    seen = histories_now()
    with connection.cursor() as cursor, planned_for_all(cursor):
        given = {**asked(frame, percents, learned(frame)), "municipality": run.municipality_id, "run": run.id}
        cursor.execute(_insert(ForecastRow, COLUMNS, counted()), given)
        rows = int(cursor.rowcount)
        cursor.execute("SELECT budgets_analyze('budgets_forecastrow')")
    run.state, run.seen, run.unindexed_years = RunState.EXPLAINING, seen, frame.unindexed(percents)
    run.save(update_fields=["state", "seen", "unindexed_years"])
    return rows


@transaction.atomic
def explain_deviation(*, run_id: UUID, now: datetime) -> None:
    """Work out why each of the run's years differs from its budget, and let the run stand."""
    run = _unfinished(run_id)
    frame, percents = frame_of(run), index_percents()
    BridgeRow.objects.filter(run=run).delete()
    given = {**asked(frame, percents), "municipality": run.municipality_id, "run": run.id}
    with connection.cursor() as cursor, planned_for_all(cursor):
        for year in range(frame.first_year, frame.last_year + 1):
            span = {"year": year, "year_first": date(year, 1, 1), "year_end": date(year + 1, 1, 1)}
            cursor.execute(_insert(BridgeRow, BRIDGE_COLUMNS, bridged(), year=True), given | span)
        cursor.execute("SELECT budgets_analyze('budgets_bridgerow')")
    if run.kind == RunKind.CURRENT:
        _take_away(ForecastRun.objects.filter(kind=RunKind.CURRENT).exclude(id=run.id).exclude(state=RunState.QUEUED))
    run.state, run.made_at = RunState.DONE, now
    run.save(update_fields=["state", "made_at"])


def give_up(*, run_id: UUID, why: str) -> None:
    """Note that a forecast could not be made; the one before goes on standing."""
    ForecastRun.objects.filter(id=run_id).exclude(state=RunState.DONE).update(state=RunState.FAILED, failure=why[:300])


def begin(*, run_id: UUID) -> bool:
    """Note that a run is being made; False where there is nothing left to make."""
    open_runs = ForecastRun.objects.filter(id=run_id).exclude(state=RunState.DONE)
    return bool(open_runs.update(state=RunState.COUNTING, failure=""))


@transaction.atomic
def request_forecast(*, municipality_id: UUID, today: date, now: datetime) -> UUID:
    """Ask for a new current forecast; return the run to follow, which is the one that waits where one does.

    The job is queued in the caller's transaction; the forecasts of a municipality are made one after the other.
    """
    lately = ForecastRun.objects.filter(kind=RunKind.CURRENT, state=RunState.QUEUED, asked_at__gt=now - _LOST_AFTER)
    waiting = lately.first()
    if waiting is not None:
        return waiting.id
    run_id = queue_run(municipality_id=municipality_id, frame=usual_frame(today), now=now)
    _defer(municipality_id, run_id)
    return run_id


def request_nightly(*, municipality_id: UUID, today: date, now: datetime) -> None:
    """Ask for the night's forecast, and the first night of a month for one that is kept as what was believed then.

    A night that was missed is made up for by the next. While last year's figures still come in it is kept too.
    """
    kept = ForecastRun.objects.filter(kind=RunKind.FROZEN, closed_before=today.replace(day=1))
    if not kept.exclude(state=RunState.FAILED).exists():
        first = usual_frame(today - timedelta(days=today.day)).first_year
        first = max(first, today.year - 1)
        frame = Frame.of(first_year=first, years=today.year - first + 1, as_of=today)
        label = f"Pr. {today.day}. {danish_month(today)}"
        run_id = queue_run(municipality_id=municipality_id, frame=frame, now=now, kind=RunKind.FROZEN, label=label)
        _defer(municipality_id, run_id)
    request_forecast(municipality_id=municipality_id, today=today, now=now)


def _defer(municipality_id: UUID, run_id: UUID) -> None:
    job = jobs.configure_task(FORECAST_TASK, lock=f"{FORECAST_TASK}:{municipality_id}")
    job.defer(municipality_id=str(municipality_id), run_id=str(run_id))


def freeze_forecast(*, municipality_id: UUID, today: date, now: datetime, label: str) -> UUID:
    """Make a forecast of this year and keep it as it is, so that it can be held against what came; return its id."""
    frame = Frame.of(first_year=today.year, as_of=today)
    return make_forecast(municipality_id=municipality_id, frame=frame, now=now, kind=RunKind.FROZEN, label=label)


def frame_of(run: ForecastRun) -> Frame:
    """The frame that a run was asked with."""
    return Frame(run.first_year, run.years, run.as_of, run.closed_before)


def _unfinished(run_id: UUID) -> ForecastRun:
    run = ForecastRun.objects.select_for_update().filter(id=run_id).first()
    if run is None or run.state == RunState.DONE:
        raise UnableToForecastError("Prognosen findes ikke, eller den er allerede regnet.")
    return run


def _take_away(runs: Any) -> None:
    """Remove runs with their rows: in two statements, as Django would otherwise read every row first."""
    ids = list(runs.values_list("id", flat=True))
    for model in (ForecastRow, BridgeRow):
        rows = model.objects.filter(run_id__in=ids)
        rows._raw_delete(rows.db)  # noqa: SLF001 -- Django's own way to delete without reading
    runs.filter(id__in=ids).delete()


def _insert(model: type[ForecastRow | BridgeRow], columns: str, source: str, *, year: bool = False) -> str:
    table = model._meta.db_table  # noqa: SLF001 -- Django's public name
    own, values = (", year", ", %(year)s") if year else ("", "")
    return (
        f"INSERT INTO {table} (id, municipality_id, run_id{own}, {columns}) "  # noqa: S608 - Django's and our own names
        f"SELECT gen_random_uuid(), %(municipality)s, %(run)s{values}, {columns} FROM ({source}) AS counted"
    )


@contextmanager
def planned_for_all(cursor: Any) -> Iterator[None]:
    """Tell the planner that everything is read once: it takes each intermediate result for a handful of rows."""
    before: dict[str, str] = {}
    for name, value in PLANNED_FOR_ALL.items():
        cursor.execute("SELECT current_setting(%s), set_config(%s, %s, true)", [name, name, value])
        before[name] = cursor.fetchone()[0]
    yield
    for name, value in before.items():
        cursor.execute("SELECT set_config(%s, %s, true)", [name, value])
