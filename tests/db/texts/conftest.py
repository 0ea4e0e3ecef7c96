"""The tiny municipality, with a contract to edit."""

from uuid import UUID

import pytest

from db.registers.registers import Registers
from styr.access.models import Municipality
from styr.contracts.models import Contract


@pytest.fixture
def registers(municipality: Municipality, scope: str) -> Registers:
    """Every register of `registers.py`."""
    return Registers(municipality.id).load()


@pytest.fixture
def contract_id(registers: Registers) -> UUID:
    """The individual contract K-2026-0001: a base line at 2,400 kr. and a special rate at 820 kr. a day."""
    return Contract.objects.get(number="K-2026-0001").id
