"""The tiny municipality, loaded."""

from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection

from db.registers.registers import Registers
from styr.access.models import Municipality


@pytest.fixture
def registers(municipality: Municipality, scope: str) -> Registers:
    """Every register of `registers.py`, written by the bulk services."""
    return Registers(municipality.id).load()


@pytest.fixture
def query() -> Callable[..., list[tuple[Any, ...]]]:
    """Ask the database in the test's own scope."""

    def ask(text: str, *values: object) -> list[tuple[Any, ...]]:
        with connection.cursor() as cursor:
            cursor.execute(text, list(values))
            return cursor.fetchall()

    return ask
