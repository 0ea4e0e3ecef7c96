"""Findings about when a claim comes: too far ahead of the days it is for, or too late after them."""

from datetime import date
from typing import Final

import ibis

from styr.contracts.core.relations import CONTRACT_TERMS
from styr.controls.core.focus import Focus
from styr.invoices.core.codes import Status
from styr.invoices.core.findings.about_claims import claim_rows, claims_seen
from styr.invoices.core.relations import BILL_DEADLINE, INVOICE
from styr.kernel.exact import Column
from styr.suppliers.core.relations import SUPPLIER

_MONTHS_AHEAD: Final = ((date(2000, 1, 1), 2),)
"""From which day of receipt, and how many months ahead of it a claimed period may end; the latest row that applies."""

OTHERS_MONTHS: Final = 12
"""How long other authorities may wait (SEL § 174, stk. 2; BL § 195, stk. 2), where the municipality has no other number
of its own; refunds' dated reference (`other_authority_months`) says the same."""

_SUPPLIERS_MONTHS: Final = 36
_PUBLIC: Final = ("municipal", "regional")


def ahead(focus: Focus) -> ibis.Table:
    """Claims for days further ahead than what is ordinarily paid in advance."""
    seen = _dated(focus)
    limits = [
        (seen.received_on >= ibis.literal(start), _day(seen.received_on + ibis.interval(months=months)))
        for start, months in reversed(_MONTHS_AHEAD)
    ]
    limit = ibis.cases(*limits, else_=seen.received_on)
    return claim_rows(seen.filter(seen.period_end > limit), "received_on")


def too_late(focus: Focus) -> ibis.Table:
    """Claims of other municipalities and regions that came later after their last day than the law lets them."""
    own = BILL_DEADLINE.table()
    seen = _last_day(_of(focus, public=True))
    held = seen.left_join(
        own, [own.valid_from <= seen.last_day, own.valid_to.isnull() | (own.valid_to > seen.last_day)]
    )
    return _after(held.mutate(months=held.months.fill_null(OTHERS_MONTHS)))


def outdated(focus: Focus) -> ibis.Table:
    """Claims of other suppliers that came more than three years after their last day."""
    seen = _last_day(_of(focus, public=False))
    return _after(seen.mutate(months=ibis.literal(_SUPPLIERS_MONTHS, type="int32")))


def beyond_agreed_days(focus: Focus) -> ibis.Table:
    """Claims that came later after their last day than the contract lets an invoice come."""
    seen = _dated(focus)
    terms = CONTRACT_TERMS.table()
    agreed = terms.filter(terms.invoice_days.notnull()).select(
        "valid_from", "valid_to", "invoice_days", of="contract_id"
    )
    last_day = _day(seen.period_end - ibis.interval(days=1))
    holds = [
        seen.contract_id == agreed.of,
        agreed.valid_from <= last_day,
        agreed.valid_to.isnull() | (agreed.valid_to > last_day),
    ]
    joined = seen.join(agreed, holds)
    late = joined.mutate(
        deadline=_day(_day(joined.period_end - ibis.interval(days=1)) + joined.invoice_days.as_interval("D")),
        raised_on=ibis.coalesce(joined.issued, joined.received_on),
    )
    return claim_rows(late.filter(late.raised_on > late.deadline), "deadline", "invoice_days")


def _of(focus: Focus, *, public: bool) -> ibis.Table:
    """Claims of authorities, or of everybody else."""
    seen, supplier = _dated(focus), SUPPLIER.table()
    authority = supplier.filter(supplier.kind.isin(_PUBLIC)).select(owner="supplier_id")
    return (seen.semi_join if public else seen.anti_join)(authority, [("supplier_id", "owner")])


def _last_day(seen: ibis.Table) -> ibis.Table:
    return seen.mutate(last_day=_day(seen.period_end - ibis.interval(days=1)))


def _after(seen: ibis.Table) -> ibis.Table:
    """Claims raised more than `months` after their last day."""
    deadline = _day(seen.last_day + seen.months.as_interval("M"))
    # What is imported later was received when it was issued.
    raised_on = ibis.coalesce(seen.issued, seen.received_on)
    return claim_rows(seen.filter(raised_on > deadline).mutate(deadline=deadline), "deadline")


def _day(moved: Column) -> Column:
    """A moved date as a date: DuckDB makes it a moment, and Ibis drops a cast to the type it believes it has."""
    return moved.cast("timestamp").cast("date")


def _dated(focus: Focus) -> ibis.Table:
    invoice = INVOICE.table()
    standing = invoice.filter(invoice.status != Status.REJECTED.value)
    received = standing.select(got_id="invoice_id", received_on=standing.received_at.cast("date"))
    return claims_seen(focus).join(received, [("invoice_id", "got_id")])
