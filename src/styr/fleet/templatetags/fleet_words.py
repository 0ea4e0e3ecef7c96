"""How the fleet's figures are written: what is not known is said, never shown as nought."""

from django import template

from styr.fleet import paper
from styr.ui.amounts import whole_kroner

register = template.Library()


@register.filter(name="kr_eller_ukendt")
def money(ore: int | None) -> str:
    """Øre as whole kroner, or "kendes ikke"."""
    return paper.UNKNOWN if ore is None else whole_kroner(ore)


@register.filter(name="kilo_eller_ukendt")
def kilos(grammes: int | None) -> str:
    """Grammes as kilogrammes, or "kendes ikke"."""
    return paper.kilos(grammes)


@register.filter(name="km_eller_ukendt")
def kilometres(hundredths: int | None) -> str:
    """Hundredths of a km as km, or "kendes ikke"."""
    return paper.UNKNOWN if hundredths is None else f"{paper.km(hundredths)} km"
