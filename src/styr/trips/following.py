"""What follows a change besides the invoices' own work: trips find their grant again before they are controlled."""

from __future__ import annotations

from typing import TYPE_CHECKING

from styr.invoices.services import control_everything
from styr.trips.placing import place_touched

if TYPE_CHECKING:
    from collections.abc import Collection
    from datetime import date, datetime
    from uuid import UUID


def control_with_trips(
    *, municipality_id: UUID, today: date, now: datetime, changed: Collection[UUID] | None = None
) -> object:
    """Place the touched citizens' trips, then match invoices and run the controls; twice changes nothing."""
    if changed:
        place_touched(changed)
    return control_everything(municipality_id=municipality_id, today=today, now=now, changed=changed)
