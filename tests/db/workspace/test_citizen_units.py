"""A citizen's unit is called by its own name, in the filter and on the page, and not by the municipality's."""

from datetime import date

import pytest

from db.registers.registers import Registers
from styr.access.models import Municipality, Unit
from styr.people.models import Citizen
from styr.workspace.citizens import citizen_choices
from styr.workspace.citizens_frame import citizen_frame


@pytest.fixture
def ida(municipality: Municipality, scope: str) -> Citizen:
    """The citizen of the tiny municipality who is served by the unit Voksen."""
    Registers(municipality.id).load()
    return Citizen.objects.get(source_id="1001")


def test_the_filter_offers_the_units_by_their_names(ida: Citizen, unit: Unit) -> None:
    assert (str(unit.id), "Voksen") in citizen_choices().units


def test_the_page_names_the_unit(ida: Citizen) -> None:
    frame = citizen_frame(citizen_id=ida.id, page="/x/", purpose="prøve", today=date(2026, 6, 1))
    assert frame.unit_name == "Voksen"
