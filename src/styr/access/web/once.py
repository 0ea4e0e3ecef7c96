"""`@once`: a form that is sent twice does its work once (double-click, a reload, a slow network)."""

from collections.abc import Callable
from functools import wraps
from typing import Any, Concatenate, ParamSpec

from django.contrib import messages
from django.core.exceptions import BadRequest
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseBase

from styr.access import submissions
from styr.access.crypto import blind_index
from styr.access.models import User
from styr.access.web.rules import SAFE
from styr.kernel import clock

FIELD = "_once"
_LONGEST = 64
_APART = frozenset({FIELD, "csrfmiddlewaretoken"})
# What tells a browser to go on: together with the status they are the whole answer of a form that did its work.
_ONWARD = ("Location", "HX-Redirect", "HX-Location", "HX-Refresh")
_NO_CONTENT = 204
P = ParamSpec("P")


def once(
    view: Callable[Concatenate[HttpRequest, P], HttpResponseBase],
) -> Callable[Concatenate[HttpRequest, P], HttpResponseBase]:
    """Do the view's work for the first sending of a form, and answer the next ones as the first was answered.

    The form carries `{% once %}`; without it the request is refused (400). The work counts as done when the view
    answers with a redirect (also htmx's `HX-…` headers) or 204; after any other answer, such as the form with its
    faults, the same form may be sent again. An exception undoes everything that the view wrote. A form that was changed
    and sent again (through the browser's Back) does nothing either, and its sender is told.
    """

    @wraps(view)
    def sent_once(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
        if (request.method or "") in SAFE:
            return view(request, *args, **kwargs)
        sending = _sending(request)
        with transaction.atomic():
            earlier = submissions.begin(sending, now=clock.now())
            if earlier is not None:
                return _again(request, earlier)
            response = view(request, *args, **kwargs)
            onward = {name: str(response.headers[name]) for name in _ONWARD if name in response.headers}
            if onward or response.status_code == _NO_CONTENT:
                submissions.keep(sending, status=response.status_code, headers=onward)
            else:
                submissions.give_back(sending)
        return response

    return sent_once


def _sending(request: HttpRequest) -> submissions.Sending:
    token, user = request.POST.get(FIELD, ""), request.user
    if not 0 < len(token) <= _LONGEST or "\0" in token:
        raise BadRequest("The form lacks its mark: {% once %}")
    if not isinstance(user, User):
        raise BadRequest("A form is sent once by somebody who has logged in")
    return submissions.Sending(user.municipality_id, user.id, token, blind_index(_content(request)))


def _content(request: HttpRequest) -> str:
    """What was sent, in a fixed order; a file by its name and size."""
    fields: list[tuple[str, Any]] = [(name, values) for name, values in request.POST.lists() if name not in _APART]
    files = [(name, [(file.name, file.size) for file in held]) for name, held in request.FILES.lists()]
    return repr((request.path, sorted(fields), sorted(files)))


def _again(request: HttpRequest, earlier: submissions.Answer) -> HttpResponse:
    if not earlier.same:
        messages.warning(request, "Formularen er allerede sendt, så dine ændringer er ikke gemt. Ret, og gem igen.")
    return HttpResponse(status=earlier.status or _NO_CONTENT, headers=dict(earlier.headers))
