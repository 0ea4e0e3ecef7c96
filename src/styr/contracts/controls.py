"""The domain's controls, and which contracts a change touches."""

import ibis

from styr.contracts.core import register_checks
from styr.contracts.core.relations import CONTRACT
from styr.controls.core.registry import Control, OwnerRole, Reach, Severity, SubjectKind, register, register_reach
from styr.kernel.relation import NARROW


def touched_contracts() -> ibis.Table:
    """Return the contracts of the changed citizens, suppliers and provider units."""
    contracts, changed = CONTRACT.table(), NARROW.table()
    touched = [
        contracts.semi_join(changed, contracts[column] == changed["id"]).select(id="contract_id")
        for column in ("citizen_id", "supplier_id", "provider_unit_id")
    ]
    return touched[0].union(touched[1], touched[2])


register_reach(Reach("contracts", touched_contracts))

register(
    Control(
        code="contract_without_rates",
        title="Kontrakt uden pris",
        explanation=(
            "Kontrakt {number} har ingen pris på linje {line_no} ({service}) i perioden {gap_start:period gap_end}, "
            "så hverken forventet udgift eller faktura kan regnes efter."
        ),
        owner_role=OwnerRole.NEGOTIATOR,
        source="Kontraktens prisbilag",
        severity=Severity.ERROR,
        hard_stop=False,
        subject_kind=SubjectKind.CONTRACT,
        expression=register_checks.without_rates,
    )
)
