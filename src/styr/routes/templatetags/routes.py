"""How minutes, metres and grammes are written."""

from django import template

register = template.Library()

_HOUR, _KM, _KILO = 60, 1000, 1000


@register.filter(name="klokkeslaet")
def clock_face(minute: int | None) -> str:
    """Minutes after midnight as a time of day: 465 → "7.45"; past midnight the next day's hours."""
    if minute is None:
        return "–"
    return f"{minute // _HOUR % 24}.{minute % _HOUR:02d}"


@register.filter(name="km")
def kilometres(metres: int | None) -> str:
    """Metres as kilometres with one decimal: 12345 → "12,3 km"."""
    return "–" if metres is None else f"{metres / _KM:.1f} km".replace(".", ",")


@register.filter(name="kilo")
def kilos(grammes: int | None) -> str:
    """Grammes as kilogrammes: 12345 → "12,3 kg"."""
    return "–" if grammes is None else f"{grammes / _KILO:.1f} kg".replace(".", ",")


@register.filter(name="flere_minutter")
def more_minutes(minutes: int | None) -> str:
    """A difference in minutes with its sign: 7 → "+7 min.", -3 → "−3 min."."""
    if minutes is None:
        return "–"
    return f"{'+' if minutes > 0 else '−' if minutes < 0 else ''}{abs(minutes)} min."
