"""The figures as they leave the house: in the report, the workbook and the interface. See `core.small` for the rule."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from styr.reports.core.small import FEWEST, few

if TYPE_CHECKING:
    from styr.reports.core.waterfall import Waterfall
    from styr.reports.queries import Amount, Results

FEW_WORDS: Final = f"færre end {FEWEST} borgere"
"""What stands where an amount is about too few."""


def told_ore(amount: Amount) -> int | None:
    """The amount, øre; None where it is about one to four persons."""
    return None if few(amount.persons) else amount.ore


def waterfall_for_others(found: Results) -> Waterfall:
    """The waterfall, with a part that is about too few put where it came from: the whole still adds up."""
    whole = found.waterfall
    return whole.folded(
        negotiation=few(found.of("waterfall", "negotiation").persons),
        transport=few(found.of("waterfall", "transport").persons),
    )
