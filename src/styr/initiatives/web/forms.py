"""The forms of the catalogue."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any, Final

from django import forms

from styr.initiatives.core.codes import Effect, Level, Measure, Phase, Political, Service, Status
from styr.initiatives.core.interval import Interval, UnreadableIntervalError, read, written
from styr.initiatives.core.remarks import Stated
from styr.initiatives.services import CatalogueFacts, InitiativeFacts
from styr.transport.core.codes import OperatorKind
from styr.ui.fields import DayField

if TYPE_CHECKING:
    from uuid import UUID

    from styr.initiatives.queries import CatalogueView, InitiativeView

_LARGEST_FILE: Final = 500_000
_AREAS: Final = range(1, 1000)
_HOW: Final = "Fx 0,4 eller 0,1-0,2 eller <0,1 eller >3,3. Lad feltet stå tomt, hvis den ikke er estimeret."


class IntervalField(forms.CharField):
    """An amount in millions of kroner, between two bounds or not estimated."""

    def __init__(self, **given: Any) -> None:
        given.setdefault("max_length", 30)
        given.setdefault("required", False)
        super().__init__(**given)

    def clean(self, value: Any) -> Interval | None:
        """The amount; None where nothing is estimated."""
        try:
            return read(super().clean(value))
        except UnreadableIntervalError as fault:
            raise forms.ValidationError(str(fault)) from fault

    def prepare_value(self, value: Any) -> Any:
        """As it is written in the catalogue."""
        return written(value) if isinstance(value, Interval) else value


class CatalogueForm(forms.Form):
    """A catalogue; a new one may bring its rows in a file."""

    name = forms.CharField(label="Navn", max_length=200)
    year = forms.IntegerField(label="Baselineår", min_value=1990, max_value=2100, required=False)
    phase = forms.ChoiceField(label="Fase", choices=Phase.choices())
    baseline = IntervalField(label="Hele områdets baseline, mio. kr.", help_text=_HOW)
    stated = IntervalField(
        label="Besparelse i alt efter kilden, mio. kr.", help_text="Sammenlignes med summen af rækkerne."
    )
    stated_number = forms.IntegerField(
        label="Antal indsatser efter kilden", min_value=0, max_value=10_000, required=False
    )
    note = forms.CharField(
        label="Om kataloget", max_length=4000, required=False, widget=forms.Textarea(attrs={"rows": 3})
    )
    version = forms.IntegerField(required=False, widget=forms.HiddenInput)

    @property
    def facts(self) -> CatalogueFacts:
        """What is written."""
        given = self.cleaned_data
        return CatalogueFacts(
            name=given["name"],
            year=given["year"],
            phase=Phase(given["phase"]),
            stated=Stated(given["baseline"], given["stated"], given["stated_number"]),
            note=given["note"],
        )


class NewCatalogueForm(CatalogueForm):
    """A new catalogue."""

    file = forms.FileField(
        label="Indsatser fra en fil",
        required=False,
        help_text="CSV med kolonnerne nr, titel, tema, baseline, besparelse fra, besparelse til, tovholder, politisk "
        "og centre.",
    )

    def clean_file(self) -> str:
        """The file's text; "" without a file."""
        found = self.cleaned_data["file"]
        if found is None:
            return ""
        if found.size > _LARGEST_FILE:
            raise forms.ValidationError("Filen er for stor: højst 500 kB.")
        try:
            return str(found.read().decode("utf-8-sig"))
        except UnicodeDecodeError as fault:
            raise forms.ValidationError("Filen kan ikke læses. Gem den som CSV i UTF-8.") from fault


def catalogue_initial(found: CatalogueView) -> dict[str, Any]:
    """A catalogue as its form shows it."""
    return {
        "name": found.name, "year": found.year, "phase": found.phase.value, "note": found.note,
        "baseline": found.stated.baseline, "stated": found.stated.saving, "stated_number": found.stated.number,
        "version": found.version,
    }  # fmt: skip


