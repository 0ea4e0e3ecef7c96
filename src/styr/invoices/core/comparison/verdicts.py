"""The verdict on each claim: as expected, or the one cause why not.

Order of judgement, so that one cause gives one code: is it clear whose it is; is there a grant; a service; are the days
inside; is it asked for already; then price, absence and quantity. A claim is as expected when it equals what was
expected of its period to the øre (a line's own rounding apart), alone or together with the other claims on the same
days: several invoices for one month, deductions and credit notes explain each other.
"""

from functools import reduce
from operator import or_
from typing import Final

import ibis

from styr.invoices.core.codes import Step, Verdict
from styr.invoices.core.comparison.claims import FAR
from styr.invoices.core.comparison.overlaps import covered, invoice_of
from styr.invoices.core.comparison.stages import CLAIMED, FULL, GROSS, MEANT, PRICED, TOGETHER
from styr.kernel.exact import Column, four_decimals, rounded_ore, whole, whole_quotient
from styr.kernel.units import Unit

_EXACT: Final = "decimal(38, 8)"
_WHOLE_UNITS: Final = (Unit.DAY.value, Unit.OPENING_DAY.value, Unit.ONCE.value)
_WRITTEN: Final = ibis.literal("0.005").cast(_EXACT)
"""Hours, weeks, km and months are invoiced with two decimals: an expected 44.2857 hours is written 44.29."""


def compared() -> ibis.Table:
    """Judge every claim: rows of `rel_claim`, see `relations.CLAIM`."""
    seen = _with_sums(_joined())
    whole_sum = seen.filter(seen.sum_fits & ~seen.doubtful).select("claim_id")
    inside = covered(whole_sum, seen.filter(_overfull(seen)).select("claim_id"))
    seen = seen.left_join(inside, [("claim_id", "covered_id")])
    return _rows(seen.mutate(explained=_explained(seen)))


def _joined() -> ibis.Table:
    claim = CLAIMED.table().drop("settled")
    period = MEANT.table().select(meant_id="claim_id", meant_start="starts", meant_end="ends")
    joined = (
        claim.left_join(period, [("claim_id", "meant_id")])
        .left_join(PRICED.table().rename(priced_id="claim_id"), [("claim_id", "priced_id")])
        .left_join(_named(GROSS.table(), "gross"), [("claim_id", "gross_id")])
        .left_join(_named(FULL.table(), "full"), [("claim_id", "full_id")])
        .left_join(TOGETHER.table().rename(group_id="claim_id"), [("claim_id", "group_id")])
    )
    return joined.mutate(
        starts=ibis.coalesce(joined.meant_start, joined.starts),
        ends=ibis.coalesce(joined.meant_end, joined.ends),
        gross_quantity=ibis.coalesce(joined.gross_quantity, joined.expected_quantity),
        gross_ore=ibis.coalesce(joined.gross_ore, joined.expected_ore),
    )


def _named(stage: ibis.Table, name: str) -> ibis.Table:
    return stage.rename({f"{name}_id": "claim_id", f"{name}_quantity": "quantity", f"{name}_ore": "amount_ore"})


def _with_sums(seen: ibis.Table) -> ibis.Table:
    earlier = seen.earlier_ore.fill_null(0)
    total = seen.claimed_ore + seen.inside_ore.fill_null(0)
    return seen.mutate(
        earlier=earlier,
        remaining=ibis.ifelse(_reaching_full(seen), 0, seen.expected_ore - earlier).cast("int64"),
        alone_fits=_no(_near(seen.claimed_ore - seen.expected_ore, seen) | _rounded_quantity(seen)),
        sum_fits=_no(_near(total - seen.expected_ore, seen) & (seen.earlier_across.fill_null(0) == 0)),
        invoice_fits=_no(
            seen.beside_lines.notnull()
            & ((seen.claimed_ore + seen.beside_ore - seen.expected_ore).abs() < seen.roundings + seen.beside_lines)
            & (seen.beside_lines > 0)
        ),
        clash=(seen.earlier_inside.fill_null(0) + seen.earlier_across.fill_null(0)) > 0,
        same_quantity=_no(_off(seen) <= _WRITTEN) & _comparable(seen),
    )


