"""`styr plan` from the outside; these tests may not touch the database, and pytest-django sees to it."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from django.core.management import call_command

if TYPE_CHECKING:
    from pathlib import Path

SERVICE = {"id": "S", "unit": "week", "quantity": 1, "rates": [{"from": "2026-01-01", "amount": 700}]}
FILE = {
    "from": "2026-01-01",
    "to": "2026-02-01",
    "grants": [{"id": "B", "start": "2026-01-01", "end": None, "services": [SERVICE]}],
}


def test_the_command_writes_json_without_a_database(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "plan.json"
    path.write_text(json.dumps(FILE), "utf-8")
    call_command("plan", str(path), "--json")
    written = capsys.readouterr()
    assert json.loads(written.out)["payments"] == [
        {"grant": "B", "service": "S", "date": "2026-01-01", "amount": "3100.00"}
    ]
    assert written.err == ""


def test_a_bad_file_ends_with_status_1_and_no_traceback(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as left:
        call_command("plan", str(tmp_path / "none.json"))
    assert left.value.code == 1
    written = capsys.readouterr()
    assert written.out == ""
    assert "findes ikke" in written.err
