from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from uuid import UUID

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from db.controls.things import HEAVY, Thing, divided, load, thing, things_of_owners
from styr.access.models import Municipality, Unit
from styr.controls.core.registry import Reach, Registry
from styr.controls.core.report import ControlReport, Outcome
from styr.controls.models import ControlRun, Finding
from styr.controls.services import UnknownControlError, run_controls

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 21)
NOW = datetime(2026, 11, 21, 12, tzinfo=UTC)
Run = Callable[..., ControlReport]


@pytest.fixture
def registry() -> Registry:
    made = Registry()
    made.register(HEAVY)
    made.register_reach(Reach("things", things_of_owners))
    return made


@pytest.fixture
def run(scope: str, municipality: Municipality, registry: Registry) -> Run:
    def running(*, later: int = 0, **given: object) -> ControlReport:
        return run_controls(
            municipality_id=municipality.id,
            today=TODAY + timedelta(days=later),
            now=NOW + timedelta(days=later),
            registry=registry,
            **given,  # type: ignore[arg-type]
        )

    return running


def counts(report: ControlReport) -> tuple[int, int, int, int, int]:
    (one,) = report.outcomes
    assert one.error == ""
    return one.found, one.opened, one.changed, one.reopened, one.closed


def test_what_breaks_the_rule_becomes_a_finding_with_its_evidence(run: Run, unit: Unit) -> None:
    stone, feather = thing("sten", "12.5", unit_id=unit.id), thing("fjer", "0.01")
    load([stone, feather])
    assert counts(run()) == (1, 1, 0, 0, 0)
    found = Finding.objects.get()
    assert (found.subject_id, found.unit_id, found.amount_ore) == (stone["thing_id"], unit.id, 100)
    assert found.evidence == {"name": "sten", "weight": "12.5", "bought": "2026-01-01", "days": 324}
    assert (found.status, found.first_seen, found.last_seen, found.closed_at) == ("open", NOW, NOW, None)
    assert (found.control_code, found.owner_role, found.severity) == ("heavy", "negotiator", "warning")
    assert found.id.version == 7


def test_a_second_run_on_the_same_day_writes_nothing(run: Run) -> None:
    load([thing("sten", "12.5")])
    run()
    assert counts(run()) == (1, 0, 0, 0, 0)
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM controls_findingevent")
        assert cursor.fetchone() == (1,)


def test_a_finding_is_updated_closed_and_reopened_as_the_register_changes(run: Run) -> None:
    stone = thing("sten", "12.5")
    load([stone])
    run()
    load([{**stone, "weight": 20}])
    assert counts(run(later=1)) == (1, 0, 1, 0, 0)
    assert Finding.objects.get().last_seen == NOW + timedelta(days=1)
    load([{**stone, "weight": 5}])
    assert counts(run(later=2)) == (0, 0, 0, 0, 1)
    closed = Finding.objects.get()
    assert (closed.status, closed.closed_at) == ("closed", NOW + timedelta(days=2))
    load([stone])
    assert counts(run(later=3)) == (1, 0, 0, 1, 0)
    back = Finding.objects.get()
    assert (back.id, back.status, back.closed_at, back.first_seen) == (closed.id, "open", None, NOW)


def test_every_write_is_in_the_history(run: Run) -> None:
    stone = thing("sten", "12.5")
    load([stone, thing("blok", "50")])
    run()
    load([{**stone, "weight": 20}])
    run(later=1)
    with connection.cursor() as cursor:
        cursor.execute("SELECT pgh_label, status, count(*) FROM controls_findingevent GROUP BY 1, 2 ORDER BY 1, 2")
        assert cursor.fetchall() == [("insert", "open", 2), ("update", "closed", 1), ("update", "open", 1)]


def test_a_narrowed_run_looks_only_at_what_the_change_reaches(run: Run) -> None:
    mine, theirs = thing("sten", "12.5"), thing("blok", "50")
    load([mine, theirs])
    report = run(narrow_ids=[mine["owner_id"]])
    assert report.touched == 2  # the owner that changed, and the thing the owner has
    assert [found.subject_id for found in Finding.objects.all()] == [mine["thing_id"]]
    run()
    load([])
    assert counts(run(narrow_ids=[mine["thing_id"]])) == (0, 0, 0, 0, 1)
    assert set(Finding.objects.values_list("subject_id", "status")) == {
        (mine["thing_id"], "closed"),
        (theirs["thing_id"], "open"),
    }


