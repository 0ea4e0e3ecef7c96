"""`@held_row`, `@held_address`: what a form is about is held from before it is read until the request is done.

A form of `ui/unchanged.py` compares what stands with what it showed. Of two who send it within the same moment the
second waits here for the first, then reads what the first wrote, and is told of it.
"""

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, Final, ParamSpec

from django.apps import apps
from django.db import connection
from django.http import HttpRequest, HttpResponseBase

from styr.access.web.rules import SAFE

P = ParamSpec("P")
View = Callable[Concatenate[HttpRequest, P], HttpResponseBase]
_ADDRESS: Final = "SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))"


def held_row(model: str, **which: str) -> Callable[[View[P]], View[P]]:
    """Hold the row that the address names: `@held_row("trips.Complaint", id="complaint_id")`, inside `@once`.

    `which` tells the address's parameter of each field. Whoever writes the row waits as well: a file, the JSON
    interface. Rows that refer to it may be added meanwhile. A row that is not there holds nothing: the view says so.
    """

    def hold(_: HttpRequest, told: dict[str, object]) -> None:
        wanted = {field: told[parameter] for field, parameter in which.items()}
        rows = apps.get_model(model)._default_manager.filter(**wanted)  # noqa: SLF001 -- Django's public name
        list(rows.select_for_update(no_key=True).values_list("pk"))

    return _holding(hold)


def held_address(view: View[P]) -> View[P]:
    """Hold the address for all of the municipality: where there may be no row yet, or the use case locks more rows."""

    def hold(request: HttpRequest, _: dict[str, object]) -> None:
        with connection.cursor() as cursor:
            cursor.execute(_ADDRESS, [f"styr.held|{getattr(request.user, 'municipality_id', '')}|{request.path}"])

    return _holding(hold)(view)


def _holding(hold: Callable[[HttpRequest, dict[str, object]], None]) -> Callable[[View[P]], View[P]]:
    def around(view: View[P]) -> View[P]:
        @wraps(view)
        def held(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
            if (request.method or "") not in SAFE:
                hold(request, dict(kwargs))
            return view(request, *args, **kwargs)

        return held

    return around
