"""What was to be expected of exactly the claimed period: quantity, price and amount, with and without absence.

Nothing is priced here: each claim is handed to `grants.core.expected_cost` as a service of its own, with its period as
the windows, so that claims of part months and of several months are priced by the same rules as everything else.
"""

from typing import Final

import ibis

from styr.grants.core.expected_cost import CostInputs, windowed_cost
from styr.grants.core.relations import RATE, SERVICE, SERVICE_ABSENCE
from styr.invoices.core.comparison.claims import FAR
from styr.invoices.core.comparison.stages import CLAIMED, MEANT, PRICED, WINDOW
from styr.kernel.units import Unit

_PRICE: Final = "decimal(18, 4)"
_NO_MONTH: Final = ibis.literal(0, type="int64")


def to_price() -> ibis.Table:
    """Claims that something is expected of, each with the period it is held against."""
    claim, meant = CLAIMED.table(), MEANT.table().select(meant_id="claim_id", meant_start="starts", meant_end="ends")
    live = claim.filter(claim.service_id.notnull() & ~claim.void & (~claim.contradicted | claim.settled))
    joined = live.left_join(meant, [("claim_id", "meant_id")])
    return joined.mutate(
        starts=ibis.coalesce(joined.meant_start, joined.starts), ends=ibis.coalesce(joined.meant_end, joined.ends)
    ).drop("meant_id", "meant_start", "meant_end")


def meant() -> ibis.Table:
    """Which reading of a period is meant: as written where the amount is as expected of that, else the other one.

    Weeks are written both for weeks and for the month that they touch ("uge 23-27" for June), and a single day for
    that day as well as for the month that it ends.
    """
    claim = CLAIMED.table()
    doubtful = claim.filter(
        claim.service_id.notnull() & ~claim.void & ~claim.contradicted & claim.other_start.notnull()
    )
    cost = _summed(CostInputs(**_inputs(_windows(doubtful))))
    joined = doubtful.left_join(cost, [("claim_id", "priced_id")])
    as_written = (joined.amount_ore == joined.claimed_ore).fill_null(ibis.literal(value=False))
    return joined.select(
        "claim_id",
        starts=ibis.ifelse(as_written, joined.starts, joined.other_start),
        ends=ibis.ifelse(as_written, joined.ends, joined.other_end),
    )


def windows() -> ibis.Table:
    """The months that every claim is priced in: rows of `stages.WINDOW`."""
    return _by_month(_windows(to_price()))


def priced() -> ibis.Table:
    """Price every claim: rows of `stages.PRICED`.

    Whole months are priced once a service and month, however many claims there are; only the rest as claims.
    """
    asked, month = _windows(to_price()), WINDOW.table()
    is_whole = (month.first_day == month.month_start) & (month.end_day == month.month_end)
    part = month.filter(~is_whole)
    parted = asked.semi_join(part.select("service_id").distinct(), [("claim_id", "service_id")])
    parts = windowed_cost(CostInputs(**{**_inputs(parted), "window": part.drop("of")}))
    wholes = _whole_months(month.filter(is_whole))
    columns = ("service_id", "quantity", "amount_ore", "unpriced_days")
    cost = _totals(parts.select(*columns).union(wholes.select(*columns), distinct=False))
    joined = (
        asked.left_join(cost, [("claim_id", "priced_id")])
        .left_join(_rates(asked), [("claim_id", "rated_id")])
        .left_join(_shares(asked), [("claim_id", "away_id")])
    )
    return joined.select(
        "claim_id",
        "low_rate",
        "high_rate",
        "low_share",
        "high_share",
        "runs_from",
        "runs_to",
        expected_quantity=joined.quantity.fill_null(0).cast(_PRICE),
        expected_ore=joined.amount_ore.fill_null(0).cast("int64"),
        unpriced_days=joined.unpriced_days.fill_null(0).cast("int64"),
    )


def _whole_months(month: ibis.Table) -> ibis.Table:
    """The cost of each claim's whole months, looked up among the months of its service."""
    window = month.select("month_start", "month_end", "first_day", "end_day").distinct()
    kept = SERVICE.table().semi_join(month, [("service_id", "of")])
    cost = windowed_cost(CostInputs(service=kept, window=window)).select(
        "quantity", "amount_ore", "unpriced_days", cost_of="service_id", cost_month="month_start"
    )
    found = month.join(cost, [("of", "cost_of"), ("month_start", "cost_month")])
    return found.select("service_id", "quantity", "amount_ore", "unpriced_days")


def gross() -> ibis.Table:
    """Price claims with absence as if nobody had been away: rows of `stages.GROSS`."""
    away = SERVICE_ABSENCE.table().select("service_id").distinct()
    asked = _windows(_unfitting().semi_join(away, "service_id"))
    inputs = _inputs(asked)
    return _otherwise(CostInputs(**{**inputs, "absence": inputs["absence"].limit(0)}))


def full() -> ibis.Table:
    """Price claims that reach beyond their service as if it ran on all the claimed days: rows of `stages.FULL`."""
    claim = _unfitting()
    final = ibis.least(claim.runs_to.fill_null(FAR), claim.gone_from)
    beyond = claim.filter((claim.starts < claim.runs_from) | (claim.ends > final))
    asked = _windows(beyond.mutate(gone_from=FAR).drop("runs_from", "runs_to"))
    inputs = _inputs(asked)
    service = inputs["service"].join(asked.select("claim_id", "first", "last"), [("service_id", "claim_id")])
    running = service.mutate(starts=service["first"], ends=service["last"]).select(*inputs["service"].columns)
    return _otherwise(CostInputs(**{**inputs, "service": running, "absence": inputs["absence"].limit(0)}))


