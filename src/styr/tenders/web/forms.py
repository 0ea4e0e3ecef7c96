"""What is asked when a tender is made, prepared, bid on and decided."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from typing import TYPE_CHECKING, Any, Final
from uuid import UUID

from django import forms
from django.utils.timezone import get_current_timezone

from styr.kernel.period import ONE_DAY
from styr.tenders.core.codes import Element, PriceModel, SplitBy, TenderKind
from styr.tenders.gathering import EVERY_DAY, Choice
from styr.tenders.preparing import NewTender, Terms
from styr.transport.core.weekdays import FULL
from styr.ui.fields import AmountField, DayField
from styr.ui.unchanged import UnchangedForm

if TYPE_CHECKING:
    from collections.abc import Sequence

    from styr.tenders.models import Bid, ServiceCriterion, Tender
    from styr.tenders.queries import Choosable

USUAL: Final = (Element.START, Element.KM, Element.MINUTE, Element.WAITING, Element.LIFT, Element.NO_SHOW)
MOST_CRITERIA: Final = 5


def _words(codes: Any) -> list[tuple[str, str]]:
    return [(one.value, one.danish.capitalize()) for one in codes]


class NewTenderForm(forms.Form):
    """Which rides, in which lots, for how long, and what is priced."""

    navn = forms.CharField(label="Navn", max_length=120, help_text="For eksempel: Specialkørsel til skole og STU")
    art = forms.ChoiceField(label="Art", choices=_words(TenderKind))
    omraader = forms.MultipleChoiceField(
        label="Områder", required=False, widget=forms.CheckboxSelectMultiple, help_text="Ingen valgt: alle."
    )
    kriterier = forms.MultipleChoiceField(label="Kriterier", required=False, widget=forms.CheckboxSelectMultiple)
    maal = forms.MultipleChoiceField(label="Mål", required=False, widget=forms.CheckboxSelectMultiple)
    ugedage = forms.MultipleChoiceField(
        label="Ugedage", required=False, widget=forms.CheckboxSelectMultiple,
        choices=[(str(1 << at), day.capitalize()) for at, day in enumerate(FULL)],
    )  # fmt: skip
    kun_private = forms.BooleanField(label="Kun det, private vognmænd kører i dag", required=False, initial=True)
    opdeling = forms.ChoiceField(label="Delaftaler efter", choices=_words(SplitBy))
    ture_fra = DayField(label="Mængder tælles fra")
    ture_til = DayField(label="Mængder tælles til og med")
    starter = DayField(label="Aftalen begynder")
    slutter = DayField(label="Aftalen slutter")
    priser = forms.MultipleChoiceField(
        label="Der gives pris for", widget=forms.CheckboxSelectMultiple, choices=_words(Element),
        initial=[one.value for one in USUAL],
    )  # fmt: skip

    def __init__(self, *args: Any, choosable: Choosable, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offered = {
            "omraader": [(str(number), name) for number, name in choosable.areas],
            "kriterier": list(choosable.criteria),
            "maal": [(str(goal), name) for goal, name in choosable.destinations],
        }
        for name, choices in offered.items():
            self.fields[name].choices = choices  # type: ignore[attr-defined]  # a choice field's

    def asked(self) -> NewTender:
        """What was asked, once the form is valid."""
        told = self.cleaned_data
        return NewTender(
            name=told["navn"],
            kind=TenderKind(told["art"]),
            choice=Choice(
                areas=tuple(int(one) for one in told["omraader"]),
                criteria=tuple(told["kriterier"]),
                destinations=tuple(UUID(one) for one in told["maal"]),
                weekdays=sum(int(one) for one in told["ugedage"]) or EVERY_DAY,
                private_only=told["kun_private"],
            ),
            split_by=SplitBy(told["opdeling"]),
            basis_from=told["ture_fra"],
            basis_to=told["ture_til"] + ONE_DAY,
            starts=told["starter"],
            ends=told["slutter"] + ONE_DAY,
            elements=tuple(one for one in Element if one.value in told["priser"]),
        )


def first_days(today: date) -> dict[str, date]:
    """What the days of a new tender begin as: the last year's trips, and two years from half a year ahead."""
    month = today.replace(day=1)
    starts = date(month.year + (month.month > 6), (month.month + 5) % 12 + 1, 1)  # noqa: PLR2004 -- half a year
    return {
        "ture_fra": month.replace(year=month.year - 1),
        "ture_til": month - ONE_DAY,
        "starter": starts,
        "slutter": starts.replace(year=starts.year + 2) - ONE_DAY,
    }


