"""What a register finding is worth: the expected cost of the days it concerns.

Only days in the horizon of the controls count, see `controls.core.horizon`.
"""

import ibis

from styr.controls.core.horizon import first_of
from styr.controls.core.relations import TODAY
from styr.grants.core.expected_cost import CostInputs, expected_cost
from styr.grants.core.relations import SERVICE

_MONTHS = 12


def grant_cost(concerned: ibis.Table) -> ibis.Table:
    """Return (grant_id, amount_ore) for `concerned(grant_id, from_day, to_day)`, one row a grant, half-open days.

    `amount_ore` is null when no day of it can be priced (no rate, no calendar).
    """
    service = SERVICE.table()
    lines = service.semi_join(concerned, "grant_id")
    windows = _windows(service.join(concerned, "grant_id"))
    return _summed(lines, windows, "grant_id")


def service_cost(concerned: ibis.Table) -> ibis.Table:
    """Return (service_id, amount_ore) for `concerned(service_id, from_day, to_day)`, as `grant_cost`."""
    service = SERVICE.table()
    return _summed(service.semi_join(concerned, "service_id"), _windows(concerned), "service_id")


def _windows(concerned: ibis.Table) -> ibis.Table:
    """Cut each service's concerned days into the months of the horizon (`rel_service_window`)."""
    month = _months()
    joined = concerned.join(
        month, [concerned["from_day"] < month["month_end"], concerned["to_day"] > month["month_start"]]
    )
    return joined.select(
        "service_id",
        "month_start",
        "month_end",
        first_day=ibis.greatest(joined["from_day"], joined["month_start"]),
        end_day=ibis.least(joined["to_day"], joined["month_end"]),
    )


def _summed(lines: ibis.Table, windows: ibis.Table, by: str) -> ibis.Table:
    cost = expected_cost(CostInputs(service=lines, window=windows))
    summed = cost.group_by(by).agg(known=cost["amount_ore"].sum(), unpriced=cost["unpriced_days"].sum())
    nothing_known = (summed["known"] == 0) & (summed["unpriced"] > 0)
    return summed.select(by, amount_ore=ibis.ifelse(nothing_known, ibis.null(), summed["known"]).cast("int64"))


def _months() -> ibis.Table:
    """Return the 24 months of the horizon."""
    today = TODAY.table()
    years = today.select(year=today["today"].year() + ibis.array([-1, 0]).unnest())
    months = years.mutate(month=ibis.array(list(range(1, _MONTHS + 1))).unnest())
    last = months["month"] == _MONTHS
    following = first_of(months["year"] + last.ifelse(1, 0), last.ifelse(1, months["month"] + 1))
    return months.select(month_start=first_of(months["year"], months["month"]), month_end=following)
