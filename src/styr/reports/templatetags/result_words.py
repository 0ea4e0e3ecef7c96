"""How shares are written on the management page."""

from django import template

from styr.reports.core.areas import Area
from styr.ui.templatetags.danish import procent

register = template.Library()


@register.filter
def andel(area: Area, what: str) -> str:
    """How much of the area's cost is `signed`, `assured`, `own` or `renegotiated`."""
    return procent(area.share(what))