def _unfitting() -> ibis.Table:
    """Claims whose amount is not the expected one."""
    expected = PRICED.table().select("expected_ore", "runs_from", "runs_to", priced_id="claim_id")
    joined = to_price().join(expected, [("claim_id", "priced_id")]).drop("priced_id")
    return joined.filter(joined.expected_ore != joined.claimed_ore)


def _otherwise(inputs: CostInputs) -> ibis.Table:
    cost = _summed(inputs)
    return cost.select(
        claim_id="priced_id", quantity=cost.quantity.cast(_PRICE), amount_ore=cost.amount_ore.cast("int64")
    )


def _windows(claim: ibis.Table) -> ibis.Table:
    """Claims with the days to price: the claimed period up to death or moving; a one-off service on its own day."""
    offered = SERVICE.table().select(of="service_id", runs_from="starts", runs_to="ends")
    joined = claim.join(offered, [("service_id", "of")])
    once = joined.unit == Unit.ONCE.value
    day_after = (joined.runs_from + ibis.interval(days=1)).cast("date")
    return joined.select(
        "claim_id",
        "runs_from",
        "runs_to",
        of="service_id",
        first=ibis.ifelse(once, joined.runs_from, joined.starts),
        last=ibis.ifelse(once, day_after, ibis.least(joined.ends, joined.gone_from)),
    )


def _inputs(asked: ibis.Table) -> dict[str, ibis.Table]:
    return {
        "service": _as_services(asked),
        "rate": _expanded(asked, RATE.table(), "valid_from", "valid_to"),
        "absence": _expanded(asked, SERVICE_ABSENCE.table(), "starts", "ends"),
        "window": _by_month(asked).drop("of"),
    }


def _as_services(asked: ibis.Table) -> ibis.Table:
    service = SERVICE.table()
    joined = asked.select("claim_id", "of").join(service, [("of", "service_id")])
    kept = [name for name in service.columns if name != "service_id"]
    return joined.select(*kept, service_id="claim_id").select(*service.columns)


def _expanded(asked: ibis.Table, facts: ibis.Table, start: str, end: str) -> ibis.Table:
    """The facts of each claim's service that touch the claimed days, under the claim's id."""
    joined = asked.select("claim_id", "of", "first", "last").join(facts, [("of", "service_id")])
    touching = joined.filter((joined[start] < joined["last"]) & (joined[end].fill_null(FAR) > joined["first"]))
    kept = [name for name in facts.columns if name != "service_id"]
    return touching.select(*kept, service_id="claim_id").select(*facts.columns)


def _by_month(asked: ibis.Table) -> ibis.Table:
    """Cut each claim's days into months, as the expected cost wants its windows."""
    final = (asked["last"] - ibis.interval(days=1)).cast("date")
    months = (final.year() - asked["first"].year()) * 12 + final.month() - asked["first"].month() + 1
    numbered = asked.filter(asked["first"] < asked["last"]).mutate(months=months.cast("int64"))
    each = numbered.select(
        "claim_id", "of", "first", "last", month_no=ibis.range(_NO_MONTH, numbered.months, 1).unnest()
    )
    month = each["first"].truncate("M").cast("date")
    cut = each.mutate(
        month_start=(month + each.month_no.as_interval("M")).cast("date"),
        month_end=(month + (each.month_no + 1).as_interval("M")).cast("date"),
    )
    return cut.select(
        "of",
        "month_start",
        "month_end",
        service_id="claim_id",
        first_day=ibis.greatest(cut["first"], cut.month_start),
        end_day=ibis.least(cut["last"], cut.month_end),
    )


def _summed(inputs: CostInputs) -> ibis.Table:
    return _totals(windowed_cost(inputs))


def _totals(cost: ibis.Table) -> ibis.Table:
    return cost.group_by(priced_id="service_id").agg(
        quantity=cost.quantity.sum(), amount_ore=cost.amount_ore.sum(), unpriced_days=cost.unpriced_days.sum()
    )


def _rates(asked: ibis.Table) -> ibis.Table:
    """The lowest and highest price in force on the claimed days, the factor included."""
    factor = SERVICE.table().select("factor", factor_of="service_id")
    rate = RATE.table().join(factor, [("service_id", "factor_of")])
    price = (rate.amount.cast("decimal(38, 4)") * rate.factor.cast("decimal(38, 4)")).cast("decimal(18, 8)")
    dear = rate.select("valid_from", "valid_to", rate_of="service_id", price=price)
    joined = asked.select("claim_id", "of", "first", "last").join(dear, [("of", "rate_of")])
    in_force = joined.filter((joined.valid_from < joined["last"]) & (joined.valid_to.fill_null(FAR) > joined["first"]))
    return in_force.group_by(rated_id="claim_id").agg(low_rate=in_force.price.min(), high_rate=in_force.price.max())


def _shares(asked: ibis.Table) -> ibis.Table:
    """The least and the most that is paid for days of absence among the claimed days, as parts of the price."""
    away = _expanded(asked, SERVICE_ABSENCE.table(), "starts", "ends")
    return away.group_by(away_id="service_id").agg(low_share=away.billable.min(), high_share=away.billable.max())
