"""The forms of transport's registers: what is asked, and the values that the service takes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final
from uuid import UUID

from django import forms

from styr.kernel.period import ONE_DAY
from styr.transport.core.codes import Fuel, OperatorKind, PlaceKind
from styr.transport.reference.load import shipped_criteria
from styr.transport.register_models import PRICES
from styr.transport.register_queries import Wanted
from styr.ui.fields import AmountField, DayField
from styr.ui.filters import FilterForm

if TYPE_CHECKING:
    from collections.abc import Mapping

_KINDS: Final = [(one.value, one.danish.capitalize()) for one in OperatorKind]
_HUNDRED: Final = 100
RULE_NAMES: Final = {row["rule"]: f"Som {row['code']}: {row['name']}" for row in reversed(shipped_criteria())}
"""Computations by the first of the program's criteria that uses each: they have no names of their own."""
_DEGREES: Final = {"required": False, "max_digits": 9, "decimal_places": 6, "localize": False}


class RegisterFilterForm(FilterForm):
    """What can be asked of a register."""

    q = forms.CharField(label="Søg", widget=forms.TextInput(attrs={"type": "search"}))
    mangler = forms.BooleanField(label="Kun det, der skal ses på")

    def wanted(self) -> Wanted:
        """The filter as the queries understand it."""
        return Wanted((self.values["q"] or "").strip(), bool(self.values["mangler"]))


class RecordForm(forms.Form):
    """A row of a register. `chosen` are the fields that name another row, by id."""

    chosen: tuple[str, ...] = ()
    version = forms.CharField(widget=forms.HiddenInput, max_length=20, required=False)

    def __init__(self, *given: Any, offered: Mapping[str, list[tuple[UUID, str]]], **named: Any) -> None:
        super().__init__(*given, **named)
        for name in self.chosen:
            field = self.fields[name]
            first = [] if field.required else [("", "Ikke valgt")]
            field.choices = [*first, *((str(id_), text) for id_, text in offered[name])]  # type: ignore[attr-defined]  # a choice field

    def values(self) -> dict[str, Any]:
        """What the service takes: field of the table → value."""
        told = {name: value for name, value in self.cleaned_data.items() if name not in {"version", "last", "from_day"}}
        return {f"{name}_id" if name in self.chosen else name: value for name, value in told.items()}

    @classmethod
    def begin(cls, row: Any) -> dict[str, Any]:
        """What the form begins with."""
        return {
            name: getattr(row, f"{name}_id" if name in cls.chosen else name)
            for name in cls.base_fields
            if name not in {"version", "last", "from_day"} and hasattr(row, name)
        }


class DatedForm(RecordForm):
    """A row that holds in a period; its last day is inclusive here."""

    valid_from = DayField(label="Gælder fra")
    last = DayField(label="Gælder til og med", required=False)
    from_day = DayField(
        label="Ændringen gælder fra", required=False,
        help_text="Tomt felt: rækken rettes bagud i tid. Med en dato: den gamle gælder indtil da.",
    )  # fmt: skip

    def __init__(self, *given: Any, fresh: bool = False, **named: Any) -> None:
        super().__init__(*given, **named)
        days = ("valid_from", "last", "from_day")
        self.order_fields([name for name in self.fields if name not in days])
        if fresh:
            self.fields.pop("from_day")

    def values(self) -> dict[str, Any]:
        """As of a record, with the end exclusive."""
        last = self.cleaned_data["last"]
        return {**super().values(), "valid_to": last + ONE_DAY if last else None}

    @classmethod
    def begin(cls, row: Any) -> dict[str, Any]:
        """As of a record, with the last day."""
        return {**super().begin(row), "last": row.valid_to - ONE_DAY if row.valid_to else None}


class AreaForm(DatedForm):
    """An area."""

    number = forms.IntegerField(label="Nummer", min_value=1, max_value=999)
    name = forms.CharField(label="Navn", max_length=120)
    department = forms.CharField(label="Center", max_length=80)
    description = forms.CharField(label="Beskrivelse", max_length=300, required=False)


