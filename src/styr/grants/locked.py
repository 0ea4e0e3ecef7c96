"""The rows a use case is about, locked until its transaction ends, or a refusal where the caller may not see them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from styr.grants.models import Grant, ServiceLine

if TYPE_CHECKING:
    from uuid import UUID


class UnknownGrantError(LookupError):
    """There is no such grant or line, or the caller may not see it."""

    def __init__(self) -> None:
        super().__init__("Bevillingen findes ikke, eller du har ikke adgang til den.")


def locked_grant(grant_id: UUID) -> Grant:
    """Return the grant, locked.

    Raises:
        UnknownGrantError: it is not there for the caller.
    """
    grant = Grant.objects.select_for_update().filter(id=grant_id).first()
    if grant is None:
        raise UnknownGrantError
    return grant


def locked_line(service_line_id: UUID) -> ServiceLine:
    """Return the service line with its grant, locked.

    Raises:
        UnknownGrantError: it is not there for the caller.
    """
    line = ServiceLine.objects.select_for_update().select_related("grant").filter(id=service_line_id).first()
    if line is None:
        raise UnknownGrantError
    return line
