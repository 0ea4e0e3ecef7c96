"""Which grants and contracts a change touches, for the controls that are run again."""

import ibis

from styr.contracts.core.relations import CONTRACT_LINE
from styr.grants.core.relations import GRANT
from styr.kernel.relation import NARROW


def touched_grants() -> ibis.Table:
    """Return the grants of the changed citizens, contracts, suppliers and provider units, and their citizens' others.

    The others because an overlap is a finding about the later grant, whichever of the two changed.
    """
    grants = GRANT.table()
    known = _ids()
    columns = ("grant_id", "citizen_id", "contract_id", "supplier_id", "provider_unit_id")
    touched = [grants.semi_join(known, grants[column] == known["id"]) for column in columns]
    direct = touched[0].union(*touched[1:]).select("grant_id", "citizen_id")
    siblings = grants.semi_join(direct, "citizen_id").select(id="grant_id")
    return direct.select(id="grant_id").union(siblings, distinct=True)


def contracts_of_grants() -> ibis.Table:
    """Return the contracts that the touched grants lean on."""
    grants = GRANT.table()
    known = _ids()
    touched = grants.semi_join(known, grants["grant_id"] == known["id"])
    return touched.filter(touched["contract_id"].notnull()).select(id="contract_id").distinct()


def lines_of_contracts() -> ibis.Table:
    """Return the lines of the touched contracts."""
    lines = CONTRACT_LINE.table()
    known = _ids()
    return lines.semi_join(known, lines["contract_id"] == known["id"]).select(id="contract_line_id")


def _ids() -> ibis.Table:
    return NARROW.table()
