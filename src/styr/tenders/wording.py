"""Words that pages and papers share."""

from __future__ import annotations

from typing import TYPE_CHECKING

from styr.kernel.money import round_half_away
from styr.tenders.core.codes import Element

if TYPE_CHECKING:
    from fractions import Fraction

_NAMES = {
    Element.START: "Ture",
    Element.KM: "Km",
    Element.MINUTE: "Minutter",
    Element.WAITING: "Minutters ventetid",
    Element.LIFT: "Ture med lift",
    Element.BRIDGE: "Broer og færger",
    Element.NO_SHOW: "Forgæves ture",
    Element.DAY: "Vogndage",
}


def element_word(element: Element) -> str:
    """What a volume of the element counts."""
    return _NAMES[element]


def points_word(points: Fraction) -> str:
    """Points with two decimals, rounded once: "8,33"."""
    hundredths = round_half_away(points.numerator * 100, points.denominator)
    return f"{hundredths // 100},{hundredths % 100:02d}"
