"""Words and pictures of tenders in templates."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django import template

from styr.kernel.danish import MONTHS, danish_number, kroner
from styr.tenders.core.codes import Element
from styr.tenders.wording import element_word
from styr.ui import charts

if TYPE_CHECKING:
    from collections.abc import Sequence
    from decimal import Decimal
    from uuid import UUID

    from django.utils.safestring import SafeString

    from styr.tenders.models import LotVolume
    from styr.tenders.queries import LotView, RideGroup
    from styr.tenders.standing import DecidedLot

register = template.Library()
_ALL = 100


@register.filter
def maengde(row: LotVolume) -> str:
    """What a volume counts."""
    return element_word(Element(row.element))


@register.filter
def tal(value: Decimal) -> str:
    """A quantity in Danish."""
    return danish_number(value)


@register.filter
def noegle(group: RideGroup) -> str:
    """What names a group in a form."""
    return f"{group.destination_id}|{group.area}|{group.need.value}"


@register.filter
def saeson(view: LotView) -> SafeString:
    """The trips of the twelve months as a line."""
    return charts.sparkline(list(view.lot.months), title=saeson_ord(view))


@register.filter
def saeson_ord(view: LotView) -> str:
    """The busiest and the quietest month in words."""
    months = list(zip(view.lot.months, MONTHS, strict=False))
    if not any(trips for trips, _ in months):
        return "Ingen ture er talt."
    most, least = max(months, key=lambda one: one[0]), min(months, key=lambda one: one[0])
    return f"Flest ture i {most[1]} ({danish_number(most[0])}), færrest i {least[1]} ({danish_number(least[0])})."


@register.filter
def unormale(lots: Sequence[DecidedLot]) -> set[UUID]:
    """The bids whose price looks abnormally low on some lot."""
    return {row.bid.id for lot in lots for row in lot.ranked if row.placed.abnormal is not None}


@register.filter
def forskel(lot: DecidedLot) -> str:
    """How the best bid's price is beside today's."""
    ore = lot.saving_ore or 0
    word = "billigere" if ore >= 0 else "dyrere"
    sure = (
        "" if lot.lot.measured_percent == _ALL else f" (i dag skønnet: {lot.lot.measured_percent} % af turene er talt)"
    )
    return f"{kroner(abs(ore), whole=True)} {word} pr. år end i dag{sure}"
