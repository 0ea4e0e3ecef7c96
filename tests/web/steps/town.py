"""A second municipality, the tiny one of the registers' tests, in which things that take many steps have been done."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from uuid import UUID

import psycopg
from django.test import Client

from db.registers.registers import Registers
from personas import Persona
from styr.access.core.roles import Role
from styr.access.models import Municipality, Unit
from styr.access.scope import service_scope
from styr.kernel import clock
from styr.kernel.ids import uuid7

BESIDE = Municipality(id=uuid7(), code="997", name="Sognet Kommune")
ADULTS = Unit(id=uuid7(), municipality=BESIDE, number="11", name="Voksen", ean="5798000000117")
CHILDREN = Unit(id=uuid7(), municipality=BESIDE, number="12", name="Børn og Unge")


@dataclass(frozen=True)
class Beside:
    """The municipality with its registers, and somebody in every role."""

    municipality: Municipality
    people: Mapping[Role, Persona]
    clients: Mapping[Role, Client]
    folder: Path
    today: date
    now: datetime

    def who(self, role: Role) -> UUID:
        return self.people[role].user.id


def let_in(administrator: psycopg.Connection) -> None:
    """Bring the municipality and its units about, as the administrator does."""
    administrator.execute(
        "INSERT INTO access_municipality (id, code, name) VALUES (%s, %s, %s)", [BESIDE.id, BESIDE.code, BESIDE.name]
    )
    for unit in (ADULTS, CHILDREN):
        administrator.execute(
            "INSERT INTO access_unit (id, municipality_id, number, name, ean) VALUES (%s, %s, %s, %s, %s)",
            [unit.id, unit.municipality_id, unit.number, unit.name, unit.ean],
        )


def founded(everybody: Mapping[Role, tuple[Persona, Client]], *, folder: Path) -> Beside:
    """Write its registers."""
    people = {role: somebody for role, (somebody, _) in everybody.items()}
    clients = {role: client for role, (_, client) in everybody.items()}
    with service_scope(BESIDE.id, "test"):
        Registers(BESIDE.id).load()
    return Beside(BESIDE, people, clients, folder, clock.today(), clock.now())
