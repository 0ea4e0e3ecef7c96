"""Whoever is at the page."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from styr.access.core.permissions import Permission
from styr.access.web.rules import may
from styr.initiatives.services import Actor, may_change
from styr.kernel import clock

if TYPE_CHECKING:
    from django.http import HttpRequest

READ, WRITE = Permission.SEE_RESULTS, Permission.EDIT_INITIATIVES


def actor_of(request: HttpRequest) -> Actor:
    """The person at the page, today."""
    user = request.user
    return Actor(UUID(str(user.pk)), user.municipality_id, clock.today())  # type: ignore[union-attr]  # the rule let in a user


def may_edit(request: HttpRequest) -> bool:
    """Whether buttons that change the catalogue are drawn; asks the database only where the role may."""
    return may(request, WRITE) and may_change(actor_of(request))


def uuid_or_none(word: str) -> UUID | None:
    """The id that a word is, or None."""
    try:
        return UUID(word)
    except ValueError:
        return None