def _near(difference: Column, seen: ibis.Table) -> Column:
    """Equal to the øre. Each further line may be rounded by itself, and so may each part of a month."""
    whole_months = (seen.starts.day() == 1) & (seen.ends.day() == 1)
    roundings: Column = ibis.greatest(seen.roundings, ibis.literal(1, "int64"))
    return difference.abs() < roundings + ibis.ifelse(whole_months, 0, 1)


def _off(seen: ibis.Table) -> Column:
    return (seen.quantity.cast(_EXACT) - seen.expected_quantity.cast(_EXACT)).abs()


def _rounded_quantity(seen: ibis.Table) -> Column:
    """The right price times the expected quantity as it is written with two decimals."""
    same_price = (seen.lowest_price.cast(_EXACT) == seen.low_rate) & (seen.highest_price.cast(_EXACT) == seen.high_rate)
    one_price = (seen.low_rate == seen.high_rate) & (seen.lines == 1)
    product = rounded_ore(
        whole(seen.lowest_price, decimals=4) * whole(seen.quantity, decimals=4), ibis.literal(10**6, "int64")
    )
    nothing_added = seen.claimed_ore == product
    return ~seen.unit.isin(_WHOLE_UNITS) & (_off(seen) <= _WRITTEN) & same_price & one_price & nothing_added


def _overfull(seen: ibis.Table) -> Column:
    """More is asked for the period than it costs, or days of it are asked for across its ends already."""
    total = seen.claimed_ore + seen.inside_ore.fill_null(0)
    too_much = (total > seen.expected_ore) & ~_near(total - seen.expected_ore, seen)
    return _no(too_much | (seen.earlier_apart.fill_null(0) > 0))


def _reaching_full(seen: ibis.Table) -> Column:
    """Some of the days lie in the period of an earlier claim that was for all that its days cost."""
    return _no(seen.earlier_full > 0) & _no(seen.earlier_across > 0)


def _explained(seen: ibis.Table) -> Column:
    alone = (seen.alone_fits | seen.invoice_fits) & ~seen.clash
    with_others = seen.sum_fits | seen.covered_id.notnull()
    final = ibis.least(seen.runs_to.fill_null(FAR), seen.gone_from)
    late_once = _no((seen.unit == Unit.ONCE.value) & ((seen.starts >= final) | (seen.ends <= seen.runs_from)))
    beside_nothing = seen.inside_ore.fill_null(0) == 0
    sure = seen.invoice_fits | ~seen.doubtful
    amount = ibis.ifelse(sure, alone | with_others, alone & beside_nothing)
    return seen.void | (amount & ~late_once & _right_numbers(seen))


def _right_numbers(seen: ibis.Table) -> Column:
    """Whether an amount that fits was reached by the agreed price, or by the expected quantity.

    15 × 200 kr. are not 30 × 100 kr.: half of it was delivered, or twice the price taken, and a right total hides it. A
    collective price counts nothing, and only its amount can be compared (see `claims`). Where prices change within the
    period, or only the whole invoice fits, the price alone says nothing about how much was delivered. Days of absence
    may stand on a line of their own, at the part of the price that is paid for them.
    """
    several = (seen.lines > 1) | (seen.beside_lines.fill_null(0) > 0)
    shares = [(seen.high_rate * share).cast(_EXACT) for share in (seen.low_share, seen.high_share)]
    known = [seen.low_rate, seen.high_rate]
    prices = [price.cast(_EXACT) for price in (seen.counted_low, seen.counted_high)]
    agreed = [_no(price.isin(known)) | (several & _no(price.isin(shares))) for price in prices]
    away = several & seen.low_share.notnull()
    whole_fits = seen.alone_fits | seen.sum_fits | seen.covered_id.notnull() | away
    expected = seen.expected_quantity.cast(_EXACT)
    others = (seen.inside_quantity, seen.beside_quantity)
    quantities = [seen.quantity, *(seen.quantity + other.fill_null(0) for other in others)]
    all_there = reduce(or_, (_no((quantity.cast(_EXACT) - expected).abs() <= _WRITTEN) for quantity in quantities))
    one_rate = _no(seen.low_rate == seen.high_rate)
    mixed = (seen.lines == 1) | ~one_rate | seen.low_share.notnull()
    return seen.counted_low.isnull() | (agreed[0] & agreed[1] & one_rate & whole_fits) | (all_there & mixed)


