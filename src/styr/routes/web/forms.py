"""What is asked when routes are to be planned, changed or put into operation."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final
from uuid import UUID

from django import forms

from styr.kernel.danish import kroner
from styr.kernel.money import Money
from styr.routes.core.day import Terms
from styr.routes.services import Asked
from styr.ui.fields import AmountField, DayField

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from django.http import QueryDict

    from styr.transport.offers import Offer
    from styr.transport.whereabouts import Whereabouts

_EARLIER: Final = ((-30, "30 minutter tidligere"), (-15, "15 minutter tidligere"))
_LATER: Final = ((15, "15 minutter senere"), (30, "30 minutter senere"))
_BELLS: Final = [(0, "Som nu"), *_EARLIER, *_LATER]


class PlanForm(forms.Form):
    """A plan asked for: which day, where to, with which vehicles, and on what terms."""

    navn = forms.CharField(
        label="Navn", max_length=120, help_text="For eksempel: Højagerskolen, tre vogne i stedet for fire"
    )
    dag = DayField(label="En dag som", help_text="Planen gælder ugedagen. Dagens bevillinger og priser bruges.")
    maal = forms.MultipleChoiceField(label="Til og fra", widget=forms.CheckboxSelectMultiple)
    vogne = forms.MultipleChoiceField(label="Vogne, der må bruges", widget=forms.CheckboxSelectMultiple)
    egen_pris = AmountField(
        label="Egen vogn pr. dag", required=False, min_value=0,
        help_text="Chauffør og vogn, hvor registret kun har en pris pr. km. Uden den ser egne vogne for billige ud.",
    )  # fmt: skip
    egne_i_dag = forms.IntegerField(
        label="Egne vogne, der kører turene i dag", required=False, min_value=0, max_value=200,
        help_text="De koster det samme pr. dag som ovenfor, så planen og i dag sammenlignes ens.",
    )  # fmt: skip
    garage = forms.ChoiceField(label="Vognene holder ved")
    tidligst = forms.IntegerField(label="Højst minutter for tidligt fremme", min_value=0, max_value=120, initial=20)
    senest = forms.IntegerField(label="Højst minutters ventetid hjem", min_value=0, max_value=120, initial=20)
    laengst = forms.IntegerField(
        label="Længste køretid i minutter", min_value=5, max_value=240, initial=60,
        help_text="Hvor bevillingen ikke fastsætter den.",
    )  # fmt: skip
    ringetid = forms.TypedChoiceField(label="Ringetider", coerce=int, choices=_BELLS, initial=0)
    sekunder = forms.IntegerField(label="Regnetid i sekunder", min_value=1, max_value=600, initial=30)

    def __init__(
        self,
        *args: Any,
        goals: Sequence[Whereabouts],
        garages: Sequence[Whereabouts],
        fleet: Sequence[Offer],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        places = [(str(place.place_id), place.written) for place in goals]
        cars = [(str(offer.vehicle_id), vehicle_words(offer)) for offer in fleet]
        self.fields["maal"].choices = places  # type: ignore[attr-defined]  # a choice field's
        self.fields["vogne"].choices = cars  # type: ignore[attr-defined]
        self.fields["garage"].choices = [(str(place.place_id), place.written) for place in garages]  # type: ignore[attr-defined]

    def asked(self) -> Asked:
        """What was asked, once the form is valid."""
        told = self.cleaned_data
        return Asked(
            name=told["navn"],
            day=told["dag"],
            goals=tuple(UUID(word) for word in told["maal"]),
            vehicles=tuple(UUID(word) for word in told["vogne"]),
            garage=UUID(told["garage"]),
            terms=Terms(early=told["tidligst"], late=told["senest"], longest=told["laengst"], bell=told["ringetid"]),
            own_day_ore=Money.from_kroner(told["egen_pris"] or 0).ore,
            own_today=told["egne_i_dag"] or 0,
            seconds=told["sekunder"],
        )


def asked_by(address: QueryDict, today: date) -> dict[str, Any]:
    """What a link to the form has filled in: `maal` and `vogne` may be there several times."""
    several: dict[str, Any] = {name: address.getlist(name) for name in ("maal", "vogne")}
    one = {name: address[name] for name in ("navn", "dag", "garage", "egne_i_dag", "egen_pris") if address.get(name)}
    return {"dag": today} | several | one


class PublishForm(forms.Form):
    """A plan put into operation."""

    fra = DayField(label="I drift fra")
    note = forms.CharField(
        label="Hvad er der aftalt med dem, ændringen berører?", required=False, max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )  # fmt: skip

    def values(self) -> tuple[date, str]:
        """The day and the words."""
        return self.cleaned_data["fra"], self.cleaned_data["note"]


class MoveForm(forms.Form):
    """Another vehicle for a ride."""

    vogn = forms.ChoiceField(label="Vogn")

    def __init__(self, *args: Any, vehicles: Sequence[tuple[UUID, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["vogn"].choices = [(str(key), name) for key, name in vehicles]  # type: ignore[attr-defined]


def vehicle_words(offer: Offer) -> str:
    """The vehicle with its room and price, for a list to choose from."""
    room = f"{offer.seats} pladser" + (f", {offer.wheelchairs} kørestole" if offer.wheelchairs else "")
    if not offer.priced:
        return f"{offer.name}: {room}, uden pris"
    prices = (
        *((offer.day_ore, "dag"), (offer.start_ore, "start"), (offer.km_ore, "km"), (offer.minute_ore, "minut")),
        (offer.lift_ore, "lift"),
    )
    parts = [f"{kroner(ore)} pr. {per}" for ore, per in prices if ore]
    return f"{offer.name}: {room}, " + (" og ".join(parts) or "0 kr.")
