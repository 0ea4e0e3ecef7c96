"""Handing a caseworker's grants to another: the case system's name of the caseworker is what a grant is kept under."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction

from styr.access.core.permissions import Permission
from styr.access.queries import how_many_named
from styr.access.unit_roles import may_in
from styr.grants.core.codes import GrantStatus
from styr.grants.models import Grant
from styr.kernel.refusal import Refusal

if TYPE_CHECKING:
    from datetime import date
    from uuid import UUID

_LIVE = (GrantStatus.DRAFT, GrantStatus.EXPECTED, GrantStatus.AWAITING, GrantStatus.GRANTED)


class UnableToHandOverGrantsError(Refusal):
    """The grants cannot be handed over by the caseworker's name."""


@transaction.atomic
def hand_over_grants(*, from_name: str, to_id: UUID, to_name: str, today: date) -> tuple[int, int]:
    """Let another caseworker stand on the grants that go on; return how many, and how many lie where that one has none.

    The next case file may say otherwise.

    Raises:
        UnableToHandOverGrantsError: two people bear one of the names, so nobody can tell whose the grants are.
    """
    held = Grant.objects.filter(caseworker=from_name, status__in=_LIVE) if from_name else Grant.objects.none()
    total = held.count()
    if not total:
        return 0, 0
    for name in (from_name, to_name):
        if how_many_named(name) > 1:
            raise UnableToHandOverGrantsError(
                f"To medarbejdere hedder {name}; bevillingerne kan ikke overdrages ved navn."
            )
    units = set(held.values_list("unit_id", flat=True))
    reached = [one for one in units if may_in(user_id=to_id, permission=Permission.SEE_GRANTS, unit_id=one, on=today)]
    moved = held.filter(unit_id__in=reached).update(caseworker=to_name)
    return moved, total - moved
