"""Ends sessions that nobody sits at, and puts the request's token in scope for the request's one transaction."""

import uuid
from collections.abc import Callable

from django.conf import settings
from django.db import transaction
from django.http import HttpRequest, HttpResponseBase

from styr.access import tokens
from styr.access.web.login import SESSION_TOKEN
from styr.access.web.request_ids import REQUEST_ID
from styr.kernel.clock import now

SEEN = "styr_seen"  # in the session: when its person last asked for anything, in seconds, to the minute
_SERVER_ERROR = 500
_MINUTE = 60


class IdleMiddleware:
    """Ends a session at which nothing was asked for in `STYR_IDLE_MINUTES`: the next request is a stranger's."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Look when the session was last used, and note it once a minute."""
        token = request.session.get(SESSION_TOKEN)
        if isinstance(token, str):
            moment, seen = int(now().timestamp()), request.session.get(SEEN)
            if isinstance(seen, int) and moment - seen > settings.STYR_IDLE_MINUTES * _MINUTE:
                tokens.revoke(token)
                request.session.flush()
            elif not isinstance(seen, int) or moment - seen >= _MINUTE:
                request.session[SEEN] = moment
        return self.get_response(request)


class ScopeMiddleware:
    """One transaction a request, with the session's token shown in it; an error response rolls it back.

    The token comes from the session, which is the server's, so nothing a browser sends can choose another.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Run the rest of the request in scope."""
        with transaction.atomic():
            token = request.session.get(SESSION_TOKEN)
            before = tokens.present(token if isinstance(token, str) else "")
            request_id = request.META.get(REQUEST_ID) or str(uuid.uuid4())
            tokens.note({"request": request_id, "method": request.method or "", "page": _page(request)})
            response = self.get_response(request)
            if response.status_code >= _SERVER_ERROR:
                transaction.set_rollback(True)
            elif not transaction.get_rollback():
                tokens.present(before)
        return response


def _page(request: HttpRequest) -> str:
    """The address without its query, which may hold what somebody searched for."""
    return request.path
