"""Setting limits in kroner (beløbsgrænser): how much each role may do an act for, from which day."""

from datetime import date
from uuid import UUID

from django.db import transaction
from django.db.models import Q

from styr.access.core.acts import Act
from styr.access.core.permissions import permissions_of
from styr.access.core.roles import Role
from styr.access.models import Limit
from styr.kernel.refusal import Refusal


class UnableToSetLimitError(Refusal):
    """The limit cannot be set so; the message says why."""


@transaction.atomic
def set_limit(  # noqa: PLR0913 -- the limit's own five parts, and the day it is set
    *, municipality_id: UUID, role: Role | None, act: Act, amount_ore: int | None, starts: date, today: date
) -> None:
    """Let a limit (øre; None for no limit) hold from a day on; what held before is ended there and kept.

    A limit set earlier to begin on that day or later gives way. Raises `UnableToSetLimitError`: for a day that has
    passed, since what was approved then was approved under the limit of then; for a negative amount; for a role on a
    limit that is the municipality's, or none on one that is a role's; for a role that may not do the act anyway.
    """
    _refuse(role, act, amount_ore, starts, today)
    of_role = Limit.objects.filter(municipality_id=municipality_id, role=role or "", act=act.value)
    of_role.filter(valid_from__gte=starts).delete()
    of_role.filter(Q(valid_to__isnull=True) | Q(valid_to__gt=starts)).update(valid_to=starts)
    if amount_ore is not None:
        Limit.objects.create(
            municipality_id=municipality_id, role=role or "", act=act.value, amount_ore=amount_ore, valid_from=starts
        )


def _refuse(role: Role | None, act: Act, amount_ore: int | None, starts: date, today: date) -> None:
    if starts < today:
        raise UnableToSetLimitError("En grænse kan ikke sættes for en dag, der er gået.")
    if amount_ore is not None and amount_ore < 0:
        raise UnableToSetLimitError("En grænse kan ikke være negativ. Skriv 0, hvis rollen slet ikke må godkende.")
    if (role is None) != (act.permission is None):
        raise UnableToSetLimitError("Grænsen for godkendelse af to gælder hele kommunen; de andre gælder en rolle.")
    if role is not None and act.permission not in permissions_of([role]):
        raise UnableToSetLimitError(f"{role.danish} har ikke lov til det, grænsen gælder.")
