"""What a control is.

A control (*kontrol*) is a rule about the registers or the invoices, written as one Ibis expression that gives a row
for each subject that breaks it.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final

import ibis

from styr.access.core.roles import Role
from styr.controls.core.focus import Focus
from styr.kernel.relation import Relation


class Severity(StrEnum):
    """How bad it is; `fatal` is a document that cannot be paid."""

    FATAL = "fatal"
    ERROR = "error"
    WARNING = "warning"
    INFO = "info"


OwnerRole = Role
"""Whose work it is to settle a finding: a role that people have; only administrators own none."""


class SubjectKind(StrEnum):
    """What a finding is about; together with the control's code, the subject's id is the finding's identity."""

    INVOICE = "invoice"
    INVOICE_LINE = "invoice_line"
    GRANT = "grant"
    CONTRACT = "contract"
    CONTRACT_LINE = "contract_line"
    PROVIDER_UNIT = "provider_unit"
    CITIZEN = "citizen"
    CASE_GRANT = "case_grant"
    """A grant as the case system has it."""
    PAYMENT = "payment"
    """What was posted together: of a citizen, a supplier or a grant, on an account."""
    TRIP = "trip"
    """A trip as its operator settled it."""
    SETTLEMENT = "settlement"
    """What an operator wants to be paid for: trips together."""
    RIDE_PLACE = "ride_place"
    """A place that citizens are driven to."""


EXCEPTION_CODES: Final = frozenset(
    {
        "citizen_unclear",
        "no_grant",
        "no_contract",
        "outside_period",
        "duplicate",
        "rate_high",
        "rate_low",
        "quantity",
        "absence_not_deducted",
        "uncontracted_extra",
        "wrong_payer",
        "document_error",
    }
)
"""The twelve reasons why an invoice is not simply paid (domain.md §5)."""


class ControlError(ValueError):
    """A control that must not be registered; the message says what to mend."""


@dataclass(frozen=True, slots=True)
class Stake:
    """How what is at stake is reckoned for many controls: one expression, compiled once for all of them.

    Attributes:
        asks: the relation its expression reads: `subject_id uuid` and the columns a control must give. In the database
            it is the control's own rows.
        expression: gives `subject_id uuid, amount_ore int64`, at most one row a subject.
    """

    asks: Relation
    expression: Callable[[], ibis.Table]

    @property
    def columns(self) -> Mapping[str, str]:
        """The columns that a control's expression gives for it, without the subject."""
        return {name: kind for name, kind in self.asks.columns.items() if name != "subject_id"}

    @property
    def key(self) -> str:
        """Name the compiled text."""
        return f"stake:{self.expression.__module__}.{self.expression.__qualname__}"


@dataclass(frozen=True, slots=True)
class Control:
    """One rule.

    Attributes:
        code: its name for ever, e.g. "grant_without_contract"; part of every finding's identity.
        title: Danish, for lists.
        explanation: Danish template over the evidence columns, see `explain.py` for the forms of a field.
        owner_role: who settles it.
        source: the law, contract or standard behind the rule, as it is shown to the user.
        severity: how bad.
        hard_stop: True: an invoice with this finding is never approved automatically.
        subject_kind: what `subject_id` is.
        expression: builds the rows, one a subject: `subject_id uuid, unit_id uuid (null = whole municipality),
            amount_ore int64 (what is at stake; null = unknown)`, any of `LINKS`, and evidence columns of the types
            string, date (period ends exclusive), integer, decimal and boolean. It must apply the given `Focus` to its
            base relation. It may read `TODAY`.
        stake: how `amount_ore` is reckoned, when many controls reckon it alike; the expression then gives the stake's
            columns in place of `amount_ore`.
        exception_code: which of the twelve exception codes of an invoice it raises; None for a register control.
        moving: evidence columns (or "amount_ore") that change by the mere passing of days: when only these change, a
            person's decision stands.
        valid_from, valid_to: the days on which the rule is in force, half-open; None = no limit.
    """

    code: str
    title: str
    explanation: str
    owner_role: OwnerRole
    source: str
    severity: Severity
    hard_stop: bool
    subject_kind: SubjectKind
    expression: Callable[[Focus], ibis.Table]
    stake: Stake | None = None
    exception_code: str | None = None
    moving: frozenset[str] = frozenset()
    valid_from: date | None = None
    valid_to: date | None = None

    def in_force(self, today: date) -> bool:
        """Tell whether the rule holds on `today`."""
        return (self.valid_from is None or self.valid_from <= today) and (
            self.valid_to is None or today < self.valid_to
        )

    def key(self, focus: Focus) -> str:
        """Name the control's compiled text: building and compiling cost about 0.2 s, so it is done once a process."""
        of = self.expression
        return f"control:{self.code}:{of.__module__}.{of.__qualname__}:{'narrowed' if focus.narrowed else 'whole'}"


@dataclass(frozen=True, slots=True)
class Reach:
    """Which subjects a change of something else touches: a grant when its contract changes, an invoice when its grant.

    `expression` gives one column `id uuid` from `rel_narrow` (the changed ids) and the domain's relations. Reaches are
    followed in the order of registration, lower domains first, each seeing what the former ones added.
    """

    name: str
    expression: Callable[[], ibis.Table]
