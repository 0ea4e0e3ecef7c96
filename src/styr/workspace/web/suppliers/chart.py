"""The supplier's invoices month by month, drawn."""

from datetime import date

from django.utils.safestring import SafeString

from styr.kernel.danish import MONTHS
from styr.ui.charts import Month, Words, bars_per_month
from styr.workspace.suppliers import SupplierPage

_YEAR = 12


def spend_chart(page: SupplierPage, *, today: date) -> SafeString:
    """Draw what was invoiced in each month of the page's period, up to today's; months without documents are 0."""
    spent = {one.month: one.spend.invoiced_ore for one in page.months}
    months = [_month_after(page.period.start, ahead) for ahead in range(_YEAR + 1)]
    bars = [
        Month(f"{MONTHS[month.month - 1][:3]} {month:%y}", actual_ore=spent.get(month, 0))
        for month in months
        if month <= today
    ]
    return bars_per_month(_words(page), bars)


def _words(page: SupplierPage) -> Words:
    return Words(
        name="faktureret",
        title=f"Faktureret af {page.supplier.name} pr. måned",
        description="Efter fakturadato, kreditnotaer trukket fra; afviste bilag er ikke med.",
    )


def _month_after(first: date, ahead: int) -> date:
    years, month = divmod(first.month - 1 + ahead, _YEAR)
    return date(first.year + years, month + 1, 1)
