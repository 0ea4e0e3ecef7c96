"""Who is told what happened to grants, imports and findings while they were elsewhere; nobody twice."""

from datetime import UTC, date, datetime, timedelta

import pytest

from db.registers.registers import Registers
from personas import Persona, persona
from placed_findings import place_finding
from styr.access import tokens
from styr.access.core.roles import Role
from styr.access.models import Limit, Municipality, Unit
from styr.controls.handling import assign_finding
from styr.controls.models import Finding
from styr.grants import approving
from styr.grants.models import Grant
from styr.integrations.core.status import UploadState
from styr.integrations.models import ImportRun, ImportUpload
from styr.kernel import ids as kernel_ids
from styr.workspace import happenings, notices
from styr.workspace.core.noticing import NoticeKind
from styr.workspace.paths import path_of

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 21, 12, tzinfo=UTC)
LATER = NOW + timedelta(hours=1)
TODAY = date(2026, 11, 21)


@pytest.fixture
def lone(scope: str, municipality: Municipality) -> Persona:
    return persona("lone", municipality, Role.ECONOMIST)


def told(who: Persona) -> list[str]:
    before = tokens.present(who.token)
    found = [one.text for one in notices.latest(user_id=who.user.id)]
    tokens.present(before)
    return found


def look() -> None:
    for _ in range(2):
        happenings.tell_what_happened(now=LATER)


def test_a_grant_calls_those_who_may_approve_so_much_and_the_outcome_comes_back(
    scope: str, municipality: Municipality
) -> None:
    Registers(municipality.id).load()
    mia = persona("mia", municipality, Role.CASEWORKER)
    chief, deputy = persona("chef", municipality, Role.MANAGER), persona("vice", municipality, Role.ECONOMIST)
    for role, ore in ((Role.CASEWORKER, 100), (Role.ECONOMIST, 200)):
        Limit.objects.create(
            municipality=municipality, role=role, act="approve_grant", amount_ore=ore, valid_from=date(2020, 1, 1)
        )
    grant = Grant.objects.get(source_id="B0000017-9")
    reasons = {"professional_reason": "Faglig.", "economic_reason": "Økonomisk.", "status": "draft"}
    Grant.objects.filter(id=grant.id).update(**reasons)
    sent = {"grant_id": grant.id, "seen_version": None}
    approving.approve_or_submit(**sent, actor_id=mia.user.id, today=TODAY, now=NOW)
    look()
    assert [text.startswith(f"Bevilling {grant.number} til ") for text in told(chief)] == [True]
    assert told(deputy) == told(mia) == []
    approving.send_back(**sent, reason="Mangler en pris.", actor_id=chief.user.id, now=LATER)
    look()
    assert told(mia) == [f"Bevilling {grant.number} er sendt tilbage til dig"]


def test_whoever_handed_files_in_is_told_that_they_failed_or_were_taken_back(
    lone: Persona, municipality: Municipality
) -> None:
    upload = {"municipality": municipality, "created_at": NOW, "created_by": lone.user, "changed_at": NOW}
    run = {"municipality": municipality, "started_at": NOW, "finished_at": NOW, "status": "finished", "sources": []}
    ImportUpload.objects.create(**upload, state=UploadState.FAILED.value)
    first = ImportRun.objects.create(**run, actor="Lone")
    ImportUpload.objects.create(**upload, state=UploadState.DONE.value, run=first)
    ImportRun.objects.create(**run, actor="Bo", undoes=first)
    look()
    assert sorted(told(lone)) == [
        "En indlæsning, du har lavet, er fortrudt",
        "Filer, du har lagt ind, kunne ikke indlæses",
    ]


def test_whom_a_finding_lies_with_is_told_when_its_ground_changes_and_when_it_is_gone(
    lone: Persona, municipality: Municipality, unit: Unit
) -> None:
    found = place_finding(municipality_id=municipality.id, unit_id=unit.id, amount_ore=100)
    assign_finding(finding_id=found, assignee_id=lone.user.id, actor_id=lone.user.id, now=NOW, today=TODAY)
    look()
    assert told(lone) == []
    Finding.objects.filter(id=found).update(fingerprint="f" * 32, last_seen=LATER)
    look()
    assert [text.endswith("har fået et nyt grundlag") for text in told(lone)] == [True]
    Finding.objects.filter(id=found).update(status="closed", closed_at=LATER)
    look()
    assert len(told(lone)) == 2


def test_the_mail_knows_the_page_of_every_kind_of_notice() -> None:
    assert all(path_of(kind.url_name, kernel_ids.uuid7()).startswith("/") for kind in NoticeKind)
