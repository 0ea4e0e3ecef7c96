"""Lines that buy one total in a period: what is left of the total when the period is cut short."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from styr.kernel.money import round_half_away
from styr.kernel.units import Per, Unit

if TYPE_CHECKING:
    from datetime import date

    from styr.grants.models import Grant, ServiceLine

_DECIMALS = 4


def is_total(line: ServiceLine) -> bool:
    """Whether the line's quantity is for its whole period, not for a day, week or month."""
    return line.per == Per.TOTAL or line.measure == Unit.ONCE


def clipped(line: ServiceLine) -> tuple[date, date | None]:
    """The line's own first day and end (exclusive), where it has none the grant's."""
    ends = [end for end in (line.ends, line.grant.ends) if end is not None]
    return max(line.starts or line.grant.starts, line.grant.starts), min(ends, default=None)


def shorten_totals(grant: Grant, ends: date) -> None:
    """Keep of each total the days' share before the grant ends at `ends`, so that the days kept cost what they did.

    Call it while the grant still has its former end. The quantity keeps four decimals, which may move a paid month by
    one øre. What is bought once belongs to its date and stays whole; a total without an end has no price to keep.
    """
    for line in grant.lines.filter(per=Per.TOTAL).exclude(measure=Unit.ONCE):
        first, last = clipped(line)
        if last is None or not first < ends < last:
            continue
        whole = int(line.quantity.scaleb(_DECIMALS))
        kept = round_half_away(whole * (ends - first).days, (last - first).days)
        line.quantity = Decimal(kept).scaleb(-_DECIMALS)
        line.save(update_fields=["quantity"])
