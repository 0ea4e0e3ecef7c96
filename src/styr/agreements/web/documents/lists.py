"""The list of contract documents: columns and filters."""

from typing import Final
from uuid import UUID

from django import forms
from django.urls import reverse

from styr.agreements.core.codes import DocumentState
from styr.agreements.queries import DocumentFilter, DocumentLine
from styr.ui.lists import Column, FilterForm, Kind, ListSpec, Tag


class DocumentFilterForm(FilterForm):
    """Which documents."""

    q = forms.CharField(label="Søg", widget=forms.TextInput(attrs={"type": "search"}))
    vis = forms.ChoiceField(label="Vis", choices=[("", "Alle"), ("venter", "Med noget at bekræfte")])
    kontrakt = forms.UUIDField(label="Kontrakt", widget=forms.HiddenInput)
    sag = forms.UUIDField(label="Indsamlingssag", widget=forms.HiddenInput)

    def wanted(self) -> DocumentFilter:
        """The filter as the queries understand it."""
        contract, case = self.values["kontrakt"], self.values["sag"]
        return DocumentFilter(
            words=self.values["q"] or "",
            waiting=self.values["vis"] == "venter",
            contract_id=contract if isinstance(contract, UUID) else None,
            collection_id=case if isinstance(case, UUID) else None,
        )


def _state(row: DocumentLine) -> Tag | None:
    if row.state is DocumentState.UNREADABLE:
        return Tag("Kan ikke læses", "danger", "file-x")
    if row.state is DocumentState.READING:
        return Tag("Læses", "info", "hourglass")
    if row.kind == "mail":
        return Tag("Mail", "", "mail")
    return Tag(f"{row.undecided} at bekræfte", "warning") if row.undecided else Tag("Gennemgået", "good", "check")


DOCUMENTS: Final = ListSpec(
    name="kontraktdokumenter",
    title="Kontraktdokumenter",
    one="dokument",
    many="dokumenter",
    default_sort="-modtaget",
    size=50,
    columns=(
        Column(
            "name", "Dokument", sort="navn", fixed=True, link=lambda row: reverse("agreement_document", args=[row.id]),
            note=lambda row: row.supplier_name,
        ),
        Column("contract_number", "Kontrakt", nowrap=True),
        Column("state", "Status", Kind.TAG, value=_state),
        Column("pages", "Sider", Kind.NUMBER, shown=False),
        Column("missing", "Mangler", Kind.NUMBER, sort="mangler"),
        Column("red", "Risici", Kind.NUMBER, sort="risici", lead=True),
        Column("received_at", "Modtaget", Kind.MOMENT, sort="modtaget"),
    ),
    row_id=lambda row: row.id,
    empty_icon="file-text",
    empty_title="Ingen kontraktdokumenter endnu",
    empty_text="Indlæs en kontrakt som PDF, Word eller ren tekst. Så læses den, og vilkårene vurderes.",
)  # fmt: skip
