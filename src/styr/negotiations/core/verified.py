"""Savings held against what was invoiced afterwards: only invoices make a saving realised, never what was hoped.

What counts are claims on the saving's service line whose last day lies in the saving's period (so a claim counts for
one saving alone), on invoices that are ready, approved or paid. Of each claim whose volume is known:

    realised = volume x baseline price x factor - invoiced       (a change of volume saves and costs nothing)

and of savings of quantities, whose volume the agreement itself changes, the volume that the days would have had
before (`core.counted`). Over a year no more is realised than the agreement is worth at that volume: a supplier who by
mistake bills less, or credits days of absence, has not kept an agreement better than it was made. What is invoiced
above the agreed price at that volume has leaked, less what was credited of it. A relocation and an avoided cost realise
nothing: their baseline was never on an invoice of the line.

The volume of a claim is its own quantity where the lines count units at a price, what was expected where the claim is
as expected (a collective price says no volume), none for a credit of an amount or of a part of the price; else it is
unknown and nothing is realised by it: it is counted in `unknown`. A credit at the price that was billed gives units
back; at another price it gives back the difference, and the units stay bought. An invoice that was credited in full is
nothing, with its credit note.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import ibis

from styr.controls.core.horizon import FAR
from styr.grants.core.relations import SERVICE
from styr.invoices.core.codes import Status, Verdict
from styr.invoices.core.comparison.claims import cancelled
from styr.invoices.core.relations import CLAIM, INVOICE
from styr.kernel.exact import as_date, rounded_ore, total, whole
from styr.negotiations.core.codes import Measure, SavingStatus
from styr.negotiations.core.counted import counted
from styr.negotiations.core.relations import SAVING
from styr.negotiations.core.rules import OWN_BASELINE

if TYPE_CHECKING:
    from styr.kernel.exact import Column

COUNTED: Final = (Status.READY.value, Status.APPROVED.value, Status.PAID.value)
"""Invoices that are explained; what still deviates may yet be credited or rejected."""

_ORE: Final = 10**10
"""Volume, price and factor carry four decimals each: this many of their product make one øre."""


def agreed_savings() -> ibis.Table:
    """The savings that are agreed (or realised already) on a service line."""
    saving = SAVING.table()
    held = saving["status"].isin([SavingStatus.AGREED.value, SavingStatus.REALISED.value])
    return saving.filter(held & (saving["measure"] == Measure.PRICE.value))


def claims_of_savings(saving: ibis.Table | None = None) -> ibis.Table:
    """Return a row a claim on a saving's line in its period.

    (saving_id, invoice_id, first_day, last_day, year, whole, known, invoiced_ore, baseline_ore, agreed_ore): `known`
    tells that the volume is known; without it the two prices' costs are those of nothing. `whole`: it begins in the
    saving's period too.
    """
    savings = agreed_savings() if saving is None else saving
    invoice = INVOICE.table()
    live = invoice.filter(invoice["status"].isin(COUNTED)).select("invoice_id")
    claim = CLAIM.table().semi_join(live, "invoice_id").anti_join(cancelled(), "invoice_id")
    line = SERVICE.table().select(of="service_id", factor="factor", bought="quantity")
    held = savings.select(
        "saving_id", "kind", "baseline", "agreed", "baseline_quantity", "agreed_quantity", "starts",
        line_id="service_id", until=savings["ends"].fill_null(FAR),
    )  # fmt: skip
    last = as_date(claim["period_end"] - ibis.interval(days=1))
    apart = _differences().mutate(difference=ibis.literal(value=True))
    dated = claim.mutate(last_day=last, year=last.year().cast("int64")).join(line, [("service_id", "of")])
    dated = dated.left_join(apart, [("claim_id", "credit_id")])
    joined = dated.join(
        held,
        [
            dated["service_id"] == held["line_id"],
            dated["last_day"] >= held["starts"],
            dated["last_day"] < held["until"],
        ],
    )
    return _priced(joined)


def by_saving_and_year(saving: ibis.Table | None = None) -> ibis.Table:
    """Return (saving_id, year, claims, unknown, until, invoiced_ore, realised_ore, leaked_ore), øre int64.

    `until` is the day after the last day invoiced; `unknown` how many claims tell no volume.
    """
    row = claims_of_savings(saving)
    nothing = ibis.literal(0, type="int64")
    counts = row["known"] & row["whole"]
    known = row.mutate(
        counted_ore=ibis.ifelse(row["known"], row["invoiced_ore"], nothing),
        over_ore=ibis.ifelse(counts, row["invoiced_ore"] - row["agreed_ore"], nothing),
    )
    summed = known.group_by("saving_id", "year").agg(
        claims=known["invoice_id"].nunique().cast("int64"),
        unknown=total(ibis.ifelse(known["known"], nothing, ibis.literal(1, type="int64"))),
        last_day=known["last_day"].max(),
        invoiced_ore=total(known["invoiced_ore"]),
        counted_ore=total(known["counted_ore"]),
        baseline_ore=total(known["baseline_ore"]),
        agreed_ore=total(known["agreed_ore"]),
        over_ore=total(known["over_ore"]),
        shown=known["shown"].all(),
    )
    worth = summed["baseline_ore"] - summed["agreed_ore"]
    kept = summed["baseline_ore"] - summed["counted_ore"]
    return summed.select(
        "saving_id",
        "year",
        "claims",
        "unknown",
        "invoiced_ore",
        leaked_ore=ibis.greatest(summed["over_ore"], nothing).cast("int64"),
        until=as_date(summed["last_day"] + ibis.interval(days=1)),
        realised_ore=ibis.ifelse(summed["shown"], ibis.least(worth, kept), nothing).cast("int64"),
    )


def _priced(joined: ibis.Table) -> ibis.Table:
    rows = counted(joined.mutate(volume=_volume(joined)))
    before, after = _quantities(rows)
    exact = whole(rows["units"]) * whole(rows["share"]) * whole(rows["factor"], decimals=4)
    per_ore = whole(rows["share_of"]) * _ORE
    baseline = rounded_ore(exact * whole(rows["baseline"], decimals=4) * before, after * per_ore)
    agreed = rounded_ore(exact * whole(rows["agreed"], decimals=4), per_ore)
    none_agreed = rows["agreed_quantity"].notnull() & (rows["agreed_quantity"] == 0)
    return rows.select(
        "saving_id",
        "invoice_id",
        "last_day",
        "year",
        "known",
        shown=~rows["kind"].isin([kind.value for kind in OWN_BASELINE]),
        first_day="period_start",
        whole=rows["period_start"] >= rows["starts"],
        invoiced_ore="claimed_ore",
        baseline_ore=baseline,
        agreed_ore=ibis.ifelse(none_agreed, ibis.literal(0, type="int64"), agreed),
    )


def _quantities(rows: ibis.Table) -> tuple[Column, Column]:
    """The volume before is that of the days, times quantity before by agreed; 1 and 1 where neither is told."""
    told = rows["agreed_quantity"].fill_null(0) > 0
    one = whole(ibis.literal(1))
    before = ibis.ifelse(told, whole(rows["baseline_quantity"].fill_null(1), decimals=4), one)
    after = ibis.ifelse(told, whole(rows["agreed_quantity"].fill_null(1), decimals=4), one)
    return before, after


def _volume(claim: ibis.Table) -> Column:
    """What a claim is for in the line's unit, negative for a credit; null where nobody can tell."""
    none = ibis.null("decimal(18, 4)")
    as_expected = claim["verdict"] == Verdict.AS_EXPECTED.value
    counts = _counts(claim) & claim["difference"].isnull()
    own = ibis.ifelse(claim["claimed_ore"] < 0, -claim["quantity"].abs(), claim["quantity"]).cast("decimal(18, 4)")
    credit = ibis.ifelse(claim["claimed_ore"] < 0, ibis.literal(0).cast("decimal(18, 4)"), none)
    expected = claim["expected_quantity"].cast("decimal(18, 4)")
    whole_bill = as_expected & expected.notnull() & (claim["claimed_ore"] >= 0)
    return ibis.cases((whole_bill, expected), (counts, own), else_=credit)


