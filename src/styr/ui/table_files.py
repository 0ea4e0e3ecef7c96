"""`?tabel=<name>`: a table of a page as an Excel file, in place of the page."""

from collections.abc import Callable
from typing import Final

from django.contrib.messages import get_messages
from django.contrib.messages.storage.base import BaseStorage
from django.http import HttpRequest, HttpResponse, HttpResponseBase

from styr.audit.taking import taken_out
from styr.kernel import clock
from styr.kernel.danish import danish_date
from styr.ui.amounts import to_the_ore
from styr.ui.excel import MOST_ROWS
from styr.ui.lists import excel_response
from styr.ui.table_reading import read_table

TABLE: Final = "tabel"
READ: Final = frozenset({"GET", "HEAD"})


def table_asked(request: HttpRequest) -> str:
    """The name of the table that is wanted as a file; "" where the page itself is."""
    return request.GET.get(TABLE, "") if request.method in READ else ""


def rows_shown(request: HttpRequest, most: int) -> int:
    """How many rows a page shows that shows only the first; all of them where a table is wanted as a file."""
    return MOST_ROWS if table_asked(request) else most


class TableFileMiddleware:
    """Draw the page as it is, with amounts to the øre, and answer with the table that was asked for.

    The page's own rule, scope, masking and read log are what they are on the page; a table that is not there for the
    one who asks gives the page.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self._get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Answer the request."""
        name = table_asked(request)
        if not name:
            return self._get_response(request)
        with to_the_ore(), taken_out():
            page = self._get_response(request)
        if not isinstance(page, HttpResponse) or page.status_code != 200:  # noqa: PLR2004 - a page that was drawn
            return page
        if not page.get("Content-Type", "").startswith("text/html"):
            return page
        return _file(request, page, name)


def _file(request: HttpRequest, page: HttpResponse, name: str) -> HttpResponse:
    table = read_table(page.content, name)
    if table is None:
        return page
    messages = get_messages(request)
    if isinstance(messages, BaseStorage):
        messages.used = False  # nobody has seen them yet: they wait for the page that is looked at
    told = [*table.told, ("Hentet", danish_date(clock.today()))]
    return excel_response(name, table.title, table.columns, table.rows, told)
