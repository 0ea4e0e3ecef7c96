"""What the frame of every page shows: whose municipality it is, who is logged in, and what happened since."""

from typing import Any

from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from styr.access import queries as access
from styr.workspace import notices
from styr.workspace.saved_filters import filters_of


def frame(request: HttpRequest) -> dict[str, Any]:
    """The municipality's name, unread notices and the list's saved filters; asked for only by pages that show them."""
    user = request.user
    if not user.is_authenticated:
        return {}
    return {
        "municipality_name": SimpleLazyObject(access.municipality_name),
        "notice_count": SimpleLazyObject(lambda: notices.unread_count(user_id=user.id)),
        "saved_filters": SimpleLazyObject(lambda: filters_of(user_id=user.id, page=request.path)),
    }
