"""What the frame of every page shows: whose municipality it is, and who is logged in."""

from typing import Any

from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from styr.access import queries as access


def frame(request: HttpRequest) -> dict[str, Any]:
    """The municipality's name; it is asked for only by pages that show it."""
    if not request.user.is_authenticated:
        return {}
    return {"municipality_name": SimpleLazyObject(access.municipality_name)}
