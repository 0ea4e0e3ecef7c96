"""What the address asks for, and where the one who asks may write."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from styr.access.core.permissions import Permission
from styr.access.unit_roles import may_in
from styr.access.web.person import person_of
from styr.kernel import clock

if TYPE_CHECKING:
    from uuid import UUID

    from django.http import HttpRequest

FIRST_YEAR: Final = 2020


def years() -> list[int]:
    """The years that a page offers, the latest first: next year, and back to the first with limits."""
    return list(range(clock.today().year + 1, FIRST_YEAR - 1, -1))


def year_of(request: HttpRequest) -> int:
    """The year asked for (`?aar=` or posted); nonsense is this year."""
    word = request.POST.get("aar") or request.GET.get("aar", "")
    return int(word) if word.isdecimal() and int(word) in years() else clock.today().year


def may_edit_in(request: HttpRequest, unit_id: UUID | None) -> bool:
    """Whether a role that covers the unit (None: the whole municipality) lets the economy be written. One query."""
    return may_in(user_id=person_of(request).id, permission=Permission.EDIT_ECONOMY, unit_id=unit_id, on=clock.today())
