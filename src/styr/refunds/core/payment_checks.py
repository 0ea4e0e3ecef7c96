"""Grants whose citizen has not paid what was decided (egenbetaling)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import ibis

from styr.controls.core.relations import TODAY
from styr.grants.core.relations import GRANT
from styr.kernel.exact import Column, rounded_ore, total
from styr.ledger.core.codes import PostingKind
from styr.ledger.core.relations import POSTING
from styr.refunds.core.relations import USER_PAYMENT

if TYPE_CHECKING:
    from styr.controls.core.focus import Focus

_GRACE_MONTHS: Final = 2
"""A month is looked at when two more have begun: citizens pay in arrears."""
_LOOKED_MONTHS: Final = 12


def unpaid(focus: Focus) -> ibis.Table:
    """Find grants where the user payment of the last settled twelve months has not come in. At stake: what lacks.

    A month that is booked is settled when it lies two months back. A month that is not whole is charged by its
    days.
    """
    paid_for = focus(USER_PAYMENT.table(), "grant_id")
    due = _due(paid_for)
    posted = POSTING.table()
    month = _months()
    came = posted.filter(posted.kind == PostingKind.USER_PAYMENT.value).semi_join(month, posted.month == month.first)
    paid = came.group_by(paid_grant="grant_id").agg(paid=total(-came.amount_ore))
    both = due.left_join(paid, due.due_grant == paid.paid_grant)
    lacking = both.mutate(lacks=both.due_ore - both.paid.fill_null(0), paid_ore=both.paid.fill_null(0))
    grant = GRANT.table()
    row = lacking.filter(lacking.lacks > 0).join(grant, lacking.due_grant == grant.grant_id)
    return row.select(
        subject_id="grant_id",
        unit_id="unit_id",
        amount_ore=row.lacks.cast("int64"),
        citizen_id="citizen_id",
        grant_id="grant_id",
        number="number",
        section="section",
        due_ore="due_ore",
        paid_ore="paid_ore",
        months=row.months.cast("int64"),
        latest=row.latest,
    )


def _due(payment: ibis.Table) -> ibis.Table:
    month = _months()
    at = payment.join(month, (payment.starts < month.after) & (payment.ends.isnull() | (payment.ends > month.first)))
    last: Column = ibis.least(at.ends.fill_null(at.after), at.after)
    days: Column = last.delta(ibis.greatest(at.starts, at.first), unit="day")
    whole: Column = at.after.delta(at.first, unit="day")
    charged = at.mutate(ore=rounded_ore(at.month_ore.cast("int64") * days.cast("int64"), whole.cast("int64")))
    return charged.group_by(due_grant="grant_id").agg(
        due_ore=total(charged.ore), months=charged.first.nunique(), latest=charged.first.max()
    )


def _months() -> ibis.Table:
    """The months looked at: booked, settled, and of the last twelve, so that no year's end is passed over."""
    booked = POSTING.table().select(first="month").distinct()
    at = booked.cross_join(TODAY.table())
    settled = at.first + ibis.interval(months=_GRACE_MONTHS) <= at.today.truncate("M")
    recent = at.first + ibis.interval(months=_GRACE_MONTHS + _LOOKED_MONTHS) > at.today.truncate("M")
    looked = at.filter(settled & recent)
    return looked.select("first", after=(looked.first + ibis.interval(months=1)).cast("date"))
