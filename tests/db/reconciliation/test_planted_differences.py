"""The controls against what was planted in the case systems' extracts of an example town nobody developed on."""

import csv
from collections import defaultdict
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from django.db import connection

from exampletown.generate import generate
from styr.access.models import Municipality
from styr.access.scope import service_scope
from styr.controls.core.registry import REGISTRY
from styr.controls.core.relations import TODAY as TODAY_RELATION
from styr.controls.core.run_duck import find
from styr.controls.services import run_controls
from styr.grants.core.relations import GRANT_KEY
from styr.integrations.services import import_paths
from styr.kernel.engine import DuckEngine, PostgresEngine
from styr.ledger.core.relations import POSTING
from styr.reconciliation.controls import CASE_CONTROLS, PAYMENT_CONTROLS
from styr.reconciliation.core.payments import misbooked_payments, stray_payments
from styr.reconciliation.core.relations import ACCOUNT_RULE, BOOKS, CASE_EXTRACT, CASE_GRANT
from unit.controls.town import RELATIONS

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
SEED, SCALE = 40_712, 0.08
TODAY = date(2026, 11, 21)
NOW = datetime(2026, 11, 21, 12, tzinfo=UTC)
KINDS = {
    "unknown_here": "case_grant_unknown",
    "unknown_there": "grant_not_in_case_system",
    "price": "case_price_differs",
    "quantity": "case_quantity_differs",
    "period": "case_period_differs",
    "supplier": "case_supplier_differs",
    "account": "case_account_differs",
}
CODES = [control.code for control in (*CASE_CONTROLS, *PAYMENT_CONTROLS)]
_FOUND = """
SELECT f.control_code, coalesce(c.source_id, g.number), f.amount_ore FROM controls_finding f
LEFT JOIN reconciliation_casegrant c ON c.id = f.subject_id LEFT JOIN grants_grant g ON g.id = f.subject_id
WHERE f.status = 'open' AND f.control_code = ANY (%s)
"""


@pytest.fixture(scope="module")
def town(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("town") / "eksempel"
    generate(folder, seed=SEED, scale=SCALE, today=TODAY)
    return folder


def test_every_planted_difference_is_found_and_nothing_else(town: Path, municipality: Municipality) -> None:
    files = sorted(path for path in town.iterdir() if path.is_file())
    report = import_paths(paths=files, municipality_id=municipality.id, actor="test", now=NOW, processes=0)
    assert report.problem_counts == {} or all(one.severity.value != "error" for one in report.problems), report.problems
    with service_scope(municipality.id, "control"):
        ran = run_controls(municipality_id=municipality.id, today=TODAY, now=NOW, codes=CODES)
        assert ran.failures == ()
        found = _rows(_FOUND, CODES)
        with DuckEngine() as engine:
            for relation in (*RELATIONS, GRANT_KEY, POSTING, CASE_GRANT, CASE_EXTRACT, ACCOUNT_RULE, BOOKS):
                engine.load(relation, _dicts(relation.name))
            again = find(engine, [REGISTRY[code] for code in CODES], today=TODAY)
        stored = _rows(
            "SELECT control_code, subject_id, amount_ore FROM controls_finding WHERE control_code = ANY (%s)", CODES
        )
        booked = _booked()
    assert {(one.code, one.subject_id, one.amount_ore) for one in again} == set(stored)
    _payments_are_found(town, booked, found)
    planted = _planted(town)
    told: dict[str, set[str]] = defaultdict(set)
    for code, number, amount in found:
        told[code].add(number)
        assert amount is None or amount >= 0
    wrong = {
        kind: (sorted(planted[kind] - told[code]), sorted(told[code] - planted[kind]))
        for kind, code in KINDS.items()
        if planted[kind] != told[code]
    }
    assert wrong == {}
    assert all(amount for code, _, amount in found if code in {"case_price_differs", "grant_not_in_case_system"})


def _payments_are_found(town: Path, booked: dict[str, set[str]], found: list[tuple]) -> None:
    """Posting by posting: what was planted, what the registers cannot tell, and what was found."""
    planted: dict[str, set[str]] = defaultdict(set)
    untold: set[str] = set()
    with (town.with_name(f"{town.name}-facit") / "ledger.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file, delimiter=";"):
            if row["subject_kind"] == "grant" or row["subject"] in booked["known"]:
                planted[row["defect"]].add(row["subject"])
            if row["note"] == "bevillingen har ingen konto":
                untold.add(row["subject"])
    silent = {number for code, number, _ in found if code == "grant_without_payment"}
    scores = {
        "payment_without_grant": (planted["payment_without_grant"], booked["stray"]),
        "wrong_account": (planted["wrong_account"] - untold, booked["misbooked"] - untold),
        "grant_without_payment": (planted["grant_without_payment"], silent),
    }
    for name, (right, told) in scores.items():
        assert right, name
        precision, recall = len(right & told) / max(len(told), 1), len(right & told) / len(right)
        assert min(precision, recall) >= 0.85, (name, precision, recall, sorted(right ^ told))
    assert len([code for code, _, _ in found if code == "payment_twice"]) >= len(planted["duplicate_posting"]) * 0.85


def _booked() -> dict[str, set[str]]:
    """The postings that the controls' own expressions name, as the key names them; those of nobody are left out."""
    with connection.cursor() as cursor:
        engine = PostgresEngine(cursor)
        engine.load(TODAY_RELATION, [{"today": TODAY}])
        cursor.execute("SET LOCAL enable_nestloop = off; SET LOCAL jit = off")  # as a run of the controls does
        cursor.execute(
            "SELECT id, year || '/' || voucher || '/' || line_no FROM ledger_posting "
            "WHERE citizen_id IS NOT NULL OR grant_id IS NOT NULL"
        )
        places = dict(cursor.fetchall())
        expressions = {"stray": stray_payments, "misbooked": misbooked_payments}
        return {"known": set(places.values())} | {
            name: {places[row["posting_id"]] for row in engine.rows(of) if row["posting_id"] in places}
            for name, of in expressions.items()
        }


def _planted(town: Path) -> dict[str, set[str]]:
    found: dict[str, set[str]] = defaultdict(set)
    with (town.with_name(f"{town.name}-facit") / "extracts.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file, delimiter=";"):
            subject = row["grant_number"] if row["difference"] == "unknown_there" else row["source_id"]
            found[row["difference"]].add(subject)
    return found


def _rows(sql: str, codes: list[str]) -> list[tuple]:
    with connection.cursor() as cursor:
        cursor.execute(sql, [codes])
        return cursor.fetchall()


def _dicts(name: str) -> list[dict[str, object]]:
    with connection.cursor() as cursor:
        cursor.execute(f'SELECT * FROM "{name}"')  # noqa: S608 - names of our own relations
        columns = [column[0] for column in cursor.description]
        return [dict(zip(columns, row, strict=True)) for row in cursor.fetchall()]
