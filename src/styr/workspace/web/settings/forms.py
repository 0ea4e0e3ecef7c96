"""The forms of the settings."""

from datetime import date, timedelta
from typing import Any

from django import forms

from styr.contracts.own_terms import NewTerm
from styr.grants.account_rules import Coding
from styr.grants.core.codes import Verdict
from styr.grants.web.fields import AccountField
from styr.suppliers.core.codes import SupplierKind
from styr.ui.fields import DayField
from styr.ui.unchanged import UnchangedForm

_MOST_DAYS = 120


class DuplicateRuleForm(forms.Form):
    """A rule of two sections from a day on."""

    first = forms.ChoiceField(label="Paragraf")
    second = forms.ChoiceField(label="Samtidig med paragraf")
    verdict = forms.ChoiceField(label="Regel", choices=[(one.value, one.danish) for one in Verdict])
    starts = forms.DateField(label="Gælder fra", widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))
    note = forms.CharField(label="Hvorfor", max_length=300, widget=forms.Textarea(attrs={"rows": 2}))

    def __init__(self, *args: Any, sections: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("first", "second"):
            field = self.fields[name]
            if isinstance(field, forms.ChoiceField):
                field.choices = sections


class CalendarForm(forms.Form):
    """A new calendar."""

    code = forms.CharField(label="Navn", max_length=60, help_text="Fx tilbuddets navn, som det står i kontrakterne.")


class ClosingForm(forms.Form):
    """Closing days, from the first to the last."""

    first = forms.DateField(label="Fra", widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))
    last = forms.DateField(
        label="Til og med", required=False, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )

    def clean(self) -> dict[str, Any]:
        """The last day is not before the first, and not a year after."""
        given: dict[str, Any] = super().clean() or {}
        first, last = given.get("first"), given.get("last") or given.get("first")
        if first and last and not first <= last < first + timedelta(days=_MOST_DAYS):
            self.add_error("last", f"Sidste dag skal ligge efter den første, og højst {_MOST_DAYS} dage efter.")
        return given

    def days(self) -> list[date]:
        """The days of a valid form."""
        first: date = self.cleaned_data["first"]
        last: date = self.cleaned_data["last"] or first
        return [first + timedelta(days=at) for at in range((last - first).days + 1)]


class TermForm(forms.Form):
    """The municipality's own word on a section or a service; `checkable` when the program's row is to be looked up."""

    in_use = forms.BooleanField(
        label="I brug", required=False, help_text="Uden flueben kan den ikke vælges på nye bevillinger og kontrakter."
    )
    name = forms.CharField(label="Eget navn", max_length=200, required=False, help_text="Tomt felt: programmets navn.")
    checked = forms.BooleanField(label="Jeg har slået rækken efter ved kilden", required=False)
    starts = DayField(label="Gælder fra")

    def __init__(self, *args: Any, checkable: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not checkable:
            del self.fields["checked"]


class NewTermForm(forms.Form):
    """A service of the municipality's own, or with `of_law` a section."""

    short = forms.CharField(label="Lovens forkortelse", max_length=8, help_text="Kun bogstaver, fx FSL.")
    paragraph = forms.CharField(label="Paragraf", max_length=12, help_text="Fx § 20 eller § 20 a.")
    law = forms.CharField(label="Lovens navn", max_length=60, help_text="Fx folkeskoleloven.")
    name = forms.CharField(label="Navn", max_length=100)
    kle = forms.CharField(label="KLE-nummer", max_length=10, required=False)
    starts = DayField(label="Gælder fra")
    words = forms.CharField(
        label="Andre skrivemåder", max_length=500, required=False, widget=forms.Textarea(attrs={"rows": 2}),
        help_text="En pr. linje, som den står i regneark og på fakturaer.",
    )  # fmt: skip
    reason = forms.CharField(
        label="Hvorfor I har brug for den", max_length=300, widget=forms.Textarea(attrs={"rows": 2})
    )

    def __init__(self, *args: Any, of_law: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not of_law:
            for name in ("short", "paragraph", "law", "kle"):
                del self.fields[name]

    def term(self) -> NewTerm:
        """What a valid form says."""
        return NewTerm(**{name: given for name, given in self.cleaned_data.items() if name != "starts"})


class OwnTermForm(UnchangedForm):
    """How files may write what the municipality has added, and when it is retired."""

    words = forms.CharField(
        label="Andre skrivemåder", max_length=500, required=False, widget=forms.Textarea(attrs={"rows": 2}),
        help_text="En pr. linje, som den står i regneark og på fakturaer.",
    )  # fmt: skip
    ends = DayField(
        label="Udgår fra", required=False, help_text="Tomt felt: den fortsætter. Det bevilgede berøres ikke."
    )


class AccountRuleForm(forms.Form):
    """An account rule from a day on."""

    law = forms.ChoiceField(label="Paragraf")
    service = forms.ChoiceField(label="Ydelse", required=False)
    supplier_kind = forms.ChoiceField(
        label="Leverandørtype",
        required=False,
        choices=[("", "Alle"), *((one.value, one.danish.capitalize()) for one in SupplierKind)],
    )
    account_string = AccountField(label="Kontostreng", max_length=40, help_text="16 cifre, gerne med mellemrum.")
    state_refund = forms.BooleanField(label="Statsrefusion", required=False)
    refund_note = forms.CharField(label="Note om statsrefusion", max_length=200, required=False)
    vat_note = forms.CharField(
        label="Note om moms", max_length=200, required=False, help_text="Fx: momsfri efter momslovens § 13."
    )
    starts = DayField(label="Gælder fra")

    def __init__(
        self, *args: Any, sections: list[tuple[str, str]], services: list[tuple[str, str]], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        for name, choices in (("law", [("", "Vælg paragraf"), *sections]), ("service", [("", "Alle"), *services])):
            field = self.fields[name]
            if isinstance(field, forms.ChoiceField):
                field.choices = choices

    def coding(self) -> Coding:
        """What a valid form says."""
        given = self.cleaned_data
        return Coding(
            section=given["law"],
            service=given["service"],
            supplier_kind=given["supplier_kind"],
            account_string=given["account_string"],
            state_refund=given["state_refund"],
            refund_note=given["refund_note"],
            vat_note=given["vat_note"],
        )


class EndForm(forms.Form):
    """The day from which something holds no longer."""

    ends = DayField(label="Gælder ikke fra")
