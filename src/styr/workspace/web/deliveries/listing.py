"""The list of what was delivered: its filter and its columns."""

from decimal import Decimal
from typing import Final
from uuid import UUID

from django import forms
from django.urls import reverse

from styr.deliveries.core.codes import Source
from styr.deliveries.queries import DeliveryFilter
from styr.kernel.danish import danish_month, danish_number
from styr.kernel.units import Unit
from styr.ui.fields import DayField
from styr.ui.lists import Column, FilterForm, Kind, ListSpec


class DeliveryFilterForm(FilterForm):
    """What can be asked of the list."""

    q = forms.CharField(
        label="Søg", widget=forms.TextInput(attrs={"type": "search", "placeholder": "Bevilling eller leverandør"})
    )
    leverandoer = forms.UUIDField(label="Leverandør", widget=forms.HiddenInput)
    fra = DayField(label="Fra måned")
    til = DayField(label="Før måned")

    def wanted(self) -> DeliveryFilter:
        """The filter as the query understands it."""
        asked = self.values
        supplier = asked["leverandoer"]
        return DeliveryFilter(
            words=asked["q"] or "",
            supplier_id=supplier if isinstance(supplier, UUID) else None,
            first=asked["fra"],
            until=asked["til"],
        )


DELIVERIES: Final = ListSpec(
    name="leverancer",
    title="Leverancer",
    one="leverance",
    many="leverancer",
    default_sort="-maaned",
    columns=(
        Column("bevilling", "Bevilling", value=lambda row: row.number, sort="bevilling", fixed=True,
               link=lambda row: reverse("grant", args=[row.grant_id]),
               note=lambda row: row.service),
        Column("leverandoer", "Leverandør", value=lambda row: row.supplier_name, sort="leverandoer",
               link=lambda row: reverse("supplier_deliveries", args=[row.supplier_id]) if row.supplier_id else None),
        Column("maaned", "Måned", value=lambda row: danish_month(row.month), sort="maaned", nowrap=True),
        Column("lovet", "Lovet", value=lambda row: amount(row.promised, row.unit)),
        Column("leveret", "Leveret", value=lambda row: amount(row.delivered, row.unit)),
        Column("mangler", "Ikke leveret", Kind.MONEY, value=lambda row: row.missing_ore or None, lead=True,
               tone=lambda row: "danger" if row.missing_ore else ""),
        Column("kilde", "Kilde", value=lambda row: Source(row.source).danish.capitalize(), shown=False),
        Column("bemaerkning", "Bemærkning", value=lambda row: row.note, shown=False),
    ),
    empty_icon="clock",
    empty_title="Ingen leverancer endnu",
    empty_text="Indlæs leverandørens fil over leverede timer og døgn, eller notér en måned fra bevillingen.",
)  # fmt: skip

BY_SUPPLIER: Final = (
    Column("leverandoer", "Leverandør", value=lambda row: row.name),
    Column("bevillinger", "Bevillinger", Kind.NUMBER, value=lambda row: row.grants),
    Column("maaneder", "Måneder", Kind.NUMBER, value=lambda row: row.months),
    Column("pris", "Pris for det lovede", Kind.MONEY, value=lambda row: row.cost_ore),
    Column("leveret", "Leveret", Kind.SHARE, value=lambda row: row.share),
    Column("mangler", "Ikke leveret", Kind.MONEY, value=lambda row: row.missing_ore),
)
"""The columns of the Excel file by supplier."""

_HUNDREDTH: Final = Decimal("0.01")
_PLURALS: Final = {"time": "timer", "åbningsdag": "åbningsdage", "uge": "uger", "måned": "måneder", "tur": "ture"}


def amount(quantity: Decimal | None, unit: str) -> str:
    """A quantity with its unit: "37,5 timer"; none is a dash."""
    if quantity is None:
        return "–"
    shown = quantity.quantize(_HUNDREDTH)
    word = Unit(unit).danish
    return f"{danish_number(shown.normalize() + 0)} {word if shown == 1 else _PLURALS.get(word, word)}"
