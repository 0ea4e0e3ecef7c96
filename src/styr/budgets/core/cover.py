"""Which days of a service are paid for by what is booked, and which are left: the latter are accrued, or lie ahead.

A booking covers the days that its invoice's lines are for, of the service that they were matched to (of all services
of the grant, where the line chose none); without an invoice, or without days on it, the month that it is booked to.
What was booked of an invoice counts together with what its credit notes took back: nothing is covered where nothing
was left. A one-off service is covered whole. Only what counts as booked covers, so no cost is counted twice, and none
is missing: every day of a service lies either in a booking or in a window here.
"""

from __future__ import annotations

from dataclasses import dataclass, field

import ibis

from styr.budgets.core.assumed import told_by
from styr.grants.core.cost_segments import FAR
from styr.invoices.core.relations import INVOICE, INVOICE_LINE, LINE_MATCH
from styr.kernel.exact import as_date
from styr.kernel.units import Unit

_PIECE = ("service_id", "covered_from", "covered_to")


@dataclass(frozen=True)
class CoverInputs:
    """What tells which days a booking is for; each an Ibis table with the columns of its relation."""

    invoice: ibis.Table = field(default_factory=INVOICE.table)
    line: ibis.Table = field(default_factory=INVOICE_LINE.table)
    match: ibis.Table = field(default_factory=LINE_MATCH.table)


def covered_days(booked: ibis.Table, service: ibis.Table, dated: ibis.Table, inputs: CoverInputs) -> ibis.Table:
    """Return (service_id, covered_from, covered_to): the days that what is booked was for.

    They may overlap, and reach outside the service. `booked` holds (grant_id, invoice_id, month, amount_ore), of known
    grants; `service` the services to look at; `dated` the `dated_lines` of what is booked.
    """
    paid = _net(_of_invoices(booked, inputs), "root_id")
    by_line = paid.join(dated, ["grant_id", "root_id"])
    undated = _of_invoices(booked, inputs).anti_join(dated, ["grant_id", "root_id"])
    loose = booked.filter(booked.invoice_id.isnull())
    columns = ("grant_id", "month", "amount_ore")
    monthly = _net(loose.select(*columns).union(undated.select(*columns), distinct=False), "month")
    by_month = monthly.select(
        "grant_id",
        line_service=ibis.null("uuid"),
        covered_from=monthly.month,
        covered_to=as_date(monthly.month + ibis.interval(months=1)),
    )
    both = by_line.select(by_month.columns).union(by_month, distinct=False)
    joined = both.join(service.select("service_id", "grant_id", "unit", "starts"), "grant_id")
    own = joined.filter(joined.line_service.isnull() | (joined.line_service == joined.service_id))
    once = (own.unit == Unit.ONCE.value) & (own.line_service == own.service_id)
    day_after = as_date(own.starts + ibis.interval(days=1))
    return own.mutate(
        covered_from=ibis.ifelse(once, own.starts, own.covered_from),
        covered_to=ibis.ifelse(once, day_after, own.covered_to),
    ).select(*_PIECE)


def priced_whole(covered: ibis.Table, service: ibis.Table, frame: ibis.Table) -> ibis.Table:
    """Return the services (service_id) without days covered in months that are still open; and which are `alone`."""
    ahead = covered.filter(covered.covered_to > told_by(frame, "closed_before"))
    numbers = service.group_by(of_grant="grant_id").agg(number=service.count())
    counted = service.join(numbers, service.grant_id == numbers.of_grant)
    return counted.anti_join(ahead, "service_id").select("service_id", alone=counted.number == 1)


