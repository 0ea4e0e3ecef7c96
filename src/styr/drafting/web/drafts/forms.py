"""Forms about drafts."""

from typing import Any
from uuid import UUID

from django import forms

from styr.contracts.queries import ContractCard
from styr.drafting.core.codes import Party
from styr.drafting.written import Written
from styr.ui.fields import AmountField, DayField

NIGHTS = [("", "Ikke relevant"), ("vågen", "Vågen"), ("sovende", "Sovende"), ("ikke aftalt", "Ikke aftalt")]
Choices = list[tuple[Any, str]]
FRAMEWORK = "RAMME"
"""The code of the template for frameworks in the library."""


class WrittenForm(forms.Form):
    """What no register holds."""

    description = forms.CharField(
        label="Hvad er der bestilt?", max_length=1_000, widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Indsatsen, som den skal stå i kontrakten.",
    )  # fmt: skip
    hours = forms.CharField(label="Timer om ugen", max_length=20)
    night_watch = forms.ChoiceField(label="Nattevagt", choices=NIGHTS, required=False)
    trial = forms.CharField(label="Prøvetid", max_length=60, required=False, help_text="Fx »3 måneder«.")
    days_after_death = forms.IntegerField(
        label="Dage, der betales efter dødsfald", min_value=0, max_value=365, initial=14, required=False
    )

    def written(self) -> Written:
        """As the draft keeps it."""
        given = self.cleaned_data
        days = given["days_after_death"]
        return Written(
            description=given["description"].strip().rstrip("."),
            hours=given["hours"].strip(),
            night_watch=given.get("night_watch", ""),
            trial=given["trial"].strip(),
            days_after_death="" if days is None else str(days),
        )


class NewDraftForm(WrittenForm):
    """A draft for a contract of the register."""

    template = forms.TypedChoiceField(label="Skabelon", coerce=UUID)
    grant = forms.TypedChoiceField(label="Bevilling", coerce=UUID, empty_value=None)
    registers = forms.BooleanField(
        label="Skriv skabelonens vilkår i registret", required=False,
        help_text="Død, tomgang, varsel fra månedens udgang, regulering med PL og 12 måneders frist for fakturering.",
    )  # fmt: skip
    field_order = ("template", "grant", "description")

    def __init__(self, *given: Any, templates: Choices, grants: Choices, **named: Any) -> None:
        super().__init__(*given, **named)
        self.fields["template"].choices = [("", "Vælg skabelon"), *templates]  # type: ignore[attr-defined]  # a choice field
        self.fields["grant"].choices = [("", "Vælg bevilling"), *grants]  # type: ignore[attr-defined]  # a choice field

    def of_framework(self) -> None:
        """A framework has no grant: its call-offs have."""
        del self.fields["grant"], self.fields["night_watch"]


class FromGrantForm(NewDraftForm):
    """A draft for a grant that has no contract: with the terms that a grant does not hold."""

    place = forms.TypedChoiceField(label="Tilbud", coerce=UUID)
    notice_days = forms.IntegerField(
        label="Opsigelse: dage ud over løbende måned", min_value=0, max_value=3660, initial=30
    )
    free_days = forms.IntegerField(label="Fraværsdage med fuld betaling", min_value=0, max_value=3660, initial=14)
    reduction = AmountField(
        label="Nedsættelse derefter i procent", max_value=100, max_digits=7, decimal_places=2, initial=25
    )

    def __init__(self, *given: Any, places: Choices, **named: Any) -> None:
        super().__init__(*given, **named)
        self.fields["place"].choices = [("", "Vælg tilbud"), *places]  # type: ignore[attr-defined]  # a choice field


class VersionForm(forms.Form):
    """A version as a file: the supplier's, or ours edited in Word."""

    party = forms.ChoiceField(
        label="Hvis udgave er det?",
        choices=[(Party.THEIRS.value, "Leverandørens"), (Party.OURS.value, "Vores, rettet i Word")],
    )
    file = forms.FileField(label="Fil", help_text="Word (DOCX) eller PDF med tekst, højst 40 MB.")
    note = forms.CharField(label="Bemærkning", max_length=500, required=False)


class SignForm(forms.Form):
    """The signed contract."""

    file = forms.FileField(label="Underskrevet kontrakt", help_text="PDF, højst 40 MB.")
    signed_on = DayField(label="Underskrevet den")
    note = forms.CharField(
        label="Hvorfor kan filen tages ind?", max_length=300, required=False, widget=forms.Textarea(attrs={"rows": 2}),
        help_text="Kun når underskriften ikke er elektronisk, udstederen er ukendt, eller teksten er ændret.",
    )  # fmt: skip


def template_of(card: ContractCard, templates: list[tuple[UUID, str, str]]) -> UUID | None:
    """The template for the contract's section, of a framework the framework's; None where there is no such."""
    wanted = FRAMEWORK if card.citizen_id is None else card.section
    return next((version_id for version_id, code, _title in templates if code == wanted), None)
