"""Dates that are kept: reminders to whoever keeps them and to managers, and handing all over in one act."""

from datetime import UTC, date, datetime, timedelta
from uuid import UUID

import pytest

from db.drafting.journey import office
from db.registers.registers import Registers
from loggedin import logged_in_client, send
from personas import Persona, persona
from placed_findings import place_finding
from styr.access import tokens
from styr.access.core.roles import Role
from styr.access.models import Municipality, Unit, User
from styr.agreements.models import CollectionCase
from styr.contracts.keeping import keep_contract, keeper_of
from styr.contracts.models import Duty
from styr.contracts.queries import contract_card
from styr.controls.handling import assign_finding
from styr.deliveries import meetings
from styr.drafting.queries import draft_card
from styr.grants.models import Grant
from styr.suppliers.models import Supplier
from styr.workspace import handing_over, notices
from styr.workspace.core.deadlines import Deadline, Kind
from styr.workspace.core.month_view import month_asked_for, month_view
from styr.workspace.deadlines import due
from styr.workspace.models import HandOver
from styr.workspace.reminding import remind_in

NOW = datetime(2026, 11, 22, 6, tzinfo=UTC)
TODAY = date(2026, 11, 22)


def duty(contract_id: UUID, due_on: date, municipality: Municipality, unit_id: UUID | None) -> None:
    Duty.objects.create(
        municipality_id=municipality.id, unit_id=unit_id, contract_id=contract_id, kind="insurance", due_on=due_on
    )


@pytest.fixture
def unit_id(contract_id: UUID) -> UUID | None:
    from styr.contracts.models import Contract

    return Contract.objects.get(id=contract_id).unit_id


def test_a_date_is_told_to_its_keeper_once_and_a_passed_one_to_the_manager_as_well(
    contract_id: UUID, unit_id: UUID | None, municipality: Municipality
) -> None:
    keeper = persona("ansvarlig", municipality, Role.NEGOTIATOR, None)
    other = persona("anden", municipality, Role.NEGOTIATOR, None)
    manager = persona("leder", municipality, Role.MANAGER, None)
    keep_contract(contract_id=contract_id, keeper_id=keeper.user.id, actor_id=keeper.user.id, today=TODAY)
    duty(contract_id, TODAY + timedelta(days=20), municipality, unit_id)
    duty(contract_id, TODAY - timedelta(days=8), municipality, unit_id)
    for _ in range(2):
        remind_in(municipality.id, now=NOW)
    assert [len(told(who)) for who in (keeper, other, manager)] == [2, 0, 1]
    assert any("forsikring 12. dec. 2026" in text for text in told(keeper))
    assert "8 dage over fristen. Den ansvarlige står på kontrakten." in told(manager)[0]


def told(who: Persona) -> list[str]:
    """What somebody has been told of the insurance, in their own scope."""
    before = tokens.present(who.token)
    found = [one.text for one in notices.latest(user_id=who.user.id) if "forsikring" in one.text]
    tokens.present(before)
    return found


def test_all_that_somebody_keeps_goes_over_in_one_act_with_a_log(
    contract_id: UUID, municipality: Municipality, registers: Registers
) -> None:
    desk = office(municipality)
    draft_id = desk.draft()
    leaves, manager = desk.mads.user, desk.henrik.user
    takes = persona("overtager", municipality, Role.NEGOTIATOR, None).user
    supplier = Supplier.objects.get(source_id="L1")
    case = CollectionCase.objects.create(municipality=municipality, supplier=supplier, owner=leaves, opened_at=NOW)
    finding_id = place_finding(municipality_id=municipality.id, unit_id=None, amount_ore=100)
    assign_finding(finding_id=finding_id, assignee_id=leaves.id, actor_id=leaves.id, now=NOW, today=TODAY)
    keep_contract(contract_id=contract_id, keeper_id=leaves.id, actor_id=leaves.id, today=TODAY)
    Grant.objects.filter(source_id="B0000017-9").update(caseworker=leaves.name)
    met = meetings.call_meeting(
        municipality_id=municipality.id, supplier_id=supplier.id, held_on=TODAY,
        participants="", agenda="", actor_id=leaves.id, today=TODAY,
    )  # fmt: skip
    meetings.agree_action(
        meeting_id=met, what="Følg op", owner_id=leaves.id, due_on=TODAY, actor_id=leaves.id, today=TODAY
    )
    one, two = (handing_over.Person(each.id, each.name) for each in (leaves, takes))
    held = {kind: count for kind, count in handing_over.held_by(one).items() if count}
    every = {"contracts": 1, "grants": 1, "actions": 1, "drafts": 1, "cases": 1, "findings": 1}
    assert held == every
    asked = {"municipality_id": municipality.id, "from_person": one, "to_person": two, "now": NOW, "today": TODAY}
    with pytest.raises(handing_over.UnableToHandOverError, match="Kun en leder"):
        handing_over.hand_over(**asked, actor_id=takes.id)
    done = handing_over.hand_over(**asked, actor_id=manager.id)
    assert (done.counts, done.kept) == (every, {})
    assert draft_card(draft_id).owner == takes.name
    case.refresh_from_db()
    assert case.owner_id == takes.id
    assert case.steps.get().text == takes.name
    assert sum(handing_over.held_by(one).values()) == 0
    assert keeper_of(contract_id) == (takes.id, takes.name)
    assert [one.what for one in due(today=TODAY, kind=Kind.MEETING, keeper=takes.id)] == ["Følg op"]
    assert HandOver.objects.get().by_id == manager.id