def _rows(seen: ibis.Table) -> ibis.Table:
    judged = seen.mutate(verdict=_verdict(seen))
    is_duplicate = judged.verdict == Verdict.DUPLICATE.value
    one_price = judged.low_rate == judged.high_rate
    return judged.select(
        "claim_id",
        "invoice_id",
        "grant_id",
        "service_id",
        "lines",
        "quantity",
        "lowest_price",
        "highest_price",
        "claimed_ore",
        "expected_quantity",
        "expected_ore",
        "verdict",
        period_start="starts",
        period_end="ends",
        expected_price=ibis.ifelse(one_price, judged.high_rate, ibis.null("decimal(18, 8)")).cast("decimal(18, 4)"),
        absent_days=(judged.gross_quantity - judged.expected_quantity).cast("decimal(18, 4)"),
        difference_ore=_difference(judged),
        other_invoice_id=ibis.ifelse(is_duplicate, invoice_of(judged.other_key), ibis.null("uuid")),
        already_paid=_no(is_duplicate & judged.settled),
    )


def _difference(judged: ibis.Table) -> Column:
    """What is asked for beyond what was expected, in øre: all of it where nothing was or nothing is left."""
    left = ibis.greatest(judged.remaining, ibis.literal(0, "int64"))
    return ibis.cases(
        (judged.verdict == Verdict.AS_EXPECTED.value, ibis.literal(0, "int64")),
        # What nobody agreed on was not expected in any part, whatever else the service costs.
        (judged.expected_ore.isnull() | (judged.verdict == Verdict.EXTRA.value), judged.claimed_ore),
        else_=judged.claimed_ore - left,
    ).cast("int64")


def _verdict(seen: ibis.Table) -> Column:
    final = ibis.least(seen.runs_to.fill_null(FAR), seen.gone_from)
    outside = _no((seen.starts < seen.runs_from) | (seen.ends > final))
    nowhere = _no((seen.ends <= seen.runs_from) | (seen.starts >= final))
    price_right, price_above = _price(seen)
    billed = _billed(seen)
    more = _no(billed > seen.expected_quantity.cast(_EXACT)) & price_right
    within_gross = _no(billed <= seen.gross_quantity.cast(_EXACT) + _WRITTEN)
    absent = _no(seen.gross_ore > seen.expected_ore) & (_no(seen.claimed_ore == seen.gross_ore) | (more & within_gross))
    beyond = outside & (_no(seen.claimed_ore == seen.full_ore) | more)
    above = _no(seen.claimed_ore > seen.remaining)
    return ibis.cases(
        (seen.void, Verdict.AS_EXPECTED.value),
        (seen.step.isin([Step.AMBIGUOUS.value, Step.NOTHING.value]) | seen.contradicted, Verdict.UNCLEAR.value),
        (~seen.granted | (seen.step == Step.NO_GRANT.value), Verdict.NO_GRANT.value),
        (seen.service_id.isnull(), Verdict.EXTRA.value),
        (seen.explained, Verdict.AS_EXPECTED.value),
        (_is_extra(seen, price_right), Verdict.EXTRA.value),
        (nowhere, Verdict.OUTSIDE.value),
        (_is_duplicate(seen), Verdict.DUPLICATE.value),
        (_no(seen.unpriced_days > 0) & seen.high_rate.isnull(), Verdict.NO_PRICE.value),
        (beyond, Verdict.OUTSIDE.value),
        (absent, Verdict.ABSENCE.value),
        (~price_right & price_above, Verdict.RATE_HIGH.value),
        (~price_right, Verdict.RATE_LOW.value),
        (seen.same_quantity & above & price_right & (seen.low_rate == seen.high_rate), Verdict.EXTRA.value),
        (seen.same_quantity & above, Verdict.RATE_HIGH.value),
        (seen.same_quantity, Verdict.RATE_LOW.value),
        else_=Verdict.QUANTITY.value,
    )