class InitiativeForm(forms.Form):
    """An initiative."""

    number = forms.IntegerField(label="Nummer", min_value=1, max_value=999_999)
    title = forms.CharField(label="Titel", max_length=300)
    theme = forms.CharField(label="Tema", max_length=200, required=False)
    status = forms.ChoiceField(label="Status", choices=Status.choices())
    text = forms.CharField(
        label="Beskrivelse", max_length=8000, required=False, widget=forms.Textarea(attrs={"rows": 4})
    )
    baseline = IntervalField(label="Økonomisk baseline, mio. kr.", help_text=_HOW)
    saving = IntervalField(label="Årlig besparelse (netto), mio. kr.", help_text=_HOW)
    investment = IntervalField(label="Investering, mio. kr.", help_text=_HOW)
    owner = forms.CharField(label="Tovholder", max_length=200, required=False)
    departments = forms.CharField(
        label="Berørte centre", max_length=400, required=False, help_text="Adskilt af mellemrum eller komma."
    )
    political = forms.ChoiceField(label="Politisk godkendelse", choices=Political.choices())
    political_on = DayField(label="Politisk behandlet", required=False)
    service = forms.ChoiceField(label="Serviceniveau for borgeren", choices=Service.choices())
    effects = forms.MultipleChoiceField(
        label="Effekter", choices=Effect.choices(), required=False, widget=forms.CheckboxSelectMultiple
    )
    effect_text = forms.CharField(
        label="Hvad den skal give", max_length=4000, required=False, widget=forms.Textarea(attrs={"rows": 3})
    )
    measure = forms.ChoiceField(label="Virkningen måles på", choices=Measure.choices())
    measured_from = DayField(label="Virker fra", required=False)
    transport_areas = forms.CharField(
        label="Befordringsområder",
        max_length=100,
        required=False,
        help_text="Numre adskilt af mellemrum. Tomt felt: alle.",
    )
    transport_kinds = forms.MultipleChoiceField(
        label="Kørsel med", choices=OperatorKind.choices(), required=False, widget=forms.CheckboxSelectMultiple,
        help_text="Ingen valgt: al kørsel.",
    )  # fmt: skip
    version = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def clean_transport_areas(self) -> tuple[int, ...]:
        """The areas' numbers."""
        words = self.cleaned_data["transport_areas"].replace(",", " ").split()
        if any(not word.isdecimal() or not word.isascii() or int(word[:6]) not in _AREAS for word in words):
            raise forms.ValidationError("Skriv områdernes numre, fx 8 9 10.")
        return tuple(sorted({int(word) for word in words}))

    @property
    def facts(self) -> InitiativeFacts:
        """What is written."""
        given = {name: value for name, value in self.cleaned_data.items() if name != "version"}
        given["departments"] = tuple(dict.fromkeys(given["departments"].replace(",", " ").split()))[:20]
        given["effects"] = [Effect(code) for code in given["effects"]]
        given["political"], given["service"] = Political(given["political"]), Service(given["service"])
        given["status"], given["measure"] = Status(given["status"]), Measure(given["measure"])
        return InitiativeFacts(**given)


def initiative_initial(found: InitiativeView) -> dict[str, Any]:
    """An initiative as its form shows it."""
    names = (
        *("number", "title", "theme", "text", "baseline", "saving", "investment", "owner", "political_on"),
        *("effect_text", "measured_from", "version"),
    )
    told = {name: getattr(found, name) for name in names}
    codes = {name: getattr(found, name).value for name in ("status", "political", "service", "measure")}
    effects = [effect.value for effect in found.effects]
    areas = " ".join(str(number) for number in found.transport_areas)
    more = {"transport_areas": areas, "transport_kinds": list(found.transport_kinds), "effects": effects}
    return told | codes | more | {"departments": " ".join(found.departments)}


class StepForm(forms.Form):
    """A phase of the plan."""

    navn = forms.CharField(label="Fase", max_length=200)
    fra = DayField(label="Fra")
    til = DayField(label="Til og med")
    efter = forms.ChoiceField(label="Begynder efter", required=False)

    def __init__(self, *given: Any, steps: list[tuple[str, str]], **named: Any) -> None:
        super().__init__(*given, **named)
        self.fields["efter"].choices = [("", "Ingen"), *steps]  # type: ignore[attr-defined]  # a choice field

    def clean(self) -> dict[str, Any]:
        """With the first day after."""
        given = super().clean() or {}
        first, last = given.get("fra"), given.get("til")
        if first and last:
            if last < first:
                self.add_error("til", "Fasen slutter, før den begynder.")
            given["ends"] = last + timedelta(days=1)
        return given


class RiskForm(forms.Form):
    """A risk."""

    tekst = forms.CharField(label="Hvad kan gå galt", max_length=500)
    sandsynlighed = forms.ChoiceField(choices=Level.choices(), label="Sandsynlighed")
    konsekvens = forms.ChoiceField(choices=Level.choices(), label="Konsekvens")
    modtraek = forms.CharField(label="Modtræk", max_length=500, required=False)


class NeedForm(forms.Form):
    """What an initiative waits for."""

    indsats = forms.ChoiceField(label="Afhænger af")

    def __init__(self, *given: Any, others: list[tuple[UUID, int, str]], **named: Any) -> None:
        super().__init__(*given, **named)
        choices = [(str(id_), f"{number}. {title}") for id_, number, title in others]
        self.fields["indsats"].choices = choices  # type: ignore[attr-defined]  # a choice field
