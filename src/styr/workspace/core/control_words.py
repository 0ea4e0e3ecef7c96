"""What each control means, in words made from the registry itself."""

from dataclasses import dataclass
from datetime import date, timedelta
from string import Formatter
from typing import Final

from styr.controls.core.control import Control
from styr.controls.core.facts import LABELS
from styr.controls.core.registry import REGISTRY

_ABOUT: Final = {
    "invoice": "Fakturaer",
    "invoice_line": "Fakturaer",
    "grant": "Bevillinger",
    "contract": "Kontrakter",
    "contract_line": "Kontrakter",
    "provider_unit": "Tilbud",
    "citizen": "Borgere",
    "case_grant": "Afstemning",
    "payment": "Afstemning",
    "trip": "Befordring",
    "settlement": "Befordring",
    "ride_place": "Befordring",
}
_OTHER: Final = "Andet"
_SEVERITIES: Final = {
    "fatal": "kan ikke betales",
    "error": "fejl",
    "warning": "bør ses på",
    "info": "til orientering",
}


@dataclass(frozen=True, slots=True)
class ControlWords:
    """A control as the help page shows it; `last_day` is inclusive."""

    code: str
    title: str
    sentence: str
    about: str
    source: str
    owner: str
    severity: str
    hard_stop: bool
    starts: date | None
    last_day: date | None


def control_words() -> dict[str, list[ControlWords]]:
    """Every control, under what it is about."""
    groups: dict[str, list[ControlWords]] = {}
    for control in sorted(REGISTRY.controls, key=lambda one: one.title):
        groups.setdefault(_ABOUT.get(control.subject_kind.value, _OTHER), []).append(_words(control))
    return groups


def _words(control: Control) -> ControlWords:
    return ControlWords(
        code=control.code,
        title=control.title,
        sentence=_pattern(control.explanation),
        about=_ABOUT.get(control.subject_kind.value, _OTHER),
        source=control.source,
        owner=control.owner_role.danish,
        severity=_SEVERITIES[control.severity.value],
        hard_stop=control.hard_stop,
        starts=control.valid_from,
        last_day=control.valid_to - timedelta(days=1) if control.valid_to else None,
    )


def _pattern(template: str) -> str:
    """The sentence with the name of what is filled in: "Bevilling ‹nummer› udløb ‹slutter›."."""
    parts = []
    for text, name, _, _ in Formatter().parse(template):
        parts.append(text)
        if name is not None:
            parts.append(f"‹{_label(name)}›")
    return "".join(parts)


def _label(name: str) -> str:
    label = LABELS.get(name, "beløb" if name.endswith("_ore") else name.replace("_", " "))
    return label.partition(" (")[0].casefold()
