"""What somebody is and may do on a day, in whichever unit; and what takes a role over the whole municipality."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from styr.access.core.permissions import Permission, permissions_of
from styr.access.core.roles import Role
from styr.access.models import Membership
from styr.access.queries import current

EVERYWHERE = frozenset({Permission.IMPORT})
"""What a role in a unit alone never gives: a file writes in every unit."""


@dataclass(frozen=True, slots=True)
class Standing:
    """The roles held in whichever unit, the permissions they give, and those given over the whole municipality."""

    roles: frozenset[Role] = frozenset()
    permissions: frozenset[Permission] = frozenset()
    everywhere: frozenset[Permission] = frozenset()


def standing(*, user_id: UUID, on: date) -> Standing:
    """What somebody is and may do on a day. One query.

    An administrator's role in a single unit is none, as in `queries.roles_on`.
    """
    held = Membership.objects.filter(current(on), user_id=user_id).values_list("role", "unit_id")
    told = [(Role(role), unit) for role, unit in held if role != Role.ADMINISTRATOR or unit is None]
    roles = frozenset(role for role, _ in told)
    wide = permissions_of(role for role, unit in told if unit is None)
    return Standing(roles, permissions_of(roles) - (EVERYWHERE - wide), wide)
