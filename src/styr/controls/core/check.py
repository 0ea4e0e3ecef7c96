"""Holding a control's expression and template against what `Control` promises."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

import ibis.expr.datatypes as dt

from styr.controls.core.control import Control, ControlError
from styr.controls.core.explain import TemplateError, check_template
from styr.controls.core.focus import WHOLE

SUBJECT: Final[Mapping[str, dt.DataType]] = {"subject_id": dt.uuid, "unit_id": dt.uuid}
LINKS: Final = ("citizen_id", "supplier_id", "grant_id", "contract_id", "invoice_id")
"""Optional uuid columns that let a page list every finding of a citizen, supplier, grant, contract or invoice."""

FORBIDDEN_EVIDENCE: Final = frozenset(
    {"cpr", "cpr_index", "name_key", "first_name", "last_name", "address", "birth_date"}
)
"""Never evidence: a finding is read, mailed and exported by people who need not know who the citizen is."""

EVIDENCE_TYPES: Final = (dt.String, dt.Date, dt.Integer, dt.Decimal, dt.Boolean)


@dataclass(frozen=True, slots=True)
class Registered:
    """A control that has been checked, with the types of its evidence columns."""

    control: Control
    evidence: Mapping[str, dt.DataType]
    links: tuple[str, ...]


def checked(control: Control) -> Registered:
    """Build the control's whole expression and hold it against the contract of `Control`.

    Raises:
        ControlError: what does not hold.
    """
    schema = dict(control.expression(WHOLE).schema().items())
    required = _required(control)
    for name, wanted in required.items():
        if name not in schema or schema[name].copy(nullable=True) != wanted:
            raise ControlError(f"{control.code}: column {name} must be {wanted}, it is {schema.get(name, 'missing')}")
    links = tuple(name for name in LINKS if name in schema)
    for name in links:
        if not schema[name].is_uuid():
            raise ControlError(f"{control.code}: column {name} must be uuid, it is {schema[name]}")
    evidence = {name: kind for name, kind in schema.items() if name not in required and name not in LINKS}
    _check_evidence(control, evidence)
    return Registered(control, evidence, links)


def _required(control: Control) -> dict[str, dt.DataType]:
    if control.stake is None:
        return {**SUBJECT, "amount_ore": dt.int64}
    return {**SUBJECT, **{name: dt.dtype(kind) for name, kind in control.stake.columns.items()}}


def _check_evidence(control: Control, evidence: Mapping[str, dt.DataType]) -> None:
    if control.stake is not None and "amount_ore" in evidence:
        raise ControlError(f"{control.code}: the stake reckons amount_ore, the expression may not")
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
