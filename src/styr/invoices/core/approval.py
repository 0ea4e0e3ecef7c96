"""Which invoices may be paid without a person: only those where nothing at all is left to explain."""

from typing import Final

import ibis

from styr.contracts.core.relations import CONTRACT
from styr.controls.core.relations import FINDING
from styr.controls.core.settled import needs_no_person
from styr.invoices.core.codes import Status, Step, Verdict
from styr.invoices.core.comparison.mutual import leaning, leaning_beyond
from styr.invoices.core.relations import CLAIM, INVOICE, INVOICE_LINE, LINE_MATCH, SETTLED_INVOICE
from styr.kernel.relation import Relation

UNDECIDED: Final = (Status.RECEIVED.value, Status.READY.value, Status.DEVIATING.value)
"""Invoices that the control may still move; what people have approved, rejected or paid stays."""

FOUR_EYES: Final = Relation("rel_four_eyes", {"amount_ore": "int64"})
"""The municipality's limit for two approvers, loaded for the run; empty where it has none."""
_UNSURE: Final = {Step.AMBIGUOUS, Step.NO_GRANT, Step.NOTHING, Step.BIRTH, Step.BY_HAND}
_SURE: Final = tuple(step.value for step in Step if step not in _UNSURE)
"""What a person pointed out is no key: somebody must approve the invoice by name."""
_SIGNED: Final = ("signed", "terminated")


def touchless() -> ibis.Table:
    """(invoice_id) of undecided invoices that may be paid without a person.

    Every line is matched by a sure key to a service on a signed contract and is as expected to the øre, or the invoice
    asks for exactly the sum of settlements that nothing is left to ask about; the lines are
    the whole invoice and the whole of what is to be paid; the supplier is known; no finding on it needs a person, and
    no hard stop on it was decided by one; and what it is right only together with (a credit note) is in order itself,
    and is all of it known. Each condition has a control of its own. What is above
    the limit for four eyes is left out as well: nothing is wrong with it, but two persons must approve it.
    """
    invoice = INVOICE.table()
    undecided = invoice.filter(
        invoice.status.isin(UNDECIDED)
        & invoice.supplier_id.notnull()
        & invoice.issue_date.notnull()
        & (invoice.currency == "DKK")
        & (invoice.payable_ore == invoice.net_ore)
        & (invoice.tax_ore.fill_null(0) == 0)
    )
    finding = FINDING.table()
    held = finding.filter(finding.invoice_id.notnull() & ~needs_no_person(finding)).select("invoice_id")
    bare = unexplained_lines().select("invoice_id").union(_unexplained_claims(), distinct=False)
    unexplained = bare.anti_join(_sums_of_settlements(), "invoice_id")
    limit = FOUR_EYES.table()
    two = undecided.inner_join(limit, undecided.payable_ore > limit.amount_ore)
    alone = undecided.anti_join(two.select("invoice_id"), "invoice_id")
    clear = alone.anti_join(held, "invoice_id").anti_join(unexplained, "invoice_id")
    line = INVOICE_LINE.table()
    sums = line.group_by(summed_id="invoice_id").agg(lines_ore=line.net_ore.sum().cast("int64"))
    whole = clear.join(sums, [("invoice_id", "summed_id")])
    clean = whole.filter(whole.lines_ore == whole.net_ore).select("invoice_id")
    return _standing(_standing(clean)).anti_join(leaning_beyond(), "invoice_id")


def _sums_of_settlements() -> ibis.Table:
    """(invoice_id) of invoices that ask for what their settlements come to, to the øre; see `SETTLED_INVOICE`.

    Each with nothing found in its trips, or accepted as it is, and its sender asked nothing.
    """
    told = SETTLED_INVOICE.table()
    sure = (told.due_ore == told.invoiced_ore) & ~told.asked & ~told.doubted
    return told.filter(sure).select("invoice_id").distinct()


def _standing(clean: ibis.Table) -> ibis.Table:
    """Leave out what leans on a document that is not clean."""
    pair = leaning()
    unclean = pair.anti_join(clean.select(clean_id="invoice_id"), [("on_id", "clean_id")])
    return clean.anti_join(unclean, "invoice_id")


def unexplained_lines() -> ibis.Table:
    """(invoice_id, invoice_line_id) of lines that no sure key ties to a service on a signed contract."""
    line = INVOICE_LINE.table().select("invoice_line_id", on_invoice="invoice_id")
    match = LINE_MATCH.table()
    signed = CONTRACT.table().filter(lambda contract: contract.status.isin(_SIGNED)).select(signed_id="contract_id")
    sure = match.filter(match.step.isin(_SURE) & ~match.contradicted & match.service_id.notnull())
    explained = sure.semi_join(signed, [("contract_id", "signed_id")]).select(explained_id="invoice_line_id")
    return line.anti_join(explained, [("invoice_line_id", "explained_id")]).select(
        "invoice_line_id", invoice_id="on_invoice"
    )


def _unexplained_claims() -> ibis.Table:
    claim = CLAIM.table()
    return claim.filter(claim.verdict != Verdict.AS_EXPECTED.value).select("invoice_id")
