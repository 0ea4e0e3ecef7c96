"""What a control is, and the one list of them.

A control (*kontrol*) is a rule about the registers or the invoices, written as one Ibis expression that gives a row
for each subject that breaks it. Registering it is all it takes: running, storing, explaining and listing are the same
for all.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Final

import ibis
import ibis.expr.datatypes as dt

from styr.access.core.roles import Role
from styr.controls.core.explain import TemplateError, check_template
from styr.controls.core.focus import WHOLE, Focus


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

REQUIRED: Final[Mapping[str, dt.DataType]] = {
    "subject_id": dt.uuid,
    "unit_id": dt.uuid,
    "amount_ore": dt.int64,
}
LINKS: Final = ("citizen_id", "supplier_id", "grant_id", "contract_id", "invoice_id")
"""Optional uuid columns that let a page list every finding of a citizen, supplier, grant, contract or invoice."""

FORBIDDEN_EVIDENCE: Final = frozenset(
    {"cpr", "cpr_index", "name_key", "first_name", "last_name", "address", "birth_date"}
)
"""Never evidence: a finding is read, mailed and exported by people who need not know who the citizen is."""

EVIDENCE_TYPES: Final = (dt.String, dt.Date, dt.Integer, dt.Decimal, dt.Boolean)


class ControlError(ValueError):
    """A control that must not be registered; the message says what to mend."""


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
    exception_code: str | None = None
    moving: frozenset[str] = frozenset()
    valid_from: date | None = None
    valid_to: date | None = None

    def in_force(self, today: date) -> bool:
        """Tell whether the rule holds on `today`."""
        return (self.valid_from is None or self.valid_from <= today) and (
            self.valid_to is None or today < self.valid_to
        )


@dataclass(frozen=True, slots=True)
class Registered:
    """A control that has been checked, with the types of its evidence columns."""

    control: Control
    evidence: Mapping[str, dt.DataType]
    links: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Reach:
    """Which subjects a change of something else touches: a grant when its contract changes, an invoice when its grant.

    `expression` gives one column `id uuid` from `rel_narrow` (the changed ids) and the domain's relations. Reaches are
    followed in the order of registration, lower domains first, each seeing what the former ones added.
    """

    name: str
    expression: Callable[[], ibis.Table]


@dataclass(slots=True)
class Registry:
    """Controls by code, in the order they were registered, and the reaches of their domains."""

    _controls: dict[str, Control] = field(default_factory=dict)
    _checked: dict[str, Registered] = field(default_factory=dict)
    _reaches: dict[str, Reach] = field(default_factory=dict)

    def register(self, control: Control) -> None:
        """Add a control. Its expression (some 40 ms to build) is built and checked when it is first asked for.

        Raises:
            ControlError: the code is taken, the exception code unknown or the owner nobody.
        """
        if control.code in self._controls:
            raise ControlError(f"{control.code}: the code is taken")
        if control.owner_role is Role.ADMINISTRATOR:
            raise ControlError(f"{control.code}: an administrator settles no findings")
        if control.exception_code is not None and control.exception_code not in EXCEPTION_CODES:
            raise ControlError(f"{control.code}: {control.exception_code} is none of the twelve exception codes")
        self._controls[control.code] = control

    def register_reach(self, reach: Reach) -> None:
        """Check and add a reach.

        Raises:
            ControlError: the name is taken or the expression gives anything else than `id uuid`.
        """
        if reach.name in self._reaches:
            raise ControlError(f"{reach.name}: the reach is taken")
        schema = dict(reach.expression().schema().items())
        if list(schema) != ["id"] or not schema["id"].is_uuid():
            raise ControlError(f"{reach.name}: a reach gives one column, id uuid; it gives {schema}")
        self._reaches[reach.name] = reach

    @property
    def reaches(self) -> tuple[Reach, ...]:
        """The reaches, in the order they are followed."""
        return tuple(self._reaches.values())

    @property
    def controls(self) -> tuple[Control, ...]:
        """The controls, in the order they were registered, unchecked."""
        return tuple(self._controls.values())

    def control(self, code: str) -> Control:
        """Return a control without building its expression. Raises KeyError."""
        return self._controls[code]

    def __getitem__(self, code: str) -> Registered:
        """Return a checked control.

        Raises:
            KeyError: nobody registered the code.
            ControlError: a column is missing or of another type, or the template cannot be filled.
        """
        if code not in self._checked:
            self._checked[code] = checked(self._controls[code])
        return self._checked[code]

    def __contains__(self, code: object) -> bool:
        return code in self._controls

    def __iter__(self) -> Iterator[Registered]:
        return (self[code] for code in self._controls)

    def __len__(self) -> int:
        return len(self._controls)


def checked(control: Control) -> Registered:
    """Build the control's whole expression and hold it against the contract of `Control`.

    Raises:
        ControlError: what does not hold.
    """
    schema = dict(control.expression(WHOLE).schema().items())
    for name, wanted in REQUIRED.items():
        if name not in schema or schema[name].copy(nullable=True) != wanted:
            raise ControlError(f"{control.code}: column {name} must be {wanted}, it is {schema.get(name, 'missing')}")
    links = tuple(name for name in LINKS if name in schema)
    for name in links:
        if not schema[name].is_uuid():
            raise ControlError(f"{control.code}: column {name} must be uuid, it is {schema[name]}")
    evidence = {name: kind for name, kind in schema.items() if name not in REQUIRED and name not in LINKS}
    _check_evidence(control, evidence)
    return Registered(control, evidence, links)


def _check_evidence(control: Control, evidence: Mapping[str, dt.DataType]) -> None:
    named = FORBIDDEN_EVIDENCE.intersection(evidence)
    if named:
        raise ControlError(f"{control.code}: evidence may not hold {', '.join(sorted(named))}")
    for name, kind in evidence.items():
        if not isinstance(kind, EVIDENCE_TYPES):
            raise ControlError(f"{control.code}: evidence {name} may not be {kind}")
    unknown = control.moving.difference(evidence, {"amount_ore"})
    if unknown:
        raise ControlError(f"{control.code}: moving names no evidence column: {', '.join(sorted(unknown))}")
    try:
        check_template(control.explanation, {**evidence, "amount_ore": dt.int64})
    except TemplateError as error:
        raise ControlError(f"{control.code}: {error}") from error


REGISTRY: Final = Registry()
"""The program's controls; each domain's `controls.py` fills it when Django starts."""

register = REGISTRY.register
register_reach = REGISTRY.register_reach
