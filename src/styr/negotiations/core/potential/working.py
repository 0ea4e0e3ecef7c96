"""What potential is worked out from, and in which order, in either engine."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Final

from styr.kernel.period import Period

if TYPE_CHECKING:
    from styr.kernel.engine import DuckEngine

MONTHS_AHEAD: Final = 12


def year_ahead(today: date) -> Period:
    """The twelve months from today: what `rel_month` holds."""
    return Period(today, date(today.year + 1, today.month, min(today.day, 28)))


def keep_bought(engine: DuckEngine, text: str) -> None:
    """Make `rel_bought` in process."""
    engine.connection.execute(f"CREATE OR REPLACE TABLE rel_bought AS {text}")
