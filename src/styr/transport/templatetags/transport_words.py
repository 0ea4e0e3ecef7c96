"""Words of transport in templates."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django import template

from styr.kernel.danish import kroner
from styr.transport.core.weekdays import text_of

if TYPE_CHECKING:
    from styr.transport.core.cost_matrix import Bound

register = template.Library()


@register.filter
def mindst(bound: Bound) -> str:
    """A sum: with `mindst` before it where something is left out, and no figure at all where that is everything."""
    if bound.unknown and not bound.ore:
        return "ukendt"
    text = kroner(bound.ore, whole=True)
    return text if bound.is_whole else f"mindst {text}"


@register.filter
def ugedage(mask: int) -> str:
    """Days of the week in words."""
    return text_of(mask)
