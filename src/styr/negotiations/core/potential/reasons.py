"""Everything that negotiation could bring, as one relation: a row a service line and reason.

It reads `rel_bought`, which the caller has worked out before (`bought.bought`): fourteen reasons ask the same of it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import ibis

from styr.negotiations.core.codes import Reason
from styr.negotiations.core.potential import paid, peers, special, terms
from styr.negotiations.core.potential.bought import BOUGHT

if TYPE_CHECKING:
    from collections.abc import Mapping

    from styr.negotiations.core.potential.shares import Share


def reasons(shares: Mapping[Reason, Share]) -> ibis.Table:
    """Return rows of `bought.RESULT`, where something may be gained; `shares` are the estimates by reason.

    Reasons of one line speak of the same kroner: they are never added, the largest counts (`ranking.ranked`).
    """
    lines = BOUGHT.table()
    found = (
        peers.dearer_than_peers(lines),
        peers.dear_hours(lines),
        special.without_hours(lines, shares[Reason.SPECIAL_NO_HOURS]),
        special.beyond_hours(lines),
        special.evaluation_overdue(lines, shares[Reason.SPECIAL_OVERDUE]),
        special.never_tapered(lines, shares[Reason.SPECIAL_CONSTANT]),
        special.above_portal(lines),
        terms.long_notice(lines, shares[Reason.TERMS_NOTICE]),
        terms.absence_in_full(lines, shares[Reason.TERMS_ABSENCE]),
        terms.rises_beyond_pl(lines),
        terms.paid_before_moving_in(lines, shares[Reason.TERMS_VACANCY]),
        paid.not_delivered(lines),
        paid.wrong_again(lines, shares[Reason.INVOICES_WRONG]),
        paid.without_contract(lines, shares[Reason.NO_CONTRACT]),
    )
    together = ibis.union(*found, distinct=False)
    return together.filter(together["high_ore"] > 0)


def large(shares: Mapping[Reason, Share]) -> ibis.Table:
    """Return the suppliers of whom much is bought, see `paid.large_suppliers`."""
    return paid.large_suppliers(BOUGHT.table(), shares[Reason.SUPPLIER_VOLUME])
