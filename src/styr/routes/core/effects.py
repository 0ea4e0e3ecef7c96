"""What a plan changes for each citizen, and how its price stands when somebody stays at home."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from styr.kernel.money import round_half_away

if TYPE_CHECKING:
    from collections.abc import Iterable

NOTICED: Final = 10
"""Minutes earlier, later or longer from which a citizen notices the change."""
ABSENCES: Final = (0, 5, 10, 20, 30)
PER_CENT: Final = 100


@dataclass(frozen=True, slots=True)
class Change:
    """One citizen's ride now and in the plan, minutes; None where it is not known or not driven."""

    pickup_now: int | None
    minutes_now: int | None
    pickup: int | None
    minutes: int | None

    @property
    def earlier(self) -> int | None:
        """How many minutes earlier one is fetched; negative is later."""
        return None if self.pickup is None or self.pickup_now is None else self.pickup_now - self.pickup

    @property
    def longer(self) -> int | None:
        """How many minutes longer one rides; negative is shorter."""
        return None if self.minutes is None or self.minutes_now is None else self.minutes - self.minutes_now

    @property
    def noticed(self) -> bool:
        """Whether the citizen notices: another time, a longer ride, or no ride at all."""
        return self.pickup is None or abs(self.earlier or 0) >= NOTICED or (self.longer or 0) >= NOTICED


@dataclass(frozen=True, slots=True)
class AtAbsence:
    """The price of a ride when so many per cent stay at home; None where nobody rides, or today's is not known."""

    per_cent: int
    plan_ore: int | None
    now_ore: int | None

    @property
    def cheaper(self) -> bool | None:
        """Whether the plan is then still the cheaper one."""
        return None if self.plan_ore is None or self.now_ore is None else self.plan_ore < self.now_ore


def at_absences(
    *, cost_ore: int, rides: int, now_ore: int | None, rides_now: int, follows: bool
) -> tuple[AtAbsence, ...]:
    """The price of each ride at some shares of absence.

    Args:
        cost_ore: The plan's day, the same whoever rides.
        rides: Rides of the plan's day.
        now_ore: Today's day; None where unknown.
        rides_now: Rides of today's day.
        follows: Whether today's price falls with each ride that is not driven, as single trips do.
    """
    return tuple(
        AtAbsence(
            share,
            _each(cost_ore, rides, share),
            None if now_ore is None else _each(now_ore, rides_now, 0 if follows else share),
        )
        for share in ABSENCES
    )


def break_even(*, cost_ore: int, rides: int, now_ore: int | None, rides_now: int) -> int | None:
    """From how many per cent staying at home the plan's ride is no cheaper than today's, whose price follows the rides.

    0 where it is dearer with everybody aboard; None where today is not known, or the plan is cheaper to the last one.
    """
    if now_ore is None or rides_now <= 0 or rides <= 0:
        return None
    return next(
        (share for share in range(PER_CENT) if cost_ore * PER_CENT * rides_now >= now_ore * rides * (PER_CENT - share)),
        None,
    )


def _each(cost_ore: int, rides: int, per_cent: int) -> int | None:
    ridden = rides * (PER_CENT - per_cent)
    return round_half_away(cost_ore * PER_CENT, ridden) if ridden > 0 else None


def saving(*, now_ore: int | None, plan_ore: int, days: int | None) -> int | None:
    """What the plan saves in a year of so many days, øre; negative where dearer, None where today is not known."""
    return None if now_ore is None or days is None else (now_ore - plan_ore) * days


def total_noticed(changes: Iterable[Change]) -> int:
    """How many rides change so that somebody notices."""
    return sum(change.noticed for change in changes)
