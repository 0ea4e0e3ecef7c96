"""What was delivered: by file and by people, per month and supplier; meetings; the pages."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from db.registers.registers import Registers
from loggedin import logged_in_client, send
from personas import persona
from styr.access.core.roles import Role
from styr.access.models import Municipality, Unit
from styr.controls.services import run_controls
from styr.deliveries import meetings, queries, services
from styr.deliveries.bulk import upsert_deliveries
from styr.deliveries.core.rows import DeliveryRow
from styr.deliveries.models import Delivery, SupplierMeeting
from styr.grants.models import Grant, ServiceLine
from styr.kernel import clock
from styr.suppliers.models import Supplier

if TYPE_CHECKING:
    from uuid import UUID

MAY, JUNE = date(2026, 5, 1), date(2026, 6, 1)
As = Callable[..., Client]


def told(month: date, quantity: str, line_no: int = 1) -> DeliveryRow:
    return DeliveryRow(grant_source_id="B0000017-9", line_no=line_no, month=month, quantity=Decimal(quantity))


@pytest.fixture
def logged_in(municipality: Municipality, registers: Registers) -> As:
    def log_in(role: Role, unit: Unit | None = None) -> Client:
        return logged_in_client(persona(f"{role.value}-{unit.number if unit else 'alle'}", municipality, role, unit))

    return log_in


@pytest.fixture
def delivered(municipality: Municipality, registers: Registers) -> None:
    """The home's stay: 31 days of May, and 20 of June's 30."""
    result = upsert_deliveries([told(date(2026, 5, 31), "31"), told(JUNE, "20")], municipality_id=municipality.id)
    assert (result.inserted, result.errors) == (2, ())


def test_a_file_lands_once_and_says_what_it_does_not_know(municipality: Municipality, delivered: None) -> None:
    again = upsert_deliveries([told(MAY, "31"), told(JUNE, "20")], municipality_id=municipality.id)
    assert (again.inserted, again.changed, again.unchanged) == (0, 0, 2)
    wrong = [told(JUNE, "3", line_no=9), DeliveryRow(grant_source_id="?", line_no=1, month=JUNE, quantity=Decimal(1))]
    errors = upsert_deliveries(wrong, municipality_id=municipality.id).errors
    assert {error.column for error in errors} == {"linje_nr", "bevilling_nr"}


def test_a_month_is_held_against_what_was_promised(delivered: None) -> None:
    rows, total = queries.delivered_months(queries.DeliveryFilter(), sort="maaned")
    assert total == 2
    assert [(row.month, row.promised, row.missing_ore) for row in rows] == [
        (MAY, Decimal(31), 0),
        (JUNE, Decimal(30), 10 * 240_000),
    ]
    (of_supplier,) = queries.by_supplier(first=MAY, until=date(2026, 7, 1))
    assert (of_supplier.months, of_supplier.cost_ore, of_supplier.missing_ore) == (2, 61 * 240_000, 2_400_000)


def test_what_is_paid_for_and_not_delivered_is_a_finding(municipality: Municipality, delivered: None) -> None:
    run_controls(
        municipality_id=municipality.id, today=date(2026, 7, 10), now=clock.now(), codes=["paid_not_delivered"]
    )
    with connection.cursor() as cursor:
        cursor.execute("SELECT amount_ore FROM rel_finding WHERE control_code = 'paid_not_delivered'")
        assert cursor.fetchall() == [(2_400_000,)]


def test_a_note_replaces_what_was_told_and_only_where_one_s_role_reaches(
    municipality: Municipality, delivered: None, other_unit: Unit
) -> None:
    line = ServiceLine.objects.get(grant__source_id="B0000017-9", line_no=1)
    facts = {"service_line_id": line.id, "month": date(2026, 6, 30), "quantity": Decimal(30), "note": "rettet"}
    stranger = persona("fremmed", municipality, Role.CASEWORKER, other_unit).user.id
    if line.unit_id != other_unit.id:
        with pytest.raises(services.UnableToRecordDeliveryError, match="i denne enhed"):
            services.record_delivery(**facts, actor_id=stranger, today=date(2026, 7, 1))
    worker = persona("sagsbehandler", municipality, Role.CASEWORKER, None).user.id
    services.record_delivery(**facts, actor_id=worker, today=date(2026, 7, 1))
    assert Delivery.objects.get(service_line=line, month=JUNE).quantity == 30
    with pytest.raises(services.UnableToRecordDeliveryError, match="begyndt"):
        services.record_delivery(**{**facts, "month": date(2026, 8, 1)}, actor_id=worker, today=date(2026, 7, 1))


def test_a_meeting_has_agenda_minutes_and_what_was_agreed(municipality: Municipality, delivered: None) -> None:
    run_controls(
        municipality_id=municipality.id, today=date(2026, 7, 10), now=clock.now(), codes=["paid_not_delivered"]
    )
    supplier = Supplier.objects.get(source_id="L1")
    actor = persona("forhandler", municipality, Role.NEGOTIATOR, None).user.id
    today = date(2026, 7, 10)
    agenda = meetings.proposed_agenda(supplier.id)
    assert "Betalt, men ikke leveret: 1 sag, 24.000 kr." in agenda
    made = meetings.call_meeting(
        municipality_id=municipality.id, supplier_id=supplier.id, held_on=today, participants="", agenda=agenda,
        actor_id=actor, today=today,
    )  # fmt: skip
    meetings.write_minutes(meeting_id=made, participants="Ida", minutes="Enige.", actor_id=actor, today=today)
    agreed = meetings.agree_action(
        meeting_id=made, what="Krediterer juni", owner_id=actor, due_on=today, actor_id=actor, today=today
    )
    assert "Krediterer juni" in meetings.proposed_agenda(supplier.id)
    meetings.complete_action(action_id=agreed, actor_id=actor, today=today)
    card = meetings.meeting(made)
    assert (card.minutes, [one.done_on for one in card.actions]) == ("Enige.", [today])
    local = persona("lokal", municipality, Role.CASEWORKER, None).user.id
    with pytest.raises(meetings.UnableToHoldMeetingError):
        meetings.write_minutes(meeting_id=made, participants="", minutes="x", actor_id=local, today=today)


def test_the_pages_open_within_their_queries_and_write_once(
    logged_in: As, delivered: None, municipality: Municipality
) -> None:
    client = logged_in(Role.NEGOTIATOR)
    supplier = Supplier.objects.get(source_id="L1").id
    grant = Grant.objects.get(source_id="B0000017-9").id
    for address in (
        "/leverancer/",
        "/leverancer/leverandoerer/",
        "/leverancer/leverandoerer/?hent=xlsx",
        f"/leverancer/ny/?bevilling={grant}",
        f"/leverandoerer/{supplier}/leverancer/",
        f"/leverandoerer/{supplier}/moede/",
    ):
        with CaptureQueriesContext(connection) as asked:
            answer = client.get(address)
        assert answer.status_code == 200, address
        assert sum("SAVEPOINT" not in (one["sql"] or "") for one in asked) <= 12, (address, asked.captured_queries)
    said = {"held_on": "2026-07-10", "participants": "", "agenda": "1. Leverancer"}
    send(client, f"/leverandoerer/{supplier}/moede/", said)
    made: UUID = SupplierMeeting.objects.get().id
    assert "1. Leverancer" in client.get(f"/moeder/{made}/").content.decode()


def test_whoever_may_not_edit_suppliers_calls_no_meeting(logged_in: As, delivered: None) -> None:
    supplier = Supplier.objects.get(source_id="L1").id
    assert logged_in(Role.CASEWORKER).get(f"/leverandoerer/{supplier}/moede/").status_code == 403
