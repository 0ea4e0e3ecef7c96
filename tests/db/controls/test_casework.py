"""What people do with findings: decide many alike, take back, hand over, write notes, and see what happened."""

from datetime import UTC, date, datetime, timedelta
from uuid import UUID

import pytest
from django.db import connection, transaction
from django.db.models.expressions import RawSQL
from django.db.utils import DatabaseError
from pytest_django import DjangoAssertNumQueries

from personas import persona, rows_seen_by
from placed_findings import place_finding
from styr.access.colleagues import colleagues_who
from styr.access.core.permissions import Permission
from styr.access.core.roles import Role
from styr.access.models import Municipality, Unit
from styr.controls import casework, queries
from styr.controls.core.verdict import Status, Verdict
from styr.controls.filtering import FindingFilter
from styr.controls.handling import (
    UnableToHandleFindingError,
    assign_finding,
    decide_findings,
    note_finding,
    reopen_finding,
)
from styr.controls.models import Finding
from styr.controls.services import UnableToDecideFindingError, decide_finding
from styr.kernel.ids import uuid7

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 21, 12, tzinfo=UTC)
TODAY = date(2026, 11, 21)
SEEN = "0" * 32


@pytest.fixture
def people(scope: str, municipality: Municipality, unit: Unit, other_unit: Unit) -> dict[str, UUID]:
    made = {
        "frida": persona("frida", municipality, Role.NEGOTIATOR),
        "sara": persona("sara", municipality, Role.CASEWORKER, unit),
        "bo": persona("bo", municipality, Role.CASEWORKER, other_unit),
        "rita": persona("rita", municipality, Role.AUDITOR),
    }
    return {name: one.user.id for name, one in made.items()}


@pytest.fixture
def three(people: dict[str, UUID], municipality: Municipality, unit: Unit) -> list[UUID]:
    return [
        place_finding(municipality_id=municipality.id, unit_id=unit.id, amount_ore=amount, number=f"B000000{amount}-1")
        for amount in (1, 2, 3)
    ]


def test_findings_of_one_kind_are_decided_with_one_reason(three: list[UUID], people: dict[str, UUID]) -> None:
    done = decide_findings(
        seen=dict.fromkeys(three, SEEN),
        verdict=Verdict.MEND,
        reason="Rettes samlet.",
        actor_id=people["frida"],
        now=NOW,
    )
    assert len(done.decisions) == 3
    assert done.changed == ()
    assert set(Finding.objects.values_list("status", flat=True)) == {Status.DECIDED}


def test_one_that_changed_meanwhile_is_left_alone_and_told(three: list[UUID], people: dict[str, UUID]) -> None:
    Finding.objects.filter(id=three[1]).update(fingerprint="f" * 32)
    done = decide_findings(
        seen=dict.fromkeys(three, SEEN), verdict=Verdict.MEND, reason="Rettes.", actor_id=people["frida"], now=NOW
    )
    assert done.changed == (three[1],)
    assert Finding.objects.get(id=three[1]).status == Status.OPEN


@pytest.mark.parametrize(
    ("change", "told"),
    [({"control_code": "no_grant"}, "Vælg én type"), ({"hard_stop": True}, "én ad gangen")],
)
def test_a_bulk_decision_is_refused_across_kinds_and_for_hard_stops(
    three: list[UUID], people: dict[str, UUID], change: dict[str, object], told: str
) -> None:
    Finding.objects.filter(id=three[0]).update(**change)
    with pytest.raises(UnableToDecideFindingError, match=told):
        decide_findings(
            seen=dict.fromkeys(three, SEEN), verdict=Verdict.MEND, reason="Rettes.", actor_id=people["frida"], now=NOW
        )
    assert not Finding.objects.filter(status=Status.DECIDED).exists()


def test_a_decision_is_taken_back_by_another_and_neither_is_lost(three: list[UUID], people: dict[str, UUID]) -> None:
    one = three[0]
    decide_finding(
        finding_id=one,
        verdict=Verdict.ACCEPT,
        reason="I orden.",
        actor_id=people["frida"],
        seen_fingerprint=SEEN,
        now=NOW,
    )
    reopen_finding(finding_id=one, reason="Forkert bevilling.", actor_id=people["sara"], now=NOW + timedelta(minutes=1))
    assert Finding.objects.get(id=one).status == Status.OPEN
    told = queries.decisions(one)
    assert [decision.verdict for decision in told] == [Verdict.REOPEN, Verdict.ACCEPT]
    assert not any(decision.stands for decision in told)
    assert not queries.finding_page(FindingFilter(lapsed=True)).rows


def test_only_the_latest_decision_stands(three: list[UUID], people: dict[str, UUID]) -> None:
    for minute, verdict in enumerate((Verdict.ACCEPT, Verdict.DISPUTE)):
        decide_finding(
            finding_id=three[0], verdict=verdict, reason="Fordi.", actor_id=people["frida"], seen_fingerprint=SEEN,
            now=NOW + timedelta(minutes=minute),
        )  # fmt: skip
    assert [(one.verdict, one.stands) for one in queries.decisions(three[0])] == [
        (Verdict.DISPUTE, True),
        (Verdict.ACCEPT, False),
    ]


def test_what_is_not_decided_cannot_be_taken_back(three: list[UUID], people: dict[str, UUID]) -> None:
    with pytest.raises(UnableToDecideFindingError, match="ikke afgjort"):
        reopen_finding(finding_id=three[0], reason="Fortrudt.", actor_id=people["frida"], now=NOW)


