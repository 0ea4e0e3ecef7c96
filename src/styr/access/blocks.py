"""Case blocks (sagsspærringer): people kept from a citizen's case, as their own family's (forvaltningsloven § 3)."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Q

from styr.access.crypto import blind_index
from styr.access.models import CaseBlock, User
from styr.kernel.cpr import Cpr
from styr.kernel.period import ONE_DAY
from styr.kernel.refusal import Refusal


class UnableToBlockError(Refusal):
    """The block cannot be made or lifted so; the message says why."""


@dataclass(frozen=True, slots=True)
class BlockRow:
    """A block as its keeper sees it: of whom, why and when (`ends` exclusive), and never of which citizen."""

    id: UUID
    user_id: UUID
    user_name: str
    reason: str
    starts: date
    ends: date | None

    def runs(self, on: date) -> bool:
        """Whether it holds on a day."""
        return self.starts <= on and (self.ends is None or on < self.ends)

    @property
    def last_day(self) -> date | None:
        """The last day it holds, None while there is none."""
        return self.ends - ONE_DAY if self.ends else None


def block_from_case(  # noqa: PLR0913 -- who, which citizen in one of two ways, why and when
    *,
    municipality_id: UUID,
    user_id: UUID,
    citizen_id: UUID | None = None,
    cpr: Cpr | None = None,
    reason: str,
    starts: date,
    ends: date | None = None,
) -> UUID:
    """Keep somebody from a citizen's case; gives the block's id.

    The citizen is named by id by those who see citizens, and by CPR number by an administrator, who sees none: nothing
    then tells whether the citizen is known, and a citizen who comes later is hidden as well. The CPR number itself is
    not kept. Raises `UnableToBlockError`: without a reason, for a user who is not there, for an empty period.
    """
    if not reason.strip():
        raise UnableToBlockError("Skriv, hvorfor personen er spærret fra sagen.")
    if ends is not None and ends <= starts:
        raise UnableToBlockError("Spærringen skal slutte efter den dag, den begynder.")
    if (citizen_id is None) == (cpr is None):
        raise UnableToBlockError("Vælg én borger.")
    if not User.objects.filter(pk=user_id).exists():
        raise UnableToBlockError("Brugeren findes ikke.")
    made = CaseBlock(
        municipality_id=municipality_id,
        user_id=user_id,
        citizen_id=citizen_id,
        cpr_index=blind_index(cpr.digits) if cpr else "",
        reason=reason.strip(),
        starts=starts,
        ends=ends,
    )
    made.save(force_insert=True)
    return made.id


def lift_block(*, block_id: UUID, on: date, actor_id: UUID) -> None:
    """End a block: it holds to the day before `on`. One that has not begun is taken away; its history is kept.

    Raises `UnableToBlockError` for a block that is not there, has ended already, or keeps the actor themselves.
    """
    found = CaseBlock.objects.filter(pk=block_id).first()
    if found is None or (found.ends is not None and found.ends <= on):
        raise UnableToBlockError("Spærringen findes ikke, eller den er allerede ophævet.")
    if found.user_id == actor_id:
        raise UnableToBlockError("Du kan ikke ophæve din egen spærring. Bed en anden administrator.")
    if found.starts >= on:
        found.delete()
    else:
        found.ends = on
        found.save(update_fields=["ends"])


def blocks(*, user_id: UUID | None = None) -> list[BlockRow]:
    """Blocks that the scope may see, the newest first: an administrator all, another person their own. One query."""
    wanted = Q() if user_id is None else Q(user_id=user_id)
    rows = CaseBlock.objects.filter(wanted).select_related("user").order_by("-starts", "user__name")
    return [BlockRow(row.id, row.user_id, row.user.name, row.reason, row.starts, row.ends) for row in rows]
