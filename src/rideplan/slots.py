"""The trips that may be driven: each present vehicle in each of its shifts."""

from dataclasses import dataclass

from rideplan.model.fleet import Shift, VehicleType
from rideplan.model.problem import Problem


@dataclass(frozen=True, slots=True)
class Slot:
    """One trip that one vehicle may drive; slots of the same class differ only in the vehicle."""

    vehicle: str
    number: int
    kind: VehicleType
    shift: int
    group: int

    @property
    def hours(self) -> Shift:
        """When it may be driven."""
        return self.kind.shifts[self.shift]


def slots_of(problem: Problem) -> tuple[Slot, ...]:
    """All slots, those of a class side by side; of a type no more vehicles than requests, beside those named."""
    named = {row.vehicle for row in problem.existing} | {row.vehicle for row in problem.locks}
    most, found, group, base = len(problem.requests), [], 0, 0
    for kind in problem.vehicles:
        names = [name for name in kind.names() if name not in problem.absent]
        kept = [name for number, name in enumerate(names) if number < most or name in named]
        for shift in range(len(kind.shifts)):
            found += [Slot(name, base + number, kind, shift, group) for number, name in enumerate(kept)]
            group += 1
        base += len(kept)
    return tuple(found)
