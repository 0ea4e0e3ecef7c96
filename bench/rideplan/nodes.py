"""An instance as other solvers take it: a depot, pickups and deliveries numbered, everything in whole thousandths."""

from typing import Any

import numpy as np
from instances import Instance

Trips = list[list[tuple[str, str]]]
SCALE = 1000


def whole(values: Any) -> "np.ndarray[tuple[int, ...], np.dtype[np.int64]]":
    return np.minimum(np.rint(np.asarray(values, dtype=float) * SCALE), 10**9).astype(np.int64)


class Nodes:
    """A depot, then pickups, then deliveries, as whole numbers of thousandths."""

    def __init__(self, instance: Instance) -> None:
        problem, self.cost = instance.problem, int(instance.vehicle_cost * SCALE)
        self.number, self.fleet = len(problem.requests), problem.vehicles[0]
        self.names = [request.id for request in problem.requests]
        stops = [request.pickup for request in problem.requests] + [request.delivery for request in problem.requests]
        places = [self.fleet.start, *(stop.place for stop in stops)]
        self.travel = np.ceil(problem.travel.duration[np.ix_(places, places)] * SCALE).astype(np.int64)
        hours = self.fleet.shifts[0]
        self.open = whole([hours.open, *(stop.open for stop in stops)])
        self.close = whole([hours.close, *(stop.close for stop in stops)])
        self.service = whole([0, *(stop.service for stop in stops)])
        loads = [request.load[0] for request in problem.requests]
        self.load = [0, *loads, *(-load for load in loads)]
        self.room = self.fleet.configurations[0][0]
        self.ride = whole([request.max_ride for request in problem.requests])
        self.longest = int(whole([self.fleet.max_duration])[0])

    def visit(self, node: int) -> tuple[str, str]:
        kind = "pickup" if node <= self.number else "delivery"
        return kind, self.names[(node - 1) % self.number]