def _is_extra(seen: ibis.Table, price_right: Column) -> Column:
    """Something else than the service.

    A doubtful claim beside another or of quite another size; or one beyond a claim that is complete, with neither its
    price nor its amount.
    """
    near = _no(seen.claimed_ore.abs().between(_part(seen.expected_ore, 2), seen.expected_ore * 2))
    beside = seen.inside_ore.fill_null(0) + seen.beside_ore.fill_null(0) > 0
    own = seen.alone_fits | price_right | _no(seen.same_amount)
    beyond = _no(seen.clash & (seen.remaining <= 0)) & ~own & (seen.claimed_ore > 0) & ~near
    return (seen.doubtful & (beside | ~near)) | beyond


def _part(amount: Column, share: int) -> Column:
    return whole_quotient(amount, ibis.literal(share, "int64")).cast("int64")


def _billed(seen: ibis.Table) -> Column:
    """The quantity that the claim comes to: as written, or its amount in prices for a lump sum."""
    ten_thousandths = whole(seen.claimed_ore) * 10**10
    price = whole(seen.high_rate, decimals=8).nullif(0)
    in_prices = four_decimals(whole_quotient(ten_thousandths, price))
    return ibis.ifelse(_comparable(seen), seen.quantity.cast(_EXACT), in_prices.cast(_EXACT))


def _is_duplicate(seen: ibis.Table) -> Column:
    """Days that an earlier invoice asks for already, and more in all than was expected of them."""
    too_much = _no(
        seen.clash
        & (seen.claimed_ore > 0)
        & ((seen.earlier + seen.claimed_ore > seen.expected_ore) | _reaching_full(seen))
    )
    paid_for = _no(seen.earlier_across > 0) | _no(seen.earlier * 2 >= seen.expected_ore) | seen.alone_fits
    return too_much & paid_for


def _comparable(seen: ibis.Table) -> Column:
    """Whether the line's price is for the service's own unit: not a lump sum, and not counted in another unit."""
    many = (seen.expected_quantity > 1) & (seen.highest_price > seen.high_rate * 2)
    lump = _no((seen.lines == 1) & (seen.quantity == 1) & many)
    return ~lump & ~seen.foreign_unit & seen.highest_price.notnull() & seen.high_rate.notnull()


def _price(seen: ibis.Table) -> tuple[Column, Column]:
    """Whether the prices are prices of the period, and whether they are above them.

    A lump sum's price is right when it is a number of tenths or quarters of prices.
    """
    known = [seen.low_rate, seen.high_rate]
    right = seen.lowest_price.cast(_EXACT).isin(known) & seen.highest_price.cast(_EXACT).isin(known)
    rate_ore = (seen.high_rate.cast(_EXACT) * 100).cast("decimal(38, 6)")
    claimed = seen.claimed_ore.cast("decimal(38, 6)")
    round_number = ((claimed * 10) % rate_ore == 0) | ((claimed * 4) % rate_ore == 0)
    comparable = _comparable(seen)
    above = ibis.ifelse(comparable, seen.highest_price.cast(_EXACT) > seen.high_rate, seen.claimed_ore > seen.remaining)
    return _no(ibis.ifelse(comparable, right, round_number)), _no(above)


def _no(condition: Column) -> Column:
    """The condition, with "unknown" read as no."""
    return condition.fill_null(ibis.literal(value=False))
