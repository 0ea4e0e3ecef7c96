"""On which days a grant is used, as a person would write it down."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Standing:
    """The weekdays (Monday 0) on which a grant is used while its calendar is open."""

    weekdays: frozenset[int]
    calendar: int
