"""The page that says no: what one lacks, which roles have it, and who can give them."""

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from styr.access import queries
from styr.access.core.permissions import Permission, roles_with
from styr.kernel import clock

_FORBIDDEN = 403
MOST_NAMES = 5


class NotPermittedError(PermissionDenied):
    """A view found, once it knew the row, that its user lacks a permission there; the refusal names it."""

    def __init__(self, needed: Permission) -> None:
        super().__init__(needed.danish)
        self.needed = needed


def refused(request: HttpRequest, needed: Permission | None = None, *, everywhere: bool = False) -> HttpResponse:
    """The refusal; without a permission, that the page is open to nobody.

    `everywhere` tells that a role in a part of the municipality does not give it.
    """
    context = {
        "needed": needed,
        "everywhere": everywhere,
        "roles": roles_with(needed) if needed else (),
        "administrators": queries.administrators(on=clock.today())[:MOST_NAMES],
    }
    return render(request, "access/refused.html", context, status=_FORBIDDEN)


def permission_denied(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Django's handler of `PermissionDenied` raised inside a view."""
    return refused(request, exception.needed if isinstance(exception, NotPermittedError) else None)
