"""A plan's terms as they were kept, and how near its rides come to them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from styr.routes.core.day import Terms
from styr.routes.core.service_level import Level, Planned, levels

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from styr.routes.models import RoutePlan
    from styr.routes.stops import RideLine


def terms_of(plan: RoutePlan) -> Terms:
    """The plan's terms as they were kept."""
    kept = dict(plan.terms)
    for name in ("morning", "afternoon"):
        if name in kept:
            kept[name] = tuple(kept[name])
    return Terms(**kept)


def levels_of(plan: RoutePlan, lines: Sequence[RideLine]) -> tuple[Level, ...]:
    """What the plan was held to; nothing where nobody is driven."""
    return levels(_planned(lines), terms_of(plan)) if plan.driven else ()


def _planned(lines: Sequence[RideLine]) -> Iterator[Planned]:
    for line in lines:
        ride = line.ride
        if ride.route_id and ride.at is not None and ride.pickup is not None and ride.dropoff is not None:
            yield Planned(
                line.way, ride.at, ride.pickup, ride.dropoff, ride.longest, solo=ride.solo, wheelchair=ride.wheelchair
            )