def _counts(claim: ibis.Table) -> Column:
    """Whether a claim counts units at a price; one of something is a collective price."""
    return claim["quantity"].notnull() & (claim["quantity"].abs() != 1)


def _differences() -> ibis.Table:
    """(credit_id) of claims that credit a part of the price: at no unit price of what they credit.

    What they credit is on the invoice that they name, or else on any of the same line and days. Where that has no unit
    price, nobody can tell, and the credit is one of units.
    """
    claim = CLAIM.table()
    low, high = claim["lowest_price"].abs(), claim["highest_price"].abs()
    priced = claim.filter(_counts(claim) & low.notnull() & high.notnull()).mutate(
        low=ibis.least(low, high), high=ibis.greatest(low, high)
    )
    invoice = INVOICE.table().select(note_id="invoice_id", names="credits_invoice_id")
    credit = priced.filter(priced["claimed_ore"] < 0).select(
        "invoice_id", "period_start", "period_end", "low", "high", credit_id="claim_id", line_id="service_id"
    )
    credit = credit.join(invoice, [("invoice_id", "note_id")]).drop("invoice_id", "note_id")
    bill = priced.filter(priced["claimed_ore"] > 0).select(
        "service_id", bill_id="invoice_id", billed_from="period_start", billed_to="period_end", least="low", most="high"
    )
    same_days = (credit["period_start"] < bill["billed_to"]) & (bill["billed_from"] < credit["period_end"])
    meant = ibis.ifelse(credit["names"].isnull(), same_days, credit["names"] == bill["bill_id"])
    near = credit.join(bill, [credit["line_id"] == bill["service_id"], meant])
    alike = (near["low"] >= near["least"]) & (near["high"] <= near["most"])
    found = near.group_by("credit_id").agg(alike=alike.any())
    return found.filter(~found["alike"]).select("credit_id")