def uncovered_windows(
    covered: ibis.Table, service: ibis.Table, frame: ibis.Table, months: ibis.Table, whole: ibis.Table | None = None
) -> ibis.Table:
    """Return the windows (`rel_service_window`) of the days within the frame that are not covered.

    Windows of services in `whole` (`priced_whole`) do not reach into open months, which are priced whole.
    """
    span = frame.select("first_day", "end_day", "closed_before")
    known = service.select("service_id", "starts", "ends").cross_join(span)
    until = known.mutate(until=known.end_day)
    if whole is not None:
        marked = known.left_join(whole.select(whole_id="service_id"), [("service_id", "whole_id")])
        until = marked.mutate(until=ibis.ifelse(marked.whole_id.isnull(), marked.end_day, marked.closed_before))
    bounded = until.mutate(
        from_day=ibis.greatest(until.starts, until.first_day),
        to_day=ibis.least(until.ends.fill_null(FAR), until.until, until.end_day),
    ).filter(lambda row: row.from_day < row.to_day)
    left = _gaps(_clipped(covered, bounded), bounded)
    cut = left.join(months, [left.left_from < months.end_day, left.left_to > months.first_day])
    within = cut.mutate(
        first_day=ibis.greatest(cut.left_from, cut.first_day), end_day=ibis.least(cut.left_to, cut.end_day)
    )
    return within.select("service_id", "month_start", "month_end", "first_day", "end_day")


def _of_invoices(booked: ibis.Table, inputs: CoverInputs) -> ibis.Table:
    """What is booked of invoices; a credit note's under the invoice that it credits (`root_id`)."""
    invoice = inputs.invoice.select("credits_invoice_id", known_id="invoice_id")
    of_invoice = booked.filter(booked.invoice_id.notnull())
    joined = of_invoice.left_join(invoice, of_invoice.invoice_id == invoice.known_id)
    rooted = joined.mutate(root_id=joined.credits_invoice_id.fill_null(joined.invoice_id))
    return rooted.select("grant_id", "root_id", "month", "amount_ore")


def dated_lines(booked: ibis.Table, inputs: CoverInputs) -> ibis.Table:
    """Return (grant_id, root_id, line_service, covered_from, covered_to): lines that were matched to a grant."""
    match = inputs.match.filter(inputs.match.grant_id.notnull())
    billed = match.semi_join(booked, [match.invoice_id == booked.invoice_id, match.grant_id == booked.grant_id])
    line = inputs.line.filter(inputs.line.period_start.notnull() & inputs.line.period_end.notnull())
    days = line.select("invoice_line_id", covered_from="period_start", covered_to="period_end")
    joined = billed.join(days, "invoice_line_id")
    named = joined.mutate(root_id=joined.invoice_id, line_service=joined.service_id)
    return named.select("grant_id", "root_id", "line_service", "covered_from", "covered_to")


def _net(booked: ibis.Table, by: str) -> ibis.Table:
    """What is left of each, where anything is."""
    summed = booked.group_by("grant_id", by).agg(left_ore=booked.amount_ore.sum())
    return summed.filter(summed.left_ore > 0).drop("left_ore")


def _clipped(pieces: ibis.Table, service: ibis.Table) -> ibis.Table:
    bounds = service.select("from_day", "to_day", bounded_id="service_id")
    joined = pieces.join(bounds, pieces.service_id == bounds.bounded_id)
    cut = joined.mutate(
        covered_from=ibis.greatest(joined.covered_from, joined.from_day),
        covered_to=ibis.least(joined.covered_to, joined.to_day),
    )
    return cut.filter(cut.covered_from < cut.covered_to).select(*_PIECE, "to_day")


def _gaps(pieces: ibis.Table, service: ibis.Table) -> ibis.Table:
    """The days between the pieces: from the latest end so far to the next start, or to the end."""
    start = service.select("service_id", "to_day", covered_from="from_day", covered_to=service.from_day)
    marks = start.select(*_PIECE, "to_day").union(pieces, distinct=False)
    in_order = [marks.covered_from, marks.covered_to]
    so_far = ibis.window(rows=(None, 0), group_by=marks.service_id, order_by=in_order)  # type: ignore[no-untyped-call] # Ibis'
    by_service = ibis.window(group_by=marks.service_id, order_by=in_order)  # type: ignore[no-untyped-call] # the same
    reached = marks.select(
        "service_id",
        left_from=marks.covered_to.max().over(so_far),
        left_to=marks.covered_from.lead().over(by_service).fill_null(marks.to_day),
    )
    return reached.filter(reached.left_from < reached.left_to)
