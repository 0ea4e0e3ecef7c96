"""Forms about contract documents: a file, its parts, and the contract that it becomes."""

from typing import Any
from uuid import UUID

from django import forms

from styr.agreements.making import NewContract
from styr.contracts.core.agreement import Agreement
from styr.contracts.core.codes import IndexKind, LineKind, NoticeFrom
from styr.contracts.services import AbsenceTerms, NewContractLine
from styr.kernel.period import ONE_DAY, Period
from styr.kernel.units import Unit
from styr.ui.fields import AmountField, DayField

_PERCENT = 100
Choices = list[tuple[Any, str]]


class HandInForm(forms.Form):
    """One file, and the contract or the case that it belongs to."""

    file = forms.FileField(
        label="Fil", help_text="PDF, scanning, foto, Word (DOCX), mail (EML, MSG) eller ren tekst, højst 40 MB."
    )
    contract = forms.UUIDField(required=False, widget=forms.HiddenInput)
    collection = forms.UUIDField(required=False, widget=forms.HiddenInput)


class PartForm(forms.Form):
    """The pages on which contracts begin."""

    starts = forms.CharField(
        label="Første side i hver kontrakt", max_length=200, help_text="Sidetal adskilt af komma, fx 1, 5, 9."
    )

    def clean_starts(self) -> list[int]:
        """The pages as numbers."""
        words = str(self.cleaned_data["starts"]).replace(";", ",").replace(" ", ",").split(",")
        numbers = [word for word in words if word]
        if not all(word.isdecimal() and len(word) < 5 for word in numbers):  # noqa: PLR2004 - digits
            raise forms.ValidationError("Skriv sidetal adskilt af komma, fx 1, 5, 9.")
        return sorted({int(word) for word in numbers})


class MakeContractForm(forms.Form):
    """The contract that confirmed facts become; what they do not say is left open."""

    number = forms.CharField(label="Kontraktnummer", max_length=40)
    supplier = forms.TypedChoiceField(label="Leverandør", coerce=UUID)
    provider_unit = forms.UUIDField(required=False, widget=forms.HiddenInput)
    citizen = forms.UUIDField(required=False, widget=forms.HiddenInput)
    section = forms.ChoiceField(label="Paragraf")
    starts = DayField(label="Første dag")
    last_day = DayField(label="Sidste dag", required=False, help_text="Lad feltet stå tomt, hvis kontrakten løber.")
    notice_days = forms.IntegerField(label="Opsigelsesvarsel i dage", required=False, min_value=0, max_value=3660)
    notice_from = forms.ChoiceField(
        label="Varslet regnes", required=False, choices=[(one.value, one.danish.capitalize()) for one in NoticeFrom]
    )
    free_days = forms.IntegerField(label="Fraværsdage med fuld betaling", min_value=0, max_value=3660, initial=0)
    billable = AmountField(
        label="Betaling derefter i procent", max_value=100, max_digits=7, decimal_places=2, initial=100
    )

    index_kind = forms.ChoiceField(
        label="Regulering",
        required=False,
        choices=[("", "Ikke aftalt"), *((one.value, one.danish.capitalize()) for one in IndexKind)],
    )
    index_percent = AmountField(
        label="Procent om året",
        required=False,
        min_value=-50,
        max_value=50,
        max_digits=7,
        help_text="Fast procent, eller loftet over PL-fremskrivningen.",
    )
    death_days = forms.IntegerField(
        label="Dage, der betales efter dødsfald", required=False, min_value=0, max_value=3660
    )
    invoice_days = forms.IntegerField(
        label="Faktura senest, dage efter perioden", required=False, min_value=0, max_value=3660
    )

    def __init__(self, *given: Any, suppliers: Choices, sections: Choices, **named: Any) -> None:
        super().__init__(*given, **named)
        self.fields["supplier"].choices = [("", "Vælg leverandør"), *suppliers]  # type: ignore[attr-defined]  # a choice field
        self.fields["section"].choices = [("", "Vælg paragraf"), *sections]  # type: ignore[attr-defined]  # a choice field

    def clean(self) -> dict[str, Any]:
        """The last day is not before the first."""
        given = super().clean() or {}
        first, last = given.get("starts"), given.get("last_day")
        if first and last and last < first:
            self.add_error("last_day", "Sidste dag ligger før første dag.")
        kind, percent = given.get("index_kind"), given.get("index_percent")
        if kind == IndexKind.PERCENT and percent is None:
            self.add_error("index_percent", "Skriv den aftalte procent.")
        if percent is not None and kind in {"", IndexKind.FIXED.value}:
            self.add_error("index_percent", "Procenten hører til PL-fremskrivning eller fast procent.")
        return given

    def agreed(self) -> Agreement | None:
        """The terms beside price and absence; None where nothing of them was written."""
        given = self.cleaned_data
        written = Agreement(
            days_after_death=given["death_days"],
            notice_from=NoticeFrom(given["notice_from"] or NoticeFrom.DAY),
            index_kind=IndexKind(given["index_kind"]) if given["index_kind"] else None,
            index_percent=given["index_percent"],
            invoice_days=given["invoice_days"],
        )
        return None if written == Agreement() else written

    def contract(self, lines: list[NewContractLine]) -> NewContract:
        """What was written, as the service takes it."""
        given = self.cleaned_data
        return NewContract(
            number=given["number"],
            supplier_id=given["supplier"],
            section=given["section"],
            period=Period(given["starts"], None if given["last_day"] is None else given["last_day"] + ONE_DAY),
            lines=lines,
            citizen_id=given["citizen"],
            provider_unit_id=given["provider_unit"],
            notice_days=given["notice_days"],
            absence=AbsenceTerms(free_days=given["free_days"], billable=given["billable"] / _PERCENT),
            agreed=self.agreed(),
        )


