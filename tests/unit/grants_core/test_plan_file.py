"""Bad plan files are refused in Danish: which grant, service, field and value, and how to mend it."""

from __future__ import annotations

import copy
import io
import json
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from styr.grants.core.plan_fields import PlanFileError
from styr.grants.core.plan_file import read_plan
from styr.grants.core.plan_run import make_plan
from styr.grants.core.plan_text import plan_json
from styr.grants.management import planning
from styr.grants.management.planning import write_plan

GOOD: dict[str, Any] = {
    "from": "2026-01-01",
    "to": "2026-04-01",
    "grants": [
        {
            "id": "B1",
            "start": "2026-01-01",
            "end": None,
            "services": [
                {
                    "id": "S1",
                    "unit": "day",
                    "quantity": 1,
                    "rates": [{"from": "2026-01-01", "to": None, "amount": 1234.5}],
                }
            ],
        }
    ],
}
GRANT: tuple[Any, ...] = ("grants", 0)
SERVICE: tuple[Any, ...] = (*GRANT, "services", 0)
RATE: tuple[Any, ...] = (*SERVICE, "rates", 0)
MISSING = object()


def _with(path: tuple[Any, ...], value: Any) -> dict[str, Any]:
    changed = copy.deepcopy(GOOD)
    at: Any = changed
    for step in path[:-1]:
        at = at[step]
    if value is MISSING:
        del at[path[-1]]
    else:
        at[path[-1]] = value
    return changed


def _answer(file: dict[str, Any]) -> dict[str, Any]:
    answer: dict[str, Any] = json.loads(plan_json(make_plan(read_plan(json.dumps(file)))))
    return answer


def test_a_plain_file_needs_only_what_cannot_be_guessed() -> None:
    answer = _answer(GOOD)
    assert answer["expected"][0] == {
        "grant": "B1",
        "service": "S1",
        "month": "2026-01",
        "quantity": "31.0000",
        "unit": "day",
        "amount": "38269.50",
    }
    assert answer["payments"] == [
        {"grant": "B1", "service": "S1", "date": "2026-01-01", "amount": "38269.50"},
        {"grant": "B1", "service": "S1", "date": "2026-02-01", "amount": "34566.00"},
        {"grant": "B1", "service": "S1", "date": "2026-03-01", "amount": "38269.50"},
    ]


ABSENCE = {"from": "2026-02-01", "to": "2026-02-03", "billable_factor": 0}
BAD: list[tuple[str, tuple[Any, ...], Any, list[str]]] = [
    ("no start of the period", ("from",), MISSING, ["Felt »from« mangler", "2026-01-31"]),
    ("reversed period", ("to",), "2025-12-31", ["Felt »to«", "»2025-12-31«", "efter »from«"]),
    ("too long", ("to",), "2199-01-01", ["Felt »to«", "højst være 100 år"]),
    ("year far off", ("to",), "9999-01-01", ["Felt »to«", "mellem år 1900 og 2200"]),
    ("no such date", ("from",), "2026-02-30", ["»2026-02-30«", "findes ikke"]),
    ("Danish date", ("from",), "01-02-2026", ["»01-02-2026«", "2026-01-31"]),
    ("grants no list", ("grants",), {}, ["Felt »grants«", "liste"]),
    ("grant no object", GRANT, 7, ["grants[0]", "»7«", "objekt"]),
    ("grant without id", (*GRANT, "id"), MISSING, ["grants[0].id", "mangler"]),
    ("grant with a truth for an id", (*GRANT, "id"), True, ["grants[0].id", "»True«"]),
    ("reversed grant", (*GRANT, "end"), "2025-01-01", ["Bevilling »B1«", "felt »end«", "»2025-01-01«"]),
    ("unknown unit", (*SERVICE, "unit"), "kvartal", ["Bevilling »B1«, ydelse »S1«, felt »unit«", "opening_day"]),
    ("unknown per", (*SERVICE, "per"), "year", ["ydelse »S1«, felt »per«", "day, week, month, total"]),
    ("hours without per", (*SERVICE, "unit"), "hour", ["ydelse »S1«, felt »per« mangler"]),
    ("no quantity", (*SERVICE, "quantity"), MISSING, ["felt »quantity« mangler"]),
    ("negative quantity", (*SERVICE, "quantity"), -1, ["felt »quantity«", "»-1«", "fra 0"]),
    ("quantity true", (*SERVICE, "quantity"), True, ["felt »quantity«", "»True«"]),
    ("five decimals", (*SERVICE, "quantity"), 1.00001, ["felt »quantity«", "højst 4 decimaler"]),
    (
        "total without end",
        (*SERVICE, "per"),
        "total",
        ["Bevilling »B1«, ydelse »S1«", "felt »end« mangler", "slutdato"],
    ),
    ("no rates", (*SERVICE, "rates"), MISSING, ["felt »rates« mangler"]),
    ("reversed rate", (*RATE, "to"), "2025-01-01", ["felt »rates[0].to«", "»2025-01-01«"]),
    ("amount missing", (*RATE, "amount"), None, ["felt »rates[0].amount« mangler"]),
    ("Danish amount", (*RATE, "amount"), "1.234,50", ["felt »rates[0].amount«", "»1.234,50«", "1234.50"]),
    ("amount NaN as text", (*RATE, "amount"), "NaN", ["»NaN«", "1234.50"]),
    ("amount a list", (*RATE, "amount"), [], ["felt »rates[0].amount«"]),
    ("amount too large", (*RATE, "amount"), 10**10, ["felt »rates[0].amount«", "fra -1000000000"]),
    ("payment no object", (*SERVICE, "payment"), "monthly", ["felt »payment«", "objekt"]),
    ("payment without frequency", (*SERVICE, "payment"), {}, ["felt »payment.frequency« mangler", "biweekly"]),
    (
        "day 32",
        (*SERVICE, "payment"),
        {"frequency": "monthly", "day_of_month": 32},
        ["felt »payment.day_of_month«", "»32«", "fra 1 til 31"],
    ),
    ("own dates without dates", (*SERVICE, "payment"), {"frequency": "dates"}, ["felt »payment.dates« mangler"]),
    (
        "own dates no list",
        (*SERVICE, "payment"),
        {"frequency": "dates", "dates": "2026-01-01"},
        ["felt »payment.dates«", "liste"],
    ),
    (
        "a date twice",
        (*SERVICE, "payment"),
        {"frequency": "dates", "dates": ["2026-01-01", "2026-01-01"]},
        ["felt »payment.dates[1]«", "to gange"],
    ),
    (
        "overlapping absence",
        (*GRANT, "absence"),
        [ABSENCE, ABSENCE],
        ["Bevilling »B1«", "absence[1].from", "overlapper"],
    ),
    (
        "absence factor",
        (*GRANT, "absence"),
        [{**ABSENCE, "billable_factor": 1.5}],
        ["absence[0].billable_factor", "»1.5«"],
    ),
]


