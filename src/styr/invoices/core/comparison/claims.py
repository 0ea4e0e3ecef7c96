"""From matched lines to claims: what one invoice asks for one service in one period.

A supplier may use several lines for one service and period (two prices, a deduction for absence): they are compared
together. A line without a service is a claim of its own, which nothing is expected for.
"""

from typing import Final

import ibis

from styr.grants.core.relations import GRANT, SERVICE, STOP
from styr.invoices.core.codes import Status
from styr.invoices.core.matching.candidates import parties
from styr.invoices.core.matching.fit import BEYOND, PRICE
from styr.invoices.core.matching.merged import before_merger, with_mergers
from styr.invoices.core.relations import INVOICE, INVOICE_LINE, LINE_MATCH
from styr.kernel.exact import Column
from styr.kernel.units import Unit

FAR: Final = ibis.date(9999, 12, 31)
"""Stands for an open end where days are compared."""

_DAYS: Final = (Unit.DAY.value, Unit.OPENING_DAY.value)
_SETTLED: Final = (Status.APPROVED.value, Status.PAID.value)
DOMESTIC: Final = "DKK"
_LAST_THIRD: Final = 20
_KEY: Final = ("invoice_id", "grant_id", "service_id", "starts", "ends", "own")
_KEPT: Final = (
    *_KEY[:-1], "step", "contradicted", "granted", "doubtful", "other_start", "other_end", "gone_from", "stranger",
    "issue_date", "received_at", "line_no", "domestic",
)  # fmt: skip


def claimed(touched: ibis.Table | None = None) -> ibis.Table:
    """Group the matched lines of invoices that are not rejected into claims: rows of `stages.CLAIMED`.

    Args:
        touched: (id) of the services whose claims are wanted, and of the invoices whose lines without a service are;
            None for all.
    """
    line = _read(_matches(touched))
    lines = line.group_by(counted_id="invoice_id").agg(on_invoice=line.invoice_line_id.count())
    counted = line.join(lines, [("invoice_id", "counted_id")])
    single = _alone(counted.filter(counted.on_invoice == 1))
    grouped = _grouped(_apart(counted.filter(counted.on_invoice > 1)))
    both = single.union(grouped.select(single.columns), distinct=False)
    void = cancelled().select(void_id="invoice_id")
    joined = both.left_join(void, [("invoice_id", "void_id")])
    return joined.mutate(void=joined.void_id.notnull()).drop("void_id")


def _alone(line: ibis.Table) -> ibis.Table:
    """Lines that are their invoice's only one, by far the most: nothing to group."""
    return line.select(
        *_KEPT,
        claim_id="invoice_line_id",
        unit="service_unit",
        lines=ibis.literal(1, "int64"),
        roundings=ibis.literal(1, "int64"),
        quantity=line.quantity.cast("decimal(18, 4)"),
        lowest_price="unit_price",
        highest_price="unit_price",
        counted_low=_counted(line),
        counted_high=_counted(line),
        claimed_ore="net_ore",
        foreign_unit=_foreign(line),
        settled=line.status.isin(_SETTLED),
    )


def _grouped(line: ibis.Table) -> ibis.Table:
    return line.group_by(*_KEY).agg(
        claim_id=line.invoice_line_id.cast("string").min().cast("uuid"),
        step=line.step.min(),
        contradicted=line.contradicted.any(),
        granted=line.granted.any(),
        unit=line.service_unit.min(),
        other_start=line.other_start.min(),
        other_end=line.other_end.min(),
        gone_from=line.gone_from.min(),
        doubtful=line.doubtful.any(),
        lines=line.invoice_line_id.count().cast("int64"),
        roundings=(line.net_ore != 0).sum().cast("int64"),
        line_no=line.line_no.min(),
        domestic=line.domestic.all(),
        quantity=line.quantity.sum().cast("decimal(18, 4)"),
        lowest_price=line.unit_price.min(),
        highest_price=line.unit_price.max(),
        counted_low=_counted(line).min(),
        counted_high=_counted(line).max(),
        claimed_ore=line.net_ore.sum().cast("int64"),
        foreign_unit=_foreign(line).any(),
        stranger=line.stranger.any(),
        issue_date=line.issue_date.min(),
        received_at=line.received_at.min(),
        settled=line.status.isin(_SETTLED).any(),
    )


def _apart(line: ibis.Table) -> ibis.Table:
    """Keep a line by itself that has no service, or that fits it worse than another line of the same claim does."""
    same = [line.invoice_id, line.grant_id, line.service_id, line.starts, line.ends]
    worse = (line.fit < line.fit.max().over(group_by=same)) & (line.net_ore > 0) & ~line.priced
    doubtful = line.doubtful | worse
    alone = line.service_id.isnull() | doubtful
    return line.mutate(doubtful=doubtful, own=ibis.ifelse(alone, line.invoice_line_id.cast("string"), ""))


def _matches(touched: ibis.Table | None) -> ibis.Table:
    match = LINE_MATCH.table()
    if touched is None:
        return match
    on_service = match.semi_join(touched, [("service_id", "id")])
    without = match.filter(match.service_id.isnull()).semi_join(touched, [("invoice_id", "id")])
    return on_service.union(without, distinct=False)


