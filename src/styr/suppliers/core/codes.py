"""The kinds of supplier."""

from __future__ import annotations

from styr.kernel.codes import DanishCode


class SupplierKind(DanishCode):
    """Who owns the supplier."""

    PRIVATE = "private", "privat"
    MUNICIPAL = "municipal", "kommunal"
    REGIONAL = "regional", "regional"
    FOUNDATION = "foundation", "fond"
    SOLE_PROPRIETOR = "sole_proprietor", "enkeltmandsvirksomhed"
