"""Words and figures of the workspace's pages."""

from django import template

from styr.grants.web.fields import account_parts
from styr.kernel.danish import danish_number, kroner
from styr.workspace.start_figures import Figure

register = template.Library()


@register.filter
def figure_value(figure: Figure) -> str:
    """A key figure as its kind is written: 1.234, 1.234 kr. or 93,4 %; unknown is a dash."""
    if figure.value is None:
        return "–"
    if figure.kind == "share":
        return f"{figure.value * 100:.1f} %".replace(".", ",")
    return kroner(int(figure.value), whole=True) if figure.kind == "ore" else danish_number(int(figure.value))


@register.filter
def kontostreng(digits: str) -> str:
    """An account string's parts with spaces between: 5 28 20 1 1 0001 001 4 0."""
    return " ".join(value for _, value in account_parts(digits)) or digits
