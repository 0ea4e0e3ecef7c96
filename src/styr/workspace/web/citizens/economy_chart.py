"""The chart of a citizen's year: bars of what was spent and is still to come, against what the grants should cost."""

from django.urls import reverse
from django.utils.safestring import SafeString

from styr.kernel.danish import MONTHS, kroner
from styr.ui.charts import Month, Words, bars_per_month
from styr.workspace.citizens_frame import CitizenFrame
from styr.workspace.core.citizen_year import CitizenYear, MonthCost


def economy_chart(year: CitizenYear, frame: CitizenFrame) -> SafeString:
    """Draw the year; each bar leads to the rows behind its month."""
    words = Words(
        "borgerens-aar",
        f"Forventet og forbrug pr. måned i {year.year}",
        f"Forventet {kroner(year.expected_ore, whole=True)}, forbrug {kroner(year.actual_ore, whole=True)} og prognose "
        f"{kroner(year.forecast_ore, whole=True)} for hele året.",
    )
    page = reverse("citizen_economy", args=[frame.citizen.id])
    return bars_per_month(words, [_bar(month, page) for month in year.months], measure="Forventet")


def _bar(month: MonthCost, page: str) -> Month:
    return Month(
        label=MONTHS[month.month.month - 1][:3],
        actual_ore=month.actual_ore,
        forecast_ore=month.forecast_ore - month.actual_ore or None,
        budget_ore=month.expected_ore,
        address=f"{page}?maaned={month.month:%Y-%m}#bagved",
    )
