"""Desks of people who plan: the tiny municipality of the registers' tests behind their pages."""

from dataclasses import dataclass
from uuid import UUID

import pytest
from django.http import HttpResponse
from django.test import Client

from db.registers.registers import Registers
from loggedin import logged_in_client, send
from personas import Persona, persona
from styr.access.core.roles import Role
from styr.access.models import Municipality, Unit
from styr.access.scope import service_scope
from styr.planning.copying import forget_copies


@dataclass
class Desk:
    """Somebody's desk."""

    municipality_id: UUID
    who: Persona
    client: Client

    def get(self, address: str, **words: object) -> HttpResponse:
        return self.client.get(address, words)  # type: ignore[return-value,arg-type]  # the client's own class

    def post(self, address: str, **fields: object) -> HttpResponse:
        return send(self.client, address, fields)


@dataclass
class Desks:
    """Lone sees everything; Vera leads Voksen, Bo Børn og Unge; Rie audits."""

    lone: Desk
    vera: Desk
    bo: Desk
    rie: Desk


@pytest.fixture
def desks(municipality: Municipality, unit: Unit, other_unit: Unit) -> Desks:
    """The four desks."""
    forget_copies()
    with service_scope(municipality.id, "test"):
        Registers(municipality.id).load()
        people = (
            persona("lone", municipality, Role.ECONOMIST),
            persona("vera", municipality, Role.MANAGER, unit),
            persona("bo", municipality, Role.MANAGER, other_unit),
            persona("rie", municipality, Role.AUDITOR),
        )
    return Desks(*(Desk(municipality.id, who, logged_in_client(who)) for who in people))
