"""The domain's control: what was paid although nobody here stands by it."""

from styr.controls.core.registry import Control, OwnerRole, Severity, SubjectKind, register
from styr.ledger.core.unapproved import paid_unapproved

register(
    Control(
        code="paid_unapproved",
        title="Betalt uden godkendelse",
        explanation="Faktura {number} fra CVR {cvr} er betalt med {amount_ore} den {posted_on}, "
        "men er {status_word} her.",
        owner_role=OwnerRole.ECONOMIST,
        source="Kommunens kasse- og regnskabsregulativ (lov om kommunernes styrelse § 42)",
        severity=Severity.ERROR,
        hard_stop=False,
        subject_kind=SubjectKind.PAYMENT,
        expression=paid_unapproved,
    )
)
