"""A plan and what is said about it."""

from dataclasses import dataclass, field
from enum import StrEnum


class Kind(StrEnum):
    """What happens at a visit."""

    PICKUP = "pickup"
    DELIVERY = "delivery"
    BREAK = "break"


@dataclass(frozen=True, slots=True)
class Visit:
    """One stand of a vehicle: service begins at `time` (minutes after midnight); a break has no request."""

    kind: Kind
    request: str
    place: int
    time: float


@dataclass(frozen=True, slots=True)
class Route:
    """One trip of one vehicle in its shift number `shift` (counted from 0), left at `start`, home at `end`."""

    vehicle: str
    shift: int
    start: float
    end: float
    visits: tuple[Visit, ...]

    def requests(self) -> tuple[str, ...]:
        """The requests served, in the order of their pickups."""
        return tuple(visit.request for visit in self.visits if visit.kind is Kind.PICKUP)


@dataclass(frozen=True, slots=True)
class Unserved:
    """A request that nobody drives, and the constraint that stands in the way (`outside` where it is bought)."""

    request: str
    reason: str
    detail: str


@dataclass(frozen=True, slots=True)
class Violation:
    """A broken constraint: its name, whom it concerns, and what was seen."""

    constraint: str
    subject: str
    detail: str


@dataclass(frozen=True, slots=True)
class Costs:
    """The parts of a plan's cost; `total` is what the search minimised."""

    fixed: float = 0.0
    distance: float = 0.0
    minutes: float = 0.0
    rider_minutes: float = 0.0
    co2: float = 0.0
    inconvenience: float = 0.0
    outside: float = 0.0
    stability: float = 0.0
    penalty: float = 0.0

    @property
    def total(self) -> float:
        """The sum of the parts."""
        service = self.fixed + self.distance + self.minutes + self.rider_minutes + self.co2
        return service + self.inconvenience + self.outside + self.stability + self.penalty


@dataclass(frozen=True, slots=True)
class Result:
    """A plan, its figures, and the verdict of the independent verifier.

    Attributes:
        routes: The trips.
        unserved: Who is not driven, and why.
        violations: Every broken constraint; empty means the plan is legal.
        vehicles: How many vehicles drive.
        distance: In the unit of the matrix.
        costs: The parts of the cost.
        co2: Kilogrammes.
        changed_driver: Citizens with another vehicle than in the existing plan.
        changed_time: Citizens whose pickup moved more than the tolerance.
        estimated: Travel times come from a formula.
        iterations: Steps of the search.
        seconds: CPU-seconds of the search.
        seed: What it was seeded with.
    """

    routes: tuple[Route, ...]
    unserved: tuple[Unserved, ...] = ()
    violations: tuple[Violation, ...] = ()
    vehicles: int = 0
    distance: float = 0.0
    costs: Costs = field(default_factory=Costs)
    co2: float = 0.0
    changed_driver: int = 0
    changed_time: int = 0
    estimated: bool = False
    iterations: int = 0
    seconds: float = 0.0
    seed: int = 0

    @property
    def cost(self) -> float:
        """The total that was minimised."""
        return self.costs.total

    @property
    def feasible(self) -> bool:
        """No constraint is broken and everyone who must be driven is."""
        return not self.violations and all(row.reason == "outside" for row in self.unserved)
