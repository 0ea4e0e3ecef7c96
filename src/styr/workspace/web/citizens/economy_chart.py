"""The chart of a citizen's year: what is booked and still to come, against the budget or the expected cost."""

from django.urls import reverse
from django.utils.safestring import SafeString

from styr.budgets.citizens import CitizenYear as OwnYear
from styr.budgets.core.picture import MonthSums
from styr.kernel.danish import MONTHS, kroner
from styr.ui.charts import Month, Words, bars_per_month
from styr.workspace.citizens_frame import CitizenFrame
from styr.workspace.core.citizen_year import CitizenYear


def economy_chart(year: CitizenYear, own: OwnYear, frame: CitizenFrame) -> SafeString:
    """Draw the year; each bar leads to the rows behind its month. Without a budget the expected cost is the measure."""
    sums = own.picture.sums
    budgeted = sums.budget_ore is not None
    measure_ore = sums.budget_ore if sums.budget_ore is not None else year.expected_ore
    measure = "Budget" if budgeted else "Forventet"
    words = Words(
        "borgerens-aar",
        f"{measure}, forbrug og prognose pr. måned i {year.year}",
        f"{measure} {kroner(measure_ore, whole=True)}, bogført {kroner(sums.actual_ore, whole=True)} og prognose "
        f"{kroner(sums.forecast_ore, whole=True)} for hele året.",
    )
    page = reverse("citizen_economy", args=[frame.citizen.id])
    expected = {month.month: month.expected_ore for month in year.months}
    bars = [_bar(one, one.sums.budget_ore if budgeted else expected[one.month], page) for one in own.picture.months]
    return bars_per_month(words, bars, measure=measure)


def _bar(month: MonthSums, measure_ore: int | None, page: str) -> Month:
    return Month(
        label=MONTHS[month.month.month - 1][:3],
        actual_ore=month.sums.actual_ore,
        forecast_ore=month.sums.forecast_ore - month.sums.actual_ore or None,
        budget_ore=measure_ore,
        address=f"{page}?maaned={month.month:%Y-%m}#bagved",
    )
