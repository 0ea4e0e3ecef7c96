"""Findings about an invoice as a whole: who must pay, to which account, whether it came before, and its form."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import ibis

from styr.controls.core.focus import Focus
from styr.invoices.core.codes import Status
from styr.invoices.core.comparison.mutual import leaning_at_all, leaning_beyond
from styr.invoices.core.einvoice.accounts import AccountKind
from styr.invoices.core.relations import CLAIM, DOCUMENT_FINDING, INVOICE, INVOICE_LINE, PAYER
from styr.kernel.exact import Column
from styr.suppliers.core.relations import SUPPLIER_ACCOUNT


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


def other_currency(focus: Focus) -> ibis.Table:
    """Invoices in another currency than Danish kroner, or in none."""
    invoice = _live(focus)
    return _rows(invoice.filter((invoice.currency != "DKK").fill_null(ibis.literal(value=True))), "currency")


def taxed(focus: Focus) -> ibis.Table:
    """Invoices with VAT."""
    invoice = _live(focus)
    return _rows(invoice.filter(invoice.tax_ore.fill_null(0) != 0), "tax_ore")


def other_amount(focus: Focus) -> ibis.Table:
    """Invoices without VAT whose amount to be paid is not the net amount: paid in advance, or rounded."""
    invoice = _live(focus)
    differs = (invoice.payable_ore != invoice.net_ore).fill_null(ibis.literal(value=True))
    return _rows(invoice.filter(differs & (invoice.tax_ore.fill_null(0) == 0)), "payable_ore", "net_ore")


def beside_lines(focus: Focus) -> ibis.Table:
    """Invoices whose net amount is not the sum of their lines: charges and deductions on the whole, or no lines."""
    invoice = _live(focus)
    line = INVOICE_LINE.table()
    sums = line.group_by(summed_id="invoice_id").agg(lines_ore=line.net_ore.sum().cast("int64"))
    joined = invoice.left_join(sums, [("invoice_id", "summed_id")])
    joined = joined.mutate(lines_ore=joined.lines_ore.fill_null(0), without=joined.summed_id.isnull())
    return _rows(joined.filter(joined.without | (joined.lines_ore != joined.net_ore)), "lines_ore", "net_ore")


def undated(focus: Focus) -> ibis.Table:
    """Invoices without an issue date."""
    invoice = _live(focus)
    return _rows(invoice.filter(invoice.issue_date.isnull()))


def in_long_chain(focus: Focus) -> ibis.Table:
    """Undecided invoices that lean on documents in more links than are followed."""
    invoice = _live(focus)
    beyond = leaning_beyond()
    counted = beyond.group_by(held_id="invoice_id").agg(documents=beyond.on_id.nunique().cast("int64"))
    return _rows(invoice.join(counted, [("invoice_id", "held_id")]), "documents")


def waiting(focus: Focus, others: Sequence[Callable[[Focus], ibis.Table]]) -> ibis.Table:
    """Undecided invoices that are right only together with a document that another control stops.

    `others` are those controls' expressions; they are asked about the documents concerned alone.
    """
    invoice = _live(focus)
    pair = leaning_at_all()
    asked = pair.select(asked_id="on_id").distinct()
    claim = CLAIM.table().semi_join(asked, [("invoice_id", "asked_id")]).select(asked_id="claim_id")
    about_them = _Concerned(narrowed=True, documents=asked, claims=claim)
    troubled = ibis.union(*(other(about_them).select("invoice_id") for other in others), distinct=True)
    held = pair.semi_join(troubled, [("on_id", "invoice_id")])
    numbered = held.join(INVOICE.table().select(other_id="invoice_id", number="number"), [("on_id", "other_id")])
    first = numbered.group_by(held_id="invoice_id").agg(other_number=numbered.number.min())
    return _rows(invoice.join(first, [("invoice_id", "held_id")]), "other_number")


@dataclass(frozen=True, slots=True)
class _Concerned(Focus):
    """Looks only at certain documents and their claims: (asked_id) of each."""

    documents: ibis.Table
    claims: ibis.Table

    def __call__(self, table: ibis.Table, column: str) -> ibis.Table:
        """Return the rows of `table` that are about these documents."""
        return table.semi_join(self.claims if column == "claim_id" else self.documents, [(column, "asked_id")])


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
