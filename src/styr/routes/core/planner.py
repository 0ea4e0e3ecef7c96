"""A day handed to the route planner: in so many seconds of processor time, or so many steps."""

from __future__ import annotations

from math import inf
from typing import TYPE_CHECKING, Final

from rideplan.solver import solve
from rideplan.stopping import Stop
from rideplan.travel.crow import CrowFlight
from rideplan.travel.osrm import Osrm, UnableToAskRoadsError
from styr.routes.core.codes import LeftOut
from styr.routes.core.day import problem_of
from styr.routes.core.outcome import Outcome, Undriven, outcome_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from rideplan.stopping import Progress
    from rideplan.travel.provider import Provider
    from styr.routes.core.day import Day

SEED: Final = 1
"""The same day gives the same plan, as far as the time is the same."""


_PATIENCE: Final = 5_000
_PATIENCE_A_RIDE: Final = 1_000
"""Steps without a better plan after which a search ends before its time: a handful of rides needs no half minute."""


class UnableToMeasureRoadsError(RuntimeError):
    """The road server does not answer, or knows no road between two of the places."""


def roads(server: str) -> Provider:
    """Travel times along roads from a server, or, where there is none, from the distance as the crow flies."""
    return Osrm(server) if server else CrowFlight()


def worked_out(
    day: Day,
    travel: Provider,
    *,
    seconds: float = inf,
    steps: int | None = None,
    listener: Callable[[float], bool] | None = None,
) -> Outcome:
    """The day as planned.

    Args:
        day: Rides and vehicles.
        travel: Where travel times come from.
        seconds: Processor time.
        steps: Steps of the search; with these alone the same day always gives the same plan.
        listener: Told the share of the work that is done, from 0 to 1; answering False ends the search.

    Raises:
        UnableToMeasureRoadsError: there are no travel times.
    """
    if not day.usable() or not day.rides:
        undriven = tuple(Undriven(ride.key, LeftOut.FLEET, "") for ride in day.rides)
        return Outcome((), (), undriven, (), estimated=False)
    try:
        problem = problem_of(day, travel.table)
    except UnableToAskRoadsError as silent:
        raise UnableToMeasureRoadsError(str(silent)) from silent
    idle = None if seconds == inf else max(_PATIENCE, _PATIENCE_A_RIDE * len(day.rides))
    stop = Stop(seconds=seconds, iterations=steps, idle=idle)
    result = solve(problem, stop, seed=SEED, listener=None if listener is None else _told(listener))
    return outcome_of(day, result, problem.travel)


def _told(listener: Callable[[float], bool]) -> Callable[[Progress], bool]:
    return lambda progress: listener(progress.share)
