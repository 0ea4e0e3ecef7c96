"""`styr refund` from the outside; these tests may not touch the database, and pytest-django sees to it."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest
from django.core.management import call_command

if TYPE_CHECKING:
    from pathlib import Path

SIX = {"from": "2022-01", "to": "2022-06", "amount": 200000}


def answer(tmp_path: Path, capsys: pytest.CaptureFixture[str], content: object) -> dict[str, Any]:
    path = tmp_path / "sag.json"
    path.write_text(json.dumps(content), "utf-8")
    call_command("refund", str(path), "--json")
    found: dict[str, Any] = json.loads(capsys.readouterr().out)
    return found


def refused(tmp_path: Path, capsys: pytest.CaptureFixture[str], content: object) -> str:
    path = tmp_path / "sag.json"
    path.write_text(content if isinstance(content, str) else json.dumps(content), "utf-8")
    with pytest.raises(SystemExit) as left:
        call_command("refund", str(path))
    assert left.value.code == 1
    written = capsys.readouterr()
    assert written.out == ""
    return written.err


@pytest.mark.parametrize(
    "written",
    [
        {"expenses": [SIX]},
        {"expenses": [200000] * 6},
        {"expenses": {f"2022-0{month}": 200000 for month in range(1, 7)}},
        {"months": [{"month": f"2022-0{month}", "expenses": "200000.00"} for month in range(1, 7)]},
        {"expenses": [{"from": "2022-01", "to": "2022-06", "total": 1200000}]},
        {"persons": [{"id": "A", "expenses": [SIX]}]},
        {"expenses": [250000] * 6, "income": [50000] * 6},
    ],
)
def test_every_form_of_the_same_cost_gives_the_same_refund(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], written: dict[str, Any]
) -> None:
    found = answer(tmp_path, capsys, {"year": 2022, **written})
    assert found["refund"] == 317500
    assert len(found["months"]) == 12
    assert found["months"][0]["step"] == 3
    assert {reason["code"] for reason in found["reasons"]} == {"age_unknown", "above_limit"}


def test_two_million_evenly_over_the_year_gives_365000(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    even = {"from": "2022-01", "to": "2022-12", "total": 2000000}
    assert answer(tmp_path, capsys, {"year": 2022, "expenses": [even]})["refund"] == 365000


def test_limits_of_later_years_come_with_the_file(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    limits = [{"over": 860000, "percent": 25}, {"over": 1680000, "percent": 50}, {"over": 2120000, "percent": 75}]
    found = answer(tmp_path, capsys, {"year": 2031, "limits": limits, "expenses": [200000] * 6})
    assert found["refund"] == 317500


@pytest.mark.parametrize(
    ("content", "told"),
    [
        ("{", "ikke gyldig JSON"),
        ('{"year": 2022, "year": 2023}', "»year« står to gange"),
        ({"expenses": [1]}, "Felt »year« mangler"),
        ({"year": 2022}, "Felt »expenses« mangler"),
        ({"year": 2022, "expenses": [{"month": "2022-13", "amount": 1}]}, "»expenses[0].month«"),
        ({"year": 2022, "expenses": [{"month": "2023-01", "amount": 1}]}, "ligger ikke i året 2022"),
        ({"year": 2022, "expenses": [{"month": "2022-01", "amount": "1.000,00"}]}, "»expenses[0].amount«"),
        ({"year": 2022, "expenses": [{"month": "2022-01"}]}, "»expenses[0].amount« mangler"),
        ({"year": 2022, "expenses": [{"from": "2022-05", "to": "2022-01", "amount": 1}]}, "»expenses[0].to«"),
        ({"year": 2022, "expenses": [1] * 13}, "højst tolv"),
        ({"year": 2022, "expenses": [1], "birth_date": "1.1.1980"}, "»birth_date«"),
        ({"year": 2022, "expenses": [1], "scheme": "SEL-177"}, "»scheme«"),
        ({"year": 2022, "expenses": [1], "limits": [{"over": 1, "percent": 0}]}, "»limits[0].percent«"),
        ({"year": 2022, "persons": [{"id": "A", "expenses": [1]}] * 2}, "»persons[1].id«"),
        ({"year": 2025, "expenses": [1]}, "kender ikke beløbsgrænserne"),
        ('{"year": 2022, "expenses": [1], "persons": [{"id": "\\ud800", "expenses": [1]}]}', "kan ikke læses"),
        ('{"year": 2022, "expenses": [NaN]}', "expenses"),
        ("[]", "Skriv et objekt"),
    ],
)
def test_bad_input_names_the_field_and_the_mend(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], content: object, told: str
) -> None:
    assert told in refused(tmp_path, capsys, content)


def test_a_file_that_is_not_there_is_one_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        call_command("refund", str(tmp_path / "none.json"))
    assert "findes ikke" in capsys.readouterr().err
