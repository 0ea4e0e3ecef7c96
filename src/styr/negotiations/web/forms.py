"""Forms about negotiations, savings and arguments."""

from collections.abc import Iterable
from datetime import timedelta
from typing import Any
from uuid import UUID

from django import forms

from styr.negotiations.core.codes import WRITTEN, Measure, Reason, SavingKind
from styr.negotiations.core.rules import WantedSaving
from styr.ui.fields import AmountField, DayField
from styr.ui.unchanged import UnchangedForm

Choices = Iterable[tuple[Any, str]]
_AREA = {"rows": 4}
_NO_NAMES = "Skriv ikke borgerens navn eller CPR-nummer."


def _capitalised(choices: Choices) -> list[tuple[Any, str]]:
    return [(code, words.capitalize()) for code, words in choices]


class CaseForm(forms.Form):
    """A negotiation to be opened."""

    title = forms.CharField(label="Emne", max_length=200, help_text=_NO_NAMES)
    kind = forms.ChoiceField(label="Art", choices=_capitalised(SavingKind.choices()))
    goal = forms.CharField(label="Mål", max_length=2000, widget=forms.Textarea(attrs=_AREA), help_text=_NO_NAMES)
    walk_away = forms.CharField(
        label="Smertegrænse",
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="Den grænse, hvor vi forlader forhandlingen. Kun de, der forhandler, kan se den.",
    )


class EntryForm(forms.Form):
    """A line of the log."""

    kind = forms.ChoiceField(label="Hvad", choices=[(one.value, one.danish.capitalize()) for one in WRITTEN])
    happened_on = DayField(label="Dato")
    amount = AmountField(label="Tilbudt pris", required=False, help_text="Pr. enhed, hvor der er nævnt en pris.")
    words = forms.CharField(label="Indhold", max_length=4000, widget=forms.Textarea(attrs=_AREA), help_text=_NO_NAMES)


class ArgumentForm(forms.Form):
    """An argument to put forward."""

    reason = forms.ChoiceField(label="Grund", choices=_capitalised(Reason.choices()))
    words = forms.CharField(label="Argument", max_length=2000, widget=forms.Textarea(attrs=_AREA))
    evidence = forms.CharField(
        label="Dokumentation", required=False, max_length=4000, widget=forms.Textarea(attrs={"rows": 2})
    )


class TemplateForm(forms.Form):
    """An argument to use again."""

    title = forms.CharField(label="Navn", max_length=200)
    reason = forms.ChoiceField(label="Grund", choices=_capitalised(Reason.choices()))
    words = forms.CharField(label="Argument", max_length=2000, widget=forms.Textarea(attrs=_AREA))


class SavingForm(forms.Form):
    """A saving on a grant: a price of a service line, or one sum."""

    kind = forms.ChoiceField(label="Art", choices=_capitalised(SavingKind.choices()))
    line = forms.ChoiceField(label="Ydelse", required=False, help_text="Uden ydelse opgøres besparelsen som ét beløb.")
    baseline = AmountField(label="Pris før", help_text="Det, der blev betalt pr. enhed. Ved ét beløb: beløbet før.")
    agreed = AmountField(label="Aftalt pris", help_text="Pr. enhed fra den første dag. Ved ét beløb: beløbet efter.")
    baseline_quantity = AmountField(label="Mængde før", required=False, help_text="Kun når der er aftalt en ny mængde.")
    agreed_quantity = AmountField(label="Mængde efter", required=False)
    starts = DayField(label="Første dag")
    last = DayField(label="Sidste dag", required=False, help_text="Tomt felt: indtil videre.")
    evidence = forms.CharField(
        label="Dokumentation",
        max_length=4000,
        widget=forms.Textarea(attrs=_AREA),
        help_text=f"Aftalen, brevet eller referatet, besparelsen bygger på. {_NO_NAMES}",
    )

    def __init__(self, *given: Any, lines: Choices = (), **named: Any) -> None:
        super().__init__(*given, **named)
        self.fields["line"].choices = [("", "Ingen (ét beløb)"), *lines]  # type: ignore[attr-defined]  # a choice field

    def wanted(self, grant_id: UUID, negotiation_id: UUID | None = None) -> WantedSaving:
        """What the service is asked for; the form must be valid."""
        said = self.cleaned_data
        line = UUID(said["line"]) if said["line"] else None
        return WantedSaving(
            kind=SavingKind(said["kind"]),
            measure=Measure.PRICE if line else Measure.SUM,
            grant_id=grant_id,
            service_line_id=line,
            baseline=said["baseline"],
            agreed=said["agreed"],
            baseline_quantity=said["baseline_quantity"],
            agreed_quantity=said["agreed_quantity"],
            starts=said["starts"],
            until=said["last"] + timedelta(days=1) if said["last"] else None,
            evidence=said["evidence"],
            negotiation_id=negotiation_id,
        )


class AgreeForm(SavingForm):
    """The agreement that closes a negotiation."""

    agreed_on = DayField(label="Aftalt den")
    by_text = forms.BooleanField(
        label="Prisen skrives i et tillæg, og kontrakten ændres først, når det er underskrevet", required=False
    )


class PastForm(forms.Form):
    """Results from before, as a source tells them."""

    text = forms.CharField(
        label="Resultater",
        widget=forms.Textarea(attrs={"rows": 8}),
        max_length=20_000,
        help_text="Kolonnerne art, virkning og beløb i hele kr., adskilt af komma; linjen »total« er summen.",
    )
    starts = DayField(label="Første dag")
    last = DayField(label="Sidste dag")
    source = forms.CharField(label="Kilde", max_length=300)


class LetterForm(UnchangedForm):
    """A letter to the supplier."""

    subject = forms.CharField(label="Emne", max_length=200)
    text = forms.CharField(
        label="Brev", max_length=20_000, widget=forms.Textarea(attrs={"rows": 18}), help_text=_NO_NAMES
    )


class SentForm(forms.Form):
    """That a letter went out."""

    sent_to = forms.CharField(label="Sendt til", max_length=200, help_text="Modtager og vej, fx sikker post.")
    sent_on = DayField(label="Sendt den")


class MeetingForm(forms.Form):
    """A meeting to be held."""

    held_on = DayField(label="Mødedag")
    participants = forms.CharField(label="Deltagere", max_length=300, required=False)
    agenda = forms.CharField(label="Dagsorden", max_length=4000, widget=forms.Textarea(attrs={"rows": 8}))
