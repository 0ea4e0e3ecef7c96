"""The merger of two suppliers as one act: places, contracts, frameworks and grants go over from a day, with a log.

The continuing supplier takes over every claim, also for days before (universal succession), so its invoices fit both.
An invoice of the absorbed supplier fits days before the merger and no day after it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from django.db import connection, transaction

from styr.access.core.permissions import Permission
from styr.access.scope import service_scope
from styr.access.unit_roles import may_in
from styr.contracts.transferring import transfer_contracts
from styr.grants.transferring import transfer_grants
from styr.suppliers.merging import NewMerger, UnableToMergeError, note_moved, record_merger

if TYPE_CHECKING:
    from datetime import date, datetime
    from uuid import UUID

_GOING: Final = """
SELECT (SELECT count(*) FROM rel_contract WHERE supplier_id = %(id)s AND kind = 'individual'
          AND (ends IS NULL OR ends > %(day)s)),
       (SELECT count(*) FROM rel_contract WHERE supplier_id = %(id)s AND kind = 'framework'
          AND (ends IS NULL OR ends > %(day)s)),
       (SELECT count(*) FROM rel_grant WHERE supplier_id = %(id)s AND (ends IS NULL OR ends > %(day)s)),
       (SELECT count(*) FROM rel_provider_unit WHERE supplier_id = %(id)s)
"""


NOT_YET: Final = "Fusionen registreres, når den er trådt i kraft."
"""Why a merger of a later day is refused: all that goes over would go over today."""


@dataclass(frozen=True, slots=True)
class Going:
    """What goes over by a merger: contracts about citizens, frameworks, grants and places."""

    contracts: int
    frameworks: int
    grants: int
    places: int


def may_merge(*, actor_id: UUID, on: date) -> bool:
    """Whether somebody's roles for the whole municipality let them change suppliers and contracts. Two queries."""
    needs = (Permission.EDIT_SUPPLIERS, Permission.EDIT_CONTRACTS)
    return all(may_in(user_id=actor_id, permission=one, unit_id=None, on=on) for one in needs)


def going_over(supplier_id: UUID, *, from_day: date) -> Going:
    """What the caller sees that would go over from a day. One query."""
    with connection.cursor() as cursor:
        cursor.execute(_GOING, {"id": supplier_id, "day": from_day})
        return Going(*cursor.fetchone())


@transaction.atomic
def merge(*, municipality_id: UUID, merger: NewMerger, actor_id: UUID, today: date, now: datetime) -> Going:
    """Record a merger and let everything that has not ended by its day go over; return how much did.

    Cases that are closed to the actor go over as well: only the number of them is told.

    Raises:
        UnableToMergeError: the actor's roles do not reach the whole municipality, the day is not here yet, or the
            suppliers cannot be merged.
        SupplierNotVisibleError: one of them is not there.
    """
    if not may_merge(actor_id=actor_id, on=today):
        raise UnableToMergeError(
            "En fusion kræver en rolle for hele kommunen, som må ændre leverandører og kontrakter."
        )
    if merger.valid_from > today:
        raise UnableToMergeError(NOT_YET)
    with service_scope(municipality_id, "job"):
        going = going_over(merger.absorbed_id, from_day=merger.valid_from)
        merger_id = record_merger(merger=merger, actor_id=actor_id, now=now)
        absorbed, continuing, day = merger.absorbed_id, merger.continuing_id, merger.valid_from
        contracts = transfer_contracts(
            municipality_id=municipality_id, from_id=absorbed, to_id=continuing, from_day=day
        )
        grants = transfer_grants(municipality_id=municipality_id, from_id=absorbed, to_id=continuing, from_day=day)
        note_moved(merger_id=merger_id, contracts=contracts, grants=grants)
    return going
