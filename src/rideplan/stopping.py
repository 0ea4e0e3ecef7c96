"""When a search ends, and how it tells how far it is."""

from collections.abc import Callable
from dataclasses import dataclass
from math import inf


@dataclass(frozen=True, slots=True)
class Stop:
    """The first of these ends the search.

    Attributes:
        seconds: CPU-seconds of the searching thread; wall time would make a busy machine plan worse.
        iterations: Steps; with this alone a seed always gives the same plan.
        idle: Steps without a better plan.
    """

    seconds: float = inf
    iterations: int | None = None
    idle: int | None = None

    def __post_init__(self) -> None:
        """A search must end."""
        if self.seconds == inf and self.iterations is None:
            raise ValueError("Stop: give seconds or iterations")


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a search is: the share of its budget used, steps, and the best cost so far."""

    share: float
    iterations: int
    best: float


Listener = Callable[[Progress], bool | None]
"""Called now and then; answering `False` ends the search."""
