"""The tiny municipality of the registers' tests, for what people do with grants."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

import pytest
from django.db import connection

from db.registers.registers import Registers
from styr.access.models import Municipality
from styr.grants.models import Grant


@pytest.fixture
def registers(municipality: Municipality, scope: str) -> Registers:
    """Every register of `registers.py`, written by the bulk services."""
    return Registers(municipality.id).load()


@pytest.fixture
def home(registers: Registers) -> UUID:
    """The granted stay of Ida: a day rate and a special rate on her contract, and two weeks away."""
    return Grant.objects.get(source_id="B0000017-9").id


@pytest.fixture
def query() -> Callable[..., list[tuple[Any, ...]]]:
    """Ask the database in the test's own scope."""

    def ask(text: str, *values: object) -> list[tuple[Any, ...]]:
        with connection.cursor() as cursor:
            cursor.execute(text, list(values))
            return cursor.fetchall()

    return ask