def test_narrowed_to_nothing_is_not_the_same_as_whole(run: Run) -> None:
    load([thing("sten", "12.5")])
    assert counts(run(narrow_ids=[])) == (0, 0, 0, 0, 0)


def test_the_number_of_queries_does_not_grow_with_the_findings(run: Run, registry: Registry) -> None:
    def asked(rows: list[Thing], ids: list[UUID] | None = None) -> int:
        load(rows)
        with CaptureQueriesContext(connection) as queries:
            run(narrow_ids=ids)
        return len(queries)

    few = [thing("sten", "12.5")]
    many = [thing(f"sten {number}", "12.5") for number in range(500)]
    asked(few)
    assert asked(few) == asked(many) <= 13
    assert asked(few, [few[0]["thing_id"]]) == asked(many, [one["thing_id"] for one in many])
    before = asked(few)
    registry.register(replace(HEAVY, code="heavier"))
    assert asked(few) == before + 3  # a savepoint, the statement, and its release


def test_a_control_that_cannot_run_is_told_and_stops_no_other(run: Run, registry: Registry) -> None:
    registry.register(replace(HEAVY, code="broken", expression=divided))
    registry.register(replace(HEAVY, code="after"))
    registry.register(replace(HEAVY, code="unsound", explanation="{nothing}"))
    registry.register(replace(HEAVY, code="mistaken", expression=lambda focus: focus.nothing))  # type: ignore[attr-defined]
    load([thing("sten", "12.5")])
    report = run()
    assert [(one.code, one.found, bool(one.error)) for one in report.outcomes] == [
        ("heavy", 1, False),
        ("broken", 0, True),
        ("after", 1, False),
        ("unsound", 0, True),
        ("mistaken", 0, True),
    ]
    assert [one.code for one in report.failures] == ["broken", "unsound", "mistaken"]
    assert report.found == 2
    stored = ControlRun.objects.get()
    assert stored.failures == 3
    assert "division" in Outcome.from_json(stored.outcomes[1]).error


def test_findings_of_a_control_that_fails_are_left_as_they_were(run: Run, registry: Registry) -> None:
    load([thing("sten", "12.5")])
    run()
    with connection.cursor() as cursor:
        cursor.execute("DROP TABLE pg_temp.rel_thing")
    assert run(later=1).failures
    assert Finding.objects.get().status == "open"


def test_two_rows_for_one_subject_are_a_failure_of_the_control(run: Run) -> None:
    stone = thing("sten", "12.5")
    load([stone, {**stone, "name": "samme sten"}])
    (outcome,) = run().outcomes
    assert "second time" in outcome.error


def test_a_control_out_of_force_is_not_run_and_its_findings_close(run: Run, registry: Registry) -> None:
    registry.register(replace(HEAVY, code="dated", valid_to=TODAY + timedelta(days=1)))
    load([thing("sten", "12.5")])
    assert len(run().outcomes) == 2
    assert len(run(later=1).outcomes) == 1
    assert dict(Finding.objects.values_list("control_code", "status")) == {"heavy": "open", "dated": "closed"}


def test_only_the_controls_asked_for_are_run(run: Run, registry: Registry) -> None:
    registry.register(replace(HEAVY, code="other"))
    load([thing("sten", "12.5")])
    run(codes=["other"])
    assert list(Finding.objects.values_list("control_code", flat=True)) == ["other"]
    with pytest.raises(UnknownControlError, match="ukendt_kode"):
        run(codes=["ukendt_kode"])


def test_a_run_tells_what_it_did(run: Run) -> None:
    load([thing("sten", "12.5")])
    run(narrow_ids=[])
    run()
    narrowed, whole = ControlRun.objects.order_by("id")
    assert (narrowed.narrowed, narrowed.touched, whole.narrowed, whole.touched) == (True, 0, False, None)
    assert whole.asked_about == TODAY
    assert Outcome.from_json(whole.outcomes[0]).opened == 1