@pytest.mark.parametrize(("path", "value", "told"), [bad[1:] for bad in BAD], ids=[bad[0] for bad in BAD])
def test_a_refusal_names_place_value_and_mend(path: tuple[Any, ...], value: Any, told: list[str]) -> None:
    with pytest.raises(PlanFileError) as refused:
        read_plan(json.dumps(_with(path, value)))
    assert [part for part in told if part not in str(refused.value)] == []


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("", "ikke gyldig JSON"),
        ("[]", "objekt"),
        ("{", "linje 1"),
        ('{"from": NaN}', "»NaN« er ikke et tal"),
        ('{"from": 1, "from": 2}', "»from« står to gange"),
        ("[" * 100_000, "for dybt"),
        (f'{{"from": {"9" * 5_000}}}', "for mange cifre"),
        ('{"from": 1E99999999999999999999999}', "for stort"),
        ('{"from": "\\ud800"}', "halvt tegn"),
        ('{"from": [["\\uDFFF"]]}', "halvt tegn"),
    ],
)
def test_what_is_no_plan_file_is_refused(text: str, told: str) -> None:
    with pytest.raises(PlanFileError, match=told):
        read_plan(text)


@pytest.mark.parametrize("written", ["1E99999999", "1E-99999999", "-1E40", "0E99999999"])
def test_a_number_far_off_is_refused_before_it_is_written_out(written: str) -> None:
    text = json.dumps(_with((*RATE, "amount"), 777)).replace("777", written)
    with pytest.raises(PlanFileError, match=r"rates\[0\].amount«.*1234.50"):
        read_plan(text)


def test_two_halves_make_a_whole_character() -> None:
    assert read_plan(json.dumps(_with((*GRANT, "id"), "\U0001f600"))).grants[0].id == "\U0001f600"


def test_what_is_bought_once_is_one_total_and_another_per_is_noted() -> None:
    file = _with((*SERVICE, "unit"), "once")
    file["grants"][0]["services"][0]["per"] = "month"
    plan = read_plan(json.dumps(file))
    assert plan.notes == (
        "Bevilling »B1«, ydelse »S1«, felt »per«: »month« bruges ikke, for »once« er ét samlet antal (total).",
    )
    assert [row["amount"] for row in _answer(file)["expected"]] == ["1234.50"]


