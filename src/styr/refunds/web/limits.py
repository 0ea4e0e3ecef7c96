"""Limits of later years, households, and who was covered before 67."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from styr.access.core.permissions import Permission
from styr.access.web.here import only_where_held
from styr.access.web.once import once
from styr.access.web.person import person_of
from styr.access.web.rules import may, may_everywhere, requires
from styr.kernel import clock
from styr.kernel.refusal import Refusal
from styr.people.queries import CitizenNotVisibleError, unit_of
from styr.refunds.account_rules import accounts
from styr.refunds.computing import schemes_of
from styr.refunds.law_numbers import law_numbers
from styr.refunds.limiting import (
    UnableToSetError,
    citizen_numbered,
    join_household,
    known_limits,
    leave_household,
    set_covered,
    unit_of_member,
)
from styr.refunds.queries import households as known_households
from styr.refunds.queries import members_of_households, seniors_of
from styr.refunds.web.asking import year_of
from styr.refunds.web.forms import SCHEMES, HouseholdForm, LimitsForm
from styr.ui.toasts import tell, tell_with_undo, warn

if TYPE_CHECKING:
    from uuid import UUID

    from django.http import HttpRequest, HttpResponse


@requires(read=Permission.SEE_ECONOMY, write=Permission.EDIT_ECONOMY, everywhere=True)
@require_http_methods(["GET", "HEAD", "POST"])
@once
def limits(request: HttpRequest) -> HttpResponse:
    """What the program knows of limits and rules, and the municipality's own limits of later years."""
    year = year_of(request)
    form = LimitsForm(request.POST or None, initial={"year": year, "scheme": request.GET.get("ordning", "")})
    if request.method == "POST" and form.is_valid():
        given, person = form.cleaned_data, person_of(request)
        try:
            change = form.save(municipality_id=person.municipality_id, actor_id=person.id, now=clock.now())
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            told = f"Grænserne for {given['year']} gælder. Beregn refusionen igen for at bruge dem."
            tell_with_undo(request, told, undo=reverse("rule_take_back", args=[change]))
            return redirect(f"{reverse('refund_limits')}?aar={given['year']}")
    known = known_limits()
    found = {(one.scheme, one.year) for one in known}
    context = {
        "section": "economy",
        "year": year,
        "known": [(SCHEMES[one.scheme], one) for one in known],
        "missing": [SCHEMES[scheme] for scheme in schemes_of(year) if (scheme, year) not in found],
        "rules": law_numbers(),
        "treatments": accounts(),
        "form": form,
        "may_edit": may_everywhere(request, Permission.EDIT_ECONOMY),
    }
    return render(request, "refunds/limits.html", context)


@requires(read=Permission.SEE_ECONOMY, write=Permission.EDIT_ECONOMY)
@require_http_methods(["GET", "HEAD", "POST"])
@once
def households(request: HttpRequest) -> HttpResponse:
    """Children whose cost is counted together."""
    form = HouseholdForm(request.POST or None, known=known_households())
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            citizen_id = citizen_numbered(given["citizen"])
            only_where_held(request, Permission.EDIT_ECONOMY, unit_of(citizen_id))
            join_household(
                municipality_id=person_of(request).municipality_id,
                household=given["chosen"],
                citizen_id=citizen_id,
                valid_from=given["valid_from"],
                valid_to=given["valid_to"],
            )
        except (UnableToSetError, CitizenNotVisibleError) as refusal:
            form.add_error(None, str(refusal))
        else:
            tell(request, "Barnet regnes med husstanden. Beregn refusionen igen for at se virkningen.")
            return redirect("refund_households")
    context = {
        "section": "economy",
        "members": members_of_households(today=clock.today()),
        "form": form,
        "today": clock.today(),
        "may_edit": may(request, Permission.EDIT_ECONOMY),
    }
    return render(request, "refunds/households.html", context)


@requires(Permission.EDIT_ECONOMY)
@require_POST
@once
def household_leave(request: HttpRequest, member_id: UUID) -> HttpResponse:
    """Let a child's time in a household end with last month."""
    unit_id = unit_of_member(member_id)
    if unit_id is None:
        raise Http404("Barnet står ikke i nogen husstand, eller du har ikke adgang til alle dens børn.")
    only_where_held(request, Permission.EDIT_ECONOMY, unit_id)
    leave_household(member_id=member_id, valid_to=clock.today().replace(day=1))
    tell(request, "Barnet regnes ikke længere med husstanden.")
    return redirect("refund_households")


@requires(Permission.SEE_ECONOMY)
@require_safe
def seniors(request: HttpRequest) -> HttpResponse:
    """Dear cases past the age limit: were they covered before?"""
    year = year_of(request)
    context = {
        "section": "economy",
        "year": year,
        "seniors": seniors_of(year=year, today=clock.today()),
        "may_edit": may(request, Permission.EDIT_ECONOMY),
    }
    return render(request, "refunds/seniors.html", context)


@requires(Permission.EDIT_ECONOMY)
@require_POST
@once
def covered(request: HttpRequest, citizen_id: UUID) -> HttpResponse:
    """Say whether a citizen was covered in the last month before 67."""
    year = year_of(request)
    try:
        only_where_held(request, Permission.EDIT_ECONOMY, unit_of(citizen_id))
        set_covered(
            municipality_id=person_of(request).municipality_id,
            citizen_id=citizen_id,
            covered=request.POST.get("omfattet") == "ja",
        )
    except CitizenNotVisibleError as refusal:
        warn(request, str(refusal))
    else:
        tell(request, "Det er noteret. Beregn refusionen igen for at bruge det.")
    return redirect(f"{reverse('refund_seniors')}?aar={year}")
