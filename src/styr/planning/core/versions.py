"""What a budget version is made of: its states, the parts that its lines come from, and twelve amounts a line."""

from __future__ import annotations

from typing import Final

from styr.kernel.codes import DanishCode
from styr.kernel.money import round_half_away

MONTHS: Final = 12


class VersionState(DanishCode):
    """Where a version stands."""

    DRAFT = "draft", "kladde"
    AWAITING = "awaiting", "sendt til godkendelse"
    APPROVED = "approved", "godkendt"
    REPLACED = "replaced", "afløst"
    PUT_AWAY = "put_away", "lagt væk"


class Part(DanishCode):
    """Where a line's amounts come from; a grant may have a line of each."""

    GRANT = "grant", "bevilling"
    NEGOTIATION = "negotiation", "forhandling"
    INDEX = "index", "fremskrivning"
    TRANSITION = "transition", "overgang"
    FORECAST = "forecast", "prognose"
    MANUAL = "manual", "tilføjet"


def spread(total_ore: int, before: tuple[int, ...] | list[int]) -> list[int]:
    """Spread a year's amount over its months as they were before, or evenly where they were nothing in all.

    Months of both signs keep what they were, and the difference is spread evenly: in proportion to a sum in which they
    nearly cancel out, a small amount would make them huge. Each month is the difference of two rounded sums, so the
    twelve add up to the total.
    """
    if min(before) < 0 < max(before):
        more = spread(total_ore - sum(before), [0] * MONTHS)
        return [ore + added for ore, added in zip(before, more, strict=True)]
    whole = sum(before)
    weights = list(before) if whole else [1] * MONTHS
    base = whole or MONTHS
    sign = 1 if base > 0 else -1
    reached = [round_half_away(total_ore * sign * sum(weights[: month + 1]), abs(base)) for month in range(MONTHS)]
    return [after - earlier for earlier, after in zip([0, *reached], reached, strict=False)]
