"""The catalogue's pages on a day in October, and the example that comes with the program."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.test import Client

from loggedin import logged_in_client, send
from personas import persona
from styr.access.core.roles import Role
from styr.access.models import Municipality, Unit
from styr.initiatives.models import Catalogue
from styr.kernel import clock

TODAY = date(2026, 10, 19)
As = Callable[..., Client]


@pytest.fixture(autouse=True)
def the_day(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "today", lambda: TODAY)


@pytest.fixture
def logged_in(municipality: Municipality, scope: str) -> As:
    def log_in(role: Role, unit: Unit | None = None) -> Client:
        return logged_in_client(persona(f"{role.value}-{unit.number if unit else 'alle'}", municipality, role, unit))

    return log_in


@pytest.fixture
def page(logged_in: As) -> Client:
    return logged_in(Role.MANAGER)


@pytest.fixture
def example(page: Client) -> Catalogue:
    assert send(page, "/indsatser/eksempel/").status_code == 302
    return Catalogue.objects.get()


def words(answer: Any) -> str:
    return " ".join(answer.content.decode().split())


def initiative_fields(**changed: object) -> dict[str, object]:
    return {
        "number": 16, "title": "Samkørsel til dagtilbud", "status": "planned", "baseline": "2,0", "saving": "<0,4",
        "political": "not_needed", "service": "same", "measure": "none", "effects": ["economy", "climate"],
    } | changed  # fmt: skip
