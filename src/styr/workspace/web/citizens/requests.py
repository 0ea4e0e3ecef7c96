"""Access requests: order everything about a citizen, follow the job, fetch the file."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from styr.access.core.permissions import Permission
from styr.access.web.once import once
from styr.access.web.person import person_of
from styr.access.web.rules import requires
from styr.kernel import clock
from styr.people import requests
from styr.workspace.web.citizens.tabs import framed, page_of

if TYPE_CHECKING:
    from uuid import UUID

    from django.http import HttpRequest


class RequestForm(forms.Form):
    """Why everything is gathered."""

    reason = forms.CharField(
        label="Anledning",
        max_length=200,
        initial="Borgeren har bedt om indsigt",
        widget=forms.TextInput({"class": "input"}),
        help_text="Gemmes i loggen. Skriv ikke navne eller CPR-numre.",
    )


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Permission.EXPORT_CITIZEN)
@once
def ordering(request: HttpRequest, citizen_id: UUID) -> HttpResponse:
    """The citizen's requests, and the form that orders a new one."""
    frame = framed(request, citizen_id, "indsigt")
    form = RequestForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        requests.order_request(
            citizen_id=citizen_id,
            reason=form.cleaned_data["reason"],
            actor_id=person_of(request).id,
            now=clock.now(),
        )
        messages.success(request, "Oplysningerne samles nu. Filen kan hentes her, når den er klar.")
        return redirect("citizen_request", citizen_id)
    return page_of(request, frame, "citizen_request", form=form, rows=requests.requests_of(citizen_id))


@require_safe
@requires(Permission.EXPORT_CITIZEN)
def state(request: HttpRequest, citizen_id: UUID, request_id: UUID) -> HttpResponse:
    """How far the job has come: a part of the page that names nobody, so nothing is logged."""
    line = requests.request_line(request_id, citizen_id=citizen_id)
    if line is None:
        raise Http404("Anmodningen findes ikke.")
    context = {"row": line, "citizen_id": citizen_id}
    answer = render(request, "workspace/citizens/request_row.html", context)
    answer["Cache-Control"] = "no-store"
    return answer


@require_POST
@requires(Permission.EXPORT_CITIZEN)
def fetch(request: HttpRequest, citizen_id: UUID, request_id: UUID) -> HttpResponse:
    """Hand the file out; its name says nothing of whom it is about."""
    try:
        file = requests.fetch_file(request_id=request_id, citizen_id=citizen_id, page=request.path, now=clock.now())
    except requests.UnableToFetchRequestError as refusal:
        messages.error(request, str(refusal))
        return redirect("citizen_request", citizen_id)
    answer = HttpResponse(file, content_type="application/zip")
    answer["Content-Disposition"] = f'attachment; filename="indsigt-{clock.today():%Y-%m-%d}.zip"'
    answer["Cache-Control"] = "no-store"
    return answer
