"""Words that only the pages of invoices use."""

from datetime import datetime

from django import template
from django.utils import timezone

from styr.invoices.core.breakdown import amount_text
from styr.kernel import clock
from styr.kernel.danish import danish_date

register = template.Library()


@register.filter
def kort_tid(moment: datetime) -> str:
    """A moment as short as it can be told: "i dag 09.12", "21. nov.", "3. dec. 2025"."""
    local, today = timezone.localtime(moment), clock.today()
    if local.date() == today:
        return f"i dag {local:%H.%M}"
    text = danish_date(local.date())
    return text.rpartition(" ")[0] if local.year == today.year else text


@register.filter
def beloeb(ore: int | None) -> str:
    """Kroner, with øre only where there are any: "1.480 kr.", "1.480,50 kr."."""
    return "–" if ore is None else amount_text(ore)
