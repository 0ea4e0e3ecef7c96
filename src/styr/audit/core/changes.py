"""A record's history (ændringslog) as people read it: which field went from what to what."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from styr.kernel.danish import danish_date, danish_number, kroner
from styr.kernel.period import ONE_DAY

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from uuid import UUID

EXCLUSIVE = " (eksklusiv)"
"""How a field's name says that its day is the first one after; people are shown the last day instead."""

HIDDEN = "skjult"


@dataclass(frozen=True, slots=True)
class FieldChange:
    """One field's values before and after, as Danish text; an empty text is no value."""

    label: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Change:
    """One change of one row: when, by whom, of what kind (insert | update | delete), and the fields it touched.

    `what` is the row's kind in Danish. `who` is a person's name, or the job that did it. `complete` is false where the
    row's state before lies in a unit that the reader does not serve: then only that it changed is told.
    """

    at: datetime
    kind: str
    what: str
    record_id: UUID
    user_id: UUID | None
    who: str
    fields: tuple[FieldChange, ...]
    complete: bool = True

    @property
    def done(self) -> str:
        """What was done, in Danish."""
        return {"insert": "oprettet", "update": "ændret", "delete": "slettet"}.get(self.kind, self.kind)


@dataclass(frozen=True, slots=True)
class ShownField:
    """A column that a history shows: its Danish label, how its value is read, and the names of its coded values."""

    name: str
    label: str
    read: Callable[[Any], Any]
    choices: Mapping[str, str]


def changed_fields(
    before: Mapping[str, Any] | None, after: Mapping[str, Any], fields: tuple[ShownField, ...], names: Mapping[str, str]
) -> tuple[FieldChange, ...]:
    """The fields whose values differ; without a state before, those that hold something.

    `names` gives the Danish names of rows that are pointed at, by id.
    """
    told = []
    for field in fields:
        old, new = None if before is None else before.get(field.name), after.get(field.name)
        if old != new and not (before is None and new in ("", None)):
            told.append(FieldChange(_label(field.label), _text(field, old, names), _text(field, new, names)))
    return tuple(told)


def _label(label: str) -> str:
    return label.removesuffix(EXCLUSIVE).removesuffix(" i øre").removesuffix(" i kr.")


def _text(field: ShownField, value: Any, names: Mapping[str, str]) -> str:
    if value is None or value == "":
        return ""
    if str(value) in names:
        return names[str(value)]
    if str(value) in field.choices:
        return field.choices[str(value)]
    return _written(field, field.read(value))


def _written(field: ShownField, value: Any) -> str:
    if isinstance(value, bool):
        return "ja" if value else "nej"
    if isinstance(value, datetime):
        return f"{danish_date(value.date())} kl. {value:%H.%M}"
    if isinstance(value, date):
        return danish_date(value - ONE_DAY if field.label.endswith(EXCLUSIVE) else value)
    if isinstance(value, int) and field.name.endswith("_ore"):
        return kroner(value)
    if isinstance(value, Decimal | int):
        return danish_number(value)
    return str(value)
