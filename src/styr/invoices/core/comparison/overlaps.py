"""Claims seen together: what other invoices (and credit notes) ask for the same service and days.

The earlier claim is the one whose invoice was issued first; of invoices of the same day the one that came first.
"""

import ibis

from styr.invoices.core.comparison.pricing import to_price
from styr.invoices.core.comparison.stages import PRICED
from styr.kernel.exact import Column


def together() -> ibis.Table:
    """Sum up the other claims on each claim's days: rows of `stages.TOGETHER`; claims without any are left out.

    `beside_ore` sums the same invoice's other claims for the very same period, however doubtful. The rest looks only
    at claims that are surely for the service, from the supplier who delivers it: `inside_ore` sums those whose period
    lies within this one's, `earlier_ore` those of them that came before; `earlier_inside` and `earlier_across` count
    earlier claims of other invoices within this one's period and sharing only a part of it, and `same_amount` tells
    that one of them asks for the same. `other_key` names the invoice that was first.
    """
    claim = to_price()
    mine = claim.select(
        "claim_id", "invoice_id", "service_id", "starts", "ends", "claimed_ore", "issue_date", "received_at"
    )
    pair = mine.join(_others(claim), "service_id")
    pair = pair.filter(
        (pair.claim_id != pair.other_claim) & (pair.starts < pair.other_ends) & (pair.other_starts < pair.ends)
    )
    pair = pair.mutate(
        order_key=_order(pair.issue_date, pair.received_at, pair.invoice_id),
        other_key=_order(pair.other_issued, pair.other_received, pair.other_invoice),
    )
    beside = (
        (pair.other_invoice == pair.invoice_id) & (pair.other_starts == pair.starts) & (pair.other_ends == pair.ends)
    )
    within = pair.sure & (pair.other_starts >= pair.starts) & (pair.other_ends <= pair.ends)
    earlier = pair.sure & (pair.other_key < pair.order_key)
    before = earlier & (pair.other_ore > 0) & (pair.other_invoice != pair.invoice_id)
    return pair.group_by("claim_id").agg(
        beside_ore=_sum_where(pair.other_ore, beside),
        beside_lines=_sum_where(pair.other_lines, beside),
        inside_ore=_sum_where(pair.other_ore, within),
        earlier_ore=_sum_where(pair.other_ore, within & earlier),
        earlier_inside=_count(before & within),
        earlier_across=_count(before & ~within),
        same_amount=(before & (pair.other_ore == pair.claimed_ore)).any(),
        other_key=pair.other_key.min(where=before),
        settled=(before & pair.other_settled).any(),
    )


def _others(claim: ibis.Table) -> ibis.Table:
    expected = PRICED.table().select("expected_ore", priced_id="claim_id")
    joined = claim.join(expected, [("claim_id", "priced_id")])
    return joined.select(
        "service_id",
        other_claim="claim_id",
        other_invoice="invoice_id",
        other_starts="starts",
        other_ends="ends",
        other_ore="claimed_ore",
        other_lines="lines",
        other_issued="issue_date",
        other_received="received_at",
        other_settled="settled",
        sure=~joined.stranger & (~joined.doubtful | (joined.claimed_ore == joined.expected_ore)),
    )


def covered(explained: ibis.Table) -> ibis.Table:
    """(covered_id) of claims that lie within a claim of the same service whose sum is as expected."""
    claim = to_price().select("claim_id", "service_id", "starts", "ends")
    whole = claim.semi_join(explained, "claim_id").select(
        "service_id", whole_claim="claim_id", whole_starts="starts", whole_ends="ends"
    )
    pair = claim.join(whole, "service_id")
    inside = (pair.whole_starts <= pair.starts) & (pair.whole_ends >= pair.ends) & (pair.whole_claim != pair.claim_id)
    return pair.filter(inside).select(covered_id="claim_id").distinct()


def invoice_of(order_key: Column) -> Column:
    """The invoice's id at the end of an order key."""
    return order_key.right(36).cast("uuid")


def _order(issued: Column, received: Column, invoice_id: Column) -> Column:
    """A text that sorts invoices by issue date, time of receipt and id; the id stands at its end."""
    at = received.epoch_seconds().cast("string").lpad(12, "0").fill_null("")
    return issued.strftime("%Y%m%d").fill_null("99999999") + at + invoice_id.cast("string")


def _sum_where(column: Column, condition: Column) -> Column:
    return column.sum(where=condition).fill_null(0).cast("int64")


def _count(condition: Column) -> Column:
    return condition.sum().fill_null(0).cast("int64")
