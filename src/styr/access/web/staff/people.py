"""People: the list, a new one, and one person with roles, sessions and blocks."""

from datetime import timedelta
from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from styr.access import api_keys, blocks, password_links, role_requests, showing, staff
from styr.access.core.permissions import Permission
from styr.access.web.once import once
from styr.access.web.person import person_of
from styr.access.web.rules import requires
from styr.access.web.staff.forms import BlockForm, NameForm, NewUserForm, RoleForm, UserFilterForm
from styr.access.web.staff.giving import invited
from styr.access.web.staff.keys import new_key, shown
from styr.kernel import clock
from styr.ui.lists import Column, Kind, ListPage, ListSpec, Sort, Tag, list_response

LINK = "styr_new_link"  # in the session of who made it, until it has been shown once

USERS = ListSpec(
    name="brugere",
    title="Brugere og roller",
    one="bruger",
    many="brugere",
    default_sort="name",
    empty_icon="users",
    empty_title="Ingen brugere passer til filteret",
    columns=(
        Column(
            "name", "Navn", sort="name", fixed=True,
            link=lambda row: reverse("user", args=[row.id]), note=lambda row: row.username,
        ),
        Column("roles", "Roller i dag", value=lambda row: " · ".join(row.roles) or "Ingen"),
        Column("username", "Brugernavn", sort="username", shown=False),
        Column("last_login", "Sidst logget ind", Kind.MOMENT, sort="last_login"),
        Column(
            "access", "Adgang", Kind.TAG, lead=True,
            value=lambda row: Tag("Aktiv", "good") if row.is_active else Tag("Lukket", "quiet"),
        ),
    ),
)  # fmt: skip


@requires(Permission.MANAGE_USERS)
@require_safe
def users(request: HttpRequest) -> HttpResponse:
    """Everybody who has or had access."""

    def fetch(wanted: showing.UserFilter, sort: Sort, page: int, size: int) -> ListPage[showing.UserRow]:
        order = f"-{sort.by}" if sort.falling else sort.by
        return showing.users(wanted, order=order, on=clock.today(), page=page, size=size)

    context = {"section": "settings", "place": "users", "waiting": role_requests.waiting_roles()}
    return list_response(request, USERS, fetch, UserFilterForm(request.GET), context, template="access/users.html")


@requires(Permission.MANAGE_USERS)
@require_http_methods(["GET", "HEAD", "POST"])
@once
def user_new(request: HttpRequest) -> HttpResponse:
    """Let somebody in: a name, a first role, and a link with which they choose their password."""
    today = clock.today()
    form = NewUserForm(request.POST or None, units=showing.unit_tree(on=today), today=today)
    if request.method == "POST" and form.is_valid():
        try:
            made = invited(request, form, is_program=False)
        except staff.UnableToChangeUserError as refusal:
            form.add_error(None, str(refusal))
        else:
            keep_link(request, made)
            return redirect("user", made)
    status = 422 if form.is_bound else 200
    return render(request, "access/user_new.html", {"section": "settings", "form": form}, status=status)


@requires(Permission.MANAGE_USERS)
@require_safe
def user(request: HttpRequest, user_id: UUID) -> HttpResponse:
    """One person."""
    return user_page(request, user_id)


def user_page(request: HttpRequest, user_id: UUID, *, status: int = 200, **forms: Any) -> HttpResponse:
    """The page of one person, with the form that was sent and its faults, if there was one."""
    sheet = showing.user_sheet(user_id)
    if sheet is None:
        raise Http404("Brugeren findes ikke.")
    today = clock.today()
    link = request.session.get(LINK)
    if link is not None and status == 200:  # noqa: PLR2004 -- shown on the page that was asked for, not among faults
        del request.session[LINK]
    context = {
        "section": "settings",
        "sheet": sheet,
        "keys": shown(api_keys.key_lines(user_id=user_id)) if sheet.is_program else [],
        "new_key": new_key(request, user_id),
        "today": today,
        "waiting": [one for one in role_requests.waiting_roles() if one.user_id == user_id],
        "me": person_of(request).id,
        "roles": [(held, held.runs(today), held.is_over(today)) for held in sheet.roles],
        "blocks": [(block, block.runs(today)) for block in blocks.blocks(user_id=user_id)],
        "link": link["address"] if link and link["user"] == str(user_id) else None,
        "link_days": password_links.LASTS // timedelta(days=1),
        "role_form": RoleForm(units=showing.unit_tree(on=today, counted=False), today=today),
        "block_form": BlockForm(initial={"starts": today}),
        "name_form": NameForm(initial={"name": sheet.name}),
        **forms,
    }
    return render(request, "access/user.html", context, status=status)


def keep_link(request: HttpRequest, user_id: UUID) -> None:
    """Make a link to choose a password, and keep it for the next page to show once."""
    secret = password_links.make_link(user_id=user_id, actor_id=person_of(request).id, now=clock.now())
    # After "#": a browser keeps that to itself, so no server on the way has the secret in its log.
    address = f"{request.build_absolute_uri(reverse('password_choose'))}#{secret}"
    request.session[LINK] = {"user": str(user_id), "address": address}
