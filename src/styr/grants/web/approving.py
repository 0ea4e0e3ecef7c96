"""A grant's way to being granted, page by page: approve, send back, withdraw, open again."""

from typing import Any
from uuid import UUID

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from styr.access import queries as access
from styr.access.core.permissions import Permission
from styr.access.web.once import once
from styr.access.web.rules import requires
from styr.grants import approving
from styr.grants.acting import Approve, effect_of
from styr.grants.checking import warnings_of_draft
from styr.grants.locked import GrantChangedMeanwhileError
from styr.grants.web.conflicts import as_it_is_now, latest_change
from styr.grants.web.views import frame_of, page_or_404
from styr.grants.web.who import actor_of
from styr.kernel.danish import kroner
from styr.ui.toasts import tell, tell_with_undo, warn


class SeenForm(forms.Form):
    """A step that is taken on what was shown."""

    version = forms.IntegerField(widget=forms.HiddenInput)


class ReasonForm(SeenForm):
    """A step that says why."""

    reason = forms.CharField(
        label="Begrundelse", max_length=2000, widget=forms.Textarea(attrs={"rows": 3}), help_text="Står i historikken."
    )


@requires(Permission.APPROVE_GRANTS)
@require_http_methods(["GET", "POST"])
@once
def approve(request: HttpRequest, grant_id: UUID) -> HttpResponse:
    """Show what approving comes to, then approve; above one's limit it goes on to a manager."""
    page = page_or_404(grant_id)
    actor = actor_of(request)
    form = SeenForm(request.POST or None, initial={"version": page.version})
    conflict = None
    if request.method == "POST" and form.is_valid():
        try:
            done = approving.approve_or_submit(
                grant_id=grant_id,
                actor_id=actor.id,
                seen_version=form.cleaned_data["version"],
                today=actor.today,
                now=actor.now,
            )
        except approving.UnableToApproveError as refused:
            form.add_error(None, str(refused))
        except GrantChangedMeanwhileError:
            conflict = latest_change(grant_id)
            form = SeenForm(initial={"version": page.version})
        else:
            said = "Bevillingen er godkendt, og prognosen er flyttet." if done.granted else _sent(done.year_cost_ore)
            tell(request, said)
            return redirect("grant", grant_id=grant_id)
    limit = access.limit_for(user_id=actor.id, act=approving.APPROVE, on=actor.today, unit_id=page.unit_id)
    context = {**frame_of(request, page), "form": form, "conflict": conflict, "limit": limit}
    return render(request, "grants/approve.html", context, status=409 if conflict else 200)


@requires(Permission.APPROVE_GRANTS)
@require_POST
def weigh(request: HttpRequest, grant_id: UUID) -> HttpResponse:
    """A fragment: what approving would do to the forecast, and what is to be looked at first. Nothing is kept."""
    page_or_404(grant_id)
    actor = actor_of(request)
    context: dict[str, Any] = {"weighed": True}
    try:
        effect = effect_of(grant_id=grant_id, act=Approve(), actor=actor)
    except approving.UnableToApproveError as refused:
        context["refused"] = str(refused)
    else:
        context |= {"effect": effect, "over": not effect.after.counted}
    context["warnings"] = warnings_of_draft(grant_id=grant_id, today=actor.today)
    return render(request, "grants/weighed.html", context)


@requires(Permission.APPROVE_GRANTS)
@require_http_methods(["GET", "POST"])
@once
def send_back(request: HttpRequest, grant_id: UUID) -> HttpResponse:
    """Give the grant back to its caseworker, with a reason."""
    return _reasoned(request, grant_id, "Send tilbage", "Send tilbage til sagsbehandleren", approving.send_back)


@requires(Permission.EDIT_GRANTS)
@require_http_methods(["GET", "POST"])
@once
def withdraw(request: HttpRequest, grant_id: UUID) -> HttpResponse:
    """Give up a grant that was never granted, with a reason."""
    return _reasoned(request, grant_id, "Træk tilbage", "Træk bevillingen tilbage", approving.withdraw)


@requires(Permission.EDIT_GRANTS)
@require_POST
def reopen(request: HttpRequest, grant_id: UUID) -> HttpResponse:
    """Make a withdrawn grant a draft again; doing it twice is refused by the grant itself."""
    actor = actor_of(request)
    page_or_404(grant_id)
    try:
        approving.reopen(grant_id=grant_id, actor_id=actor.id, now=actor.now)
    except approving.UnableToApproveError as refused:
        warn(request, str(refused))
    else:
        tell(request, "Bevillingen er igen en kladde.")
    return redirect("grant", grant_id=grant_id)


def _reasoned(request: HttpRequest, grant_id: UUID, button: str, title: str, service: object) -> HttpResponse:
    page = page_or_404(grant_id)
    actor = actor_of(request)
    form = ReasonForm(request.POST or None, initial={"version": page.version})
    conflict = None
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            service(  # type: ignore[operator]  # one of two services of the same shape
                grant_id=grant_id,
                reason=given["reason"],
                actor_id=actor.id,
                seen_version=given["version"],
                now=actor.now,
            )
        except approving.UnableToApproveError as refused:
            form.add_error(None, str(refused))
        except GrantChangedMeanwhileError:
            conflict = latest_change(grant_id)
            form = as_it_is_now(form, page.version)
        else:
            if service is approving.withdraw:
                undo = reverse("grant_reopen", args=[grant_id])
                tell_with_undo(request, "Bevillingen er trukket tilbage.", undo=undo)
            else:
                tell(request, "Bevillingen er sendt tilbage.")
            return redirect("grant", grant_id=grant_id)
    context = {**frame_of(request, page), "form": form, "conflict": conflict, "title": title, "button": button}
    return render(request, "grants/act.html", context, status=409 if conflict else 200)


def _sent(cost_ore: int) -> str:
    cost = kroner(cost_ore, whole=True)
    return f"Bevillingen koster op til {cost} på tolv måneder, over din grænse, og er sendt til en leders godkendelse."
