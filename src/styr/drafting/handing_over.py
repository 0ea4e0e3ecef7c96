"""Handing somebody's open drafts over to another, when they leave."""

from uuid import UUID

from django.db import transaction

from styr.drafting.core.codes import CLOSED
from styr.drafting.models import ContractDraft


@transaction.atomic
def hand_over_drafts(*, from_id: UUID, to_id: UUID) -> int:
    """Let another own the drafts that are not signed or given up; return how many.

    Whoever wrote or sent a draft still approves none of it. Whoever calls this has asked whether the actor may.
    """
    open_drafts = ContractDraft.objects.filter(owner_id=from_id).exclude(state__in=[state.value for state in CLOSED])
    return open_drafts.update(owner_id=to_id)
