"""What the address asks for: the year."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from styr.kernel import clock

if TYPE_CHECKING:
    from django.http import HttpRequest

FIRST_YEAR: Final = 2020


def years() -> list[int]:
    """The years that a page offers, the latest first: next year, and back to the first with limits."""
    return list(range(clock.today().year + 1, FIRST_YEAR - 1, -1))


def year_of(request: HttpRequest) -> int:
    """The year asked for (`?aar=` or posted); nonsense is this year."""
    word = request.POST.get("aar") or request.GET.get("aar", "")
    return int(word) if word.isdecimal() and int(word) in years() else clock.today().year
