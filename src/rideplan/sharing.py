"""What sharing vehicles between institutions is worth: the same day planned by each institution on its own."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from rideplan.large import solve_large
from rideplan.model.plan import Result
from rideplan.model.problem import Problem
from rideplan.model.requests import Request
from rideplan.stopping import Stop
from rideplan.validation import check


@dataclass(frozen=True, slots=True)
class Sharing:
    """One plan for all beside a plan for each institution (by place).

    Each institution is given the whole fleet, so that together they may drive more vehicles than there are: that
    many would be needed.
    """

    shared: Result
    alone: Mapping[int, Result]

    @property
    def cost_alone(self) -> float:
        """What the plans of the institutions cost together."""
        return sum(result.cost for result in self.alone.values())

    @property
    def vehicles_alone(self) -> int:
        """How many vehicles they need together."""
        return sum(result.vehicles for result in self.alone.values())

    @property
    def dearer(self) -> float:
        """By how many per cent planning alone is dearer than the shared plan."""
        return 100 * (self.cost_alone / self.shared.cost - 1) if self.shared.cost else 0.0


def compare_sharing(problem: Problem, stop: Stop, *, seed: int = 0, workers: int = 1) -> Sharing:
    """Plans a day once for all and once for each institution.

    Args:
        problem: The day; locks hold in both, those who ride together stay with the institution of the first of them.
        stop: Budget of the shared plan, and of all the institutions' plans together (in proportion to their requests).
        seed: Of every search.
        workers: Processes for the shared plan.

    Raises:
        InvalidProblemError: Fields that cannot be meant.
    """
    check(problem)
    shared = solve_large(problem, stop, seed=seed, workers=workers)
    alone: dict[int, Result] = {}
    for place, requests in institutions(problem).items():
        share = len(requests) / len(problem.requests)
        steps = None if stop.iterations is None else max(1, int(stop.iterations * share))
        budget = Stop(stop.seconds * share, steps, stop.idle)
        alone[place] = solve_large(problem.with_requests(requests), budget, seed=seed)
    return Sharing(shared, alone)


def institutions(problem: Problem) -> dict[int, tuple[Request, ...]]:
    """Requests by institution: that end of a ride where more rides begin or end."""
    times = Counter(place for row in problem.requests for place in (row.pickup.place, row.delivery.place))
    found: dict[int, list[Request]] = {}
    homes: dict[str, int] = {}
    for row in problem.requests:
        place = max((row.pickup.place, row.delivery.place), key=lambda end: (times[end], end))
        if row.together is not None:
            place = homes.setdefault(row.together, place)
        found.setdefault(place, []).append(row)
    return {place: tuple(found[place]) for place in sorted(found)}
