"""Claims seen together: what other invoices (and credit notes) ask for the same service and days.

What is approved or paid came first; then the invoice that we received first (of those received at once, the one issued
first), and on one invoice the upper line. The supplier's own dates never put an invoice before one that is settled.
"""

from typing import Final

import ibis

from styr.grants.core.relations import SERVICE
from styr.invoices.core.comparison.pricing import to_price
from styr.invoices.core.comparison.stages import PRICED
from styr.kernel.exact import Column
from styr.kernel.units import Unit


def together() -> ibis.Table:
    """Sum up the other claims on each claim's days: rows of `stages.TOGETHER`; claims without any are left out.

    `beside_ore` sums the same invoice's other claims for the very same period, however doubtful. The rest looks only
    at claims that are surely for the service, from the supplier who delivers it: `inside_ore` sums those whose period
    lies within this one's, `earlier_ore` those of them that came before; `earlier_inside` and `earlier_across` count
    earlier claims within this one's period and reaching outside it, `earlier_apart` those of the latter that do not
    hold this one's whole period, and `earlier_full` those that are for all that their days cost; `same_amount` tells
    that one of them asks for the same. `other_key` names the invoice that was first. What is approved or paid counts
    always, and so do earlier lines of the same invoice. The quantities are those of the same claims as the sums.
    """
    claim = _on_own_days(to_price())
    mine = claim.select(
        "claim_id", "invoice_id", "service_id", "starts", "ends", "claimed_ore", order_key=_order(claim)
    )
    pair = mine.join(_others(claim), "service_id")
    pair = pair.filter(
        (pair.claim_id != pair.other_claim) & (pair.starts < pair.other_ends) & (pair.other_starts < pair.ends)
    )
    beside = (
        (pair.other_invoice == pair.invoice_id) & (pair.other_starts == pair.starts) & (pair.other_ends == pair.ends)
    )
    within = pair.sure & (pair.other_starts >= pair.starts) & (pair.other_ends <= pair.ends)
    earlier = pair.sure & (pair.other_key < pair.order_key)
    before = earlier & (pair.other_ore > 0)
    around = (pair.other_starts <= pair.starts) & (pair.other_ends >= pair.ends)
    return pair.group_by("claim_id").agg(
        beside_ore=_sum_where(pair.other_ore, beside),
        beside_lines=_sum_where(pair.other_lines, beside),
        beside_quantity=_quantity_where(pair.other_quantity, beside),
        inside_ore=_sum_where(pair.other_ore, within),
        inside_quantity=_quantity_where(pair.other_quantity, within),
        earlier_ore=_sum_where(pair.other_ore, within & earlier),
        earlier_inside=_count(before & within),
        earlier_across=_count(before & ~within),
        earlier_apart=_count(before & ~within & ~around),
        earlier_full=_count(before & (pair.other_ore >= pair.other_expected)),
        same_amount=(before & (pair.other_ore == pair.claimed_ore)).any(),
        other_key=pair.other_key.min(where=before),
        settled=(before & pair.other_settled).any(),
    )


def _others(claim: ibis.Table) -> ibis.Table:
    expected = PRICED.table().select("expected_ore", priced_id="claim_id")
    joined = claim.join(expected, [("claim_id", "priced_id")])
    sure = ~joined.stranger & (~joined.doubtful | (joined.claimed_ore == joined.expected_ore))
    return joined.select(
        "service_id",
        other_claim="claim_id",
        other_invoice="invoice_id",
        other_starts="starts",
        other_ends="ends",
        other_ore="claimed_ore",
        other_lines="lines",
        other_quantity="quantity",
        other_expected="expected_ore",
        other_settled="settled",
        other_key=_order(joined),
        sure=ibis.ifelse(joined.claimed_ore > 0, joined.settled | sure, joined.domestic & sure),
    )


def covered(explained: ibis.Table, overfull: ibis.Table) -> ibis.Table:
    """(covered_id) of claims that lie within a claim of the same service whose sum is as expected.

    A claim for days that are asked for too often is not: `overfull` are the claims for whose period more is asked than
    it costs, and neither they nor anything within them is covered.
    """
    claim = _on_own_days(to_price()).select("claim_id", "service_id", "starts", "ends")
    return _within(claim, explained, itself=False).anti_join(_within(claim, overfull, itself=True), "covered_id")


def _within(claim: ibis.Table, wanted: ibis.Table, *, itself: bool) -> ibis.Table:
    whole = claim.semi_join(wanted, "claim_id").select(
        "service_id", whole_claim="claim_id", whole_starts="starts", whole_ends="ends"
    )
    pair = claim.join(whole, "service_id")
    inside = (pair.whole_starts <= pair.starts) & (pair.whole_ends >= pair.ends)
    kept = inside if itself else inside & (pair.whole_claim != pair.claim_id)
    return pair.filter(kept).select(covered_id="claim_id").distinct()


def _on_own_days(claim: ibis.Table) -> ibis.Table:
    """Claims with the days they meet on: all claims for a one-off service meet on one day, whatever is written."""
    offered = SERVICE.table().select(of="service_id", runs_from="starts")
    joined = claim.join(offered, [("service_id", "of")])
    once = joined.unit == Unit.ONCE.value
    day_after = (joined.runs_from + ibis.interval(days=1)).cast("date")
    return joined.mutate(
        starts=ibis.ifelse(once, joined.runs_from, joined.starts), ends=ibis.ifelse(once, day_after, joined.ends)
    ).drop("of", "runs_from")


def invoice_of(order_key: Column) -> Column:
    """The invoice's id in an order key."""
    return order_key.right(_FROM_ID).left(36).cast("uuid")


_FROM_ID: Final = 36 + 6 + 36
"""From the end, since PostgreSQL writes the seconds of receipt with decimals and DuckDB does not."""


def _order(claim: ibis.Table) -> Column:
    """A text that sorts claims by settled, time of receipt, issue date, invoice and line; parts of fixed length."""
    at = claim.received_at.epoch_seconds().cast("string").lpad(12, "0").fill_null("9" * 12)
    issued = claim.issue_date.strftime("%Y%m%d").fill_null("99999999")
    first = ibis.ifelse(claim.settled, "0", "1")
    line = claim.line_no.fill_null(0).cast("string").lpad(6, "0")
    return first + at + issued + claim.invoice_id.cast("string") + line + claim.claim_id.cast("string")


def _sum_where(column: Column, condition: Column) -> Column:
    return column.sum(where=condition).fill_null(0).cast("int64")


def _quantity_where(column: Column, condition: Column) -> Column:
    return column.sum(where=condition).fill_null(0).cast("decimal(18, 4)")


def _count(condition: Column) -> Column:
    return condition.sum().fill_null(0).cast("int64")
