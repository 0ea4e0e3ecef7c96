"""A job that dies while it lands files handed in: the next one takes up where it stopped, and nothing lands twice."""

from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest

from personas import persona
from styr.access.core.roles import Role
from styr.access.models import Municipality
from styr.access.scope import service_scope
from styr.integrations import services, undo_requests, undoing, upload_jobs, uploads
from styr.integrations.sources import Held
from styr.integrations.watching import UploadProgress

pytestmark = pytest.mark.django_db

NOW, TODAY = datetime(2026, 4, 1, 12, tzinfo=UTC), date(2026, 4, 1)


def test_a_killed_job_is_taken_up_again_and_files_of_one_name_are_told_apart(
    folder: Path,
    municipality: Municipality,
    seen: Callable[[str], list[tuple[Any, ...]]],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(services, "control_everything", lambda **_: None)
    names = ("enheder.csv", "borgere.csv", "leverandører.csv")
    files = [Held("data.csv", (folder / name).read_bytes()) for name in names]
    with service_scope(municipality.id, "test"):
        actor = persona("oekonom", municipality, Role.ECONOMIST).user
        upload_id = uploads.hand_in(municipality_id=municipality.id, actor_id=actor.id, files=files, now=NOW)
    job = {"upload_id": upload_id, "municipality_id": municipality.id, "now": NOW, "today": TODAY}
    upload_jobs.look(**job)  # type: ignore[arg-type]  # the job's own words
    with service_scope(municipality.id, "test"):
        uploads.request_landing(upload_id=upload_id, now=NOW)

    def killed(self: UploadProgress, **_: int) -> None:
        raise SystemExit

    with monkeypatch.context() as dying:
        dying.setattr(UploadProgress, "went", killed)
        with pytest.raises(SystemExit):
            upload_jobs.land(**job)  # type: ignore[arg-type]  # the same
    assert seen("SELECT state FROM integrations_importupload") == [("landing",)]
    upload_jobs.land(**job)  # type: ignore[arg-type]  # the same
    assert seen("SELECT state FROM integrations_importupload") == [("done",)]
    assert seen("SELECT name, status FROM integrations_importfile ORDER BY name") == [
        ("data (2).csv", "landed"),
        ("data (3).csv", "landed"),
        ("data.csv", "landed"),
    ]
    assert seen("SELECT count(*) FROM people_citizen") == [(3,)]
    with service_scope(municipality.id, "test"):
        runs = seen("SELECT id FROM integrations_importrun ORDER BY started_at")
        assert len(runs) == 2
        asked = {"run_id": runs[1][0], "municipality_id": municipality.id, "actor": "Vera", "now": NOW}
        undo_requests.request_undo(**asked)
        with pytest.raises(undoing.UnableToUndoError, match="allerede ved at blive fortrudt"):
            undo_requests.request_undo(**asked)
