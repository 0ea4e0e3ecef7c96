from datetime import date
from typing import Any

import pytest
from django.apps import apps

from styr.access.crypto import blind_index
from styr.access.models import Municipality, Unit
from styr.access.scope import service_scope
from styr.audit.queries import citizen_log
from styr.audit.services import log_read
from styr.kernel.cpr import Cpr

pytestmark = pytest.mark.django_db
Citizen, Guardian = apps.get_model("people", "Citizen"), apps.get_model("people", "Guardian")
CPR = Cpr.parse("6101011234")


@pytest.fixture
def citizen(scope: str, municipality: Municipality, unit: Unit) -> Any:
    made = Citizen.objects.create(
        municipality=municipality,
        unit=unit,
        source_id="B1",
        cpr=CPR,
        cpr_index=blind_index(CPR.digits),
        name_index="",
        birth_date=CPR.birth_date,
        first_name="Åse",
        last_name="Prøve",
    )
    Guardian.objects.create(
        municipality=municipality, unit=unit, citizen=made, name="Bo Værge", kind="værge", starts=date(2026, 1, 1)
    )
    return made


def test_it_tells_reads_changes_and_what_hangs_on_the_citizen_in_order(citizen: Any) -> None:
    log_read(citizens=[citizen.id], page="/borgere/1/", purpose="visitation")
    Citizen.objects.filter(pk=citizen.pk).update(city="Ribe")
    citizen.guardians.all().delete()
    told = citizen_log(citizen.id)
    assert [(row.kind, row.what) for row in told] == [
        ("insert", "borger"),
        ("insert", "værge"),
        ("read", "/borgere/1/"),
        ("update", "borger"),
        ("delete", "værge"),
    ]
    assert told[3].facts["by"] == "Ribe"
    assert all(row.purpose for row in told)


def test_it_holds_no_number_in_clear_and_no_index(citizen: Any) -> None:
    written = repr(citizen_log(citizen.id))
    assert CPR.digits not in written
    assert CPR.written not in written
    assert blind_index(CPR.digits) not in written


def test_the_history_keeps_the_number_encrypted_and_opens_it_at_the_rows_place(citizen: Any) -> None:
    event = apps.get_model("people", "CitizenEvent").objects.get(pgh_obj_id=citizen.pk)
    assert event.cpr == CPR


def test_another_municipality_gets_nothing(citizen: Any, other_municipality: Municipality) -> None:
    with service_scope(other_municipality.id, "test"):
        assert citizen_log(citizen.id) == []
