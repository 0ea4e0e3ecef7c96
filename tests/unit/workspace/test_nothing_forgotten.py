"""Every table that tells about a citizen is in the access request and goes with an erasure, or says here why not.

A new model with a column that names a citizen, a grant, a contract or an invoice, or with a file, meets this test: it
is reached by itself when it is tracked, and has to be given its reason when it is not.
"""

from collections.abc import Iterator
from typing import Any

from django.apps import apps
from django.db import models

from styr.audit.event import Event
from styr.audit.reach import CITIZEN, names, tracked_models

# Tables that name a citizen or a case, and are not reached: how they are told of, and what becomes of them.
WORKED_OUT = {
    "budgets.forecastrow": "told as sums (budgets.handing_out); after an erasure its ids lead nowhere",
    "budgets.bridgerow": "why a forecast differs from its budget, both of which are told; its ids lead nowhere after",
    "negotiations.potentialrow": "prepared, and worked out anew from the registers",
    "refunds.municipalcost": "worked out from postings and payers, which are told; goes with the citizen's row",
    "refunds.refundmember": "worked out from postings, which are told; goes with the citizen's row",
    "texts.clausefact": "what the reader found in a contract's file, which is handed out; forget_documents takes it",
    "texts.documentwords": "the words of a contract's file, which is handed out; forget_documents takes them",
    "transport.operator": "about whoever drives, also where a contract is one citizen's",
    "access.caseblock": "about a colleague: who must not see the case, and why (GDPR art. 15(4)); ends by its dates",
}
# Ids that are no foreign keys and do not name a citizen's case by themselves.
OTHER_IDS = {
    "access.factorchange.changed_by": "a colleague",
    "access.passwordlink.made_by": "a colleague",
    "agreements.proposedfield.contract_ref": "the contract that its document names as well",
    "agreements.reviewedclause.contract_ref": "the contract that its document names as well",
    "agreements.scannedpage.contract_ref": "the contract that its document names as well",
    "audit.gap.certificate": "an erasure",
    "budgets.followupround.run_id": "a forecast",
    "controls.finding.subject_id": "what the finding is about; findings about cases name the citizen or the grant too",
    "controls.finding.supplier_id": "a supplier",
    "controls.opencount.supplier_id": "a supplier",
    "drafting.draftstep.contract_ref": "the contract that its draft names as well",
    "drafting.draftversion.contract_ref": "the contract that its draft names as well",
    "drafting.qualityanswer.contract_ref": "the contract that its draft names as well",
    "drafting.signedfile.contract_ref": "the contract that its draft names as well",
    "integrations.importlanding.context_id": "a transaction",
    "invoices.claim.other_invoice_id": "another invoice, by the same grant",
    "invoices.claim.service_id": "a line of the grant that is named as well",
    "invoices.document.import_file_id": "an import",
    "invoices.followup.evidence_invoice_id": "the credit note of the invoice that is named as well",
    "invoices.linematch.service_id": "a line of the grant that is named as well",
    "invoices.manualmatch.service_id": "a line of the grant that is named as well",
    "ledger.paidpart.origin_id": "another part of the same grant's line",
    "ledger.posting.supplier_id": "a supplier",
    "negotiations.caseargument.grant_ref": "the grant of a case that is about one contract",
    "negotiations.caseentry.grant_ref": "the grant of a case that is about one contract",
    "negotiations.caseletter.grant_ref": "the grant of a case that is about one contract",
    "negotiations.caselimit.grant_ref": "the grant of a case that is about one contract",
    "negotiations.casemeeting.grant_ref": "the grant of a case that is about one contract",
    "negotiations.potentialrow.key": "a line of prepared sums",
    "negotiations.potentialrow.service_id": "prepared, and worked out anew",
    "negotiations.potentialrow.supplier_id": "a supplier",
    "negotiations.potentialvolume.supplier_id": "a supplier",
    "negotiations.saving.agreed_key": "what was agreed",
    "reconciliation.casegrant.supplier_id": "a supplier",
    "reconciliation.takenover.finding_id": "the finding of a grant that is named as well",
    "refunds.refundclaimline.case_id": "a sum of a year's refund, by a number that is its own",
    "refunds.refundmember.case_id": "worked out anew",
    "refunds.refundmonth.case_id": "worked out anew",
    "suppliers.supplieraccount.brought_by": "a colleague or a file",
    "suppliers.supplieraccount.confirmed_by": "a colleague",
    "tenders.award.scheme_id": "prices",
    "texts.clausefact.contract_ref": "the contract that its document names as well",
    "texts.documentwords.contract_ref": "the contract that its document names as well",
    "transport.postingsum.supplier_id": "a supplier",
    "workspace.notice.subject_id": "what a colleague is told of, in words without names",
}
# What is kept as bytes in rows about a citizen: what becomes of each in the access request.
FILES = {
    "agreements.agreementdocument.content": "a file of the package",
    "agreements.agreementdocument.text": "the words of a file of the package",
    "agreements.scannedpage.picture": "a page of a file of the package",
    "agreements.scannedpage.text": "the words of a file of the package",
    "drafting.contractdraft.facts": "what the draft's versions say, which are files of the package",
    "drafting.draftversion.content": "a file of the package",
    "drafting.draftversion.pdf": "the same version as another file",
    "drafting.draftversion.read": "the words of a file of the package",
    "drafting.draftversion.redline": "two versions of the package held against each other",
    "drafting.signedfile.content": "a file of the package",
    "invoices.document.content": "a file of the package, unless it tells about others as well",
    "negotiations.caseletter.content": "a file of the package",
    "people.citizen.cpr": "told in clear, by itself",
    "people.datarequest.content": "the package itself",
    "people.erasure.archive": "the package for the archive",
}
BESIDES = ("invoices.invoice", "invoices.document", "invoices.invoiceline")  # found by what they were matched with


