"""What is hidden until somebody asks with a reason: the CPR number, and an address under protection.

Asked for by POST, answered once: never in an address, never kept by a cache, shown for `SHOWN` seconds.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from django import forms
from django.contrib import messages
from django.http import Http404, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from styr.access.core.permissions import Permission
from styr.access.web.rules import requires
from styr.people import queries as people

if TYPE_CHECKING:
    from uuid import UUID

    from django.http import HttpRequest, HttpResponse

SHOWN = 45
"""Seconds before what was revealed is hidden again."""

REASONS = (
    ("opslag i fagsystem", "Opslag i fagsystemet"),
    ("kontakt til borger eller værge", "Kontakt til borger eller værge"),
    ("kontakt til leverandør", "Kontakt til leverandør"),
    ("kontrol af faktura", "Kontrol af faktura"),
    ("svar til anden myndighed", "Svar til anden myndighed"),
    ("andet", "Andet (skriv hvad)"),
)
_NUMBER = re.compile(r"\d{6}[\s-]?\d{4}")


class CprReason(forms.Form):
    """Why somebody wants to see it; the words are kept in the read log."""

    reason = forms.ChoiceField(label="Hvorfor?", choices=REASONS, widget=forms.Select({"class": "input"}))
    note = forms.CharField(
        label="Uddybning",
        required=False,
        max_length=120,
        widget=forms.TextInput({"class": "input", "autocomplete": "off"}),
        help_text="Skriv ikke navne eller CPR-numre. Teksten gemmes i loggen.",
    )

    def clean(self) -> dict[str, Any]:
        """Ask for words where the reason is "other", and keep numbers out of the log."""
        told: dict[str, Any] = super().clean() or {}
        note = str(told.get("note", "")).strip()
        if told.get("reason") == "andet" and not note:
            self.add_error("note", "Skriv, hvorfor du skal se det.")
        if _NUMBER.search(note):
            self.add_error("note", "Skriv ikke et CPR-nummer her; teksten gemmes i loggen.")
        return told

    def purpose(self, what: str) -> str:
        """The purpose as the log keeps it."""
        note = self.cleaned_data["note"].strip()
        return f"{what}: {self.cleaned_data['reason']}" + (f" ({note})" if note else "")


@require_POST
@requires(Permission.REVEAL_CPR)
def reveal_cpr(request: HttpRequest, citizen_id: UUID) -> HttpResponse:
    """Show the number for a short while."""
    form = CprReason(request.POST)
    if not form.is_valid():
        return _asked_again(request, citizen_id, form)
    try:
        cpr = people.reveal_cpr(citizen_id=citizen_id, page=request.path, purpose=form.purpose("cpr vist"))
    except people.CitizenNotVisibleError as refusal:
        raise Http404(str(refusal)) from refusal
    return _shown(request, citizen_id, "CPR-nummer", cpr.written)


@require_POST
@requires(Permission.REVEAL_CPR)
def reveal_address(request: HttpRequest, citizen_id: UUID) -> HttpResponse:
    """Show an address under protection for a short while."""
    form = CprReason(request.POST)
    if not form.is_valid():
        return _asked_again(request, citizen_id, form)
    try:
        told = people.reveal_address(citizen_id=citizen_id, page=request.path, purpose=form.purpose("adresse vist"))
    except people.CitizenNotVisibleError as refusal:
        raise Http404(str(refusal)) from refusal
    return _shown(request, citizen_id, "Beskyttet adresse", told or "Ingen adresse i registret")


def _shown(request: HttpRequest, citizen_id: UUID, title: str, value: str) -> HttpResponse:
    answer: HttpResponse
    if _in_place(request):
        answer = JsonResponse({"value": value, "seconds": SHOWN})
    else:
        context = {"section": "citizens", "title": title, "value": value, "seconds": SHOWN, "citizen_id": citizen_id}
        answer = render(request, "workspace/citizens/revealed.html", context)
        answer["Refresh"] = f"{SHOWN}; url={reverse('citizen', args=[citizen_id])}"
    answer["Cache-Control"] = "no-store"
    answer["Pragma"] = "no-cache"
    return answer


def _asked_again(request: HttpRequest, citizen_id: UUID, form: CprReason) -> HttpResponse:
    faults = [str(fault) for found in form.errors.values() for fault in found]
    if _in_place(request):
        return JsonResponse({"fault": " ".join(faults)}, status=422)
    for fault in faults:
        messages.error(request, fault)
    return redirect("citizen", citizen_id)


def _in_place(request: HttpRequest) -> bool:
    """Whether the page's script asks, which shows the answer where the masked value stood."""
    return request.headers.get("Accept") == "application/json"