class CriterionForm(DatedForm):
    """A criterion."""

    chosen: tuple[str, ...] = ("area",)
    code = forms.RegexField("^[A-ZÆØÅ0-9-]{1,10}$", label="Kode", help_text="Store bogstaver og cifre, fx K31.")
    area = forms.TypedChoiceField(label="Område", coerce=UUID)
    name = forms.CharField(label="Navn", max_length=160)
    section = forms.CharField(label="Paragrafkode", max_length=20, required=False, help_text="Fx SEL-117.")
    law = forms.CharField(label="Lovgrundlag", max_length=200)
    target_group = forms.CharField(label="Målgruppe", max_length=400, widget=forms.Textarea(attrs={"rows": 2}))
    form = forms.CharField(label="Befordringsform", max_length=300)
    terms = forms.CharField(label="Vilkår", max_length=600, required=False, widget=forms.Textarea(attrs={"rows": 3}))
    rule = forms.ChoiceField(
        label="Beregning", required=False, choices=[("", "Ingen: konkret skøn"), *RULE_NAMES.items()]
    )
    account_prefix = forms.RegexField("^[0-9]{0,16}$", label="Kontoens første cifre", required=False)
    source = forms.CharField(label="Kilde", max_length=300, required=False)
    needs_check = forms.BooleanField(label="Skal kontrolleres mod loven", required=False)


class AccountForm(DatedForm):
    """Which postings are an area's."""

    chosen: tuple[str, ...] = ("area",)
    area = forms.TypedChoiceField(label="Område", coerce=UUID)
    prefix = forms.RegexField("^[0-9]{1,16}$", label="Kontostrengens første cifre")  # type: ignore[assignment]  # a field
    operator_kind = forms.ChoiceField(
        label="Operatør, når posteringen ikke har en leverandør",
        required=False,
        choices=[("", "Ikke angivet"), *_KINDS],
    )
    is_admin = forms.BooleanField(label="Kontoen rummer kun administration", required=False)


class PlaceForm(RecordForm):
    """A place that is nobody's home."""

    chosen: tuple[str, ...] = ("calendar",)
    number = forms.CharField(label="Stednummer", max_length=40)
    kind = forms.ChoiceField(
        label="Art", choices=[(one.value, one.danish.capitalize()) for one in PlaceKind if one is not PlaceKind.HOME]
    )
    name = forms.CharField(label="Navn", max_length=120)
    street = forms.CharField(label="Adresse", max_length=160, required=False)
    postal_code = forms.CharField(label="Postnummer", max_length=10, required=False)
    town = forms.CharField(label="By", max_length=80, required=False)
    latitude = AmountField(label="Bredde", min_value=-90, max_value=90, help_text="Grader, fx 55,676098.", **_DEGREES)
    longitude = AmountField(
        label="Længde", min_value=-180, max_value=180, help_text="Grader, fx 12,568337.", **_DEGREES
    )
    calendar = forms.TypedChoiceField(label="Åbningskalender", coerce=UUID, required=False, empty_value=None)
    bell_in = forms.TimeField(label="Møder ind", required=False, widget=forms.TimeInput(attrs={"type": "time"}))
    bell_out = forms.TimeField(label="Får fri", required=False, widget=forms.TimeInput(attrs={"type": "time"}))

    def clean(self) -> dict[str, Any]:
        """Both coordinates, or neither."""
        told: dict[str, Any] = super().clean() or {}
        if (told.get("latitude") is None) != (told.get("longitude") is None):
            self.add_error("longitude", "Skriv både bredde og længde, eller ingen af dem.")
        return told


class HomeForm(PlaceForm):
    """A citizen's home: where it is, and nothing else."""

    chosen: tuple[str, ...] = ()
    number, kind, name, calendar, bell_in, bell_out = (None,) * 6  # type: ignore[assignment]  # Django's way to leave fields out


