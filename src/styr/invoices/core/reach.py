"""What a change touches among the invoices: ids in `rel_narrow` reach further ids."""

import ibis

from styr.grants.core.relations import GRANT
from styr.invoices.core.comparison.mutual import leaning_at_all, leaning_beyond
from styr.invoices.core.extract.keys import KeyKind
from styr.invoices.core.matching.candidates import candidates, parties
from styr.invoices.core.relations import CLAIM, INVOICE, INVOICE_KEY, INVOICE_LINE, LINE_MATCH, SETTLED_INVOICE
from styr.kernel.relation import NARROW
from styr.people.core.relations import CITIZEN


def touched_invoices() -> ibis.Table:
    """(id) of the invoices whose match may change.

    Those that changed, are on a changed grant (or one of a changed citizen, contract or supplier), have a key that
    names one, or credit or are credited by one.
    """
    ids = NARROW.table()
    party = parties()
    of_change = [
        party.select("grant_id", pointed=column).semi_join(ids, [("pointed", "id")]).select("grant_id")
        for column in ("grant_id", "citizen_id", "contract_id", "party_id")
    ]
    grant = ibis.union(*of_change, distinct=True)
    match = LINE_MATCH.table()
    matched = match.semi_join(grant, "grant_id").select(id="invoice_id")
    line = INVOICE_LINE.table()
    named = candidates(line).semi_join(grant, "grant_id").select("invoice_line_id")
    keyed = line.semi_join(named, "invoice_line_id").select(id="invoice_id")
    invoice = INVOICE.table()
    theirs = invoice.semi_join(ids, [("supplier_id", "id")]).select(id="invoice_id")
    notes = invoice.semi_join(ids, [("credits_invoice_id", "id")]).select(id="invoice_id")
    credit = invoice.semi_join(ids, [("invoice_id", "id")]).filter(ibis._.credits_invoice_id.notnull())
    credited = credit.select(id="credits_invoice_id")
    return ibis.union(matched, keyed, theirs, notes, credited, _naming(ids), distinct=True)


def _naming(ids: ibis.Table) -> ibis.Table:
    """(id) of the invoices with the CPR number of a changed citizen, whoever else they are matched to."""
    citizen = CITIZEN.table().semi_join(ids, [("citizen_id", "id")]).select("cpr_index")
    key = INVOICE_KEY.table()
    cpr = key.filter(key.kind == KeyKind.CPR.value)
    return cpr.semi_join(citizen, [("value", "cpr_index")]).select(id="invoice_id")


def settled_invoices() -> ibis.Table:
    """(id) of the invoices that ask for the sum of a changed settlement."""
    told = SETTLED_INVOICE.table()
    return told.semi_join(NARROW.table(), [("settlement_id", "id")]).select(id="invoice_id").distinct()


def leaning_invoices() -> ibis.Table:
    """(id) of the invoices that are right only together with a touched one."""
    pair = leaning_at_all().union(leaning_beyond(), distinct=False)
    return pair.semi_join(NARROW.table(), [("on_id", "id")]).select(id="invoice_id").distinct()


def touched_services() -> ibis.Table:
    """(id) of the services that the invoices in `rel_narrow` claim now or claimed before."""
    ids = NARROW.table()
    now = LINE_MATCH.table()
    before = CLAIM.table()
    parts = [
        table.semi_join(ids, [("invoice_id", "id")]).filter(ibis._.service_id.notnull()).select(id="service_id")
        for table in (now, before)
    ]
    return ibis.union(*parts, distinct=True)


def lines_of_invoices() -> ibis.Table:
    """(id) of the lines of the touched invoices, and of every invoice that claims the same services: their subjects."""
    ids = NARROW.table()
    match = LINE_MATCH.table()
    own = match.semi_join(ids, [("invoice_id", "id")])
    shared = match.semi_join(own.filter(own.service_id.notnull()).select("service_id").distinct(), "service_id")
    return own.select(id="invoice_line_id").union(shared.select(id="invoice_line_id"), distinct=True)


def invoices_of_grants() -> ibis.Table:
    """(id) of the invoices that are matched to the touched grants."""
    match = LINE_MATCH.table()
    grant = GRANT.table()
    known = grant.semi_join(NARROW.table(), [("grant_id", "id")]).select("grant_id")
    return match.semi_join(known, "grant_id").select(id="invoice_id").distinct()
