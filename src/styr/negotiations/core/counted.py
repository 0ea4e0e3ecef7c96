"""How much of an invoiced volume an agreement of quantities counts for.

A supplier who goes on billing the quantity before has saved us nothing, so no more of what is billed for the days
counts than was agreed for them; what is billed beyond it leaks. Units that are credited are taken from what was billed
beyond first, and only the rest of them from what counts.

    agreed for the days = what the register expected of them x quantity agreed by the line's quantity
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import ibis

from styr.kernel.exact import rounded_ore, ten_thousandths, whole

if TYPE_CHECKING:
    from styr.kernel.exact import Column


def counted(claim: ibis.Table) -> ibis.Table:
    """Add `known`, `units` (ten-thousandths of the line's unit, int64) and the part of them that counts.

    That part is `share` of `share_of`: 1 of 1 but for savings of quantities. `claim` has `volume` (null where nobody
    can tell) beside its saving. Of savings of quantities nobody can tell where the register expected nothing.
    """
    nothing = ibis.literal(0, type="int64")
    told = claim["agreed_quantity"].fill_null(0) > 0
    credit = claim["claimed_ore"] < 0
    known = claim["volume"].notnull() & (~told | credit | claim["expected_quantity"].notnull())
    units = ibis.ifelse(known, ten_thousandths(claim["volume"].fill_null(0).cast("decimal(18, 4)")), nothing)
    rows = claim.mutate(known=known, units=units, told=told, credit=credit)
    rows = rows.mutate(agreed_units=ibis.ifelse(rows["known"] & ~rows["credit"], _agreed_units(rows), nothing))
    of_days = [rows[name] for name in ("saving_id", "period_start", "period_end", "credit")]
    rows = rows.mutate(
        billed_days=rows["units"].sum().over(group_by=of_days).cast("int64"),
        agreed_days=rows["agreed_units"].max().over(group_by=of_days).cast("int64"),
        place=ibis.row_number().over(group_by=of_days, order_by=[rows["claim_id"]]).cast("int64"),
    )
    rows = rows.mutate(kept_days=ibis.least(rows["billed_days"], rows["agreed_days"]))
    once = ~rows["credit"] & (rows["place"] == 0)
    rows = rows.mutate(
        beyond=ibis.ifelse(once, rows["billed_days"] - rows["kept_days"], nothing),
        back=ibis.ifelse(rows["credit"], -rows["units"], nothing),
    )
    of_year = [rows["saving_id"], rows["year"]]
    rows = rows.mutate(
        beyond_year=rows["beyond"].sum().over(group_by=of_year).cast("int64"),
        back_year=rows["back"].sum().over(group_by=of_year).cast("int64"),
    )
    rest = ibis.greatest(rows["back_year"] - rows["beyond_year"], nothing)
    one = ibis.literal(1, type="int64")
    of_credit, of_bill = rows["told"] & (rows["back_year"] > 0), rows["told"] & (rows["billed_days"] > 0)
    return rows.mutate(
        share=ibis.ifelse(rows["credit"], ibis.ifelse(of_credit, rest, one),
                          ibis.ifelse(of_bill, rows["kept_days"], one)),
        share_of=ibis.ifelse(rows["credit"], ibis.ifelse(of_credit, rows["back_year"], one),
                             ibis.ifelse(of_bill, rows["billed_days"], one)),
    )  # fmt: skip


def _agreed_units(rows: ibis.Table) -> Column:
    """What was agreed for a claim's days, in ten-thousandths of the line's unit."""
    expected = whole(rows["expected_quantity"].fill_null(0).cast("decimal(18, 4)"), decimals=4)
    after = whole(rows["agreed_quantity"].fill_null(0).cast("decimal(18, 4)"), decimals=4)
    bought = whole(rows["bought"].cast("decimal(18, 4)"), decimals=4)
    return rounded_ore(expected * after, ibis.greatest(bought, whole(ibis.literal(1))))