class ProtectedHomeForm(HomeForm):
    """The home of somebody whose address is protected: the address is neither shown nor asked for."""

    street, postal_code, town = (None,) * 3  # type: ignore[assignment]  # as above


class OperatorForm(RecordForm):
    """An operator."""

    chosen: tuple[str, ...] = ("supplier",)
    name = forms.CharField(label="Navn", max_length=120)
    kind = forms.ChoiceField(label="Art", choices=_KINDS)
    supplier = forms.TypedChoiceField(label="Leverandør", coerce=UUID, required=False, empty_value=None)
    note = forms.CharField(label="Bemærkning", max_length=300, required=False)


class PriceForm(DatedForm):
    """An operator's prices of a product, kroner."""

    chosen: tuple[str, ...] = ("operator",)
    operator = forms.TypedChoiceField(label="Operatør", coerce=UUID)
    product = forms.CharField(label="Produkt", max_length=60, help_text="Fx Flexkommune eller Flexrute.")
    start = AmountField(label="Startgebyr, kr.", required=False, min_value=0, max_value=100_000)
    km = AmountField(label="Pr. km, kr.", required=False, min_value=0, max_value=100_000)
    minute = AmountField(label="Pr. minut, kr.", required=False, min_value=0, max_value=100_000)
    waiting_minute = AmountField(label="Ventetid pr. minut, kr.", required=False, min_value=0, max_value=100_000)
    lift = AmountField(label="Lift, kr.", required=False, min_value=0, max_value=100_000)
    bridge = AmountField(label="Bro og færge, kr.", required=False, min_value=0, max_value=100_000)
    no_show = AmountField(label="Udebleven, kr.", required=False, min_value=0, max_value=100_000)
    day = AmountField(label="Fast pris pr. dag, kr.", required=False, min_value=0, max_value=1_000_000)
    fee_percent = AmountField(label="Administration, procent", required=False, min_value=0, max_value=100)

    def values(self) -> dict[str, Any]:
        """Kroner become øre; what is empty costs nothing."""
        told = super().values()
        amounts = {f"{name}_ore": int((told.pop(name) or 0) * _HUNDRED) for name in PRICES}
        return {**told, **amounts, "fee_percent": told["fee_percent"] or 0}

    @classmethod
    def begin(cls, row: Any) -> dict[str, Any]:
        """Øre as kroner."""
        ore = {name: divmod(getattr(row, f"{name}_ore"), _HUNDRED) for name in PRICES}
        return {**super().begin(row), **{name: f"{whole},{rest:02d}" for name, (whole, rest) in ore.items()}}


class VehicleForm(RecordForm):
    """A vehicle; one without room for anybody is refused."""

    chosen: tuple[str, ...] = ("operator", "home_unit")
    operator = forms.TypedChoiceField(label="Operatør", coerce=UUID)
    name = forms.CharField(label="Vogn", max_length=80)
    registration = forms.CharField(label="Nummerplade", max_length=10, required=False)
    seats = forms.IntegerField(label="Siddepladser", min_value=0, max_value=200)
    wheelchairs = forms.IntegerField(label="Kørestolspladser", min_value=0, max_value=50)
    fuel = forms.ChoiceField(label="Drivmiddel", choices=[(one.value, one.danish.capitalize()) for one in Fuel])
    co2_g_km = forms.IntegerField(label="CO2, gram pr. km", min_value=0, max_value=2_000, required=False)
    first_registered = DayField(label="Første registrering", required=False)
    home_unit = forms.TypedChoiceField(label="Hører til", coerce=UUID, required=False, empty_value=None)
    use = forms.CharField(label="Brug", max_length=200, required=False)
    lift = forms.BooleanField(label="Lift", required=False)
    solo = forms.BooleanField(label="Kun solokørsel", required=False)
