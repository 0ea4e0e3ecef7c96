"""What savings bring: the expected cost at the price before, less the expected cost at the price agreed.

Both prices are asked of the one relation that prices grants, on the days on which the saving holds, so quantity,
absence, opening days and rounding are those of the payment plan. A saving of quantities too asks with the quantity
before and with the quantity agreed. A sum counts once, on its first day.

    in a year    = cost at the baseline - cost at the agreed price, of the saving's days in the year
    a full year  = the same of twelve months from its first day, as if grant and saving went on and nobody were away

A line has one saving a day (the database sees to it), and what a line costs is linear in its price, so the savings of a
grant never sum to more than baseline less agreed over the period.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import ibis

from styr.grants.core.codes import GrantStatus
from styr.grants.core.cost_relations import MONTH, SERVICE_WINDOW
from styr.grants.core.expected_cost import CostInputs, expected_cost, windowed_cost
from styr.grants.core.relations import GRANT, RATE, SERVICE, SERVICE_ABSENCE
from styr.kernel.exact import as_date, total, whole
from styr.kernel.units import Per, Unit
from styr.negotiations.core.codes import Measure, SavingStatus
from styr.negotiations.core.relations import SAVING

if TYPE_CHECKING:
    from styr.kernel.exact import Column

_COUNTED = (GrantStatus.GRANTED.value, GrantStatus.STOPPED.value)


def live_savings() -> ibis.Table:
    """The savings that are not given up."""
    saving = SAVING.table()
    return saving.filter(saving["status"] != SavingStatus.DROPPED.value)


def effect_by_month(saving: ibis.Table | None = None) -> ibis.Table:
    """Return (saving_id, month, baseline_ore, agreed_ore, effect_ore) in the months of `rel_month`, int64 øre."""
    savings = live_savings() if saving is None else saving
    sides = _sides(savings)
    lines = _lines(sides)
    cost = expected_cost(CostInputs(service=lines, rate=_rates(sides), absence=_absence(sides)))
    priced = _both(sides, cost.select("service_id", "amount_ore", month="month"))
    return priced.union(_sums(savings).select(priced.columns), distinct=False)


def full_year(saving: ibis.Table | None = None) -> ibis.Table:
    """Return (saving_id, baseline_ore, agreed_ore, effect_ore) of twelve months from each saving's first day.

    Sums happen once and have no row: they do not come again.
    """
    savings = live_savings() if saving is None else saving
    sides = _sides(savings)
    line = _lines(sides)
    bound = (line["per"] == Per.TOTAL.value) | (line["unit"] == Unit.ONCE.value)
    endless = line.mutate(ends=ibis.ifelse(bound, line["ends"], ibis.null("date")))
    rate = sides.select(service_id="side_id", valid_from="starts", valid_to=ibis.null("date"), amount="amount")
    nobody = SERVICE_ABSENCE.table().filter(ibis.literal(value=False))
    inputs = CostInputs(service=endless, rate=rate, absence=nobody, window=_twelve_months(sides))
    cost = windowed_cost(inputs, ("service_id", "amount_ore", "month_start"))
    months = _both(sides, cost.select("service_id", "amount_ore", month="month_start"))
    return months.group_by("saving_id").agg(
        baseline_ore=total(months["baseline_ore"]),
        agreed_ore=total(months["agreed_ore"]),
        effect_ore=total(months["effect_ore"]),
    )


def _sides(savings: ibis.Table) -> ibis.Table:
    """A row a saving and price: (saving_id, side_id, before, of_service, amount, side_quantity, starts, ends)."""
    priced = savings.filter(savings["measure"] == Measure.PRICE.value)
    before = _side(priced, ("saving_id", "baseline", "baseline_quantity"), before=True)
    after = _side(priced, ("agreed_key", "agreed", "agreed_quantity"), before=False)
    return before.union(after, distinct=False)


def _side(priced: ibis.Table, names: tuple[str, str, str], *, before: bool) -> ibis.Table:
    side_id, amount, quantity = names
    return priced.select(
        "saving_id",
        "starts",
        "ends",
        of_service="service_id",
        side_id=side_id,
        amount=amount,
        side_quantity=quantity,
        before=ibis.literal(value=before),
    )


def _lines(sides: ibis.Table) -> ibis.Table:
    """The service lines once for each price, under the price's id, of grants that are granted."""
    grant = GRANT.table()
    counted = grant.filter(grant["status"].isin(_COUNTED)).select("grant_id")
    line = SERVICE.table().semi_join(counted, "grant_id")
    side = sides.select("of_service", "side_id", "side_quantity")
    joined = line.join(side, [("service_id", "of_service")])
    quantity = joined["side_quantity"].fill_null(joined["quantity"]).cast("decimal(14, 4)")
    own = {"service_id": joined["side_id"], "quantity": quantity}
    return joined.select(**{name: own.get(name, joined[name]) for name in SERVICE.columns})


