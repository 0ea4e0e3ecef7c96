"""The domain's controls: user payment that was decided and has not come in."""

from styr.controls.core.registry import Control, OwnerRole, Severity, SubjectKind, register
from styr.refunds.core import payment_checks

register(
    Control(
        code="user_payment_missing",
        title="Egenbetaling mangler",
        explanation="Til bevilling {number} ({section:section}) er der i de seneste {months} bogførte måneder opkrævet "
        "{due_ore}, men kun bogført {paid_ore}.",
        owner_role=OwnerRole.ECONOMIST,
        source="SEL § 163 og BL §§ 187-188; kommunens afgørelse om egenbetaling",
        severity=Severity.WARNING,
        hard_stop=False,
        subject_kind=SubjectKind.GRANT,
        expression=payment_checks.unpaid,
        moving=frozenset({"amount_ore", "due_ore", "paid_ore", "months", "latest"}),
    )
)
