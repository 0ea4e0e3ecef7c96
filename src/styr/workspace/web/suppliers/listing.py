"""The list of suppliers: its filter and its columns."""

from typing import Final

from django import forms
from django.urls import reverse

from styr.suppliers.core.codes import SupplierKind
from styr.ui.lists import Column, FilterForm, Kind, ListSpec
from styr.workspace.core.supplier_list import SupplierFilter

_KINDS: Final = [(one.value, one.danish.capitalize()) for one in SupplierKind]


class SupplierFilterForm(FilterForm):
    """What can be asked of the list."""

    q = forms.CharField(label="Søg", widget=forms.TextInput(attrs={"type": "search", "placeholder": "Navn eller CVR"}))
    type = forms.ChoiceField(label="Type", choices=[("", "Alle"), *_KINDS])
    afvigelser = forms.BooleanField(label="Har åbne afvigelser")
    uden = forms.BooleanField(label="Uden underskrevet kontrakt")

    def wanted(self) -> SupplierFilter:
        """The filter as the list understands it."""
        asked = self.values
        return SupplierFilter(
            text=asked["q"] or "",
            kind=asked["type"],
            with_findings=bool(asked["afvigelser"]),
            without_contract=bool(asked["uden"]),
        )


SUPPLIERS = ListSpec(
    name="leverandoerer",
    title="Leverandører",
    one="leverandør",
    many="leverandører",
    default_sort="-forbrug",
    columns=(
        Column("navn", "Leverandør", value=lambda row: row.name, sort="navn", fixed=True,
               link=lambda row: reverse("supplier", args=[row.id]),
               note=lambda row: SupplierKind(row.kind).danish.capitalize()),
        Column("cvr", "CVR-nummer", sort="cvr"),
        Column("tilbud", "Tilbud", Kind.NUMBER, value=lambda row: row.offers, sort="tilbud"),
        Column("kontrakter", "Kontrakter", Kind.NUMBER, value=lambda row: row.contracts, sort="kontrakter",
               tone=lambda row: "warning" if not row.contracts and (row.grants or row.spend_ore > 0) else ""),
        Column("borgere", "Borgere", Kind.NUMBER, value=lambda row: row.citizens, sort="borgere"),
        Column("forbrug", "Faktureret, et år", Kind.MONEY, value=lambda row: row.spend_ore, sort="forbrug", lead=True),
        Column("afvigelser", "Afvigelser", Kind.NUMBER, value=lambda row: row.findings or None, sort="afvigelser"),
        Column("paa_spil", "På spil", Kind.MONEY, value=lambda row: row.at_stake_ore or None),
    ),
    empty_icon="building-2",
    empty_title="Ingen leverandører endnu",
    empty_text="Indlæs leverandørregistret, så står de her med tilbud, takster og forbrug.",
)  # fmt: skip
"""Contracts, grants and citizens are those that run today; the spend is the last year's."""
