"""Special rates (særtakster) that tell too little, are never looked at or do not add up; rates above the portal."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import ibis

from styr.contracts.core.relations import CONTRACT_RATE
from styr.controls.core.horizon import FAR
from styr.controls.core.relations import TODAY
from styr.kernel.exact import as_date, ten_thousandths, whole
from styr.negotiations.core.codes import Reason
from styr.negotiations.core.potential.bought import found, offers, part, percents, specials
from styr.suppliers.core.relations import PORTAL_RATE

if TYPE_CHECKING:
    from styr.negotiations.core.potential.shares import Share

_SCALE: Final = 10_000


def without_hours(lines: ibis.Table, share: Share) -> ibis.Table:
    """Find special rates without hours or hourly price: nobody can see what is bought."""
    special = specials(lines)
    blank = special.filter(special["hours"].isnull() | special["hourly"].isnull())
    return found(blank, Reason.SPECIAL_NO_HOURS, percents(blank["year_ore"], share.low, share.likely, share.high))


def beyond_hours(lines: ibis.Table) -> ibis.Table:
    """Find special rates whose price is more than the hours times the hourly price, even counted by the unit."""
    special = specials(lines)
    told = special.filter((special["hours"] > 0) & (special["hourly"] > 0))
    price = whole(told["price"], decimals=4) * _SCALE
    agreed = whole(told["hours"], decimals=4) * whole(told["hourly"], decimals=4)
    over = told.filter(price * 100 > agreed * 101).mutate(over=(price - agreed), whole_price=price)
    amount = part(over, over["over"], over["whole_price"])
    product = (over["hours"] * over["hourly"]).cast("decimal(14, 4)")
    evidence = {"hours": over["hours"], "hourly": over["hourly"], "usual": product}
    return found(over, Reason.SPECIAL_SUM, (amount, amount, amount), **evidence)


def evaluation_overdue(lines: ibis.Table, share: Share) -> ibis.Table:
    """Find special rates that go on after the day on which they should have been evaluated."""
    special = specials(lines)
    late = special.filter(special["evaluation_on"] < special["today"])
    amounts = percents(late["year_ore"], share.low, share.likely, share.high)
    return found(late, Reason.SPECIAL_OVERDUE, amounts, on_day=late["evaluation_on"])


def never_tapered(lines: ibis.Table, share: Share) -> ibis.Table:
    """Find special rates that have run a year or more and were never lower before, nor will be."""
    special = specials(lines)
    rate = CONTRACT_RATE.table()
    by_line = rate.group_by(of="contract_line_id").agg(
        since=rate["valid_from"].min(), highest=rate["amount"].max(), lowest=rate["amount"].min(),
        until=rate["valid_to"].fill_null(FAR).max(),
    )  # fmt: skip
    both = special.join(by_line, [("contract_line_id", "of")])
    year_ago = as_date(both["today"] - ibis.interval(years=1))
    half_year_on = as_date(both["today"] + ibis.interval(months=6))
    # One that ends within half a year is being ended.
    same = both.filter(
        (both["since"] <= year_ago) & (both["price"] >= both["highest"]) & (both["until"] > half_year_on)
    )
    amounts = percents(same["year_ore"], share.low, share.likely, share.high)
    return found(same, Reason.SPECIAL_CONSTANT, amounts, on_day=same["since"])


def above_portal(lines: ibis.Table) -> ibis.Table:
    """Find prices above what the offer itself has reported to the portal for the same service and unit today."""
    own = offers(lines)
    span = TODAY.table().select(on="today")
    rates = PORTAL_RATE.table().cross_join(span)
    current = rates.filter((rates["valid_from"] <= rates["on"]) & (rates["valid_to"].fill_null(FAR) > rates["on"]))
    reported = current.group_by("provider_unit_id", "service", "unit").agg(reported=current["amount"].max())
    both = own.join(reported, ["provider_unit_id", "service", "unit"])
    over = both.filter(both["price"] > both["reported"])
    amount = part(
        over, ten_thousandths(over["price"]) - ten_thousandths(over["reported"]), ten_thousandths(over["price"])
    )
    return found(over, Reason.ABOVE_PORTAL, (amount, amount, amount), usual=over["reported"])
