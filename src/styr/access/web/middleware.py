"""Puts the request's token in scope for the request's one transaction."""

import uuid
from collections.abc import Callable

from django.db import transaction
from django.http import HttpRequest, HttpResponseBase

from styr.access import tokens
from styr.access.web.login import SESSION_TOKEN

_SERVER_ERROR = 500


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
            tokens.note({"request": str(uuid.uuid4()), "method": request.method or "", "page": _page(request)})
            response = self.get_response(request)
            if response.status_code >= _SERVER_ERROR:
                transaction.set_rollback(True)
            elif not transaction.get_rollback():
                tokens.present(before)
        return response


def _page(request: HttpRequest) -> str:
    """The address without its query, which may hold what somebody searched for."""
    return request.path
