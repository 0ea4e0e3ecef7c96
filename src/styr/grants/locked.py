"""The rows a use case is about, locked until its transaction ends, or a refusal where the caller may not see them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import F

from styr.grants.models import Grant, ServiceLine
from styr.kernel.refusal import NotThere, Refusal

if TYPE_CHECKING:
    from uuid import UUID


class UnknownGrantError(NotThere):
    """There is no such grant or line, or the caller may not see it."""

    def __init__(self) -> None:
        super().__init__("Bevillingen findes ikke, eller du har ikke adgang til den.")


class GrantChangedMeanwhileError(Refusal):
    """Somebody changed the grant after it was shown; `version` is the one that was shown."""

    def __init__(self, grant_id: UUID, version: int) -> None:
        super().__init__("Bevillingen er ændret, siden du åbnede den. Se ændringen, og prøv igen.")
        self.grant_id, self.version = grant_id, version


def locked_grant(grant_id: UUID, *, seen_version: int | None = None) -> Grant:
    """Return the grant, locked; with `seen_version` only as it was shown.

    Raises:
        UnknownGrantError: it is not there for the caller.
        GrantChangedMeanwhileError: it has another version by now.
    """
    grant = Grant.objects.select_for_update().filter(id=grant_id).first()
    if grant is None:
        raise UnknownGrantError
    if seen_version is not None and grant.version != seen_version:
        raise GrantChangedMeanwhileError(grant_id, seen_version)
    return grant


def count_up(grant_id: UUID) -> None:
    """Give the grant its next version, when only what belongs to it was written."""
    Grant.objects.filter(id=grant_id).update(version=F("version"))  # the database counts


def locked_line(service_line_id: UUID) -> ServiceLine:
    """Return the service line with its grant, locked.

    Raises:
        UnknownGrantError: it is not there for the caller.
    """
    line = ServiceLine.objects.select_for_update().select_related("grant").filter(id=service_line_id).first()
    if line is None:
        raise UnknownGrantError
    return line
