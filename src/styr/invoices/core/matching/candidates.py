"""The grants that an invoice line could be for: every key is looked up at once, and says how strongly it points.

A key on the line counts for that line, one on the head for every line. CPR numbers, names and dates of birth count
only among the grants that the invoice's own supplier delivers to (domain: 3.7 % of random ten-figure strings look like
a CPR number); grant and contract numbers are looked up everywhere, so that a foreign supplier is seen.
"""

from typing import Final

import ibis

from styr.contracts.core.relations import CONTRACT
from styr.grants.core.relations import GRANT
from styr.invoices.core.extract.keys import KeyKind
from styr.invoices.core.relations import INVOICE, INVOICE_KEY
from styr.kernel.exact import Column
from styr.kernel.relation import Relation
from styr.people.core.relations import CITIZEN
from styr.suppliers.core.relations import SUPPLIER_MERGER

FLAGS: Final = tuple(
    f"{kind}_{level}" for kind in ("grant", "contract", "cpr", "name", "birth") for level in ("line", "head")
)
"""Which key, and whether on the line or the head; a candidate's `keys` holds one bit for each, in this order."""

CANDIDATE: Final = Relation(
    "stage_candidate",
    {
        "invoice_line_id": "uuid",
        "grant_id": "uuid",
        "keys": "int64",
        "rivals": "int64",  # how many grants the line's keys name in all
    },
)

_SHORT: Final = {
    KeyKind.GRANT: "grant",
    KeyKind.CONTRACT: "contract",
    KeyKind.CPR: "cpr",
    KeyKind.NAME: "name",
    KeyKind.BIRTH: "birth",
}


def parties() -> ibis.Table:
    """Grants with the supplier who delivers them: the grant's own, else its contract's."""
    grant, contract = GRANT.table(), CONTRACT.table()
    joined = grant.left_join(contract.select(of="contract_id", by="supplier_id"), [("contract_id", "of")])
    return joined.select(
        "grant_id",
        "number",
        "citizen_id",
        "contract_id",
        "status",
        "starts",
        "ends",
        party_id=ibis.coalesce(joined.supplier_id, joined.by),
    )


def has(keys: Column, flag: str) -> Column:
    """Whether a candidate's keys hold the flag."""
    return (keys & (1 << FLAGS.index(flag))) > 0


def candidates(line: ibis.Table) -> ibis.Table:
    """Return rows of `CANDIDATE`: each grant that a key of the line or of its head names.

    `line` holds (invoice_line_id, invoice_id) of the lines asked about.
    """
    named = _named(INVOICE_KEY.table())
    on_line = named.filter(named.key_line_id.notnull()).select("grant_id", "key_line_id", keys="bit")
    own = line.join(on_line, [("invoice_line_id", "key_line_id")]).select("invoice_line_id", "grant_id", "keys")
    on_head = named.filter(named.key_line_id.isnull()).select("invoice_id", "grant_id", keys=named.bit * 2)
    shared = line.join(on_head, "invoice_id").select("invoice_line_id", "grant_id", "keys")
    found = own.union(shared, distinct=False)
    grouped = found.group_by("invoice_line_id", "grant_id").agg(keys=found["keys"].bit_or().cast("int64"))
    rivals = grouped.group_by(of_line="invoice_line_id").agg(rivals=grouped.grant_id.count().cast("int64"))
    return grouped.join(rivals, [("invoice_line_id", "of_line")]).drop("of_line")


def known_without_grant(line: ibis.Table) -> ibis.Table:
    """(invoice_line_id) of lines whose CPR or contract number is in the registers; asked where no grant is named."""
    key = INVOICE_KEY.table().semi_join(line.select("invoice_id").distinct(), "invoice_id")
    cpr = key.filter(key.kind == KeyKind.CPR.value).semi_join(CITIZEN.table(), [("value", "cpr_index")])
    contract = key.filter(key.kind == KeyKind.CONTRACT.value).semi_join(CONTRACT.table(), [("value", "number")])
    found = cpr.union(contract, distinct=False).select("invoice_id", key_line_id="invoice_line_id")
    pair = line.select("invoice_line_id", "invoice_id").join(found, "invoice_id")
    here = pair.key_line_id.isnull() | (pair.key_line_id == pair.invoice_line_id)
    return pair.filter(here).select("invoice_line_id").distinct()


def _named(key: ibis.Table) -> ibis.Table:
    """Look every key up: (invoice_id, key_line_id, grant_id, bit), the bit for a key on the line."""
    grant = parties()
    by_number = key.filter(key.kind == KeyKind.GRANT.value).join(
        grant.select("grant_id", "number"), [("value", "number")]
    )
    contract = CONTRACT.table().select("contract_id", contract_number="number")
    by_contract = (
        key.filter(key.kind == KeyKind.CONTRACT.value)
        .join(contract, [("value", "contract_number")])
        .join(grant.filter(grant.contract_id.notnull()).select("grant_id", "contract_id"), "contract_id")
    )
    found = [_row(by_number, KeyKind.GRANT), _row(by_contract, KeyKind.CONTRACT)]
    citizen = CITIZEN.table().select(
        "citizen_id", "cpr_index", "name_key", born=CITIZEN.table().birth_date.cast("string")
    )
    supplier = INVOICE.table().select("invoice_id", "supplier_id")
    theirs = _sellers(grant)
    for kind, column in ((KeyKind.CPR, "cpr_index"), (KeyKind.NAME, "name_key"), (KeyKind.BIRTH, "born")):
        person = key.filter(key.kind == kind.value).join(citizen, [("value", column)])
        with_supplier = person.join(supplier, "invoice_id")
        by_person = with_supplier.join(
            theirs,
            [with_supplier.citizen_id == theirs.citizen_id, with_supplier.supplier_id == theirs.party_id],
        )
        found.append(_row(by_person, kind))
    return ibis.union(*found, distinct=False)


def _sellers(grant: ibis.Table) -> ibis.Table:
    """(grant_id, citizen_id, party_id): who sells to each grant, and who did before a merger."""
    now = grant.select("grant_id", "citizen_id", "party_id")
    merger = SUPPLIER_MERGER.table().select("former_id", "supplier_id")
    before = now.join(merger, [("party_id", "supplier_id")])
    return now.union(before.select("grant_id", "citizen_id", party_id="former_id"), distinct=True)


def _row(found: ibis.Table, kind: KeyKind) -> ibis.Table:
    bit = 1 << FLAGS.index(f"{_SHORT[kind]}_line")
    return found.select("invoice_id", "grant_id", key_line_id="invoice_line_id", bit=ibis.literal(bit, "int64"))
