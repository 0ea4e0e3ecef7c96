"""`styr routes solve`: the planner under the program's own name."""

import json
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command, load_command_class

from styr.config.commands import COMMANDS, Needs
from unit.rideplan.test_input import NATIVE


def told(*words: str) -> str:
    heard = StringIO()
    call_command(load_command_class("styr.config", "routes_solve"), *words, stdout=heard)
    return heard.getvalue()


def test_the_command_is_known_and_needs_no_database() -> None:
    assert COMMANDS["routes-solve"].needs is Needs.NOTHING


def test_the_answer_is_the_planners_own(tmp_path: Path) -> None:
    (tmp_path / "day.json").write_text(json.dumps(NATIVE))
    answer = json.loads(told(str(tmp_path / "day.json"), "--iterations", "50", "--seed", "2", "--json"))
    assert set(answer) >= {"vehicles", "distance", "cost", "feasible", "violations", "unserved", "routes"}
    assert answer["feasible"]


def test_people_are_told_in_danish_who_does_not_ride_and_why(tmp_path: Path) -> None:
    request = NATIVE["requests"][0] | {"needs": ["rocket"]}
    (tmp_path / "day.json").write_text(json.dumps(NATIVE | {"requests": [request], "existing": [], "locks": []}))
    lines = told(str(tmp_path / "day.json"), "--iterations", "50").splitlines()
    assert lines[0].startswith("0 køretøjer")
    assert "  kører ikke a: intet køretøj har det udstyr, der kræves" in lines


def test_a_file_that_cannot_be_read_stops_it_in_danish(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="kan ikke planlægges"):
        told(str(tmp_path / "nowhere.json"), "--iterations", "5")