def _read(match: ibis.Table) -> ibis.Table:
    invoice = INVOICE.table()
    live = invoice.filter(invoice.status != Status.REJECTED.value).select(
        "invoice_id",
        "issue_date",
        "received_at",
        "status",
        "supplier_id",
        domestic=(invoice.currency == DOMESTIC).fill_null(ibis.literal(value=False)),
    )
    line = INVOICE_LINE.table().select(
        "invoice_line_id", "line_no", "quantity", "unit_price", "net_ore", "period_start", "period_end", "other_start",
        "other_end",
        line_unit="unit",
    )  # fmt: skip
    service = SERVICE.table().select(of="service_id", service_unit="unit")
    joined = (
        match.join(live, "invoice_id")
        .join(line, "invoice_line_id")
        .left_join(service, [("service_id", "of")])
        .left_join(_limits(), [("grant_id", "limited_id")])
        .left_join(parties().select("party_id", party_of="grant_id"), [("grant_id", "party_of")])
    )
    joined = with_mergers(joined, "supplier_id", "party_id")
    starts = joined.period_start.fill_null(_likely_month(joined.issue_date))
    joined = joined.mutate(
        stranger=_stranger(joined) & ~before_merger(joined, starts), priced=joined.fit >= PRICE + BEYOND
    )
    joined = joined.mutate(granted=joined.granted.fill_null(ibis.literal(value=True)))
    return joined.mutate(starts=starts, ends=joined.period_end.fill_null(_month_after(starts)))


def _likely_month(issued: Column) -> Column:
    """The month before the issue date; for invoices of a month's last third the month itself."""
    month = issued.truncate("M").cast("date")
    before = (month - ibis.interval(months=1)).cast("date")
    return ibis.ifelse(issued.day() > _LAST_THIRD, month, before)


def _month_after(day: Column) -> Column:
    return (day + ibis.interval(months=1)).cast("date")


def _limits() -> ibis.Table:
    """(limited_id, granted, gone_from): is the grant given, and from which day death, moving or notice ends payment."""
    grant = GRANT.table().select("grant_id", "status")
    stop = STOP.table()
    gone = stop.group_by(gone_id="grant_id").agg(gone_from=stop.unpaid_from.min())
    joined = grant.left_join(gone, [("grant_id", "gone_id")])
    return joined.select(
        limited_id="grant_id",
        granted=joined.status.isin(["granted", "stopped"]),
        gone_from=joined.gone_from.fill_null(FAR),
    )


def cancelled() -> ibis.Table:
    """(invoice_id) of invoices that were credited in full, and of the credit notes that did it: together nothing.

    Only amounts in Danish kroner, and only where nothing of it is settled or everything is: an approved invoice counts
    until its credit note is approved too.
    """
    invoice = INVOICE.table()
    live = invoice.filter((invoice.status != Status.REJECTED.value) & (invoice.currency == DOMESTIC))
    live = live.mutate(settled=live.status.isin(_SETTLED))
    credit = live.filter(live.credits_invoice_id.notnull() & (live.net_ore < 0))
    given_back = credit.group_by(credited_id="credits_invoice_id").agg(
        back_ore=credit.net_ore.sum().cast("int64"), any_settled=credit.settled.any(), all_settled=credit.settled.all()
    )
    joined = live.select("invoice_id", "net_ore", "settled").join(given_back, [("invoice_id", "credited_id")])
    alike = ibis.ifelse(joined.settled, joined.all_settled, ~joined.any_settled)
    full = joined.filter((joined.net_ore + joined.back_ore == 0) & alike).select("invoice_id")
    notes = credit.semi_join(full, [credit.credits_invoice_id == full.invoice_id]).select("invoice_id")
    return full.union(notes, distinct=True)


def _stranger(line: ibis.Table) -> Column:
    """True where the grant is delivered by another supplier than the invoice's."""
    same = (line.supplier_id == line.party_id) | line.party_id.isnull()
    return ~same.fill_null(ibis.literal(value=False))


def _counted(line: ibis.Table) -> Column:
    """The price of a line that asks for a number of something; null for a collective price.

    A collective price stands once (quantity 1, or none) for all that the period costs, and only its amount can be held
    against anything; so it is with a deduction. Writing another unit than the service's makes no price collective.
    """
    several = line.quantity.notnull() & (line.quantity != 1) & (line.net_ore > 0)
    counts = several.fill_null(ibis.literal(value=False))
    return ibis.ifelse(counts, line.unit_price, ibis.null("decimal(14, 4)"))


def _foreign(line: ibis.Table) -> Column:
    """True where a line counts in another unit than the service's."""
    both_days = line.line_unit.isin(_DAYS) & line.service_unit.isin(_DAYS)
    other = (line.line_unit != line.service_unit) & ~both_days
    return (line.line_unit.notnull() & line.service_unit.notnull() & other).fill_null(ibis.literal(value=False))
