"""Amounts as the economy's pages write them."""

from django import template

from styr.budgets.core.codes import Part
from styr.budgets.core.picture import about, month_word
from styr.budgets.web.names import citizen_address
from styr.budgets.web.pictures import PART_WORDS
from styr.ui.amounts import deviation

register = template.Library()
register.filter("afvigelse", deviation)
register.filter("maaned", month_word)
register.filter("cirka", about)


@register.filter
def tone_af(ore: int | None) -> str:
    """The colour of a deviation: over is danger, under is good."""
    return "" if not ore else "danger" if ore > 0 else "good"


@register.filter
def aarsag(part: Part | None) -> str:
    """The part's name."""
    return PART_WORDS[part][0] if part else ""


@register.filter
def borgerens_oekonomi(citizen_id: object, year: int) -> str:
    """The address of the citizen's economy."""
    return citizen_address(citizen_id, year)  # type: ignore[arg-type]  # a template knows no types


@register.filter
def over(forecast: int, budget: int | None) -> int | None:
    """What the forecast is over the budget."""
    return None if budget is None else forecast - budget
