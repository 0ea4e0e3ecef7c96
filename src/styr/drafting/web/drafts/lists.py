"""The list of drafts: columns and filters."""

from typing import Final
from uuid import UUID

from django import forms
from django.urls import reverse

from styr.controls.core.explain import section
from styr.drafting.core.codes import DraftState
from styr.drafting.listing import DraftFilter, DraftLine
from styr.ui.lists import Column, FilterForm, Kind, ListSpec, Tag

TONES: Final = {
    DraftState.WORK: "info",
    DraftState.OUT: "quiet",
    DraftState.APPROVAL: "warning",
    DraftState.APPROVED: "good",
    DraftState.READY: "warning",
    DraftState.SIGNED: "good",
    DraftState.GIVEN_UP: "quiet",
}


class DraftFilterForm(FilterForm):
    """Which drafts."""

    q = forms.CharField(label="Søg", widget=forms.TextInput(attrs={"type": "search"}))
    tilstand = forms.ChoiceField(
        label="Status",
        choices=[("", "I gang"), ("alle", "Alle"), *((one.value, one.danish.capitalize()) for one in DraftState)],
    )
    skabelon = forms.UUIDField(label="Skabelonversion", widget=forms.HiddenInput)

    def wanted(self) -> DraftFilter:
        """The filter as the queries understand it."""
        state, version = self.values["tilstand"] or "", self.values["skabelon"]
        version_id = version if isinstance(version, UUID) else None
        return DraftFilter(
            words=self.values["q"] or "",
            state="" if state == "alle" else state,
            open_only=not state and version_id is None,
            template_version_id=version_id,
        )


def _judged(row: DraftLine) -> Tag | None:
    found = row.red + row.missing
    return Tag(f"{found} afvigelser" if found != 1 else "1 afvigelse", "warning") if found else None


DRAFTS: Final = ListSpec(
    name="kontraktudkast",
    title="Kontraktudkast",
    one="udkast",
    many="udkast",
    default_sort="-aendret",
    columns=(
        Column(
            "contract_number", "Kontrakt", sort="kontrakt", fixed=True, note=lambda row: section(row.section),
            link=lambda row: reverse("draft", args=[row.id]),
        ),
        Column("supplier_name", "Leverandør", sort="leverandoer"),
        Column("latest", "Udgave", Kind.NUMBER),
        Column("judged", "Vilkår", Kind.TAG, value=_judged),
        Column("owner", "Ansvarlig"),
        Column("state", "Status", Kind.TAG, sort="tilstand",
               value=lambda row: Tag(row.state.danish.capitalize(), TONES[row.state])),
        Column("changed_at", "Ændret", Kind.MOMENT, sort="aendret"),
    ),
    row_id=lambda row: row.id,
    empty_icon="pencil",
    empty_title="Ingen udkast i gang",
    empty_text="Et udkast dannes af en kontrakt i kladde eller af en bevilling uden kontrakt.",
)  # fmt: skip
