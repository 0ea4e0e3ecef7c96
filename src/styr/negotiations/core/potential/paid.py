"""What is paid and should not be: hours not delivered, invoices wrong again and again, help without a contract."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import ibis

from styr.controls.core.relations import TODAY
from styr.deliveries.core.relations import DELIVERY
from styr.deliveries.core.shortfall import LEAST_PERCENT, months_compared
from styr.invoices.core.codes import Status, Verdict
from styr.invoices.core.relations import CLAIM, INVOICE
from styr.kernel.exact import as_date, total
from styr.negotiations.core.codes import Reason
from styr.negotiations.core.potential.bought import found, part, percents

if TYPE_CHECKING:
    from styr.negotiations.core.potential.shares import Share

OFTEN: Final = 3
"""So many wrong invoices in a year are no slip."""
LARGE_ORE: Final = 500_000_000
MANY: Final = 10
"""A supplier is large from five million kr. a year and ten grants."""
_WRONG: Final = [
    one.value
    for one in (Verdict.RATE_HIGH, Verdict.QUANTITY, Verdict.ABSENCE, Verdict.EXTRA, Verdict.DUPLICATE, Verdict.OUTSIDE)
]


def not_delivered(lines: ibis.Table) -> ibis.Table:
    """Find lines of which less was delivered than promised, in the months of the last year that are told of."""
    told = _last_year(DELIVERY.table(), "month").select(*DELIVERY.columns)
    months = months_compared(told.semi_join(lines, "service_id"))
    summed = months.group_by("service_id").agg(
        missing_ore=total(months["missing_ore"]), cost_ore=total(months["cost_ore"]),
        told_months=months["month"].nunique().cast("int64"),
    )  # fmt: skip
    short = summed.filter(
        (summed["missing_ore"] > 0) & (summed["missing_ore"] * 100 >= summed["cost_ore"] * LEAST_PERCENT)
    )
    both = lines.join(short, "service_id", rname="{name}_told")
    likely = part(both, both["missing_ore"], both["cost_ore"])
    low = ibis.least(both["missing_ore"], likely)
    evidence = {"counted": both["told_months"], "seen_ore": both["missing_ore"]}
    return found(both, Reason.NOT_DELIVERED, (low, likely, likely), **evidence)


def wrong_again(lines: ibis.Table, share: Share) -> ibis.Table:
    """Find lines for which three or more invoices of the last year asked for too much."""
    invoice = _last_year(INVOICE.table(), "issue_date")
    live = invoice.filter(invoice["status"] != Status.RECEIVED.value).select("invoice_id")
    claim = CLAIM.table().semi_join(live, "invoice_id")
    over = claim.filter(claim["verdict"].isin(_WRONG) & (claim["difference_ore"] > 0))
    summed = over.group_by("service_id").agg(
        bills=over["invoice_id"].nunique().cast("int64"), over_ore=total(over["difference_ore"])
    )
    often = lines.join(summed.filter(summed["bills"] >= OFTEN), "service_id", rname="{name}_claim")
    amounts = percents(often["over_ore"], share.low, share.likely, share.high)
    return found(often, Reason.INVOICES_WRONG, amounts, counted=often["bills"], seen_ore=often["over_ore"])


def without_contract(lines: ibis.Table, share: Share) -> ibis.Table:
    """Find help bought without a contract."""
    bare = lines.filter(lines["contract_id"].isnull())
    return found(bare, Reason.NO_CONTRACT, percents(bare["year_ore"], share.low, share.likely, share.high))


def large_suppliers(lines: ibis.Table, share: Share) -> ibis.Table:
    """Return (supplier_id, grants, contracts, year_ore, low_ore, likely_ore, high_ore) of large suppliers."""
    summed = lines.group_by("supplier_id").agg(
        grants=lines["grant_id"].nunique().cast("int64"),
        contracts=lines["contract_id"].nunique().cast("int64"),
        year_ore=total(lines["year_ore"]),
    )
    large = summed.filter((summed["year_ore"] >= LARGE_ORE) & (summed["grants"] >= MANY))
    low, likely, high = percents(large["year_ore"], share.low, share.likely, share.high)
    return large.mutate(low_ore=low, likely_ore=likely, high_ore=high)


def _last_year(rows: ibis.Table, column: str) -> ibis.Table:
    """The rows of the twelve months up to today."""
    known = rows.cross_join(TODAY.table())
    year_ago = as_date(known["today"] - ibis.interval(years=1))
    return known.filter((known[column] >= year_ago) & (known[column] < known["today"])).drop("today")
