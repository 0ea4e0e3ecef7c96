import json
from io import StringIO
from uuid import UUID

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from procrastinate.contrib.django import app

from styr.access.models import Municipality
from styr.access.scope import service_scope
from styr.controls import rerunning, tasks
from styr.controls.core.registry import REGISTRY
from styr.controls.core.report import ControlReport, Outcome
from styr.controls.management.commands import control
from styr.controls.models import ControlRun
from styr.controls.rerunning import request_rerun

pytestmark = pytest.mark.django_db


def test_the_command_tells_of_every_municipality_as_json(other_municipality: Municipality) -> None:
    out = StringIO()
    call_command("control", "--json", "--code", "contract_without_grant", stdout=out)
    told = [json.loads(line) for line in out.getvalue().splitlines()]
    assert len(told) == 2
    assert [one["code"] for one in told[0]["controls"]] == ["contract_without_grant"]


def test_the_command_runs_the_controls_it_is_given(municipality: Municipality) -> None:
    out = StringIO()
    call_command("control", "--code", "duplicate_grant", "--code", "account_missing", stdout=out)
    assert {line.split()[0] for line in out.getvalue().splitlines()} == {"duplicate_grant", "account_missing"}
    with pytest.raises(CommandError, match="ukendt_kode"):
        call_command("control", "--code", "ukendt_kode")


def test_a_change_is_queued_and_the_job_runs_what_it_touches(municipality: Municipality, scope: str) -> None:
    changed = UUID(int=7)
    request_rerun(municipality_id=municipality.id, ids=[changed, changed])
    request_rerun(municipality_id=municipality.id, ids=[])
    with connection.cursor() as cursor:
        cursor.execute("SELECT task_name, args, lock FROM procrastinate_jobs")
        (name, args, lock), *others = cursor.fetchall()
    assert others == []
    assert name == tasks.rerun_controls.name
    assert lock == f"controls:{municipality.id}"
    given = json.loads(args) if isinstance(args, str) else args
    tasks.rerun_controls(**given)
    run = ControlRun.objects.get()
    assert (run.narrowed, run.touched, run.failures) == (True, 1, 0)


def test_the_nightly_job_runs_everything(municipality: Municipality) -> None:
    tasks.run_nightly(0)
    with service_scope(municipality.id, "test"):
        run = ControlRun.objects.get()
        assert (run.narrowed, run.failures) == (False, 0)
        assert {one["code"] for one in run.outcomes} >= {"duplicate_grant", "contract_unsigned"}
    assert tasks.run_nightly.name in app.tasks


def test_the_nightly_job_follows_the_whole_procedure(
    municipality: Municipality, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Also what lies above the controls: matching, and the settling of invoices."""
    done: list[dict[str, object]] = []
    monkeypatch.setattr(rerunning, "_procedures", [lambda **given: done.append(given)])
    tasks.run_nightly(0)
    assert (municipality.id, None) in [(one["municipality_id"], one["changed"]) for one in done]


def test_every_control_of_the_program_is_sound() -> None:
    codes = [entry.control.code for entry in REGISTRY]
    assert len(codes) == len(set(codes)) >= 18
    for entry in REGISTRY:
        assert entry.control.source
        assert entry.control.title[0].isupper()


def test_a_control_that_cannot_run_makes_the_command_fail(
    municipality: Municipality, monkeypatch: pytest.MonkeyPatch
) -> None:
    report = ControlReport((Outcome("broken", error="division by zero"),), None, 0.1)
    monkeypatch.setattr(control, "run_everywhere", lambda **_: {municipality.id: report})
    out = StringIO()
    with pytest.raises(CommandError, match="kunne ikke køre"):
        call_command("control", stdout=out)
    assert "division by zero" in out.getvalue()
