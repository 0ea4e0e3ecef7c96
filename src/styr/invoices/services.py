"""The use cases of invoices, for the domains above."""

from styr.invoices.storing import StoreResult, key_index, store_invoices

__all__ = ["StoreResult", "key_index", "store_invoices"]
