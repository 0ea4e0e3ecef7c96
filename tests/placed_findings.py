"""Findings as a control run leaves them, written straight into the work queue for the pages' tests."""

from datetime import UTC, datetime
from uuid import UUID

from styr.controls.models import Finding
from styr.kernel.ids import uuid7

SEEN = datetime(2026, 11, 20, 8, 30, tzinfo=UTC)


def place_finding(
    *, municipality_id: UUID, unit_id: UUID | None, amount_ore: int, number: str = "B1234567-8", hard_stop: bool = False
) -> UUID:
    """A grant without contract, as its control would have found it."""
    made = Finding(
        municipality_id=municipality_id,
        unit_id=unit_id,
        control_code="grant_without_contract",
        subject_kind="grant",
        subject_id=uuid7(),
        severity="error",
        hard_stop=hard_stop,
        fingerprint="0" * 32,
        owner_role="negotiator",
        amount_ore=amount_ore,
        evidence={"number": number, "section": "SEL-107", "starts": "2026-01-01", "ends": "2027-01-01"},
        status="open",
        first_seen=SEEN,
        last_seen=SEEN,
    )
    made.save(force_insert=True)
    return made.id
