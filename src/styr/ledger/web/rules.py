"""The pages of dated rules: one look whatever they are about; set, end, look up, take back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from styr.access.core.permissions import Permission
from styr.access.unit_roles import may_in
from styr.access.web.once import once
from styr.access.web.person import person_of
from styr.access.web.rules import may, requires
from styr.kernel import clock
from styr.kernel.danish import danish_date
from styr.kernel.refusal import Refusal
from styr.ledger.dated_rules import (
    RuleKind,
    RuleNotThereError,
    confirm,
    end_own,
    kind_named,
    take_back,
    unconfirm,
)
from styr.ledger.rule_queries import ShownRule, changes, overview, shown
from styr.ui.fields import DayField
from styr.ui.toasts import tell, tell_with_undo, warn

if TYPE_CHECKING:
    from uuid import UUID

    from django.http import HttpRequest, HttpResponse


@requires(Permission.SEE_SETTINGS)
@require_safe
def rules(request: HttpRequest) -> HttpResponse:
    """Every set of dated rules, what of it is to be checked, and the latest changes."""
    context = {"section": "settings", "lines": overview(), "changes": changes(most=30), "whole": _whole(request)}
    return render(request, "ledger/rules.html", context)


@requires(read=Permission.SEE_SETTINGS, write=Permission.CHANGE_SETTINGS)
@require_http_methods(["GET", "HEAD", "POST"])
@once
def rule_kind(request: HttpRequest, what: str) -> HttpResponse:
    """One set of rules: what holds and will, whose each is, who looked it up and who changed it."""
    kind, today = _kind(what), clock.today()
    if kind.address:
        return redirect(kind.address)
    rows = shown(kind, today=today, past="alle" in request.GET)
    initial = {"starts": today, **_chosen(rows, request.GET.get("ret", ""))}
    form = kind.form(request.POST or None, initial=initial) if kind.form else None
    if form is not None and request.method == "POST" and form.is_valid():
        person = person_of(request)
        try:
            change = form.save(municipality_id=person.municipality_id, actor_id=person.id, now=clock.now())
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            tell_with_undo(request, "Jeres regel er gemt.", undo=reverse("rule_take_back", args=[change]))
            return redirect("rule_kind", kind.what)
    context = {
        "section": "settings",
        "kind": kind,
        "rows": rows,
        "all": "alle" in request.GET,
        "changing": request.GET.get("ret", ""),
        "unchecked": sum(row.unchecked for row in rows),
        "form": form,
        "changes": changes(kind.what),
        "may_change": may(request, kind.table.permission) and _whole(request, kind.table.permission),
        "today": today,
    }
    return render(request, "ledger/rule_kind.html", context)


@requires(Permission.CHANGE_SETTINGS)
@require_POST
@once
def rule_end(request: HttpRequest, what: str) -> HttpResponse:
    """Let the municipality's own rule end on a day, so that the program's holds again."""
    kind, person = _kind(what), person_of(request)
    key = request.POST.get("regel", "")
    try:
        day = DayField(required=kind.dated).clean(request.POST.get("fra", "")) or clock.today()
        change = end_own(
            what=what, key=key, municipality_id=person.municipality_id, day=day, actor_id=person.id, now=clock.now()
        )
    except RuleNotThereError as gone:
        raise Http404(str(gone)) from gone
    except ValidationError as unclear:
        warn(request, f"Sidste dag: {unclear.messages[0]}")
    except Refusal as refusal:
        warn(request, str(refusal))
    else:
        told = f"Jeres regel ophører {danish_date(day)}." if kind.dated else "Jeres egen er fjernet."
        tell_with_undo(request, told, undo=reverse("rule_take_back", args=[change]))
    return redirect("rule_kind", what)


@requires(Permission.CHANGE_SETTINGS)
@require_POST
@once
def rule_check(request: HttpRequest, what: str) -> HttpResponse:
    """Note that a row of the program has been looked up, or take that back."""
    _kind(what)
    person, key = person_of(request), request.POST.get("regel", "")
    try:
        if "fortryd" in request.POST:
            unconfirm(what=what, check_key=key, actor_id=person.id, now=clock.now())
            tell(request, "Rækken står igen til kontrol.")
        else:
            confirm(
                what=what,
                check_key=key,
                municipality_id=person.municipality_id,
                actor_id=person.id,
                now=clock.now(),
            )
            tell(request, "Det er noteret, at du har slået rækken efter.")
    except RuleNotThereError as gone:
        raise Http404(str(gone)) from gone
    except Refusal as refusal:
        warn(request, str(refusal))
    return redirect("rule_kind", what)


@requires(Permission.CHANGE_SETTINGS)
@require_POST
def rule_take_back(request: HttpRequest, change_id: UUID) -> HttpResponse:
    """Make a rule what it was before a change; sent twice, the second is told that it is done."""
    try:
        what = take_back(change_id=change_id, actor_id=person_of(request).id, now=clock.now())
    except RuleNotThereError as gone:
        raise Http404(str(gone)) from gone
    except Refusal as refusal:
        warn(request, str(refusal))
        return redirect("rules")
    tell(request, "Ændringen er fortrudt. Reglen er, som den var.")
    return redirect("rule_kind", what)


def _kind(what: str) -> RuleKind:
    try:
        return kind_named(what)
    except RuleNotThereError as gone:
        raise Http404(str(gone)) from gone


def _chosen(rows: list[ShownRule], key: str) -> dict[str, object]:
    return next((dict(shown.row.initial) for shown in rows if key and shown.row.check_key == key), {})


def _whole(request: HttpRequest, permission: Permission = Permission.CHANGE_SETTINGS) -> bool:
    return may_in(user_id=person_of(request).id, permission=permission, unit_id=None, on=clock.today())
