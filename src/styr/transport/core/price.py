"""What a trip costs by its operator's price: the only place that reckons it, exact to the øre.

One rule, `cost_of` and `fee_of`, for trips that operators settled (columns of a query, `agreed_ore`) and for routes
that are only planned (whole numbers, `planned_ore`): what differs is who rounds.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

import ibis

from styr.kernel.exact import rounded_small, ten_thousandths
from styr.kernel.money import round_half_away

if TYPE_CHECKING:
    from collections.abc import Callable
    from decimal import Decimal

HUNDREDTHS: Final = 100
METRES: Final = 1000
PERCENT_OF_TEN_THOUSANDTHS: Final = 1_000_000
TEN_THOUSANDTHS: Final = 10_000


@dataclass(frozen=True, slots=True)
class Price:
    """An operator's prices of a product, øre: whole numbers, or columns of a query."""

    start: Any = 0
    km: Any = 0
    minute: Any = 0
    waiting_minute: Any = 0
    lift: Any = 0
    bridge: Any = 0
    day: Any = 0


@dataclass(frozen=True, slots=True)
class Driven:
    """What is paid for: `distance` in parts of a km, so many a km as `of_a_km` says; how many lifts and bridges."""

    distance: Any
    of_a_km: int
    minutes: Any
    waiting_minutes: Any = 0
    lifts: Any = 0
    bridges: Any = 0


def cost_of(driven: Driven, price: Price, rounded: Callable[[Any, int], Any]) -> Any:
    """Return the price: each part in whole øre, the distance rounded once, half away from zero."""
    return (
        price.start
        + rounded(driven.distance * price.km, driven.of_a_km)
        + driven.minutes * price.minute
        + driven.waiting_minutes * price.waiting_minute
        + driven.lifts * price.lift
        + driven.bridges * price.bridge
        + price.day
    )


def fee_of(cost_ore: Any, ten_thousandths_of_a_percent: Any, rounded: Callable[[Any, int], Any]) -> Any:
    """Return the administration on a cost, rounded once."""
    return rounded(cost_ore * ten_thousandths_of_a_percent, PERCENT_OF_TEN_THOUSANDTHS)


def hundredths(km: Any) -> Any:
    """Whole hundredths of a km, in a query."""
    return (km * HUNDREDTHS).cast("int64")


def agreed_ore(row: ibis.Table) -> Any:
    """Return the agreed price of each priced trip (columns of `rel_trip`, and `p_…` of its scheme)."""
    driven = Driven(
        distance=hundredths(row["km"]),
        of_a_km=HUNDREDTHS,
        minutes=row["minutes"].cast("int64"),
        waiting_minutes=row["waiting_minutes"].cast("int64"),
        lifts=ibis.ifelse(row["lift"], 1, 0).cast("int64"),
        bridges=ibis.ifelse(row["bridge"], 1, 0).cast("int64"),
    )
    price = Price(**{name: row[f"p_{name}_ore"] for name in Price.__dataclass_fields__})
    return cost_of(driven, price, _in_a_query)


def agreed_fee_ore(cost_ore: Any, percent: Any) -> Any:
    """Return the administration on a cost, in a query."""
    return fee_of(cost_ore, ten_thousandths(percent), _in_a_query)


def planned_ore(driven: Driven, price: Price, fee_percent: Decimal) -> tuple[int, int]:
    """Return what a trip would cost, and the administration on it, øre."""
    cost: int = cost_of(driven, price, round_half_away)
    fee: int = fee_of(cost, int(fee_percent * TEN_THOUSANDTHS), round_half_away)
    return cost, fee


def _in_a_query(numerator: Any, denominator: int) -> Any:
    return rounded_small(numerator, ibis.literal(denominator, "int64"))
