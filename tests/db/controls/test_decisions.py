from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from uuid import UUID

import pytest
from django.db import DatabaseError, connection, transaction

from db.controls.things import HEAVY, Thing, load, thing
from styr.access.core.roles import Role
from styr.access.models import Municipality, Unit
from styr.access.services import NewUser, create_user
from styr.controls import queries
from styr.controls.core.registry import REGISTRY, Registry
from styr.controls.core.settled import UNSETTLED, settled
from styr.controls.core.verdict import Status, Verdict
from styr.controls.models import Finding, FindingDecision
from styr.controls.services import UnableToDecideFindingError, decide_finding, run_controls

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 21)
NOW = datetime(2026, 11, 21, 12, tzinfo=UTC)
Seen = Callable[..., Finding]


@pytest.fixture
def seen(scope: str, municipality: Municipality) -> Seen:
    """Load one thing, run the control, and give the finding as it then is."""
    registry = Registry()
    registry.register(HEAVY)

    def run(*rows: Thing, later: int = 0) -> Finding:
        load(list(rows))
        run_controls(
            municipality_id=municipality.id,
            today=TODAY + timedelta(days=later),
            now=NOW + timedelta(days=later),
            registry=registry,
        )
        return Finding.objects.get()

    return run


@pytest.fixture
def actor(scope: str, municipality: Municipality) -> UUID:
    user = create_user(
        municipality_id=municipality.id,
        person=NewUser("forhandler", "Frida Forhandler", "en lang og ukendt sætning"),
        roles=[(Role.NEGOTIATOR, None)],
        starts=TODAY,
    )
    return user.id


def decided(finding: Finding, actor: UUID, **given: object) -> UUID:
    known: dict[str, object] = {
        "finding_id": finding.id,
        "verdict": Verdict.ACCEPT,
        "reason": "Aftalt med leverandøren.",
        "actor_id": actor,
        "seen_fingerprint": finding.fingerprint,
        "now": NOW,
    }
    return decide_finding(**{**known, **given})  # type: ignore[arg-type]


def test_a_decision_is_kept_with_who_when_why_and_on_what(seen: Seen, actor: UUID) -> None:
    finding = seen(thing("sten", "12.5"))
    decided(finding, actor)
    kept = FindingDecision.objects.get()
    assert (kept.verdict, kept.reason, kept.decided_by_id, kept.decided_at) == (
        "accept",
        "Aftalt med leverandøren.",
        actor,
        NOW,
    )
    assert kept.evidence == finding.evidence
    assert Finding.objects.get().status == Status.DECIDED


def test_a_decision_stands_when_only_time_has_passed(seen: Seen, actor: UUID) -> None:
    stone = thing("sten", "12.5")
    decided(seen(stone), actor)
    later = seen(stone, later=30)
    assert later.evidence["days"] == 354
    assert later.status == Status.DECIDED
    (decision,) = queries.decisions(later.id)
    assert decision.stands


def test_a_decision_lapses_visibly_when_the_evidence_changes(seen: Seen, actor: UUID) -> None:
    stone = thing("sten", "12.5")
    decided(seen(stone), actor)
    changed = seen({**stone, "weight": 20}, later=1)
    assert changed.status == Status.OPEN
    view = queries.finding(changed.id)
    assert view is not None
    assert view.lapsed
    (decision,) = queries.decisions(changed.id)
    assert not decision.stands
    assert decision.decided_by == "Frida Forhandler"
    back = seen(stone, later=2)
    assert back.status == Status.DECIDED  # the evidence is again the one that was decided on


def test_a_decision_survives_that_the_finding_closes_and_comes_back(seen: Seen, actor: UUID) -> None:
    stone = thing("sten", "12.5")
    decided(seen(stone), actor)
    assert seen({**stone, "weight": 1}, later=1).status == Status.CLOSED
    assert seen(stone, later=2).status == Status.DECIDED
    assert FindingDecision.objects.count() == 1


def test_a_new_decision_comes_beside_the_old_one(seen: Seen, actor: UUID) -> None:
    stone = thing("sten", "12.5")
    decided(seen(stone), actor)
    changed = seen({**stone, "weight": 20}, later=1)
    decided(changed, actor, verdict=Verdict.DISPUTE, now=NOW + timedelta(days=1))
    assert [(one.verdict, one.stands) for one in queries.decisions(changed.id)] == [
        (Verdict.DISPUTE, True),
        (Verdict.ACCEPT, False),
    ]


def test_what_cannot_be_decided_is_refused_in_danish(seen: Seen, actor: UUID) -> None:
    stone = thing("sten", "12.5")
    finding = seen(stone)
    with pytest.raises(UnableToDecideFindingError, match="begrundelse"):
        decided(finding, actor, reason="  ")
    with pytest.raises(UnableToDecideFindingError, match="findes ikke"):
        decided(finding, actor, finding_id=actor)
    seen({**stone, "weight": 20}, later=1)
    with pytest.raises(UnableToDecideFindingError, match="ændret"):
        decided(finding, actor)
    closed = seen({**stone, "weight": 1}, later=2)
    with pytest.raises(UnableToDecideFindingError, match="lukket"):
        decided(closed, actor)
    assert not FindingDecision.objects.exists()


@pytest.mark.parametrize("status", Status)
def test_the_database_and_the_program_agree_on_what_is_settled(scope: str, status: Status) -> None:
    asked = [(verdict, hard_stop) for verdict in (*Verdict, None) for hard_stop in (True, False)]
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT {UNSETTLED} FROM (SELECT %s::text AS status, verdict, hard_stop, place FROM "  # noqa: S608 - our own constant
            "unnest(%s::text[], %s::bool[]) WITH ORDINALITY AS one (verdict, hard_stop, place)) AS f ORDER BY place",
            [status.value, [verdict.value if verdict else None for verdict, _ in asked], [stop for _, stop in asked]],
        )
        unsettled = [row[0] for row in cursor.fetchall()]
    said = [settled(status=status, verdict=verdict, hard_stop=hard_stop) for verdict, hard_stop in asked]
    assert said == [not one for one in unsettled]


@pytest.mark.parametrize(
    "statement", ["DELETE FROM controls_findingdecision", "UPDATE controls_findingdecision SET reason = 'x'"]
)
def test_the_database_keeps_decisions_as_they_were_made(seen: Seen, actor: UUID, statement: str) -> None:
    decided(seen(thing("sten", "12.5")), actor)
    with pytest.raises(DatabaseError, match="permission denied"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)


def test_the_registry_of_the_program_is_another(seen: Seen) -> None:
    assert "heavy" not in REGISTRY
    view = queries.finding(seen(thing("sten", "12.5")).id)
    assert view is not None
    assert view.title == "Udgået kontrol (heavy)"
    assert view.sentence == "Kontrollen findes ikke længere."


def test_a_decision_moves_with_its_finding_to_another_unit(
    seen: Seen, actor: UUID, unit: Unit, other_unit: Unit
) -> None:
    stone = thing("sten", "12.5", unit_id=unit.id)
    decided(seen(stone), actor)
    moved = seen({**stone, "unit_id": other_unit.id}, later=1)
    assert (moved.unit_id, moved.status) == (other_unit.id, Status.DECIDED)
    assert FindingDecision.objects.get().unit_id == other_unit.id
