"""The filter of the list of findings, as it stands in the address, and the forms of one finding."""

from decimal import Decimal
from typing import Any
from uuid import UUID

from django import forms
from django.http import QueryDict

from styr.access.core.roles import Role
from styr.controls.core.control import Severity
from styr.controls.core.registry import REGISTRY
from styr.controls.core.verdict import CHOICES, Status
from styr.controls.queries import FindingFilter
from styr.ui.fields import AmountField
from styr.ui.filters import FilterForm
from styr.workspace.findings import Choices, grants_in

STATES = {"": Status.OPEN, "afgjort": Status.DECIDED, "lukket": Status.CLOSED, "alle": None}
_SEVERITIES = {
    Severity.FATAL: "Kan ikke betales",
    Severity.ERROR: "Fejl",
    Severity.WARNING: "Bør ses på",
    Severity.INFO: "Til orientering",
}
_NOBODY = Choices((), ())
_SUBJECTS = {
    "leverandoer": "supplier_id",
    "borger": "citizen_id",
    "bevilling": "grant_id",
    "kontrakt": "contract_id",
    "faktura": "invoice_id",
}


class FindingFilterForm(FilterForm):
    """Which findings; what is about one subject shows a choice of that subject alone."""

    status = forms.ChoiceField(choices=[(state, state) for state in STATES], widget=forms.HiddenInput)
    type = forms.ChoiceField(label="Type")
    rolle = forms.ChoiceField(label="Ansvarlig rolle")
    hos = forms.ChoiceField(label="Lagt hos", choices=[("", "Alle"), ("mig", "Mig"), ("ingen", "Ingen bestemt")])
    alvor = forms.ChoiceField(label="Alvor", choices=[("", "Alle"), *((s.value, t) for s, t in _SEVERITIES.items())])
    paragraf = forms.ChoiceField(label="Paragraf")
    enhed = forms.ChoiceField(label="Enhed")
    mindst = AmountField(label="Beløb fra (kr.)", max_digits=11, decimal_places=2)
    hoejst = AmountField(label="Beløb til (kr.)", max_digits=11, decimal_places=2)
    stop = forms.BooleanField(label="Stopper betaling")
    bortfaldet = forms.BooleanField(label="Afgørelse bortfaldet")
    leverandoer = forms.UUIDField(label="Leverandør")
    borger = forms.UUIDField(label="Borger")
    bevilling = forms.UUIDField(label="Bevilling")
    kontrakt = forms.UUIDField(label="Kontrakt")
    faktura = forms.UUIDField(label="Faktura")

    def __init__(self, data: QueryDict | None = None, *, user_id: UUID, offered: Choices = _NOBODY) -> None:
        self.user_id = user_id
        self.base_choices = {
            "type": [("", "Alle typer"), *sorted(((c.code, c.title) for c in REGISTRY.controls), key=lambda c: c[1])],
            "rolle": [("", "Alle"), *((role.value, role.danish) for role in Role if role not in _OWN_NOTHING)],
            "paragraf": [("", "Alle"), *offered.sections],
            "enhed": [("", "Alle"), *offered.units],
        }
        super().__init__(data)

    def full_clean(self) -> None:
        """Set the choices before anything is read, and show a subject's field only where it is asked about."""
        for name, choices in self.base_choices.items():
            field = self.fields[name]
            if isinstance(field, forms.ChoiceField):
                field.choices = choices
        for name in _SUBJECTS:
            if name in self.fields and not self.data.get(name):
                del self.fields[name]
            elif name in self.fields:
                self.fields[name].widget = forms.Select(
                    choices=[("", "Alle"), (self.data.get(name), "Den valgte")], attrs={"class": "input"}
                )
        if len(self.base_choices["enhed"]) <= 2 and "enhed" in self.fields:  # noqa: PLR2004 - "all" and one
            del self.fields["enhed"]
        super().full_clean()

    def wanted(self) -> FindingFilter:
        """The filter as the controls understand it."""
        asked = self.values
        section = asked["paragraf"]
        return FindingFilter(
            status=STATES[asked["status"] or ""],
            codes=(asked["type"],) if asked["type"] else None,
            owner_role=asked["rolle"],
            severity=asked["alvor"],
            unit_id=UUID(asked["enhed"]) if asked.get("enhed") else None,
            least_ore=_ore(asked["mindst"]),
            most_ore=_ore(asked["hoejst"]),
            hard_stop=True if asked["stop"] else None,
            lapsed=True if asked["bortfaldet"] else None,
            section=section,
            grants=grants_in(section) if section else None,
            assigned_to=self.user_id if asked["hos"] == "mig" else None,
            unassigned=True if asked["hos"] == "ingen" else None,
            **{path: asked.get(name) for name, path in _SUBJECTS.items()},
        )

    def _told(self) -> Any:
        """A subject is told as what it is, not as its id."""
        for name, label, text in super()._told():
            yield name, label, "den valgte" if name in _SUBJECTS else text


class DecisionForm(forms.Form):
    """What is decided and why; `seen` is the evidence's fingerprint as the page showed it."""

    verdict = forms.ChoiceField(
        label="Afgørelse", choices=[(one.value, one.danish) for one in CHOICES], widget=forms.RadioSelect
    )
    reason = forms.CharField(
        label="Begrundelse",
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Skriv, så den næste kan forstå det. Skriv ikke CPR-nummer.",
        error_messages={"required": "Skriv en begrundelse: den er det eneste, den næste har at gå ud fra."},
    )
    seen = forms.CharField(max_length=32, widget=forms.HiddenInput)


class NoteForm(forms.Form):
    """A note."""

    text = forms.CharField(label="Notat", max_length=4000, widget=forms.Textarea(attrs={"rows": 3}))


class ReopenForm(forms.Form):
    """Why a decision is taken back."""

    reason = forms.CharField(label="Hvorfor", max_length=2000, widget=forms.Textarea(attrs={"rows": 2}))


_OWN_NOTHING = frozenset({Role.ADMINISTRATOR, Role.AUDITOR})


def _ore(kroner: Decimal | None) -> int | None:
    return None if kroner is None else int(kroner * 100)
