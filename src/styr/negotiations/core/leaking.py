"""Agreed savings that leak: the supplier bills the old price after the day from which a lower one is agreed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from styr.controls.core.horizon import first_row, horizon
from styr.grants.core.relations import GRANT
from styr.kernel.exact import total
from styr.negotiations.core.relations import SAVING
from styr.negotiations.core.verified import agreed_savings, claims_of_savings

if TYPE_CHECKING:
    import ibis

    from styr.controls.core.focus import Focus

LEAST_ORE: Final = 100
"""Less than a krone on a bill is rounding."""


def old_price_billed(focus: Focus) -> ibis.Table:
    """Find grants whose supplier invoices above the agreed price, on bills that begin after it came into force.

    At stake is what was invoiced above the agreed price at the invoiced volume, of last and this year's days, less what
    was credited of it.
    """
    grants = focus(GRANT.table(), "grant_id")
    savings = agreed_savings().semi_join(grants, "grant_id")
    claims = claims_of_savings(savings)
    span = horizon().select(open_from="first_day")
    billed = claims.cross_join(span)
    over = billed["invoiced_ore"] - billed["agreed_ore"]
    near = billed.filter(billed["known"] & billed["whole"] & (billed["last_day"] >= billed["open_from"]))
    held = near.mutate(over_ore=over)
    wrong = held["over_ore"] >= LEAST_ORE
    summed = held.group_by("saving_id").agg(
        bills=held["invoice_id"].nunique(where=wrong).cast("int64"),
        billed_until=held["last_day"].max(where=wrong),
        amount_ore=total(held["over_ore"]),
    )
    of_saving = summed.filter((summed["amount_ore"] >= LEAST_ORE) & (summed["bills"] > 0))
    known = of_saving.join(
        SAVING.table().select("saving_id", "grant_id", "baseline", "agreed", old_from="starts"), "saving_id"
    )
    worst = first_row(known, "grant_id", [known["amount_ore"].desc(), known["saving_id"]])
    shown = worst.drop("saving_id", "place").join(grants, "grant_id")
    return shown.select(
        "unit_id",
        "citizen_id",
        "supplier_id",
        "grant_id",
        "contract_id",
        "number",
        "section",
        "old_from",
        "baseline",
        "agreed",
        "bills",
        "billed_until",
        "amount_ore",
        subject_id="grant_id",
    )
