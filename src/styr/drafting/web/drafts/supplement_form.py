"""The form about a supplement: what it changes from a day, each term only where it is filled in."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final
from uuid import UUID

from django import forms

from styr.contracts.core.codes import IndexKind, NoticeFrom
from styr.drafting.core.changes import TERMS, Changes, NewPrice, NewSpecialRate, NewTerms
from styr.drafting.written import Written
from styr.kernel.danish import danish_number
from styr.ui.fields import AmountField, DayField

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from django.forms import BoundField

    from styr.drafting.core.before_after import Held

    Choices = Iterable[tuple[Any, str]]

_PERCENT: Final = 100
_MOST_DAYS: Final = 3660
_PRICE: Final = "pris_"
_SHARES: Final = ("billable", "vacancy_billable")
_SPECIAL: Final = {
    "purpose": "formål",
    "hours": "timer om ugen",
    "hourly_rate": "timepris",
    "evaluation_on": "dato for evaluering",
}
_GROUPS: Final = (
    ("Periode", ("last_day", "open_ended")),
    ("Opsigelse og fravær", ("notice_days", "notice_from", "free_days", "billable")),
    ("Start og ophør", ("vacancy_billable", "days_after_death", "days_after_move")),
    ("Regulering og fakturering", ("index_kind", "index_percent", "invoice_days")),
    ("Ny særtakst", ("purpose", "hours", "hourly_rate", "special_last_day", "evaluation_on")),
)


def _days(label: str, **more: Any) -> forms.IntegerField:
    return forms.IntegerField(label=label, required=False, min_value=0, max_value=_MOST_DAYS, **more)


def _percent(label: str) -> AmountField:
    return AmountField(label=label, required=False, max_value=_PERCENT, max_digits=7, decimal_places=2)


def _choice(label: str, choices: Choices) -> forms.ChoiceField:
    return forms.ChoiceField(label=label, required=False, choices=[("", "Uændret"), *choices])


class SupplementForm(forms.Form):
    """What a supplement changes in a signed contract, from a day; an empty field changes nothing."""

    template = forms.TypedChoiceField(label="Skabelon", coerce=UUID)
    starts = DayField(label="Tillægget gælder fra")
    description = forms.CharField(
        label="Hvad ændres ellers?", max_length=1_000, required=False, widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Ord, som de skal stå i tillægget. Det, du udfylder herunder, skriver programmet selv i teksten.",
    )  # fmt: skip
    last_day = DayField(label="Ny sidste dag", required=False)
    open_ended = forms.BooleanField(label="Kontrakten løber uden slutdato", required=False)
    notice_days = _days("Opsigelsesvarsel i dage")
    notice_from = _choice("Varslet regnes", NoticeFrom.choices())
    free_days = _days("Fraværsdage med fuld betaling")
    billable = _percent("Betaling ved fravær derefter i procent")
    vacancy_billable = _percent("Betaling før indflytning i procent")
    days_after_death = _days("Dage betalt efter dødsfald")
    days_after_move = _days("Dage betalt efter fraflytning")
    index_kind = _choice("Regulering", IndexKind.choices())
    index_percent = AmountField(
        label="Procent om året", required=False, min_value=-50, max_value=50, max_digits=7, decimal_places=4,
        help_text="Ved fast procent, eller som loft over PL.",
    )  # fmt: skip
    invoice_days = _days("Faktureres inden for dage")
    purpose = forms.CharField(label="Formål", max_length=500, required=False)
    hours = AmountField(label="Timer om ugen", required=False)
    hourly_rate = AmountField(label="Timepris i kr.", required=False)
    special_last_day = DayField(label="Særtakstens sidste dag", required=False)
    evaluation_on = DayField(label="Evalueres den", required=False)

    def __init__(self, *given: Any, templates: Choices, held: Held, **named: Any) -> None:
        super().__init__(*given, **named)
        self.fields["template"].choices = [("", "Vælg skabelon"), *templates]  # type: ignore[attr-defined]  # a choice field
        for line_id, line in held.lines.items():
            now = "" if line.price is None else f"Nu {danish_number(line.price)} kr."
            self.fields[_PRICE + line_id] = AmountField(
                label=f"{line.name}, kr. pr. {line.unit.danish}", required=False, help_text=now
            )

    def groups(self) -> Sequence[tuple[str, list[BoundField]]]:
        """The fields under their headings, for the page."""
        prices = [self[name] for name in self.fields if name.startswith(_PRICE)]
        return (("Nye priser", prices), *((title, [self[name] for name in names]) for title, names in _GROUPS))

    def clean(self) -> dict[str, Any]:
        """Something is changed, and a special rate has all that it is reckoned from."""
        given = super().clean() or {}
        asked = {name: given.get(name) for name in (*_SPECIAL, "special_last_day")}
        if any(asked.values()):
            for name, told in _SPECIAL.items():
                if not asked[name] and name not in self.errors:
                    self.add_error(name, f"En særtakst skal have {told}.")
        changing = {name for name, value in given.items() if value not in (None, "", False)}
        if not self.errors and not changing - {"template", "starts"}:
            raise forms.ValidationError("Udfyld det, som tillægget ændrer.")
        return given

    def written(self) -> Written:
        """As the draft keeps it."""
        given = self.cleaned_data
        return Written(
            description=given["description"].strip().rstrip("."),
            starts=given["starts"].isoformat(),
            changes=self.changes().kept(),
        )

    def changes(self) -> Changes:
        """What was written, typed."""
        given = self.cleaned_data
        prices = [(name.removeprefix(_PRICE), given[name]) for name in self.fields if name.startswith(_PRICE)]
        terms = {name: given[name] for name in TERMS if given[name] not in (None, "")}
        for name in _SHARES:
            if name in terms:
                terms[name] = terms[name] / _PERCENT
        return Changes(
            starts=given["starts"],
            prices=tuple(NewPrice(line_id, amount) for line_id, amount in prices if amount is not None),
            special=_special(given) if given["purpose"] else None,
            last_day=given["last_day"],
            open_ended=given["open_ended"],
            terms=NewTerms(**_coded(terms)),
        )


def as_filled(written: Written, changes: Changes) -> dict[str, object]:
    """The form's fields as they were written."""
    terms = changes.terms.named()
    for name in _SHARES:
        if name in terms:
            terms[name] = terms[name] * _PERCENT
    filled: dict[str, object] = {"description": written.description, "starts": changes.starts, **terms}
    filled |= {"last_day": changes.last_day, "open_ended": changes.open_ended}
    filled |= {_PRICE + one.line_id: one.amount for one in changes.prices}
    if changes.special is not None:
        filled |= {name: getattr(changes.special, name) for name in _SPECIAL}
        filled["special_last_day"] = changes.special.last_day
    return filled


def _special(given: dict[str, Any]) -> NewSpecialRate:
    return NewSpecialRate(
        purpose=given["purpose"].strip(), hours=given["hours"], hourly_rate=given["hourly_rate"],
        evaluation_on=given["evaluation_on"], last_day=given["special_last_day"],
    )  # fmt: skip


def _coded(terms: dict[str, Any]) -> dict[str, Any]:
    """Codes for the words that were chosen."""
    coded = {"notice_from": NoticeFrom, "index_kind": IndexKind}
    return {name: coded[name](value) if name in coded else value for name, value in terms.items()}
