"""The list of the collection drive's cases: columns and filters."""

from typing import Final

from django import forms
from django.urls import reverse

from styr.agreements.collection_queries import CaseFilter, CaseLine
from styr.agreements.core.codes import CollectionState
from styr.ui.lists import Column, FilterForm, Kind, ListSpec, Tag

TONES: Final = {
    CollectionState.OPEN: "",
    CollectionState.ASKED: "info",
    CollectionState.REMINDED: "warning",
    CollectionState.RECEIVED: "good",
    CollectionState.CLOSED: "quiet",
}


class CaseFilterForm(FilterForm):
    """Which cases."""

    q = forms.CharField(label="Søg", widget=forms.TextInput(attrs={"type": "search", "placeholder": "Leverandør"}))
    tilstand = forms.ChoiceField(
        label="Status",
        choices=[("", "Alle åbne"), *((one.value, one.danish.capitalize()) for one in CollectionState)],
    )
    mine = forms.BooleanField(label="Kun mine")
    frist = forms.BooleanField(label="Frist overskredet")

    def wanted(self) -> CaseFilter:
        """The filter as the queries understand it."""
        return CaseFilter(
            words=self.values["q"] or "",
            state=self.values["tilstand"] or "",
            mine=bool(self.values["mine"]),
            overdue=bool(self.values["frist"]),
        )


def _state(row: CaseLine) -> Tag:
    return Tag(row.state.danish.capitalize(), TONES[row.state])


CASES: Final = ListSpec(
    name="indsamling",
    title="Indsamling",
    one="sag",
    many="sager",
    default_sort="-forbrug",
    size=50,
    columns=(
        Column("supplier_name", "Leverandør", sort="leverandoer", fixed=True,
               link=lambda row: reverse("collection_case", args=[row.id])),
        Column("state", "Status", Kind.TAG, value=_state),
        Column("lacks", "Bevillinger uden kontrakt", Kind.NUMBER, sort="mangler"),
        Column("spend_ore", "Faktureret, et år", Kind.MONEY, sort="forbrug", lead=True),
        Column("owner", "Ansvarlig"),
        Column("due_on", "Svarfrist", Kind.DATE, sort="frist", tone=lambda row: "danger" if row.overdue else ""),
        Column("opened_at", "Oprettet", Kind.MOMENT, sort="oprettet", shown=False),
    ),
    row_id=lambda row: row.id,
    empty_icon="inbox",
    empty_title="Ingen sager",
    empty_text="Find de leverandører, som får penge uden en underskrevet kontrakt, og opret en sag til hver.",
)  # fmt: skip