def _rates(sides: ibis.Table) -> ibis.Table:
    return sides.select(service_id="side_id", valid_from="starts", valid_to="ends", amount="amount").select(
        *RATE.columns
    )


def _absence(sides: ibis.Table) -> ibis.Table:
    side = sides.select("of_service", "side_id")
    away = SERVICE_ABSENCE.table().rename(away_from="starts", away_to="ends")
    joined = away.join(side, [("service_id", "of_service")])
    return joined.select(service_id="side_id", starts="away_from", ends="away_to", billable="billable")


def _twelve_months(sides: ibis.Table) -> ibis.Table:
    """The windows of each price: the parts of months in the twelve months from its first day."""
    month = MONTH.table().select("month_start", "month_end")
    until = as_date(sides["starts"] + ibis.interval(years=1))
    dated = sides.select(service_id="side_id", from_day="starts", until=until)
    near = [dated["from_day"] < month["month_end"], month["month_start"] < dated["until"]]
    joined = dated.join(month, near)
    return joined.select(
        "service_id",
        "month_start",
        "month_end",
        first_day=ibis.greatest(joined["month_start"], joined["from_day"]),
        end_day=ibis.least(joined["month_end"], joined["until"]),
    ).select(*SERVICE_WINDOW.columns)


def _both(sides: ibis.Table, cost: ibis.Table) -> ibis.Table:
    """Add up both prices' costs by saving and month; the effect is their difference."""
    joined = cost.join(sides.select("saving_id", "side_id", "before"), [("service_id", "side_id")])
    nothing = ibis.literal(0, type="int64")
    summed = joined.group_by("saving_id", "month").agg(
        baseline_ore=total(ibis.ifelse(joined["before"], joined["amount_ore"], nothing)),
        agreed_ore=total(ibis.ifelse(joined["before"], nothing, joined["amount_ore"])),
    )
    return summed.select(
        "saving_id",
        "month",
        "baseline_ore",
        "agreed_ore",
        effect_ore=(summed["baseline_ore"] - summed["agreed_ore"]).cast("int64"),
    )


def _sums(savings: ibis.Table) -> ibis.Table:
    """Sums in the month of their first day, where it is asked about."""
    month = MONTH.table()
    once = savings.filter(savings["measure"] == Measure.SUM.value)
    joined = once.join(month, [once["starts"] >= month["first_day"], once["starts"] < month["end_day"]])
    before, after = (_ore(joined[name]) for name in ("baseline", "agreed"))
    return joined.select(
        "saving_id",
        month="month_start",
        baseline_ore=before,
        agreed_ore=after,
        effect_ore=(before - after).cast("int64"),
    )


def _ore(kroner: Column) -> Column:
    """A sum in kr. in øre; sums are written with two decimals."""
    return whole(kroner.cast("decimal(38, 2)"), decimals=2).cast("int64")
