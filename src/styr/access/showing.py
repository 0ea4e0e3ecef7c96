"""What the pages about people and units show. Everything runs in the scope of whoever looks."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import connection
from django.db.models import Prefetch, Q

from styr.access.core.roles import Role
from styr.access.models import Membership, PasswordLink, Unit, User
from styr.access.queries import current
from styr.kernel.period import ONE_DAY
from styr.ui.columns import ListPage

EVERYWHERE = "Hele kommunen"
_SORTS = {"name": "name", "username": "username", "last_login": "last_login"}


@dataclass(frozen=True, slots=True)
class HeldRole:
    """A role that somebody has, had or will have; `ends` exclusive, `unit_id` None for the whole municipality."""

    id: UUID
    role: Role
    unit_id: UUID | None
    unit_name: str
    starts: date
    ends: date | None

    def runs(self, on: date) -> bool:
        """Whether it holds on a day."""
        return self.starts <= on and (self.ends is None or on < self.ends)

    def is_over(self, on: date) -> bool:
        """Whether it has ended before a day."""
        return self.ends is not None and self.ends <= on

    @property
    def last_day(self) -> date | None:
        """The last day it holds, None while there is none."""
        return self.ends - ONE_DAY if self.ends else None


@dataclass(frozen=True, slots=True)
class UserFilter:
    """Which people: those whose name or login name holds the words, who have the role, who may log in or not."""

    words: str = ""
    role: Role | None = None
    active: bool | None = None


@dataclass(frozen=True, slots=True)
class UserRow:
    """A person in the list, with the roles of the day: "Sagsbehandler, Voksen"."""

    id: UUID
    name: str
    username: str
    is_active: bool
    last_login: datetime | None
    roles: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class OpenSession:
    """A session that somebody has open; `is_this` is the one that asks."""

    id: UUID
    issued_at: datetime
    expires_at: datetime
    is_this: bool


@dataclass(frozen=True, slots=True)
class LinkMade:
    """That a link to choose a password was made, and whether it was used."""

    made_at: datetime
    expires_at: datetime
    used_at: datetime | None


@dataclass(frozen=True, slots=True)
class UserSheet:
    """All that is shown of one person: roles newest first, open sessions, links to choose a password."""

    id: UUID
    name: str
    username: str
    is_active: bool
    is_program: bool
    has_password: bool
    last_login: datetime | None
    roles: tuple[HeldRole, ...]
    sessions: tuple[OpenSession, ...]
    links: tuple[LinkMade, ...]


@dataclass(frozen=True, slots=True)
class UnitLine:
    """A unit where it stands in the tree: `depth` 0 at the top, `people` who have a role in it today."""

    id: UUID
    number: str
    name: str
    ean: str
    parent_id: UUID | None
    depth: int
    people: int

    @property
    def steps(self) -> range:
        """One for each level down."""
        return range(self.depth)


def users(wanted: UserFilter, *, order: str, on: date, page: int, size: int) -> ListPage[UserRow]:
    """A page of people; `order` is name, username or last_login, "-" for falling.

    Three queries.
    """
    found = User.objects.all()
    if wanted.words:
        found = found.filter(Q(name__icontains=wanted.words) | Q(username__icontains=wanted.words))
    if wanted.role is not None:
        found = found.filter(pk__in=Membership.objects.filter(current(on), role=wanted.role).values("user_id"))
    if wanted.active is not None:
        found = found.filter(is_active=wanted.active)
    falling = "-" if order.startswith("-") else ""
    by = _SORTS.get(order.lstrip("-"), "name")
    roles = Prefetch("memberships", Membership.objects.filter(current(on)).select_related("unit").order_by("role"))
    total = found.count()
    shown = min(page, max(1, -(-total // size)))
    rows = found.order_by(falling + by, "pk").prefetch_related(roles)[(shown - 1) * size : shown * size]
    return ListPage.of([_row(user) for user in rows], page=shown, size=size, total=total)


def user_sheet(user_id: UUID) -> UserSheet | None:
    """One person, or None where the scope sees none of that id. Four queries."""
    user = User.objects.filter(pk=user_id).first()
    if user is None:
        return None
    held = Membership.objects.filter(user=user).select_related("unit").order_by("-starts", "role")
    links = [] if user.is_program else PasswordLink.objects.filter(user=user).order_by("-made_at")[:5]
    return UserSheet(
        id=user.id,
        name=user.name,
        username=user.username,
        is_active=user.is_active,
        is_program=user.is_program,
        has_password=user.has_usable_password(),
        last_login=user.last_login,
        roles=tuple(_held(one) for one in held),
        sessions=tuple(open_sessions(user_id)),
        links=tuple(LinkMade(link.made_at, link.expires_at, link.used_at) for link in links),
    )


def open_sessions(user_id: UUID) -> list[OpenSession]:
    """Somebody's open sessions, the newest first: one's own, or anybody's to who administers. One query."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT id, issued_at, expires_at, is_this FROM styr_sessions(%s)", [user_id])
        return [OpenSession(*row) for row in cursor.fetchall()]


def unit_tree(*, on: date, counted: bool = True) -> list[UnitLine]:
    """Every unit under the one above it, by number. Two queries, one where the people in them are not `counted`."""
    below: defaultdict[UUID | None, list[Unit]] = defaultdict(list)
    for unit in Unit.objects.order_by("number"):
        below[unit.parent_id].append(unit)
    people: defaultdict[UUID | None, set[UUID]] = defaultdict(set)
    held = Membership.objects.filter(current(on)).values_list("unit_id", "user_id") if counted else ()
    for unit_id, user_id in held:
        people[unit_id].add(user_id)
    lines: list[UnitLine] = []
    ahead = [(unit, 0) for unit in reversed(below[None])]
    while ahead:
        unit, depth = ahead.pop()
        lines.append(UnitLine(unit.id, unit.number, unit.name, unit.ean, unit.parent_id, depth, len(people[unit.id])))
        ahead += [(child, depth + 1) for child in reversed(below[unit.id])]
    return lines


def _row(user: User) -> UserRow:
    roles = tuple(f"{Role(held.role).danish}, {_place(held)}" for held in user.memberships.all())
    return UserRow(user.id, user.name, user.username, user.is_active, user.last_login, roles)


def _held(one: Membership) -> HeldRole:
    return HeldRole(one.id, Role(one.role), one.unit_id, _place(one), one.starts, one.ends)


def _place(held: Membership) -> str:
    return held.unit.name if held.unit is not None else EVERYWHERE
