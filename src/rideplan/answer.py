"""A result as JSON."""

from dataclasses import asdict
from typing import Any

from rideplan.model.plan import Result, Route


def as_json(result: Result, *, best_known: float | None = None) -> dict[str, Any]:
    """A result as plain values; `gap` (per cent of the best known cost) where one is given."""
    found: dict[str, Any] = {
        "vehicles": result.vehicles,
        "distance": result.distance,
        "cost": result.cost,
        "feasible": result.feasible,
        "violations": [asdict(row) for row in result.violations],
        "unserved": [asdict(row) for row in result.unserved],
        "routes": [_route(route) for route in result.routes],
        "costs": asdict(result.costs),
        "co2": result.co2,
        "changed_driver": result.changed_driver,
        "changed_time": result.changed_time,
        "estimated": result.estimated,
        "iterations": result.iterations,
        "seconds": result.seconds,
        "seed": result.seed,
    }
    if best_known is not None:
        found["gap"] = 100 * (result.cost / best_known - 1)
    return found


def _route(route: Route) -> dict[str, Any]:
    return asdict(route) | {"visits": [asdict(visit) | {"kind": str(visit.kind)} for visit in route.visits]}
