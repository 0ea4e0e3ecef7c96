"""What the page about one saving shows besides its line in the ledger."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from styr.negotiations.models import Saving

if TYPE_CHECKING:
    from datetime import date
    from decimal import Decimal
    from uuid import UUID


@dataclass(frozen=True, slots=True)
class SavingDetails:
    """What the page about one saving shows besides its line; `unit` is the service line's, "" for a sum."""

    evidence: str
    unit: str
    baseline_quantity: Decimal | None
    agreed_quantity: Decimal | None
    agreed_on: date | None
    verified_on: date | None
    verified_until: date | None
    dropped_because: str
    made_by: str
    consent_given_by: str


def saving_details(saving_id: UUID) -> SavingDetails:
    """Return a saving's details; one query. It must be there: `savings_of` tells."""
    row = Saving.objects.select_related("made_by", "service_line", "consent").get(id=saving_id)
    return SavingDetails(
        row.evidence, row.service_line.measure if row.service_line else "", row.baseline_quantity, row.agreed_quantity,
        row.agreed_on, row.verified_on, row.verified_until, row.dropped_because, row.made_by.name,
        row.consent.given_by if row.consent else "",
    )  # fmt: skip