def test_overlapping_rates_are_refused() -> None:
    rates = [{"from": "2026-01-01", "amount": 1}, {"from": "2026-03-01", "amount": 2}]
    with pytest.raises(PlanFileError, match=r"»S1«, felt »rates\[1\].from«.*»2026-03-01«.*overlapper"):
        read_plan(json.dumps(_with((*SERVICE, "rates"), rates)))


def test_the_same_id_twice_is_refused() -> None:
    with pytest.raises(PlanFileError, match=r"»grants\[1\].id«.*»B1«.*brugt før"):
        read_plan(json.dumps(_with(("grants",), GOOD["grants"] * 2)))
    with pytest.raises(PlanFileError, match=r"Bevilling »B1«.*services\[1\].id"):
        read_plan(json.dumps(_with((*GRANT, "services"), GOOD["grants"][0]["services"] * 2)))


def test_an_absurd_product_is_refused() -> None:
    file = _with((*SERVICE, "quantity"), 10**9)
    file["grants"][0]["services"][0]["rates"][0]["amount"] = 10**6
    with pytest.raises(PlanFileError, match="urimeligt stort"):
        read_plan(json.dumps(file))


def test_amounts_may_be_numbers_or_text_and_are_never_floats() -> None:
    for amount in (0.1, "0.1", "0.1000"):
        file = read_plan(json.dumps(_with((*RATE, "amount"), amount)))
        assert file.grants[0].services[0].rates[0].value == Decimal("0.1")


def test_a_one_off_over_endless_dates_is_refused() -> None:
    file = _with((*SERVICE, "unit"), "once")
    file["grants"][0]["services"][0]["payment"] = {"frequency": "weekly"}
    with pytest.raises(PlanFileError, match="»S1«, felt »end« mangler"):
        read_plan(json.dumps(file))


def test_long_values_are_cut_in_the_message() -> None:
    with pytest.raises(PlanFileError, match="xxx…"):
        read_plan(json.dumps(_with((*SERVICE, "unit"), "x" * 1_000)))


def test_unknown_fields_are_noted() -> None:
    assert read_plan(json.dumps(_with((*SERVICE, "factr"), 2))).notes == (
        "Bevilling »B1«, ydelse »S1«, felt »factr« kendes ikke og bruges ikke.",
    )


def _written(source: str, *, as_json: bool = True) -> tuple[int, str, str]:
    out, err = io.StringIO(), io.StringIO()
    return write_plan(source, as_json=as_json, out=out, err=err), out.getvalue(), err.getvalue()


def test_a_file_becomes_json_or_a_table(tmp_path: Path) -> None:
    path = tmp_path / "plan.json"
    path.write_text("﻿" + json.dumps(GOOD), "utf-8")
    status, out, err = _written(str(path))
    assert (status, err) == (0, "")
    assert len(json.loads(out)["expected"]) == 3
    status, out, _ = _written(str(path), as_json=False)
    assert status == 0
    assert "38.269,50 kr." in out
    assert "1. feb. 2026" in out


def test_days_without_a_rate_are_told_of(tmp_path: Path) -> None:
    path = tmp_path / "plan.json"
    path.write_text(json.dumps(_with((*RATE, "to"), "2026-03-30")), "utf-8")
    status, _, err = _written(str(path))
    assert status == 0
    assert err == (
        "Bevilling »B1«, ydelse »S1«: 2 dag(e) i marts 2026 har ingen takst og er ikke regnet med. "
        "Udfyld hullet i »rates«.\n"
    )


def test_a_file_that_cannot_be_read_gives_status_1(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    latin = tmp_path / "latin.json"
    latin.write_bytes(b'{"id": "\xe6"}')
    closed = tmp_path / "closed.json"
    for source, told in [(tmp_path / "none.json", "findes ikke"), (tmp_path, "mappe"), (latin, "UTF-8")]:
        status, out, err = _written(str(source))
        assert (status, out) == (1, "")
        assert told in err

    def refuse(error: OSError) -> None:
        def opened(*_: object) -> None:
            raise error

        monkeypatch.setattr(Path, "open", opened)

    refuse(PermissionError())
    assert "nægtet" in _written(str(closed))[2]
    refuse(OSError(5, "I/O"))
    assert "I/O" in _written(str(closed))[2]


def test_standard_input_and_large_files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    class Stdin:
        buffer = io.BytesIO(json.dumps(GOOD).encode())

    monkeypatch.setattr(planning.sys, "stdin", Stdin)
    assert _written("-")[0] == 0
    monkeypatch.setattr(planning, "_LARGEST_BYTES", 10)
    path = tmp_path / "large.json"
    path.write_text(json.dumps(GOOD), "utf-8")
    assert "større end" in _written(str(path))[2]