def test_findings_beyond_the_many_that_go_over_at_once_are_counted_among_what_stays(
    municipality: Municipality, registers: Registers, monkeypatch: pytest.MonkeyPatch
) -> None:
    leaves, takes = (persona(one, municipality, Role.MANAGER).user for one in ("rejser", "overtager"))
    for ore in (100, 200, 300):
        finding_id = place_finding(municipality_id=municipality.id, unit_id=None, amount_ore=ore)
        assign_finding(finding_id=finding_id, assignee_id=leaves.id, actor_id=leaves.id, now=NOW, today=TODAY)
    monkeypatch.setattr(handing_over, "MOST_FINDINGS", 2)
    one, two = (handing_over.Person(each.id, each.name) for each in (leaves, takes))
    asked = {"municipality_id": municipality.id, "from_person": one, "to_person": two, "now": NOW, "today": TODAY}
    done = handing_over.hand_over(**asked, actor_id=leaves.id)
    assert (done.counts, done.kept) == ({"findings": 2}, {"findings": 1})
    done = handing_over.hand_over(**asked, actor_id=leaves.id)
    assert (done.counts, done.kept) == ({"findings": 1}, {})


def test_grants_go_over_where_the_receiver_has_a_role_and_by_a_name_that_one_alone_bears(
    municipality: Municipality, registers: Registers, unit: Unit, other_unit: Unit
) -> None:
    leaves, manager = (persona(one, municipality, Role.MANAGER).user for one in ("rejser", "chef"))
    takes = persona("lokal", municipality, Role.CASEWORKER, unit).user
    Grant.objects.filter(source_id="B0000017-9").update(caseworker=leaves.name, unit=other_unit)
    Grant.objects.filter(source_id="SAG-77").update(caseworker=leaves.name, unit=unit)
    one, two = (handing_over.Person(each.id, each.name) for each in (leaves, takes))
    asked = {"municipality_id": municipality.id, "from_person": one, "to_person": two, "now": NOW, "today": TODAY}
    for name in (leaves.name, takes.name):
        namesake = persona("navne", municipality, Role.CASEWORKER).user
        User.objects.filter(id=namesake.id).update(name=name)
        with pytest.raises(handing_over.UnableToHandOverError, match=f"To medarbejdere hedder {name}"):
            handing_over.hand_over(**asked, actor_id=manager.id)
        User.objects.filter(id=namesake.id).update(name="En anden", username=f"anden-{name}")
    done = handing_over.hand_over(**asked, actor_id=manager.id)
    assert (done.counts, done.kept) == ({"grants": 1}, {"grants": 1})
    assert Grant.objects.get(source_id="B0000017-9").caseworker == leaves.name


def test_the_pages_of_dates_open_and_the_terms_page_writes(contract_id: UUID, municipality: Municipality) -> None:
    client = logged_in_client(persona("alle", municipality, Role.NEGOTIATOR, None))
    for address in ("/frister/", "/frister/?vis=maaned&maaned=2026-12", "/frister/?mine=1", "/frister/overdragelse/"):
        assert client.get(address).status_code == 200, address
    for act in ("aftalt", "indflytning", "opsig-med-varsel", "rammeaftale", "ansvarlig", "frist"):
        assert client.get(f"/kontrakter/{contract_id}/{act}/").status_code == 200, act
    from styr.contracts.agreeing import seen_state

    said = {
        "seen": seen_state(contract_id), "valid_from": "2026-01-01", "days_after_death": "14", "notice_from": "day",
        "index_kind": "", "vacancy": "50",
    }  # fmt: skip
    answer = send(client, f"/kontrakter/{contract_id}/aftalt/", said)
    assert answer.status_code == 302, answer.content.decode()[:2000]
    page = client.get(f"/kontrakter/{contract_id}/").content.decode()
    assert "14 dage" in page
    assert contract_card(contract_id).number in page
    stale = send(client, f"/kontrakter/{contract_id}/aftalt/", said)
    assert stale.status_code == 409


def test_a_month_has_whole_weeks_and_each_date_on_its_day() -> None:
    one = Deadline(date(2026, 11, 30), Kind.CONTRACT, "udløb", "K-1", UUID(int=1), late=False)
    shown = month_view(date(2026, 11, 1), [one], today=TODAY)
    days = [day for week in shown.weeks for day in week]
    assert (days[0].day, days[-1].day, len(days) % 7) == (date(2026, 10, 26), date(2026, 12, 6), 0)
    assert [day.day for day in days if day.due] == [one.due_on]
    assert [day.day for day in days if day.today] == [TODAY]
    assert month_asked_for("sludder", today=TODAY) == date(2026, 11, 1)
