"""Findings about an invoice as a whole: who must pay, to which account, whether it came before, and its form."""

import ibis

from styr.controls.core.focus import Focus
from styr.invoices.core.codes import Status
from styr.invoices.core.einvoice.accounts import AccountKind
from styr.invoices.core.relations import CLAIM, DOCUMENT_FINDING, INVOICE, PAYER
from styr.kernel.exact import Column
from styr.suppliers.core.relations import SUPPLIER, SUPPLIER_ACCOUNT


def foreign_ean(focus: Focus) -> ibis.Table:
    """Invoices sent to an EAN number that is none of ours."""
    invoice = _live(focus)
    ours = PAYER.table().select("ean")
    sent = invoice.filter(invoice.buyer_ean.notnull() & (invoice.buyer_ean != ""))
    return _rows(sent.anti_join(ours, [("buyer_ean", "ean")]), "buyer_ean")


def unknown_account(focus: Focus) -> ibis.Table:
    """Invoices to be paid to an account that the supplier is not known to have on the issue date."""
    invoice = _live(focus)
    stated = invoice.filter(
        invoice.payee_account.notnull() & ~invoice.payee_account.isin(["", f"{AccountKind.NEMKONTO}:"])
    )
    stated = stated.mutate(digits=_digits(stated.payee_account.re_replace("^[a-z]+:", "")))
    account = SUPPLIER_ACCOUNT.table()
    known = account.select(owner="supplier_id", known_digits=_digits(account.account), known_from="valid_from")
    theirs = [
        stated.supplier_id == known.owner,
        stated.digits == known.known_digits,
        known.known_from <= stated.issue_date.fill_null(ibis.date(9999, 12, 31)),
    ]
    registered = stated.filter(stated.supplier_id.notnull())
    return _rows(registered.anti_join(known, theirs), "payee_account")


def sent_before(focus: Focus) -> ibis.Table:
    """Invoices with the number of an earlier one from the same supplier."""
    invoice = _live(focus)
    numbered = invoice.filter((invoice.number != "") & (invoice.supplier_cvr != ""))
    whole = INVOICE.table()
    first = whole.filter(whole.status != Status.REJECTED.value).select(
        other_cvr="supplier_cvr",
        other_number="number",
        other_kind="kind",
        other_issued="issue_date",
        other_received="received_at",
        other_id=whole.invoice_id.cast("string"),
    )
    own_id = numbered.invoice_id.cast("string")
    earlier = (first.other_received < numbered.received_at) | (
        (first.other_received == numbered.received_at) & (first.other_id < own_id)
    )
    same = [
        numbered.supplier_cvr == first.other_cvr,
        numbered.number == first.other_number,
        numbered.kind == first.other_kind,
        earlier,
    ]
    pairs = numbered.join(first, same)
    seen = pairs.group_by("invoice_id").agg(other_issued=pairs.other_issued.min())
    return _rows(numbered.join(seen, "invoice_id"), "other_issued")


def unknown_supplier(focus: Focus) -> ibis.Table:
    """Invoices from a CVR number that is not in the supplier register."""
    invoice = _live(focus)
    return _rows(invoice.filter(invoice.supplier_id.isnull()), "supplier_cvr")


def document_faults(focus: Focus, *severities: str) -> ibis.Table:
    """Invoices whose worst document finding is of these severities, with the first of them and their number."""
    invoice = _live(focus)
    fault = DOCUMENT_FINDING.table()
    worst = fault.group_by("invoice_id").agg(
        faults=fault.finding_no.count().cast("int64"),
        fatal=(fault.severity == "fatal").any(),
    )
    listed = fault.filter(fault.severity.isin(severities))
    numbered = listed.mutate(place=ibis.row_number().over(group_by=listed.invoice_id, order_by=listed.finding_no))
    first = numbered.filter(numbered.place == 0).select("invoice_id", rule="code", message="message")
    joined = invoice.join(first, "invoice_id").join(worst, "invoice_id")
    wanted = joined if "fatal" in severities else joined.filter(~joined.fatal)
    return _rows(wanted, "rule", "message", "faults")


def too_late(focus: Focus) -> ibis.Table:
    """Invoices of other municipalities and regions more than twelve months after the days that they are for."""
    invoice = _live(focus)
    claim = CLAIM.table()
    last = claim.group_by("invoice_id").agg(
        period_end=claim.period_end.max(), claimed=claim.claimed_ore.sum().cast("int64")
    )
    supplier = SUPPLIER.table()
    public = supplier.filter(supplier.kind.isin(["municipal", "regional"])).select(owner="supplier_id")
    joined = invoice.join(last, "invoice_id").semi_join(public, [("supplier_id", "owner")])
    # By way of a timestamp, which both engines make of the sum: Ibis takes it for a date already and drops the cast.
    deadline = (joined.period_end + ibis.interval(months=12)).cast("timestamp").cast("date")
    return _rows(joined.filter(joined.issue_date > deadline).mutate(deadline=deadline), "period_end", "deadline")


def _live(focus: Focus) -> ibis.Table:
    invoice = focus(INVOICE.table(), "invoice_id")
    return invoice.filter(invoice.status != Status.REJECTED.value)


def _rows(invoice: ibis.Table, *evidence: str) -> ibis.Table:
    return invoice.select(
        "unit_id",
        "supplier_id",
        "invoice_id",
        *evidence,
        subject_id="invoice_id",
        amount_ore="net_ore",
        invoice_number="number",
        issued="issue_date",
    )


def _digits(account: Column) -> Column:
    """A Danish account as fourteen digits, however it is spaced or padded; the last fourteen of a Danish IBAN."""
    digits = account.re_replace("[^0-9]", "")
    iban = account.upper().startswith("DK")
    padded = digits.left(4) + digits.substr(4).lpad(10, "0")
    return ibis.cases((iban, digits.right(14)), (digits.length() > 8, padded), else_=digits)  # noqa: PLR2004 -- FIK has eight
