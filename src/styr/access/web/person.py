"""Who asks: the request's user, known to be a person of the program."""

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest

from styr.access.models import User


def person_of(request: HttpRequest) -> User:
    """The request's person; raises `PermissionDenied` for whoever is not logged in."""
    user = request.user
    if not isinstance(user, User):
        raise PermissionDenied
    return user
