"""What the start page and the demo's summary say beside what the domains say themselves."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class RegisterFigures:
    """How much is in the registers; of grants, those that run today."""

    citizens: int
    suppliers: int
    contracts: int
    grants: int


def share(part: int, whole: int) -> float | None:
    """A part of a whole, 0 to 1; None when there is no whole."""
    return part / whole if whole else None
