"""The domain's control: a saving that was agreed, and leaks."""

from styr.controls.core.registry import Control, OwnerRole, Severity, SubjectKind, register
from styr.negotiations.core import leaking

register(
    Control(
        code="saving_leaks",
        title="Aftalt besparelse, men gammel pris faktureret",
        explanation=(
            "På bevilling {number} ({section:section}) er prisen aftalt ned fra {baseline:kr} til {agreed:kr} fra "
            "{old_from}, men {bills:faktura|fakturaer} til og med {billed_until} ligger over. For meget: {amount_ore}."
        ),
        owner_role=OwnerRole.NEGOTIATOR,
        source="Den aftalte pris i besparelsens dokumentation",
        severity=Severity.ERROR,
        hard_stop=False,
        subject_kind=SubjectKind.GRANT,
        expression=leaking.old_price_billed,
    )
)
