"""What the registers say of a grant, and whether its invoices may be paid meanwhile.

Each control of the registers stands in one of three lists: it stops the invoices for the days that it concerns, an
invoice control says the same of each invoice already, or it is no reason to keep money back. A person who decides the
register's finding decides for the invoices too.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

import ibis

from styr.contracts.core.relations import CONTRACT
from styr.controls.core.focus import Focus
from styr.controls.core.relations import FINDING
from styr.controls.core.settled import SETTLING
from styr.grants.core.overlap import duplicate_grants
from styr.grants.core.register_checks import SOLE_PROPRIETORS_END
from styr.grants.core.relations import GRANT
from styr.invoices.core.codes import Verdict
from styr.invoices.core.comparison.claims import FAR
from styr.invoices.core.findings.about_claims import claim_rows, claims_seen
from styr.kernel.exact import Column
from styr.suppliers.core.codes import SupplierKind
from styr.suppliers.core.relations import PROVIDER_UNIT, SUPPLIER

SAID_OF_THE_INVOICE: Final = {
    "grant_without_contract": "invoice_no_contract",
    "contract_expired": "invoice_no_contract",
    "contract_without_rates": "invoice_no_contract",
    "contract_unsigned": "invoice_contract_unsigned",
    "supplier_differs": "invoice_supplier_not_party",
    "grant_after_death": "invoice_citizen_dead_or_moved",
    "once_after_death": "invoice_citizen_dead_or_moved",
    "grant_after_move": "invoice_citizen_dead_or_moved",
}
"""Controls of the registers with the invoice control that says the same of each invoice."""

NO_REASON_TO_WAIT: Final = {
    "overlapping_grants": "begge bevillinger kan være rigtige; det undersøges, mens der betales",
    "follow_up_overdue": "hjælpen er bevilget og leveret",
    "account_missing": "beløbet er rigtigt; det bogføres, når kontostrengen er sat på",
    "rate_above_portal": "den aftalte pris gælder, til der er forhandlet en ny",
    "undue_indexation": "den registrerede pris gælder, til den er rettet",
    "dearer_than_framework": "den aftalte pris gælder, til den er rettet efter rammeaftalen",
    "approval_ends_first": "tilbuddet er stadig godkendt",
    "special_rate_unfounded": "den aftalte særtakst gælder, til aftalen er rettet",
    "special_rate_not_evaluated": "den aftalte særtakst gælder, til den er evalueret",
    "contract_outlives_grant": "der er ingen bevilget hjælp, som en faktura kan høre til",
    "contract_without_grant": "der er ingen bevilling, som en faktura kan høre til",
}
"""Controls of the registers that do not hold an invoice back, and why not."""


@dataclass(frozen=True, slots=True)
class Stop:
    """A control of the registers that makes the payment itself wrong: its code, why, and the claims it concerns."""

    code: str
    why: str
    claims: Callable[[ibis.Table], ibis.Table]


def held_by_registers(focus: Focus) -> ibis.Table:
    """Claims for days on which the registers say that the help may not be bought, or is bought twice; with why."""
    seen = claims_seen(focus)
    known = seen.filter(seen.grant_id.notnull() & (seen.verdict != Verdict.UNCLEAR.value))
    decided = FINDING.table().filter(lambda finding: (finding.status == "decided") & finding.verdict.isin(SETTLING))
    held = []
    for place, stop in enumerate(STOPS):
        settled = decided.filter(decided.control_code == stop.code).select(settled_id="subject_id")
        found = stop.claims(known).anti_join(settled, [("grant_id", "settled_id")])
        held.append(found.select("claim_id", why=ibis.literal(stop.why), place=ibis.literal(place, "int64")))
    every = ibis.union(*held, distinct=True)
    first = every.mutate(order=ibis.row_number().over(group_by=every.claim_id, order_by=every.place))
    first = first.filter(first.order == 0).select("why", held_id="claim_id")
    return claim_rows(known.join(first, [("claim_id", "held_id")]), "why")


def _not_approved(seen: ibis.Table) -> ibis.Table:
    """Claims for days on which the offer that the grant, else its contract, names was not approved."""
    grant = GRANT.table().select("contract_id", "provider_unit_id", of_grant="grant_id")
    contract = CONTRACT.table().select(of="contract_id", contracted="provider_unit_id")
    named = grant.left_join(contract, [("contract_id", "of")])
    used = named.select("of_grant", used_id=ibis.coalesce(named.provider_unit_id, named.contracted))
    offer = PROVIDER_UNIT.table().select("approved_from", "approved_to", offer_id="provider_unit_id")
    joined = seen.join(used, [("grant_id", "of_grant")]).join(offer, [("used_id", "offer_id")])
    before = joined.period_start < joined.approved_from.fill_null(FAR)
    return joined.filter(before | (joined.period_end > joined.approved_to.fill_null(FAR)))


def _personally_owned(seen: ibis.Table) -> ibis.Table:
    """Claims for days from 2025 on with an offer that is personally owned."""
    owned = SUPPLIER.table().filter(SUPPLIER.table().kind == SupplierKind.SOLE_PROPRIETOR.value)
    late = seen.filter(seen.period_end > ibis.literal(SOLE_PROPRIETORS_END))
    biller = late.semi_join(owned, "supplier_id")
    return biller.union(late.semi_join(owned, [("party_id", "supplier_id")]), distinct=True)


def _granted_twice(seen: ibis.Table) -> ibis.Table:
    """Claims for days on which another grant, given before, is for the same help."""
    concerned = _Of(narrowed=True, grants=seen.select(asked_id="grant_id").distinct())
    twice = duplicate_grants(concerned).select("overlap_start", "overlap_end", of_grant="grant_id")
    joined = seen.join(twice, [("grant_id", "of_grant")])
    return joined.filter(_meets(joined))


def _meets(joined: ibis.Table) -> Column:
    ends = joined.overlap_end.fill_null(FAR)
    return (joined.period_start < ends) & (joined.overlap_start < joined.period_end)


@dataclass(frozen=True, slots=True)
class _Of(Focus):
    """Looks only at certain grants: (asked_id) of each."""

    grants: ibis.Table

    def __call__(self, table: ibis.Table, column: str) -> ibis.Table:
        """Return the rows of `table` that are about these grants."""
        return table.semi_join(self.grants, [(column, "asked_id")])


STOPS: Final = (
    Stop("provider_not_approved", "tilbuddet er ikke godkendt i hele perioden (SEL § 14)", _not_approved),
    Stop(
        "sole_proprietor", "tilbuddet er personligt ejet, og det er ikke tilladt siden 1. jan. 2025", _personally_owned
    ),
    Stop("duplicate_grant", "en tidligere bevilling dækker det samme i perioden (dobbeltbevilling)", _granted_twice),
)
"""The controls of the registers that stop invoices, in the order in which they are told."""
