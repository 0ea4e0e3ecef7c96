"""Keys that speak against the grant that a line was matched to: they name somebody else.

A strong key says who an invoice is about: a grant number, a contract number (its citizen, or one of those who have a
grant under it), a CPR number in any place, a name together with the date of birth. A key on a line must fit the line's
citizen. A key on the head must fit the citizen of at least one line: an invoice for several citizens may name them all
there. Where one does not, the line is unclear, however well everything else agrees.

A CPR number in a party's own field, or a grant number with a right check digit, that no register knows names somebody
who is not the line's citizen. An unknown CPR number elsewhere says nothing: 3.7 % of random ten-figure strings look
like one. Neither does a name alone, a date of birth alone, nor an unknown contract number.
"""

from typing import Final

import ibis

from styr.contracts.core.relations import CONTRACT
from styr.grants.core.relations import GRANT
from styr.invoices.core.einvoice.found import Place
from styr.invoices.core.extract.keys import KeyKind
from styr.invoices.core.matching.merged import with_mergers
from styr.invoices.core.relations import INVOICE, INVOICE_KEY
from styr.people.core.relations import CITIZEN

_PARTIES: Final = (Place.DELIVERY_PARTY.value, Place.ORIGINATOR.value, Place.BUYER_CUSTOMER.value)
_KEY: Final = ("invoice_id", "key_line_id", "kind", "value")
_NAME_AND_BIRTH: Final = "name_and_birth"


def contradicted_lines(chosen: ibis.Table) -> ibis.Table:
    """(strange_id) of matched lines on which, or on whose head, a strong key names somebody else.

    `chosen` is (invoice_line_id, invoice_id, grant_id) of every matched line of the invoices that it holds lines of.
    """
    key = INVOICE_KEY.table().semi_join(chosen.select("invoice_id").distinct(), "invoice_id")
    stated, fitting = _stated(key), _fitting(key)
    owner = GRANT.table().select("citizen_id", of_grant="grant_id")
    matched = chosen.join(owner, [("grant_id", "of_grant")]).select("invoice_line_id", "invoice_id", "citizen_id")
    return _on_lines(matched, stated, fitting).union(_on_heads(matched, stated, fitting), distinct=True)


def _on_lines(matched: ibis.Table, stated: ibis.Table, fitting: ibis.Table) -> ibis.Table:
    on_line = stated.filter(stated.key_line_id.notnull()).drop("invoice_id")
    asked = matched.join(on_line, [("invoice_line_id", "key_line_id")]).drop("key_line_id", "invoice_id")
    right = fitting.filter(fitting.key_line_id.notnull()).select("key_line_id", "kind", "value", "citizen_id")
    same = [("invoice_line_id", "key_line_id"), "kind", "value", "citizen_id"]
    return asked.anti_join(right, same).select(strange_id="invoice_line_id")


def _on_heads(matched: ibis.Table, stated: ibis.Table, fitting: ibis.Table) -> ibis.Table:
    on_head = stated.filter(stated.key_line_id.isnull()).drop("key_line_id")
    right = fitting.filter(fitting.key_line_id.isnull()).drop("key_line_id")
    told = right.semi_join(matched, ["invoice_id", "citizen_id"]).select("invoice_id", "kind", "value").distinct()
    strange = on_head.anti_join(told, ["invoice_id", "kind", "value"]).select("invoice_id").distinct()
    return matched.semi_join(strange, "invoice_id").select(strange_id="invoice_line_id")


def _stated(key: ibis.Table) -> ibis.Table:
    """The keys that must fit somebody: (invoice_id, key_line_id, kind, value)."""
    number = key.filter(key.kind == KeyKind.GRANT.value)
    cpr = key.filter(key.kind == KeyKind.CPR.value)
    known_cpr = cpr.semi_join(CITIZEN.table(), [("value", "cpr_index")])
    in_party = cpr.filter(cpr.place.isin(_PARTIES))
    people = _contracted(key).union(_named_and_born(key), distinct=False).select(_KEY)
    own = [_keys(part) for part in (number, known_cpr, in_party)]
    return ibis.union(*own, people, _foreign_contracts(key), distinct=True)


def _fitting(key: ibis.Table) -> ibis.Table:
    """Whom each key fits: (invoice_id, key_line_id, kind, value, citizen_id), one row for each citizen."""
    grant = GRANT.table().select("number", "citizen_id")
    citizen = CITIZEN.table().select("cpr_index", "citizen_id")
    by_number = key.filter(key.kind == KeyKind.GRANT.value).join(grant, [("value", "number")])
    by_cpr = key.filter(key.kind == KeyKind.CPR.value).join(citizen, [("value", "cpr_index")])
    own = [_keys(part, "citizen_id") for part in (by_number, by_cpr)]
    return ibis.union(*own, _contracted(key), _named_and_born(key), distinct=True)


def _contracted(key: ibis.Table) -> ibis.Table:
    """Contract numbers with the contract's citizen and everyone who has a grant under it."""
    contract = CONTRACT.table().select("contract_id", "number", own_id="citizen_id")
    stated = key.filter(key.kind == KeyKind.CONTRACT.value).join(contract, [("value", "number")])
    grant = GRANT.table().select("contract_id", "citizen_id").filter(ibis._.contract_id.notnull())
    own = stated.filter(stated.own_id.notnull()).rename(citizen_id="own_id")
    granted = stated.join(grant, "contract_id")
    return _keys(own, "citizen_id").union(_keys(granted, "citizen_id"), distinct=True)


def _foreign_contracts(key: ibis.Table) -> ibis.Table:
    """Numbers of contracts that were made with another supplier than the invoice's."""
    contract = CONTRACT.table().select("number", party_id="supplier_id").filter(ibis._.party_id.notnull())
    sender = INVOICE.table().select("supplier_id", sent_id="invoice_id")
    stated = key.filter(key.kind == KeyKind.CONTRACT.value).join(contract, [("value", "number")])
    sent = with_mergers(stated.join(sender, [("invoice_id", "sent_id")]), "supplier_id", "party_id")
    foreign = sent.filter((sent.supplier_id != sent.party_id) & sent.merged_from.isnull())
    return _keys(foreign)


def _named_and_born(key: ibis.Table) -> ibis.Table:
    """Names that stand on one level with the date of birth of a citizen of that name."""
    born = key.filter(key.kind == KeyKind.BIRTH.value).select("invoice_id", born_line="invoice_line_id", born="value")
    name = key.filter(key.kind == KeyKind.NAME.value)
    pair = name.join(born.distinct(), "invoice_id")
    level = pair.invoice_line_id.isnull() & pair.born_line.isnull()
    pair = pair.filter(level | (pair.invoice_line_id == pair.born_line))
    citizen = CITIZEN.table().select("citizen_id", "name_key", day=CITIZEN.table().birth_date.cast("string"))
    found = pair.join(citizen, [("value", "name_key"), ("born", "day")])
    return _keys(found, "citizen_id").mutate(kind=ibis.literal(_NAME_AND_BIRTH)).select(*_KEY, "citizen_id")


def _keys(found: ibis.Table, *columns: str) -> ibis.Table:
    return found.select("invoice_id", "kind", "value", *columns, key_line_id="invoice_line_id").select(*_KEY, *columns)
