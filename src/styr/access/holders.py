"""Who holds a role, for whoever has something to tell them."""

from collections.abc import Collection
from datetime import date
from uuid import UUID

from styr.access.core.roles import Role
from styr.access.models import Membership
from styr.access.queries import current


def role_holders(*, roles: Collection[Role], on: date) -> dict[UUID, frozenset[Role]]:
    """Those who hold any of the roles on a day, in whichever unit, each with the ones they hold. One query."""
    rows = Membership.objects.filter(current(on), role__in=[role.value for role in roles], user__is_active=True)
    held: dict[UUID, set[Role]] = {}
    for user_id, role in rows.values_list("user_id", "role"):
        held.setdefault(user_id, set()).add(Role(role))
    return {user_id: frozenset(own) for user_id, own in held.items()}
