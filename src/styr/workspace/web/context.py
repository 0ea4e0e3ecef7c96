"""What the frame of every page shows: whose municipality it is, who is logged in, and what happened since."""

from typing import Any

from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from styr.workspace.notices import frame_facts
from styr.workspace.saved_filters import filters_of


def frame(request: HttpRequest) -> dict[str, Any]:
    """The municipality's name and unread notices (one query), and the list's saved filters; asked for when shown."""
    user = request.user
    if not user.is_authenticated:
        return {}
    told = SimpleLazyObject(lambda: frame_facts(user_id=user.id))
    return {
        "municipality_name": SimpleLazyObject(lambda: told.municipality),
        "notice_count": SimpleLazyObject(lambda: told.unread),
        "saved_filters": SimpleLazyObject(lambda: filters_of(user_id=user.id, page=request.path)),
    }