class PriceLineForm(forms.Form):
    """A price of the document as a line of the contract."""

    taken = forms.BooleanField(label="Med i kontrakten", required=False, initial=True)
    kind = forms.ChoiceField(label="Art", choices=[(kind.value, kind.danish.capitalize()) for kind in LineKind])
    service = forms.ChoiceField(label="Ydelse")
    unit = forms.ChoiceField(label="Enhed", choices=[(unit.value, unit.danish.capitalize()) for unit in Unit])
    price = AmountField(label="Pris i kr. pr. enhed")

    def __init__(self, *given: Any, services: Choices, **named: Any) -> None:
        super().__init__(*given, **named)
        self.fields["service"].choices = services  # type: ignore[attr-defined]  # a choice field

    def line(self) -> NewContractLine:
        """What was written, as the service takes it."""
        given = self.cleaned_data
        return NewContractLine(
            kind=LineKind(given["kind"]), service=given["service"], unit=Unit(given["unit"]), price=given["price"]
        )


class TakeOverForm(forms.Form):
    """Which of the document's terms its contract takes over."""

    seen = forms.CharField(widget=forms.HiddenInput, max_length=32)
    taken = forms.MultipleChoiceField(label="Overfør", widget=forms.CheckboxSelectMultiple)

    def __init__(self, *given: Any, offered: Choices, **named: Any) -> None:
        super().__init__(*given, **named)
        self.fields["taken"].choices = offered  # type: ignore[attr-defined]  # a choice field


class TakePriceForm(forms.Form):
    """A price of the document for a line of its contract, from a day."""

    seen = forms.CharField(widget=forms.HiddenInput, max_length=32)
    line = forms.TypedChoiceField(label="Linje", coerce=UUID)
    price = AmountField(label="Ny pris i kr.")
    valid_from = DayField(label="Gælder fra")

    def __init__(self, *given: Any, lines: Choices, **named: Any) -> None:
        super().__init__(*given, **named)
        self.fields["line"].choices = lines  # type: ignore[attr-defined]  # a choice field