def test_only_those_who_decide_in_the_unit_can_be_asked(three: list[UUID], people: dict[str, UUID], unit: Unit) -> None:
    able = {one.id for one in colleagues_who(Permission.DECIDE_FINDINGS, unit_id=unit.id, on=TODAY)}
    assert able == {people["frida"], people["sara"]}
    with pytest.raises(UnableToHandleFindingError, match="denne enhed"):
        assign_finding(finding_id=three[0], assignee_id=people["bo"], actor_id=people["frida"], now=NOW, today=TODAY)


def test_a_finding_is_handed_over_and_back(three: list[UUID], people: dict[str, UUID]) -> None:
    for _ in range(2):
        assign_finding(finding_id=three[0], assignee_id=people["sara"], actor_id=people["frida"], now=NOW, today=TODAY)
    mine = queries.finding_page(FindingFilter(assigned_to=people["sara"])).rows
    assert [one.id for one in mine] == [three[0]]
    assert casework.holders(three) == {three[0]: "Sara"}
    assert queries.finding_page(FindingFilter(unassigned=True)).total == 2
    assign_finding(finding_id=three[0], assignee_id=None, actor_id=people["frida"], now=NOW, today=TODAY)
    assert casework.holders(three) == {}


def test_notes_are_kept_as_they_were_written(three: list[UUID], people: dict[str, UUID]) -> None:
    note_finding(finding_id=three[0], text=" Ringet til leverandøren. ", actor_id=people["sara"], now=NOW)
    file = casework.finding_file(three[0])
    assert file is not None
    assert [(one.kind, one.text, one.by) for one in file.history if one.kind == "note"] == [
        ("note", "Ringet til leverandøren.", "Sara")
    ]
    with pytest.raises(DatabaseError, match="permission denied"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("UPDATE controls_findingnote SET text = 'Intet.'")


def test_the_history_tells_what_the_runs_changed(
    three: list[UUID], people: dict[str, UUID], django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    one = three[0]
    Finding.objects.filter(id=one).update(amount_ore=5_000, fingerprint="f" * 32)
    Finding.objects.filter(id=one).update(status=Status.CLOSED, closed_at=NOW)
    assign_finding(finding_id=one, assignee_id=people["sara"], actor_id=people["frida"], now=NOW, today=TODAY)
    with django_assert_num_queries(3):
        file = casework.finding_file(one)
    assert file is not None
    assert {happening.kind for happening in file.history} == {"found", "changed", "closed", "handed"}
    changed = next(happening for happening in file.history if happening.kind == "changed")
    assert changed.text == "Beløbet gik fra 0,01 kr. til 50,00 kr."
    assert file.holder is not None
    assert (file.holder.name, file.holder.by) == ("Sara", "Frida")
    assert file.evidence["section"] == "SEL-107"


def test_what_somebody_saw_before_it_changed_can_still_be_told(three: list[UUID]) -> None:
    Finding.objects.filter(id=three[0]).update(fingerprint="f" * 32, evidence={"number": "B9", "section": "SEL-85"})
    then = casework.evidence_seen(three[0], SEEN)
    now = casework.evidence_seen(three[0], "f" * 32)
    assert then is not None
    assert now is not None
    assert (then["section"], now["section"]) == ("SEL-107", "SEL-85")
    assert casework.evidence_seen(three[0], "0") is None


def test_a_finding_that_is_not_there_has_no_file(scope: str) -> None:
    assert casework.finding_file(uuid7()) is None


def test_casework_of_another_unit_is_not_seen(
    people: dict[str, UUID], municipality: Municipality, other_unit: Unit, unit: Unit
) -> None:
    neighbour = persona("nina", municipality, Role.CASEWORKER, unit)
    theirs = place_finding(municipality_id=municipality.id, unit_id=other_unit.id, amount_ore=1)
    note_finding(finding_id=theirs, text="Ikke for alle.", actor_id=people["frida"], now=NOW)
    assign_finding(finding_id=theirs, assignee_id=people["bo"], actor_id=people["frida"], now=NOW, today=TODAY)
    for table in ("controls_findingnote", "controls_findingassignment", "controls_findingnoteevent"):
        assert rows_seen_by(neighbour.token, "TABLE " + table) == []


@pytest.mark.parametrize(
    ("wanted", "amounts"),
    [
        (FindingFilter(most_ore=2), [2, 1]),
        (FindingFilter(severity="error"), [3, 2, 1]),
        (FindingFilter(severity="info"), []),
        (FindingFilter(section="SEL-107"), [3, 2, 1]),
        (FindingFilter(section="SEL-85"), []),
        (FindingFilter(owner_roles=("caseworker", "economist")), []),
        (FindingFilter(lapsed=False), [3, 2, 1]),
    ],
)
def test_filters(three: list[UUID], wanted: FindingFilter, amounts: list[int]) -> None:
    assert [one.amount_ore for one in queries.finding_page(wanted).rows] == amounts


def test_a_finding_without_a_section_has_its_grants(three: list[UUID]) -> None:
    grant = uuid7()
    Finding.objects.filter(id=three[0]).update(evidence={"number": "1"}, grant_id=grant)
    wanted = FindingFilter(section="SEL-85", grants=RawSQL("SELECT %s::uuid", [grant]))
    assert [one.id for one in queries.finding_page(wanted).rows] == [three[0]]


@pytest.mark.parametrize(("sort", "amounts"), [("beloeb", [1, 2, 3]), ("-beloeb", [3, 2, 1]), ("; DROP", [3, 2, 1])])
def test_a_list_is_sorted_as_asked_and_the_costliest_first_otherwise(
    three: list[UUID], sort: str, amounts: list[int]
) -> None:
    assert [one.amount_ore for one in queries.finding_page(sort=sort).rows] == amounts
