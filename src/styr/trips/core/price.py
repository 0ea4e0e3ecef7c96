"""What a trip costs by its operator's price: the only place that reckons it, exact to the øre."""

from __future__ import annotations

from typing import Any, Final

import ibis

from styr.kernel.exact import rounded_small, ten_thousandths

HUNDREDTHS: Final = 100
PERCENT_OF_TEN_THOUSANDTHS: Final = 1_000_000


def hundredths(km: Any) -> Any:
    """Whole hundredths of a km."""
    return (km * HUNDREDTHS).cast("int64")


def agreed_ore(row: ibis.Table) -> Any:
    """Return the agreed price of each trip of `reach.priced_trips`: parts in whole øre, the distance rounded once."""
    distance = rounded_small(hundredths(row["km"]) * row["p_km_ore"], ibis.literal(HUNDREDTHS, "int64"))
    return (
        row["p_start_ore"]
        + distance
        + row["minutes"].cast("int64") * row["p_minute_ore"]
        + row["waiting_minutes"].cast("int64") * row["p_waiting_minute_ore"]
        + ibis.ifelse(row["lift"], row["p_lift_ore"], 0)
        + ibis.ifelse(row["bridge"], row["p_bridge_ore"], 0)
        + row["p_day_ore"]
    )


def agreed_fee_ore(cost_ore: Any, percent: Any) -> Any:
    """Return the administration on a cost, rounded once."""
    return rounded_small(
        cost_ore * ten_thousandths(percent), ibis.literal(PERCENT_OF_TEN_THOUSANDTHS, "int64")
    )  # fmt: skip
