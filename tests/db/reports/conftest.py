"""The tiny municipality with a budget, bookings and a forecast, as the economy's own pages have it."""

from db.budgets_pages.conftest import (
    asked,
    book,
    budget,
    economist,
    forecast,
    help_at_home,
    home,
    page,
    registers,
    the_day,
)

__all__ = ["asked", "book", "budget", "economist", "forecast", "help_at_home", "home", "page", "registers", "the_day"]
