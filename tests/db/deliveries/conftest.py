"""The tiny municipality, whose grants deliveries are told of."""

import pytest

from db.registers.registers import Registers
from styr.access.models import Municipality


@pytest.fixture
def registers(municipality: Municipality, scope: str) -> Registers:
    """Every register of `registers.py`."""
    return Registers(municipality.id).load()
