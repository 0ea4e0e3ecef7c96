"""The tiny municipality of the registers' tests, and people who plan in it."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime
from uuid import UUID

import pytest

from db.registers.registers import Registers
from personas import Persona, persona
from styr.access.core.roles import Role
from styr.access.models import Municipality, Unit
from styr.access.scope import service_scope
from styr.planning.copying import forget_copies
from styr.planning.core.changes import Change
from styr.planning.scenarios import WorkedOut, work_out

TODAY = date(2026, 4, 1)
NOW = datetime(2026, 4, 1, 12, tzinfo=UTC)


@dataclass
class Town:
    """A municipality with its registers, an economist of everything and a manager of each unit."""

    municipality_id: UUID
    lone: Persona
    voksen: Persona
    boern: Persona


@pytest.fixture
def town(municipality: Municipality, unit: Unit, other_unit: Unit) -> Town:
    """Ida lives in Voksen, Bo in Børn og Unge."""
    forget_copies()
    with service_scope(municipality.id, "test"):
        Registers(municipality.id).load()
        return Town(
            municipality.id,
            persona("lone", municipality, Role.ECONOMIST),
            persona("voksen", municipality, Role.MANAGER, unit),
            persona("boern", municipality, Role.MANAGER, other_unit),
        )


@pytest.fixture
def worked() -> Callable[..., WorkedOut]:
    """Work changes out in the scope there is."""

    def work(*changes: Change, goes_on: bool = False) -> WorkedOut:
        return work_out(changes, goes_on=goes_on, today=TODAY, now=NOW)

    return work