def label(model: Any) -> str:
    return str(model._meta.label_lower)


def fields(model: Any) -> Iterator[Any]:
    return iter(model._meta.concrete_fields)


def kept_models() -> list[Any]:
    return [model for model in apps.get_models() if not issubclass(model, Event) and label(model) != CITIZEN]


def reached() -> set[str]:
    """Labels of tracked tables with a chain of columns to a citizen."""
    found = {CITIZEN, *BESIDES}
    while True:
        more = {label(model) for model in tracked_models() if any(names(one) in found for one in fields(model))} - found
        if not more:
            return found
        found |= more


def test_a_table_that_names_a_citizens_case_is_reached_or_says_why_not() -> None:
    there = reached()
    naming = {label(model) for model in kept_models() if any(names(one) in there for one in fields(model))}
    assert naming - there == set(WORKED_OUT), "track it, or tell here how it is handed out and let go"


def test_an_id_that_is_no_foreign_key_says_what_it_names() -> None:
    plain = {
        f"{label(model)}.{one.name}"
        for model in kept_models()
        for one in fields(model)
        if isinstance(one, models.UUIDField) and not one.primary_key and names(one) is None
        and label(model).partition(".")[0] != "pghistory"
    }  # fmt: skip
    assert plain == set(OTHER_IDS), "name it as its table (citizen_id, grant_id …), or tell here what it names"


def test_every_file_about_a_citizen_is_handed_out_or_says_what_it_is() -> None:
    there = reached()
    files = {
        f"{label(model)}.{one.name}"
        for model in tracked_models()
        if label(model) in there
        for one in fields(model)
        if isinstance(one, models.BinaryField)
    }
    assert files == set(FILES), "put it in the package (workspace.citizens_dossier), or tell here why not"


def test_the_newer_domains_are_reached() -> None:
    assert reached() >= {
        "transport.ridegrant", "transport.place", "transport.assessment", "trips.trip", "trips.ridechange",
        "trips.complaint", "trips.attendance", "routes.planride", "tenders.tenderride", "deliveries.delivery",
        "negotiations.negotiation", "negotiations.saving", "refunds.userpayment", "refunds.municipalclaim",
        "refunds.payerperiod", "refunds.householdmember", "drafting.signedfile", "agreements.reviewedclause",
        "planning.versionline", "budgets.roundnote", "ledger.posting", "reconciliation.casegrant",
    }  # fmt: skip


def test_registers_about_others_are_not_reached_through_a_citizens_contract() -> None:
    assert not reached() & {"transport.operator", "transport.vehicle", "trips.settlement", "fleet.logentry"}
