"""Who delivers a grant, and which account its payments belong on."""

from __future__ import annotations

from typing import Any, Final

import ibis

from styr.contracts.core.relations import CONTRACT
from styr.controls.core.horizon import FAR
from styr.grants.core.relations import GRANT, SERVICE
from styr.reconciliation.core.matching import promised_grants
from styr.reconciliation.core.relations import ACCOUNT_RULE
from styr.suppliers.core.relations import PROVIDER_UNIT, SUPPLIER

FUNCTION: Final = 5
"""So many digits of an account string say what was bought: main account, main function and function. The rest tells
who, where and how it is booked, and may differ from one payment to the next."""

_FIRST: Final = ibis.date("1900-01-01")


def deliverers() -> ibis.Table:
    """Return (grant_id, deliverer_id): the contract's supplier, else the grant's own, else its place's, or null."""
    grants = GRANT.table().select("grant_id", "contract_id", "provider_unit_id", own="supplier_id")
    agreed = CONTRACT.table().select("contract_id", agreed="supplier_id")
    placed = PROVIDER_UNIT.table().select("provider_unit_id", placed="supplier_id")
    known = grants.left_join(agreed, "contract_id").left_join(placed, "provider_unit_id")
    return known.select("grant_id", deliverer_id=ibis.coalesce(known["agreed"], known["own"], known["placed"])).view()


def delivered_grants() -> ibis.Table:
    """Our promised grants with `deliverer_id` and `until`, an end never null."""
    grants = promised_grants().select(
        "grant_id", "number", "citizen_id", "unit_id", "section", "status", "starts", "until", "ends", "account_string"
    )
    return grants.join(deliverers(), "grant_id").view()


def cvrs_of_grants() -> ibis.Table:
    """Return (grant_id, our_cvr); null where nobody delivers."""
    named = SUPPLIER.table().select(deliverer_id="supplier_id", our_cvr="cvr")
    return deliverers().left_join(named, "deliverer_id").select("grant_id", "our_cvr")


def due_accounts() -> ibis.Table:
    """Return (grant_id, due_account, due_from, due_to, width): accounts a grant's payments belong on, each on its days.

    The municipality's rules that fit the grant, and the grant's own account besides; of those that hold on a day, that
    of the greatest `width` counts: a rule on the service, then one on the kind of supplier, then any, then the grant's.
    """
    grants = _described()
    rule = ACCOUNT_RULE.table()
    pairs = grants.join(rule, "section")
    fits = pairs.filter(pairs["service"].isin(["", pairs["only"]]) & pairs["supplier_kind"].isin(["", pairs["kind"]]))
    width = _one_if(fits["service"] != "") * 2 + _one_if(fits["supplier_kind"] != "") + 1
    ruled = fits.select(
        "grant_id", due_account="account", due_from="valid_from", due_to=fits["valid_to"].fill_null(FAR), width=width
    )
    own = grants.filter(grants["account_string"].notnull()).select(
        "grant_id",
        due_account="account_string",
        due_from=_FIRST,
        due_to=ibis.literal(FAR),
        width=ibis.literal(0, type="int64"),
    )
    return ruled.union(own.select(ruled.columns), distinct=False)


def _described() -> ibis.Table:
    """Promised grants with what rules ask about: `only`, the one service they buy, and `kind`, of their supplier."""
    line = SERVICE.table()
    bought = line.group_by("grant_id").agg(services=line["service"].nunique(), first=line["service"].min())
    kind = SUPPLIER.table().select(deliverer_id="supplier_id", kind="kind")
    known = delivered_grants().left_join(bought, "grant_id").left_join(kind, "deliverer_id")
    return known.select(
        "grant_id",
        "section",
        "account_string",
        only=_text(ibis.ifelse(known["services"] == 1, known["first"], "")),
        kind=_text(known["kind"]),
    ).view()


def _one_if(holds: Any) -> Any:
    return ibis.ifelse(holds, ibis.literal(1, type="int64"), ibis.literal(0, type="int64"))


def _text(column: Any) -> Any:
    """A text that is never null."""
    return column.fill_null("")
