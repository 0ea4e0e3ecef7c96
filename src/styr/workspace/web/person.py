"""Who asks: the request's user, known to be a person of the program."""

from dataclasses import dataclass
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest


@dataclass(frozen=True, slots=True)
class Person:
    """The logged-in person."""

    id: UUID
    municipality_id: UUID
    name: str


def person_of(request: HttpRequest) -> Person:
    """The request's person; raises `PermissionDenied` for whoever is not logged in."""
    user = request.user
    if not user.is_authenticated:
        raise PermissionDenied
    return Person(user.id, user.municipality_id, user.name)
