"""Danish figures and dates in templates; the rules live in the kernel."""

from datetime import date, datetime

from django import template
from django.utils import timezone

from styr.kernel.danish import danish_date, danish_section, kroner
from styr.kernel.period import ONE_DAY
from styr.ui.amounts import percent, whole_kroner

register = template.Library()


@register.filter
def kr(ore: int | None) -> str:
    """Whole kroner, "1.234.567 kr."; an unknown amount is a dash, never zero."""
    return "–" if ore is None else whole_kroner(ore)


@register.filter
def kr_ore(ore: int | None) -> str:
    """Kroner and øre, "1.234,50 kr."; an unknown amount is a dash."""
    return "–" if ore is None else kroner(ore)


@register.filter
def paragraf(code: str) -> str:
    """A law section's code as people write it, "SEL § 107"."""
    return danish_section(code)


@register.filter
def dato(day: date | None) -> str:
    """A date as "21. nov. 2026"."""
    if day is None:
        return "–"
    return danish_date(timezone.localtime(day).date() if isinstance(day, datetime) else day)


@register.filter
def til_og_med(ends: date | None) -> str:
    """The last day of a period with that exclusive end, "31. dec. 2026"."""
    return "–" if ends is None else danish_date(ends - ONE_DAY)


@register.filter
def klokken(moment: datetime | None) -> str:
    """A moment as "21. nov. 2026 kl. 09.12"."""
    if moment is None:
        return "–"
    local = timezone.localtime(moment)
    return f"{danish_date(local.date())} kl. {local:%H.%M}"


@register.filter
def antal(count: int | None) -> str:
    """A count with thousand dots, "14.012"."""
    return "–" if count is None else f"{count:,}".replace(",", ".")


@register.filter
def procent(share: float | None) -> str:
    """A share between 0 and 1 as "93,4 %"."""
    return "–" if share is None else percent(share)
