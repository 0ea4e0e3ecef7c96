"""The forms of scenarios: what people write, turned into the values that the domain takes."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Final
from uuid import UUID

from django import forms

from styr.kernel.danish import danish_month
from styr.kernel.grant_number import GrantNumber, InvalidGrantNumberError
from styr.planning.core.changes import MOST_TAPER, Change, ChangeKind, ImpossibleChangeError, Touches
from styr.planning.core.sharing import Sharing
from styr.planning.keeping import Facts
from styr.planning.naming import grants_numbered
from styr.ui.fields import AmountField
from styr.ui.unchanged import MARK, UnchangedForm

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from styr.planning.naming import Names

_REACH: Final = ("section", "service", "supplier", "provider_unit", "unit", "grants")
_FIELDS: Final[Mapping[ChangeKind, tuple[str, ...]]] = {
    ChangeKind.RATE: ("percent", "from_month", *_REACH),
    ChangeKind.SPECIAL: ("months", "from_month", "section", "supplier", "provider_unit", "unit", "grants"),
    ChangeKind.HOURS: ("percent", "from_month", *_REACH),
    ChangeKind.RIDES: ("percent", "from_month", "section", "supplier", "unit", "grants"),
    ChangeKind.END: ("from_month", *_REACH),
    ChangeKind.INDEX: ("percent", "from_month", "section", "service", "supplier", "unit"),
    ChangeKind.MOVE: (
        "to_provider_unit",
        "price",
        "from_month",
        "section",
        "supplier",
        "provider_unit",
        "unit",
        "grants",
    ),
    ChangeKind.ARRIVALS: ("count", "price", "from_month", "until", "section", "unit"),
}
_LABELS: Final[Mapping[ChangeKind, Mapping[str, tuple[str, str]]]] = {
    ChangeKind.RATE: {"percent": ("Ændring i procent", "Fx 3 eller -2,5.")},
    ChangeKind.HOURS: {"percent": ("Ændring i procent", "Fx -10. Gælder ydelser, der købes i timer.")},
    ChangeKind.RIDES: {
        "percent": ("Ændring i procent", "Fx -20. Gælder bevillinger til kørsel og det, der købes i ture og km.")
    },
    ChangeKind.INDEX: {"percent": ("Procent om året", "Første gang i måneden nedenfor, siden hver 1. januar.")},
    ChangeKind.SPECIAL: {
        "months": ("Aftrappes over måneder", "1 fjerner dem med det samme. Ellers falder de lige meget hver måned.")
    },
    ChangeKind.MOVE: {
        "price": (
            "Pris i det nye tilbud, kr.",
            "Pr. samme enhed som i dag, som regel pr. døgn. Gælder opholdet; tillæg bliver, til de stoppes.",
        )
    },
    ChangeKind.ARRIVALS: {
        "count": ("Nye borgere", "I den første måned; slutter tilgangen senere, så mange hver måned."),
        "price": ("Pris pr. borger om måneden, kr.", ""),
        "section": ("Paragraf", ""),
        "unit": ("Enhed", ""),
    },
}


class ScenarioForm(UnchangedForm):
    """What a scenario is called and whom it is shared with."""

    name = forms.CharField(label="Navn", max_length=120)
    note = forms.CharField(label="Note", max_length=2000, required=False, widget=forms.Textarea(attrs={"rows": 3}))
    shared = forms.ChoiceField(label="Hvem kan se det?", choices=Sharing.choices(), initial=Sharing.PRIVATE.value)
    unit = forms.TypedChoiceField(label="Delt med enhed", required=False, coerce=UUID, empty_value=None)
    goes_on = forms.BooleanField(
        label="Regn med, at bevillinger fortsætter efter deres slutdato", required=False, initial=True,
        help_text="De fleste forlænges. Uden fluebenet falder udgiften, efterhånden som bevillingerne udløber.",
    )  # fmt: skip

    def __init__(self, *given: Any, units: Mapping[UUID, str], **named: Any) -> None:
        super().__init__(*given, **named)
        self.fields["unit"].choices = [("", "–"), *((str(key), name) for key, name in units.items())]  # type: ignore[attr-defined] # a choice field

    def facts(self) -> Facts:
        """The facts of a valid form."""
        given = self.cleaned_data
        return Facts(given["name"], given["note"], Sharing(given["shared"]), given["unit"], given["goes_on"])


class ChangeForm(UnchangedForm):
    """One change; which fields there are depends on its kind."""

    percent = AmountField(label="Procent", min_value=Decimal(-100), max_value=Decimal(900), decimal_places=2)
    months = forms.IntegerField(label="Måneder", min_value=1, max_value=MOST_TAPER, initial=1)
    count = forms.IntegerField(label="Nye borgere om måneden", min_value=1, max_value=10_000)
    to_provider_unit = forms.TypedChoiceField(label="Til tilbud", coerce=UUID, empty_value=None)
    price = AmountField(label="Pris")
    from_month = forms.TypedChoiceField(label="Fra og med", coerce=date.fromisoformat)
    until = forms.TypedChoiceField(
        label="Tilgangen slutter før", coerce=date.fromisoformat, empty_value=None, required=False,
        help_text="Tomt felt: alle kommer i den første måned.",
    )  # fmt: skip
    section = forms.ChoiceField(label="Paragraf", required=False)
    service = forms.ChoiceField(label="Ydelse", required=False)
    supplier = forms.TypedChoiceField(label="Leverandør", required=False, coerce=UUID, empty_value=None)
    provider_unit = forms.TypedChoiceField(label="Tilbud", required=False, coerce=UUID, empty_value=None)
    unit = forms.TypedChoiceField(label="Enhed", required=False, coerce=UUID, empty_value=None)
    grants = forms.CharField(
        label="Bevillinger", required=False, max_length=4000, help_text="Numre adskilt af komma. Tomt felt: alle."
    )

    def __init__(self, *given: Any, kind: ChangeKind, names: Names, months: Sequence[date], **named: Any) -> None:
        super().__init__(*given, **named)
        self.kind = kind
        self.change: Change | None = None
        kept = (*_FIELDS[kind], MARK)
        for name in [name for name in self.fields if name not in kept]:
            del self.fields[name]
        self.order_fields(list(kept))
        offered: dict[str, Mapping[Any, str]] = {
            "section": names.sections,
            "service": names.services,
            "supplier": names.suppliers,
            "provider_unit": names.provider_units,
            "to_provider_unit": names.provider_units,
            "unit": names.units,
            "from_month": {month.isoformat(): danish_month(month) for month in months},
            "until": {month.isoformat(): danish_month(month) for month in months},
        }
        for name in offered.keys() & self.fields.keys():
            first = [] if name == "from_month" else [("", _nothing_chosen(name, kind))]
            self.fields[name].choices = [*first, *((str(key), word) for key, word in offered[name].items())]  # type: ignore[attr-defined] # a choice field
        for name, (label, help_text) in _LABELS.get(kind, {}).items():
            self.fields[name].label, self.fields[name].help_text = label, help_text
        if kind is ChangeKind.ARRIVALS:
            self.fields["section"].required = True

    def clean(self) -> dict[str, Any]:
        """The fields make a change, or it is told why they make none."""
        given = super().clean() or {}
        if self.errors:
            return given
        try:
            self.change = self._change(given)
        except ImpossibleChangeError as fault:
            self.add_error(None, str(fault))
        return given

    def clean_grants(self) -> frozenset[UUID]:
        """The ids of the grants whose numbers are written."""
        written = [word for word in re.split(r"[\s,;]+", self.cleaned_data["grants"]) if word]
        try:
            numbers = [str(GrantNumber.parse(word)) for word in written]
        except InvalidGrantNumberError as wrong:
            raise forms.ValidationError(str(wrong)) from wrong
        found = grants_numbered(numbers)
        missing = [number for number in numbers if number not in found]
        if missing:
            raise forms.ValidationError(f"Findes ikke, eller er uden for dit område: {', '.join(missing)}")
        return frozenset(found.values())

    def _change(self, given: dict[str, Any]) -> Change:
        touches = Touches(
            section=given.get("section") or "",
            service=given.get("service") or "",
            supplier_id=given.get("supplier"),
            provider_unit_id=given.get("provider_unit"),
            unit_id=given.get("unit"),
            grant_ids=given.get("grants") or frozenset(),
        )
        return Change(
            kind=self.kind,
            from_month=given["from_month"],
            touches=touches,
            percent=given.get("percent") or Decimal(0),
            months=given.get("months") or 1,
            price=given.get("price"),
            count=given.get("count") or 0,
            until=given.get("until"),
            to_provider_unit_id=given.get("to_provider_unit"),
        )


def _nothing_chosen(name: str, kind: ChangeKind) -> str:
    if name not in _REACH:
        return "–"
    if kind is ChangeKind.ARRIVALS:
        return "Vælg en paragraf" if name == "section" else "Ingen bestemt enhed"
    return "Alle"


def written(change: Change, numbers: Mapping[UUID, str]) -> dict[str, Any]:
    """A change as the form shows it."""
    touches = change.touches
    return {
        "percent": change.percent.normalize(),
        "months": change.months,
        "count": change.count,
        "price": None if change.price is None else change.price.normalize(),
        "to_provider_unit": change.to_provider_unit_id,
        "from_month": change.from_month.isoformat(),
        "until": change.until.isoformat() if change.until else "",
        "section": touches.section,
        "service": touches.service,
        "supplier": touches.supplier_id,
        "provider_unit": touches.provider_unit_id,
        "unit": touches.unit_id,
        "grants": ", ".join(sorted(numbers.values())),
    }
