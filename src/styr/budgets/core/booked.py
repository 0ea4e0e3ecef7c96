"""What is booked that a forecast counts, and the grants it is for where the finance system did not say.

A posting of a citizen without a grant is put on the one grant of theirs that runs in its month on its account; where
there is none or several, on the one that the posting's supplier delivers. Otherwise it stays on no grant.
"""

from __future__ import annotations

import ibis

from styr.budgets.core.assumed import told_by
from styr.contracts.core.relations import CONTRACT
from styr.grants.core.cost_segments import FAR
from styr.kernel.exact import as_date
from styr.ledger.core.codes import PostingKind

COST_KINDS = (PostingKind.PAYMENT.value, PostingKind.CORRECTION.value, PostingKind.OTHER.value)
"""Kinds of postings that are cost; user payments and refunds are income."""


def booked_cost(
    posting: ibis.Table, grant: ibis.Table, frame: ibis.Table, contract: ibis.Table | None = None
) -> ibis.Table:
    """Return the columns of `relations.BOOKED`: the cost that was booked by the frame's day, as far back as it covers.

    In open months the expected cost of a grant stands for what is booked on it: those postings are not there.
    """
    cost = posting.filter(
        posting.kind.isin(COST_KINDS),
        posting.month >= told_by(frame, "cover_from"),
        posting.month < told_by(frame, "end_day"),
        posting.posted_on <= told_by(frame, "as_of"),
    )
    loose = cost.filter(cost.grant_id.isnull())
    placed = _placed(loose, grant, CONTRACT.table() if contract is None else contract)
    found = loose.left_join(placed, loose.posting_id == placed.placed_id)
    columns = ("unit_id", "citizen_id", "grant_id", "invoice_id", "account", "month", "amount_ore")
    named = cost.filter(cost.grant_id.notnull()).select(*columns)
    told = named.union(found.mutate(grant_id=found.found_id).select(*columns), distinct=False)
    return told.filter((told.month < told_by(frame, "closed_before")) | told.grant_id.isnull())


def _placed(loose: ibis.Table, grant: ibis.Table, contract: ibis.Table) -> ibis.Table:
    """The grants (found_id) of the postings (placed_id) that name a citizen alone."""
    loose = loose.filter(loose.citizen_id.notnull())
    terms = contract.select(terms_id="contract_id", terms_supplier="supplier_id")
    held = grant.select("citizen_id", "contract_id", "starts", "ends", "status", "account_string", "supplier_id",
                        held_id="grant_id")  # fmt: skip
    delivered = held.filter(~held.status.isin(("draft", "withdrawn"))).left_join(
        terms, held.contract_id == terms.terms_id
    )
    theirs = delivered.mutate(delivers=delivered.terms_supplier.fill_null(delivered.supplier_id)).select(
        "held_id", "starts", "ends", "account_string", "delivers", holder="citizen_id"
    )
    month_end = as_date(loose.month + ibis.interval(months=1))
    running = [
        loose.citizen_id == theirs.holder,
        theirs.starts < month_end,
        theirs.ends.fill_null(FAR) > loose.month,
    ]
    joined = loose.join(theirs, running)
    no = ibis.literal(value=False)
    near = joined.mutate(
        on_account=(joined.account_string == joined.account).fill_null(no),
        by_supplier=(joined.delivers == joined.supplier_id).fill_null(no),
    )
    whole = ibis.window(group_by=near.posting_id)  # type: ignore[no-untyped-call] # Ibis'
    counted = near.mutate(
        accounts=near.on_account.ifelse(1, 0).sum().over(whole),
        suppliers=near.by_supplier.ifelse(1, 0).sum().over(whole),
    )
    only = (counted.on_account & (counted.accounts == 1)) | (
        counted.by_supplier & (counted.suppliers == 1) & (counted.accounts != 1)
    )
    return counted.filter(only).select(placed_id="posting_id", found_id="held_id")
