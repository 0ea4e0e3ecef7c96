"""The tiny municipality with somebody to write, to approve and to decide the terms."""

import pytest

from db.drafting.journey import Office, office
from db.registers.registers import Registers
from styr.access.models import Municipality


@pytest.fixture
def desk(municipality: Municipality, scope: str) -> Office:
    """Every register of `registers.py`, and the people around the contract K-2026-0001."""
    Registers(municipality.id).load()
    return office(municipality)
