"""A change told in Danish: what is changed, from when, and for whom."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from styr.kernel.danish import danish_month, danish_number
from styr.planning.core.changes import Change, ChangeKind

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from decimal import Decimal
    from uuid import UUID

    from styr.planning.naming import Names

EVERYTHING = "Alle"
UNKNOWN = "Uden for dit område"


def change_title(change: Change, names: Names) -> str:
    """What is changed: "Takster +3 % fra januar 2027"."""
    return f"{_what(change, names)} fra {danish_month(change.from_month)}"


def _what(change: Change, names: Names) -> str:
    return _TOLD[change.kind](change, names)


def _special(change: Change, _names: Names) -> str:
    return "Særtakster fjernes" if change.months == 1 else f"Særtakster aftrappes over {change.months} måneder"


def _move(change: Change, names: Names) -> str:
    place = names.provider_units.get(change.to_provider_unit_id) if change.to_provider_unit_id else None
    return f"Flytning til {place or 'et andet tilbud'} til {danish_number(change.price or 0)} kr."


def _arrivals(change: Change, _names: Names) -> str:
    who = "1 ny borger" if change.count == 1 else f"{change.count} nye borgere"
    how_long = "" if change.until is None else f" om måneden til {danish_month(change.until)}"
    return f"{who}{how_long} à {danish_number(change.price or 0)} kr. om måneden"


def change_reach(change: Change, names: Names, numbers: dict[UUID, str]) -> str:
    """For whom: "SEL § 107 · Bostedet Lindevang ApS", or "Alle"."""
    touches = change.touches
    parts = [
        names.sections.get(touches.section, touches.section),
        names.services.get(touches.service, touches.service),
        _name(names.suppliers, touches.supplier_id),
        _name(names.provider_units, touches.provider_unit_id),
        _name(names.units, touches.unit_id),
        _grants(touches.grant_ids, numbers),
    ]
    return " · ".join(part for part in parts if part) or EVERYTHING


def percent(value: Decimal) -> str:
    """A change in percent with its sign."""
    return f"{'+' if value > 0 else '−'}{danish_number(abs(value).normalize())} %"


def _name(names: object, key: UUID | None) -> str:
    return "" if key is None else str(names.get(key, UNKNOWN))  # type: ignore[attr-defined] # one of the mappings


def _grants(grant_ids: frozenset[UUID], numbers: dict[UUID, str]) -> str:
    if not grant_ids:
        return ""
    seen = [numbers[one] for one in grant_ids if one in numbers]
    hidden = len(grant_ids) - len(seen)
    return ", ".join([*sorted(seen), *([f"{hidden} uden for dit område"] if hidden else [])])


_TOLD: Final[Mapping[ChangeKind, Callable[[Change, Names], str]]] = {
    ChangeKind.RATE: lambda change, _: f"Takster {percent(change.percent)}",
    ChangeKind.HOURS: lambda change, _: f"Timer {percent(change.percent)}",
    ChangeKind.RIDES: lambda change, _: f"Kørsler {percent(change.percent)}",
    ChangeKind.INDEX: lambda change, _: f"Fremskrivning {percent(change.percent)} om året",
    ChangeKind.SPECIAL: _special,
    ChangeKind.END: lambda _change, _names: "Bevillinger stoppes",
    ChangeKind.MOVE: _move,
    ChangeKind.ARRIVALS: _arrivals,
}
