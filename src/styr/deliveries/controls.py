"""The domain's control: paid for, and not delivered."""

from styr.controls.core.registry import Control, OwnerRole, Severity, SubjectKind, register
from styr.deliveries.core import shortfall

register(
    Control(
        code="paid_not_delivered",
        title="Betalt, men ikke leveret",
        explanation=(
            "På bevilling {number} ({section:section}) er der leveret for {amount_ore} mindre end de {cost_ore}, som "
            "bevilling og kontrakt lover i {delivered_months:måned|måneder} fra {delivered_from}."
        ),
        owner_role=OwnerRole.NEGOTIATOR,
        source="Kontraktens krav om leverede timer og døgn; bevillingens omfang",
        severity=Severity.WARNING,
        hard_stop=False,
        subject_kind=SubjectKind.GRANT,
        expression=shortfall.paid_not_delivered,
    )
)
