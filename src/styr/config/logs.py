"""The program's log on stderr: what went wrong and in which request, never who it was about."""

import logging
import re
import uuid
from collections.abc import Callable
from contextvars import ContextVar

from django.http import HttpRequest, HttpResponseBase

from styr.access.web.request_ids import REQUEST_ID

_request: ContextVar[str] = ContextVar("styr_request", default="-")
# Ten digits as a CPR number is written, also inside a longer word; a longer number is something else.
_CPR = re.compile(r"(?<!\d)(\d{6})[-– ]?\d{4}(?!\d)")
# PostgreSQL's details repeat the row's values; an address's query holds what somebody searched for.
_DETAIL = re.compile(r"^(\s*(?:DETAIL|CONTEXT|PARAMETERS):).*$", re.MULTILINE)
_QUERY = re.compile(r"\?[^\s\"'<>»«]*=[^\s\"'<>»«]*")


class RequestIdMiddleware:
    """Gives each request an id: in the log, and as `X-Request-ID` to whoever reports a fault."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Answer the request under its id."""
        request_id = str(uuid.uuid4())
        request.META[REQUEST_ID] = request_id
        told = _request.set(request_id)
        try:
            response = self.get_response(request)
            response["X-Request-ID"] = _request.get()
        finally:
            _request.reset(told)
        return response


class RequestFilter(logging.Filter):
    """Puts the request's id on every record; `-` outside a request."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Always lets the record through."""
        record.styr_request = _request.get()
        return True


class MaskingFormatter(logging.Formatter):
    """Writes the record with traceback, without locals, and masks what may tell of a person."""

    def format(self, record: logging.LogRecord) -> str:
        """The masked text: CPR numbers, addresses' queries and PostgreSQL's details."""
        return masked(super().format(record))


def masked(text: str) -> str:
    """The text without CPR numbers (`010203-••••` would still tell a birthday, so all ten digits go)."""
    return _QUERY.sub("?…", _DETAIL.sub(r"\1 (udeladt)", _CPR.sub("••••••-••••", text)))
