"""What the invoice controls have in common: how their sentences begin, and who settles them if nothing else is said."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

import ibis

from styr.controls.core.focus import Focus
from styr.controls.core.registry import Control, OwnerRole, Severity, SubjectKind

TERMS: Final = "Kontrakten og bevillingen; SEL § 14"
PAYMENT: Final = "Kommunens regnskabsregulativ: der betales kun for det, der er aftalt og leveret"
NAMED: Final = "Faktura {invoice_number}: "
ASKED: Final = "Faktura {invoice_number} ({period_start:period period_end}): "
COMPARED: Final = " Der kræves {claimed_ore}, og forventet var {expected_ore}."

Expression = Callable[[Focus], ibis.Table]


@dataclass(frozen=True, slots=True)
class About:
    """What differs from control to control; of a claim (its first line), unless `whole` says of the invoice."""

    code: str
    title: str
    explanation: str
    expression: Expression
    exception: str | None
    owner: OwnerRole = OwnerRole.ECONOMIST
    source: str = TERMS
    severity: Severity = Severity.ERROR
    hard_stop: bool = False
    whole: bool = False

    def control(self) -> Control:
        """The control, with the invoice named first in its explanation."""
        return Control(
            code=f"invoice_{self.code}",
            title=self.title,
            explanation=(NAMED if self.whole else ASKED) + self.explanation,
            owner_role=self.owner,
            source=self.source,
            severity=self.severity,
            hard_stop=self.hard_stop,
            subject_kind=SubjectKind.INVOICE if self.whole else SubjectKind.INVOICE_LINE,
            expression=self.expression,
            exception_code=self.exception,
        )