class TermsForm(UnchangedForm):
    """By what bids are judged; rows of criteria without a name are no criteria."""

    pris = forms.IntegerField(label="Pris vægter, procent", min_value=0, max_value=100)
    model = forms.ChoiceField(label="Pointmodel for pris", choices=_words(PriceModel))
    spaend = forms.IntegerField(label="Lineær: 0 point ved procent over laveste", min_value=1, max_value=1000)
    lavt = forms.IntegerField(label="Unormalt lavt: procent under de andre", min_value=1, max_value=100)

    def __init__(self, *args: Any, tender: Tender, criteria: Sequence[ServiceCriterion], **kwargs: Any) -> None:
        initial = {
            "pris": tender.price_weight, "model": tender.price_model, "spaend": tender.spread_percent,
            "lavt": tender.abnormal_percent,
            "kriterier": tuple((one.name, one.weight, one.text) for one in criteria),
        }  # fmt: skip
        super().__init__(*args, **{**kwargs, "initial": initial})
        self.rows = []
        for at in range(MOST_CRITERIA):
            known = criteria[at] if at < len(criteria) else None
            self.fields[f"navn_{at}"] = forms.CharField(
                label=f"Underkriterium {at + 1}", max_length=120, required=False, initial=known.name if known else ""
            )
            self.fields[f"vaegt_{at}"] = forms.IntegerField(
                label="Vægt, procent",
                min_value=1,
                max_value=100,
                required=False,
                initial=known.weight if known else None,
            )
            self.fields[f"tekst_{at}"] = forms.CharField(
                label="Der lægges vægt på", max_length=500, required=False, initial=known.text if known else ""
            )
            self.rows.append((self[f"navn_{at}"], self[f"vaegt_{at}"], self[f"tekst_{at}"]))

    def terms(self) -> Terms:
        """What was chosen."""
        told = self.cleaned_data
        named = [at for at in range(MOST_CRITERIA) if told[f"navn_{at}"].strip()]
        return Terms(
            price_weight=told["pris"],
            price_model=PriceModel(told["model"]),
            spread_percent=told["spaend"],
            abnormal_percent=told["lavt"],
            criteria=tuple(
                (told[f"navn_{at}"].strip(), told[f"vaegt_{at}"] or 0, told[f"tekst_{at}"].strip()) for at in named
            ),
        )

    def clean(self) -> dict[str, Any]:
        """A criterion has a weight."""
        told: dict[str, Any] = super().clean() or {}
        for at in range(MOST_CRITERIA):
            if (told.get(f"navn_{at}") or "").strip() and not told.get(f"vaegt_{at}"):
                self.add_error(f"vaegt_{at}", "Skriv vægten.")
        return told


class PublishForm(forms.Form):
    """The deadlines; bids are due at noon."""

    spoergsmaal = DayField(label="Spørgsmål senest")
    tilbud = DayField(label="Tilbud senest, kl. 12")

    def bids_until(self) -> datetime:
        """The deadline as a moment."""
        return noon(self.cleaned_data["tilbud"])


class ExtendForm(forms.Form):
    """A later deadline."""

    tilbud = DayField(label="Ny frist, kl. 12")


class VolumeForm(forms.Form):
    """A volume that a person knows better."""

    element = forms.ChoiceField(label="Mængde", choices=_words(Element))
    antal = AmountField(label="Pr. år", decimal_places=2)
    note = forms.CharField(label="Hvor kommer tallet fra?", max_length=300)


class BidForm(forms.Form):
    """A bid that came in."""

    tilbudsgiver = forms.CharField(label="Tilbudsgiver", max_length=120, required=False)
    operatoer = forms.TypedChoiceField(
        label="Operatør i registret", required=False, coerce=UUID, empty_value=None,
        help_text="En ny tilbudsgiver bliver operatør, hvis den vinder.",
    )  # fmt: skip
    cvr = forms.RegexField("^[0-9]{8}$", label="CVR-nummer", required=False)
    prisskema = forms.FileField(label="Prisskema", help_text="Excel (XLSX), højst 5 MB.")
    beskrivelse = forms.FileField(label="Beskrivelse af service", required=False, help_text="Højst 5 MB.")

    def __init__(self, *args: Any, operators: Sequence[tuple[UUID, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.names = dict(operators)
        choices = [("", "Ikke i registret"), *((str(one), name) for one, name in operators)]
        self.fields["operatoer"].choices = choices  # type: ignore[attr-defined]  # a choice field's

    def bidder(self) -> str:
        """The name, else the operator's."""
        told = self.cleaned_data
        return str(told["tilbudsgiver"].strip() or self.names.get(told["operatoer"], ""))


class PointsForm(forms.Form):
    """Points for every bid by every criterion."""

    def __init__(self, *args: Any, bids: Sequence[Bid], criteria: Sequence[ServiceCriterion], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.rows = []
        self._keys: dict[str, tuple[UUID, UUID]] = {}
        for bid in bids:
            cells = []
            for one in criteria:
                name = f"p_{bid.id.hex}_{one.id.hex}"
                self._keys[name] = (bid.id, one.id)
                self.fields[name] = forms.IntegerField(
                    label=f"{bid.bidder}: {one.name}", min_value=0, max_value=10, help_text="0-10"
                )
                self.fields[f"{name}_b"] = forms.CharField(label="Begrundelse", max_length=500, required=False)
                cells.append((self[name], self[f"{name}_b"]))
            self.rows.append((bid, cells))

    def points(self) -> dict[tuple[UUID, UUID], tuple[int, str]]:
        """(bid, criterion) → (points, reason)."""
        told = self.cleaned_data
        return {key: (told[name], told[f"{name}_b"]) for name, key in self._keys.items()}


def noon(day: date) -> datetime:
    """Noon in Denmark as a moment."""
    return datetime.combine(day, time(12), tzinfo=get_current_timezone()).astimezone(UTC)


def some_weeks(today: date) -> dict[str, date]:
    """What the deadlines begin as: three weeks for questions, five for bids."""
    return {"spoergsmaal": today + timedelta(days=21), "tilbud": today + timedelta(days=35)}
