"""Forms about contracts: what people write, turned into what the services take."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django import forms

from styr.contracts.core.codes import ContractStatus, LineKind
from styr.contracts.editing import Terms
from styr.contracts.services import AbsenceTerms, NewContractLine
from styr.kernel.period import ONE_DAY, Period
from styr.kernel.units import Unit
from styr.ui.fields import AmountField, DayField

PERCENT = 100
Choices = Iterable[tuple[Any, str]]


class SeenForm(forms.Form):
    """A change of something that was shown: `seen` is its state then."""

    seen = forms.CharField(widget=forms.HiddenInput, max_length=32)


class PutRightForm(SeenForm):
    """A correction of the register: of a signed contract with why, since what is agreed anew is a supplement's."""

    reason = forms.CharField(
        label="Hvorfor rettes registret?", max_length=300, widget=forms.Textarea(attrs={"rows": 2}),
        help_text="Kontrakten er underskrevet. Er der nye aftaler, så skriv et tillæg. Begrundelsen bliver stående.",
    )  # fmt: skip

    def __init__(self, *given: Any, signed: bool = False, **named: Any) -> None:
        super().__init__(*given, **named)
        reason = self.fields.pop("reason")
        if signed:
            self.fields["reason"] = reason


class SignForm(SeenForm):
    """The day both parties have signed."""

    signed_on = DayField(label="Underskrevet af begge parter den")


class TerminateForm(SeenForm):
    """The contract's last day."""

    last_day = DayField(label="Kontraktens sidste dag", help_text="Opsigelsesvarslet skal være overholdt.")


class PriceForm(SeenForm):
    """A line's price from a day."""

    line = forms.UUIDField(widget=forms.HiddenInput)
    valid_from = DayField(label="Gælder fra")
    amount = AmountField(label="Pris i kr.")


class TermsForm(PutRightForm):
    """The terms that compute."""

    last_day = DayField(label="Sidste dag", required=False, help_text="Lad feltet stå tomt, hvis kontrakten løber.")
    notice_days = forms.IntegerField(label="Opsigelsesvarsel i dage", required=False, min_value=0, max_value=3660)
    free_days = forms.IntegerField(
        label="Fraværsdage med fuld betaling", min_value=0, max_value=3660, help_text="De første dage af hvert fravær."
    )
    billable = AmountField(label="Betaling derefter i procent", max_value=100, max_digits=7, decimal_places=2)
    provider_unit = forms.TypedChoiceField(label="Tilbud", required=False, coerce=UUID, empty_value=None)
    calendar = forms.TypedChoiceField(label="Åbningskalender", required=False, coerce=UUID, empty_value=None)

    def __init__(self, *given: Any, provider_units: Choices = (), calendars: Choices = (), **named: Any) -> None:
        super().__init__(*given, **named)
        self.fields["provider_unit"].choices = [("", "Intet bestemt tilbud"), *provider_units]  # type: ignore[attr-defined]  # a choice field
        self.fields["calendar"].choices = [("", "Standard: mandag til fredag uden helligdage"), *calendars]  # type: ignore[attr-defined]  # a choice field

    def terms(self) -> Terms:
        """What was written, as the service takes it."""
        given = self.cleaned_data
        return Terms(
            last_day=given["last_day"],
            notice_days=given["notice_days"],
            absence=AbsenceTerms(free_days=given["free_days"], billable=given["billable"] / PERCENT),
            provider_unit_id=given["provider_unit"],
            calendar_id=given["calendar"],
        )


class LineFields(forms.Form):
    """What a contract line says."""

    kind = forms.ChoiceField(label="Art", choices=[(kind.value, kind.danish.capitalize()) for kind in LineKind])
    service = forms.ChoiceField(label="Ydelse")
    unit = forms.ChoiceField(label="Enhed", choices=[(unit.value, unit.danish.capitalize()) for unit in Unit])
    price = AmountField(label="Pris i kr. pr. enhed")
    purpose = forms.CharField(label="Formål", required=False, max_length=500)
    hours = AmountField(label="Timer pr. uge", required=False)
    hourly_rate = AmountField(label="Timepris i kr.", required=False)
    evaluation_on = DayField(label="Evalueres den", required=False)

    def __init__(self, *given: Any, services: Choices = (), **named: Any) -> None:
        super().__init__(*given, **named)
        self.fields["service"].choices = list(services)  # type: ignore[attr-defined]  # a choice field

    def line(self) -> NewContractLine:
        """What was written, as the service takes it."""
        given = self.cleaned_data
        return NewContractLine(
            kind=LineKind(given["kind"]),
            service=given["service"],
            unit=Unit(given["unit"]),
            price=given["price"],
            purpose=given["purpose"],
            hours=given["hours"],
            hourly_rate=given["hourly_rate"],
            evaluation_on=given["evaluation_on"],
        )


class LineForm(PutRightForm, LineFields):
    """A line to be added to a contract that is there."""

    valid_from = DayField(label="Prisen gælder fra", required=False, help_text="Tomt felt: fra kontraktens start.")


class NewContractForm(LineFields):
    """A draft with its first line; more lines are added on the contract's page."""

    number = forms.CharField(label="Kontraktnummer", max_length=40)
    supplier = forms.TypedChoiceField(label="Leverandør", coerce=UUID)
    citizen = forms.UUIDField(widget=forms.HiddenInput, required=False)
    section = forms.ChoiceField(label="Paragraf")
    starts = DayField(label="Første dag")
    last_day = DayField(label="Sidste dag", required=False, help_text="Lad feltet stå tomt, hvis kontrakten løber.")
    notice_days = forms.IntegerField(label="Opsigelsesvarsel i dage", required=False, min_value=0, max_value=3660)
    free_days = forms.IntegerField(label="Fraværsdage med fuld betaling", min_value=0, max_value=3660, initial=0)
    billable = AmountField(
        label="Betaling derefter i procent", max_value=100, max_digits=7, decimal_places=2, initial=100
    )

    def __init__(self, *given: Any, suppliers: Choices = (), sections: Choices = (), **named: Any) -> None:
        super().__init__(*given, **named)
        self.fields["supplier"].choices = [("", "Vælg leverandør"), *suppliers]  # type: ignore[attr-defined]  # a choice field
        self.fields["section"].choices = [("", "Vælg paragraf"), *sections]  # type: ignore[attr-defined]  # a choice field

    def clean(self) -> dict[str, Any]:
        """The last day is not before the first."""
        given = super().clean() or {}
        first, last = given.get("starts"), given.get("last_day")
        if first and last and last < first:
            self.add_error("last_day", "Sidste dag ligger før første dag.")
        return given

    def period(self) -> Period:
        """The contract's period, half-open."""
        given = self.cleaned_data
        return Period(given["starts"], None if given["last_day"] is None else given["last_day"] + ONE_DAY)

    def absence(self) -> AbsenceTerms:
        """The terms of absence."""
        given = self.cleaned_data
        return AbsenceTerms(free_days=given["free_days"], billable=given["billable"] / PERCENT)


STATUS_CHOICES = [(status.value, status.danish.capitalize()) for status in ContractStatus]
