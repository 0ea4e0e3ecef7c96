"""Who is there, for the scope that asks."""

from collections.abc import Collection
from datetime import date
from uuid import UUID

from django.db.models import Q

from styr.access.core.roles import Role
from styr.access.models import Membership, Municipality, Unit, User


def roles_on(*, user_id: UUID, on: date) -> frozenset[Role]:
    """The roles that somebody holds on a day, in whichever unit. One query."""
    held = Membership.objects.filter(current(on), user_id=user_id).values_list("role", flat=True)
    return frozenset(Role(role) for role in held)


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
