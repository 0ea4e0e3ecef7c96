"""What the address of an economy page asks for: the year, the unit, which rows; nonsense counts as nothing."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING
from uuid import UUID

from styr.budgets.queries import RunView, standing_runs, telling_of
from styr.kernel import clock

if TYPE_CHECKING:
    from datetime import date

    from django.http import HttpRequest

_FIRST, _LAST = 2000, 2100


@dataclass(frozen=True, slots=True)
class Asked:
    """The forecast that stands, the year that is looked at, and the years that can be.

    `kept` is the last forecast of a year that is over, where the one that stands no longer tells of it.
    """

    run: RunView | None
    year: int
    years: tuple[int, ...]
    today: date
    kept: RunView | None = None

    @property
    def known(self) -> RunView | None:
        """The forecast, where one tells of the year."""
        return telling_of(self.year, self.run, self.kept)

    @property
    def over(self) -> bool:
        """Whether the year was over when the forecast was made."""
        return self.known is not None and self.known.closed_before.year > self.year


def asked(request: HttpRequest) -> Asked:
    """Read the year (`?aar=`), or take the current one; one query."""
    (run, kept), today = standing_runs(), clock.today()
    years = tuple(sorted({*(run.years if run else (today.year,)), *kept}))
    word = request.GET.get("aar", "")
    wanted = int(word) if word.isascii() and word.isdigit() and len(word) == 4 else 0  # noqa: PLR2004 - four digits
    default = today.year if today.year in years else years[0]
    year = wanted if _FIRST <= wanted <= _LAST else default
    return Asked(run, year, years, today, kept.get(year))


def uuid_or_none(word: str) -> UUID | None:
    """The id that a word is, or None."""
    try:
        return UUID(word)
    except ValueError:
        return None


def user_of(request: HttpRequest) -> UUID:
    """The id of whoever is logged in."""
    return UUID(str(request.user.pk))
