"""Judges another solver's plan as our own are judged."""

from collections.abc import Callable
from pathlib import Path
from time import process_time

from instances import Instance
from nodes import Trips

from rideplan.model.plan import Kind
from rideplan.schedule import costs_of, timed_routes
from rideplan.verifier import verify

SAMPLES = Path(__file__).parents[3] / "shared" / "samples" / "routing"
Outcome = tuple[float, int, bool, float]  # cost, vehicles, legal, CPU-seconds


def judged(plan: Callable[[Instance, float], Trips], instance: Instance, seconds: float) -> Outcome:
    """Another solver's order of visits, timed as well as possible, then checked by the same verifier."""
    begun = process_time()
    trips = plan(instance, seconds)
    spent, problem = process_time() - begun, instance.problem
    vehicles = problem.vehicles[0].names()
    sequences = {
        (vehicles[number], 0): tuple((Kind(kind), name) for kind, name in trip) for number, trip in enumerate(trips)
    }
    routes = timed_routes(problem, sequences)
    costs, _, _ = costs_of(problem, routes)
    return costs.total, len(routes), not verify(problem, routes), spent
