"""Who is there, for the scope that asks."""

from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db import connection
from django.db.models import Q

from styr.access.core.acts import Act
from styr.access.core.permissions import permissions_of
from styr.access.core.roles import Role
from styr.access.models import Limit, Membership, Municipality, Unit, User
from styr.access.unit_roles import roles_in
from styr.kernel.period import ONE_DAY


def roles_on(*, user_id: UUID, on: date) -> frozenset[Role]:
    """The roles that somebody holds on a day, in whichever unit. One query.

    An administrator's role in a single unit is none: the database gives it nothing (`styr_administers`).
    """
    held = Membership.objects.filter(current(on), user_id=user_id).values_list("role", flat=True)
    held = held.exclude(role=Role.ADMINISTRATOR, unit__isnull=False)
    return frozenset(Role(role) for role in held)


def half_roles() -> frozenset[Role]:
    """The roles of whoever holds half a login (0011_second_factor.sql): nothing else of them is in scope. One query."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT styr_half_roles()")
        return frozenset(Role(row[0]) for row in cursor.fetchall())


def administrators(*, on: date) -> list[str]:
    """Names of those who administer the municipality in scope on a day, in alphabetical order. One query."""
    found = User.objects.filter(
        is_active=True,
        memberships__in=Membership.objects.filter(current(on), role=Role.ADMINISTRATOR, unit=None),
    )
    return list(found.order_by("name").values_list("name", flat=True).distinct())


def current(on: date) -> Q:
    """Memberships that run on a day."""
    return Q(starts__lte=on) & (Q(ends__isnull=True) | Q(ends__gt=on))


def usernames() -> frozenset[str]:
    """Login names in use in the municipality. One query."""
    return frozenset(User.objects.values_list("username", flat=True))


def how_many_named(name: str) -> int:
    """How many people of the municipality bear a name, also those who are let in no more. One query."""
    return User.objects.filter(name=name, is_program=False).count()


def municipality_name() -> str:
    """The name of the municipality in scope; empty without a scope. One query."""
    return Municipality.objects.values_list("name", flat=True).first() or ""


def municipality_code() -> str:
    """The code of the municipality in scope, as official registers have it; empty without a scope. One query."""
    return Municipality.objects.values_list("code", flat=True).first() or ""


def units_by_number(numbers: Collection[str]) -> dict[str, tuple[str, str]]:
    """Unit number → (name, EAN or '') of those that are there. One query."""
    found = Unit.objects.filter(number__in=numbers).values_list("number", "name", "ean")
    return {number: (name, ean) for number, name, ean in found}


@dataclass(frozen=True, slots=True)
class LimitRow:
    """A limit as it stands: `role` is None for the municipality's own; amount in øre; `valid_to` exclusive."""

    role: Role | None
    act: Act
    amount_ore: int
    valid_from: date
    valid_to: date | None

    @property
    def last_day(self) -> date | None:
        """The last day it holds, None while there is none."""
        return self.valid_to - ONE_DAY if self.valid_to else None


def limit_for(*, user_id: UUID, act: str, on: date, unit_id: UUID | None) -> int | None:
    """How much somebody may do an act for on a day, in øre; None where no limit is set, 0 where they may not.

    The highest of their roles counts, among the roles that let them do the act at all and that cover the row's unit
    (`unit_roles.roles_in`); a role without a limit has none. For `four_eyes_invoice` it is the municipality's own
    limit, whoever asks. Two queries, or one.
    """
    return _limit_of(act, on, lambda: roles_in(user_id=user_id, unit_id=unit_id, on=on))


def highest_limit_for(*, user_id: UUID, act: str, on: date) -> int | None:
    """The limit where it is highest, in whichever unit: for telling what may concern somebody, never for letting them.

    Two queries, or one.
    """
    return _limit_of(act, on, lambda: roles_on(user_id=user_id, on=on))


def _limit_of(act: str, on: date, held: Callable[[], frozenset[Role]]) -> int | None:
    asked = Act(act)
    if asked.permission is None:
        return limits_in_force(asked, on).get(None)
    among = held()
    roles = {role for role in among if asked.permission in permissions_of([role])}
    limits = limits_in_force(asked, on)
    if not roles:
        return 0
    amounts = [limits.get(role) for role in roles]
    return None if None in amounts else max(amount for amount in amounts if amount is not None)


def limits_in_force(act: Act, on: date) -> dict[Role | None, int]:
    """The limits of an act on a day, by role, in øre; a role that is not there has none. One query."""
    return {row.role: row.amount_ore for row in _rows(_running(on) & Q(act=act.value))}


def limits_from(on: date) -> list[LimitRow]:
    """Every limit that runs on the day or begins later, by act, role and day. One query."""
    return _rows(Q(valid_to__isnull=True) | Q(valid_to__gt=on))


def _running(on: date) -> Q:
    return Q(valid_from__lte=on) & (Q(valid_to__isnull=True) | Q(valid_to__gt=on))


def _rows(wanted: Q) -> list[LimitRow]:
    return [
        LimitRow(Role(row.role) if row.role else None, Act(row.act), row.amount_ore, row.valid_from, row.valid_to)
        for row in Limit.objects.filter(wanted).order_by("act", "role", "valid_from")
    ]
