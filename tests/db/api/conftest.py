"""The tiny municipality, and keys to it."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.http import HttpResponse
from django.test import Client

from db.registers.registers import Registers
from personas import persona
from styr.access import api_keys
from styr.access.core.permissions import Permission, permissions_of
from styr.access.core.roles import Role
from styr.access.models import Municipality, Unit
from styr.kernel import clock


class Program:
    """Another program with a key."""

    def __init__(self, key: str) -> None:
        self.key = key
        self.client = Client()

    def get(self, path: str) -> Any:
        return self.client.get(f"/api/v1{path}", headers={"Authorization": f"Bearer {self.key}"})

    def post(self, path: str, given: object = None, *, once: str | None = None, **extra: Any) -> Any:
        headers = {"Authorization": f"Bearer {self.key}", "Idempotency-Key": once or uuid4().hex}
        if "data" in extra:
            return self.client.post(f"/api/v1{path}", headers=headers, **extra)
        return self.client.post(f"/api/v1{path}", given, content_type="application/json", headers=headers)


Keyed = Callable[..., Program]


@pytest.fixture
def registers(municipality: Municipality, scope: str) -> Registers:
    """Every register of `registers.py`."""
    return Registers(municipality.id).load()


@pytest.fixture
def keyed(municipality: Municipality, registers: Registers) -> Keyed:
    """Make a key for a persona of a role, with all that the role gives unless `scopes` names less."""

    def make(role: Role, unit: Unit | None = None, scopes: tuple[Permission, ...] | None = None) -> Program:
        user = persona(f"{role.value}-{uuid4().hex[:6]}", municipality, role, unit).user
        now = clock.now()
        _, key = api_keys.make_key(
            user_id=user.id,
            name="Økonomisystemet",
            scopes=scopes or tuple(permissions_of([role])),
            last_day=now.date() + timedelta(days=30),
            actor_id=user.id,
            now=now,
        )
        return Program(key)

    return make


def body(answer: HttpResponse) -> Any:
    """The answer's JSON."""
    return answer.json()  # type: ignore[attr-defined]  # the test client's answer


TODAY = date(2026, 7, 1)
