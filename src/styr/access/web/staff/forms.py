"""Forms about people, units, limits and blocks."""

import re
from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django import forms

from styr.access.core.acts import Act
from styr.access.core.permissions import permissions_of
from styr.access.core.roles import Role
from styr.access.showing import EVERYWHERE, UnitLine, UserFilter
from styr.access.staff import NewRole
from styr.kernel.cpr import Cpr, InvalidCprError
from styr.ui.filters import FilterForm
from styr.ui.unchanged import UnchangedForm

ROLES = [(role.value, role.danish) for role in Role]
_DAY = timedelta(days=1)
_TOP = "alle"
_AMOUNT = re.compile(r"(?P<whole>[0-9]+|[0-9]{1,3}(?:\.[0-9]{3})+)(?:,(?P<rest>[0-9]{1,2}))?(?: ?kr\.?)?")
_MOST_DIGITS = 12
_INDENT = "\u2003"  # as wide as the type is high


def day_field(label: str, *, required: bool = True, help_text: str = "") -> forms.DateField:
    """A date, picked from the browser's calendar."""
    picker = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    return forms.DateField(label=label, required=required, help_text=help_text, widget=picker)


class UserFilterForm(FilterForm):
    """Which people the list shows."""

    q = forms.CharField(label="Søg", widget=forms.TextInput(attrs={"type": "search"}))
    rolle = forms.ChoiceField(label="Rolle", choices=[("", "Alle"), *ROLES])
    adgang = forms.ChoiceField(label="Adgang", choices=[("", "Alle"), ("aktiv", "Aktiv"), ("lukket", "Lukket")])

    def wanted(self) -> UserFilter:
        """The filter as the query understands it."""
        asked = self.values
        return UserFilter(
            words=asked["q"] or "",
            role=Role(asked["rolle"]) if asked["rolle"] else None,
            active={"aktiv": True, "lukket": False}.get(asked["adgang"] or ""),
        )


class UnitChoice(forms.TypedChoiceField):
    """A unit of the tree, or the whole municipality (None)."""

    def __init__(self, **options: Any) -> None:
        super().__init__(coerce=lambda text: None if text == _TOP else UUID(text), **options)

    def prepare_value(self, value: object) -> object:
        """No unit is the top."""
        return _TOP if value is None else value

    def offer(self, units: Sequence[UnitLine], top: str) -> None:
        """Offer the units as they stand in the tree, under a word for none of them."""
        self.choices = [(_TOP, top), *((str(unit.id), f"{_INDENT * unit.depth}{unit.name}") for unit in units)]


class RoleForm(forms.Form):
    """A role to give."""

    role = forms.ChoiceField(label="Rolle", choices=ROLES)
    unit = UnitChoice(label="Enhed", help_text="Rollen gælder enheden og alle enheder under den.")
    starts = day_field("Fra")
    last_day = day_field("Til og med", required=False)

    def __init__(self, *data: Any, units: Sequence[UnitLine], today: date, **options: Any) -> None:
        options.setdefault("initial", {"starts": today})
        super().__init__(*data, **options)
        offered = self.fields["unit"]
        if isinstance(offered, UnitChoice):
            offered.offer(units, EVERYWHERE)

    def new_role(self) -> NewRole:
        """The role as the service understands it; call it on a valid form."""
        given = self.cleaned_data
        ends = given["last_day"] + _DAY if given["last_day"] else None
        return NewRole(Role(given["role"]), given["unit"], given["starts"], ends)


class NewUserForm(RoleForm):
    """A person to let in, with a first role."""

    username = forms.CharField(label="Brugernavn", max_length=150, help_text="Som personen logger ind med.")
    name = forms.CharField(label="Navn", max_length=200)
    field_order = ("name", "username", "role", "unit", "starts", "last_day")


class NameForm(UnchangedForm):
    """What a person is called."""

    name = forms.CharField(label="Navn", max_length=200)


class BlockForm(forms.Form):
    """A citizen whose case a person is kept from; the CPR number is not kept."""

    cpr = forms.CharField(
        label="Borgerens CPR-nummer",
        max_length=11,
        help_text="Spærringen gælder også en borger, der først kommer til senere.",
        widget=forms.TextInput(attrs={"autocomplete": "off", "inputmode": "numeric"}),
    )
    reason = forms.CharField(label="Begrundelse", help_text="Skriv ikke borgerens navn.", max_length=500)
    starts = day_field("Fra")
    last_day = day_field("Til og med", required=False)

    def clean_cpr(self) -> Cpr:
        """The number, if it is one."""
        try:
            return Cpr.parse(self.cleaned_data["cpr"])
        except InvalidCprError as wrong:
            raise forms.ValidationError(
                "Det er ikke et CPR-nummer: det har ti cifre og begynder med en dato."
            ) from wrong

    @property
    def ends(self) -> date | None:
        """The day after the last; call it on a valid form."""
        last: date | None = self.cleaned_data["last_day"]
        return last + _DAY if last else None


class UnitForm(UnchangedForm):
    """A unit of the tree."""

    number = forms.CharField(label="Nummer", max_length=40)
    name = forms.CharField(label="Navn", max_length=200)
    ean = forms.CharField(label="EAN-nummer", max_length=17, required=False, help_text="Hvor e-fakturaer leveres.")
    parent = UnitChoice(label="Ligger under")

    def __init__(self, *data: Any, units: Sequence[UnitLine], **options: Any) -> None:
        super().__init__(*data, **options)
        offered = self.fields["parent"]
        if isinstance(offered, UnitChoice):
            offered.offer(units, "Øverst")


class LimitForm(forms.Form):
    """A limit to set: of one role, or of the municipality."""

    which = forms.ChoiceField(label="Grænse")
    amount = forms.CharField(
        label="Højst",
        required=False,
        max_length=20,
        help_text="Kroner. Tomt felt: ingen grænse. 0: må slet ikke godkende.",
        widget=forms.TextInput(attrs={"inputmode": "decimal"}),
    )
    starts = day_field("Gælder fra")

    def __init__(self, *data: Any, **options: Any) -> None:
        super().__init__(*data, **options)
        choice = self.fields["which"]
        if isinstance(choice, forms.ChoiceField):
            choice.choices = [(f"{act.value}|{role.value if role else ''}", _told(act, role)) for act, role in limits()]

    @property
    def chosen(self) -> tuple[Act, Role | None]:
        """The act and the role; call it on a valid form."""
        act, _, role = self.cleaned_data["which"].partition("|")
        return Act(act), Role(role) if role else None

    def clean_amount(self) -> int | None:
        """The amount in øre as Danes write it, "150.000" or "150000,50"; None for no limit."""
        text = self.cleaned_data["amount"].strip()
        if not text:
            return None
        found = _AMOUNT.fullmatch(text)
        whole = found["whole"].replace(".", "") if found else ""
        if found is None or len(whole) > _MOST_DIGITS:
            raise forms.ValidationError("Skriv et beløb i kroner, fx 150.000 eller 150000,50.")
        return int(whole) * 100 + int((found["rest"] or "0").ljust(2, "0"))


def limits() -> list[tuple[Act, Role | None]]:
    """Every limit there can be: of each act, the roles that may do it; the municipality's own without a role."""
    return [
        (act, role)
        for act in Act
        for role in ((None,) if act.permission is None else Role)
        if role is None or act.permission in permissions_of([role])
    ]


def _told(act: Act, role: Role | None) -> str:
    return act.danish if role is None else f"{act.danish}: {role.danish}"
