"""Suppliers that another has taken over at a merger: whose invoices fit days before it, and no day after it."""

from typing import Final

import ibis

from styr.kernel.exact import Column
from styr.suppliers.core.relations import SUPPLIER_MERGER

_FALSE: Final = ibis.literal(value=False)


def with_mergers(rows: ibis.Table, sender: str, party: str) -> ibis.Table:
    """Add `merged_from`: the day from which the party stands where the sender stood; null when it never did."""
    merger = SUPPLIER_MERGER.table().select(former="former_id", now="supplier_id", merged_from="valid_from")
    return rows.left_join(merger, [(sender, "former"), (party, "now")]).drop("former", "now")


def before_merger(rows: ibis.Table, day: Column) -> Column:
    """Whether the day is one on which the sender still was the party; never null."""
    return (day < rows.merged_from).fill_null(_FALSE)
