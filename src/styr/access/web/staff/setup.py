"""Units, limits, and the overview of what each role may do."""

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from styr.access import limits as setting
from styr.access import queries, showing, units
from styr.access.core.acts import Act
from styr.access.core.permissions import Permission, permissions_of
from styr.access.core.roles import Role
from styr.access.models import User
from styr.access.web.held import held_address
from styr.access.web.once import once
from styr.access.web.rules import requires
from styr.access.web.staff.forms import LimitForm, UnitForm, limits
from styr.kernel import clock
from styr.ui.toasts import tell

READ_OR_SENT = ["GET", "HEAD", "POST"]


@requires(Permission.SEE_SETTINGS)
@require_safe
def overview(request: HttpRequest) -> HttpResponse:
    """What each role may do: the table that the rules are made of."""
    given = {role: permissions_of([role]) for role in Role}
    rows = [(permission, [permission in given[role] for role in Role]) for permission in Permission]
    return render(request, "access/overview.html", {"section": "settings", "roles": list(Role), "rows": rows})


@requires(Permission.MANAGE_USERS)
@require_safe
def tree(request: HttpRequest) -> HttpResponse:
    """The tree of units."""
    return render(request, "access/units.html", {"section": "settings", "units": showing.unit_tree(on=clock.today())})


@requires(Permission.MANAGE_USERS)
@require_http_methods(READ_OR_SENT)
@once
def unit_new(request: HttpRequest) -> HttpResponse:
    """A new unit."""
    form = UnitForm(request.POST or None, units=showing.unit_tree(on=clock.today()))
    if request.method == "POST" and form.is_valid() and isinstance(request.user, User):
        given = form.cleaned_data
        try:
            units.add_unit(
                municipality_id=request.user.municipality_id,
                number=given["number"],
                name=given["name"],
                ean=given["ean"],
                parent_id=given["parent"],
            )
        except units.UnableToChangeUnitError as refusal:
            form.add_error(None, str(refusal))
        else:
            tell(request, "Enheden er oprettet.")
            return redirect("units")
    return _unit_form(request, form, "Ny enhed")


@requires(Permission.MANAGE_USERS)
@require_http_methods(READ_OR_SENT)
@once
@held_address
def unit(request: HttpRequest, unit_id: UUID) -> HttpResponse:
    """A unit: its number, name, EAN number and place."""
    known = showing.unit_tree(on=clock.today())
    found = next((one for one in known if one.id == unit_id), None)
    if found is None:
        raise Http404("Enheden findes ikke.")
    initial = {"number": found.number, "name": found.name, "ean": found.ean, "parent": found.parent_id}
    form = UnitForm(request.POST or None, units=known, initial=initial)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            units.change_unit(
                unit_id=unit_id,
                number=given["number"],
                name=given["name"],
                ean=given["ean"],
                parent_id=given["parent"],
            )
        except units.UnableToChangeUnitError as refusal:
            form.add_error(None, str(refusal))
        else:
            tell(request, "Enheden er gemt.")
            return redirect("units")
    return _unit_form(request, form, found.name)


@requires(read=Permission.SEE_SETTINGS, write=Permission.MANAGE_USERS)
@require_http_methods(READ_OR_SENT)
@once
def limit_list(request: HttpRequest) -> HttpResponse:
    """The limits of today and those to come, and setting one."""
    today = clock.today()
    form = LimitForm(request.POST or None, initial={"starts": today})
    if request.method == "POST" and form.is_valid() and isinstance(request.user, User):
        act, role = form.chosen
        try:
            setting.set_limit(
                municipality_id=request.user.municipality_id,
                role=role,
                act=act,
                amount_ore=form.cleaned_data["amount"],
                starts=form.cleaned_data["starts"],
                today=today,
            )
        except setting.UnableToSetLimitError as refusal:
            form.add_error(None, str(refusal))
        else:
            tell(request, "Grænsen er sat.")
            return redirect("limits")
    context = {"section": "settings", "form": form, "limits": _limit_rows(queries.limits_from(today))}
    return render(request, "access/limits.html", context, status=422 if form.is_bound else 200)


def _limit_rows(
    known: list[queries.LimitRow],
) -> list[tuple[Act, Role | None, list[queries.LimitRow]]]:
    """Every limit there can be, with what is set of it."""
    return [(act, role, [row for row in known if row.act is act and row.role is role]) for act, role in limits()]


def _unit_form(request: HttpRequest, form: UnitForm, title: str) -> HttpResponse:
    context = {"section": "settings", "form": form, "title": title}
    return render(request, "access/unit.html", context, status=422 if form.is_bound else 200)
