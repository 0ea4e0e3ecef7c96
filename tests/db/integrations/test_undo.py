"""Taking an import back: the registers are as before, or nothing is touched and the reasons are named."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from django.db import connection

from personas import persona
from placed_findings import place_finding
from styr.access.core.roles import Role
from styr.access.models import Limit, Municipality
from styr.access.scope import acting_as, service_scope
from styr.controls.core.verdict import Verdict
from styr.controls.models import Finding
from styr.controls.services import decide_finding
from styr.integrations import undo_requests, undoing
from styr.integrations.core.report import ImportReport
from styr.integrations.core.status import FileStatus
from styr.integrations.journal import kept_content
from styr.integrations.undo_catalogue import tracked_tables
from styr.integrations.undoing import UnableToUndoError, perform_undo, undo_plan
from styr.invoices.looking import note_look
from styr.invoices.models import Invoice
from styr.invoices.services import ask_about_invoice

pytestmark = pytest.mark.django_db

Importer = Callable[..., ImportReport]
Query = Callable[[str], list[tuple[Any, ...]]]
NOW = datetime(2026, 4, 1, 12, tzinfo=UTC)

CHANGES: dict[str, tuple[tuple[str, str, str], ...]] = {
    "who and where": (
        ("borgere.csv", "Lærkevej 1;", "Drosselvej 9;"),
        ("borgere.csv", "620280-2222", "620280-2230"),
        ("borgere.csv", "265;265;11;01-02-2010", "265;265;12;01-02-2010"),  # grants and their lines follow
        ("enheder.csv", "11;Voksen", "11;Voksenområdet"),
        ("leverandører.csv", "1234-0001234567;01-01-2020", "1234-0007654321;01-02-2026"),
    ),
    "what and when": (
        ("kontrakttakster.csv", "1.980,50", "2.100,00"),
        ("bevillingsydelser.csv", "30-06-2026", "31-05-2026"),
        ("lukkedage.csv", "aktivitetshuset;21-07-2026", "aktivitetshuset;22-07-2026"),
        ("fravær.csv", "08-02-2026", "12-02-2026"),
    ),
}


def registers(seen: Query) -> dict[str, list[tuple[Any, ...]]]:
    """Every row of every register and invoice, but what matching and controls work out from them."""
    skipped = {"invoices_linematch", "invoices_claim", "access_user", "access_membership"}
    tables = [one for one in tracked_tables() if one.table not in skipped]
    found = {}
    for one in tables:
        worked_out = {"status"} if one.table == "invoices_invoice" else set()
        columns = ", ".join(f'"{column}"' for column in one.columns if column not in worked_out)
        found[one.table] = seen(f"SELECT {columns} FROM {one.table} ORDER BY id")  # noqa: S608 - names from our own code
    return found


@pytest.fixture
def controlled(monkeypatch: pytest.MonkeyPatch) -> list[dict[str, Any]]:
    """The calls of matching and controls, which have tests of their own as the settling of paid months has."""
    calls: list[dict[str, Any]] = []
    monkeypatch.setattr(undoing, "settle_paid_months", lambda **_: None)
    monkeypatch.setattr(undoing, "control_everything", lambda **given: calls.append(given))
    return calls


@pytest.fixture
def undo(municipality: Municipality, controlled: list[dict[str, Any]]) -> Callable[[UUID], Any]:
    def run(run_id: UUID) -> Any:
        return perform_undo(
            run_id=run_id, municipality_id=municipality.id, actor="Vera", now=NOW, today=date(2026, 4, 1)
        )

    return run


def change(folder: Path, *edits: tuple[str, str, str]) -> None:
    for name, old, new in edits:
        path = folder / name
        text = path.read_text()
        assert old in text, (name, old)
        path.write_text(text.replace(old, new))


def test_a_first_import_is_taken_back_whole_and_the_same_files_land_again(
    folder: Path, bring_in: Importer, seen: Query, undo: Callable[[UUID], Any], municipality: Municipality
) -> None:
    before = registers(seen)
    report = bring_in(folder)
    after = registers(seen)
    assert report.run_id
    undone = undo(report.run_id)
    assert undone.removed > 30
    assert registers(seen) == before
    assert seen("SELECT status, count(*) FROM integrations_importfile GROUP BY 1") == [(FileStatus.UNDONE.value, 16)]
    [(pk,)] = seen("SELECT id FROM integrations_importfile WHERE name LIKE '%2026-001.xml'")
    with service_scope(municipality.id, "test"):
        assert kept_content(pk) == (folder / "fakturaer" / "2026-001.xml").read_bytes()
    assert seen("SELECT actor, undoes_id FROM integrations_importrun WHERE undoes_id IS NOT NULL") == [
        ("Vera", report.run_id)
    ]
    again = bring_in(folder, now=NOW + timedelta(days=1))
    assert again.files == {FileStatus.LANDED: 16}
    assert {table: len(rows) for table, rows in registers(seen).items()} == {
        table: len(rows) for table, rows in after.items()
    }


@pytest.mark.parametrize("edits", CHANGES.values(), ids=CHANGES.keys())
def test_what_an_import_changed_is_as_it_was(
    edits: tuple[tuple[str, str, str], ...],
    folder: Path,
    bring_in: Importer,
    seen: Query,
    undo: Callable[[UUID], Any],
) -> None:
    bring_in(folder)
    before = registers(seen)
    change(folder, *edits)
    report = bring_in(folder, now=NOW + timedelta(hours=1))
    assert report.changed_registers
    assert report.run_id
    assert registers(seen) != before
    undo(report.run_id)
    assert registers(seen) == before


def test_taking_a_cheaper_price_back_is_held_to_the_limit_of_whoever_asks_for_it(
    folder: Path,
    bring_in: Importer,
    seen: Query,
    controlled: list[dict[str, Any]],
    municipality: Municipality,
) -> None:
    bring_in(folder)
    dear = seen("SELECT max(amount) FROM contracts_contractrate")
    change(folder, ("kontrakttakster.csv", "1.980,50", "1.000,00"))
    report = bring_in(folder, now=NOW + timedelta(hours=1))
    assert report.run_id
    with service_scope(municipality.id, "test"):
        vera = persona("vera", municipality, Role.ECONOMIST).user.id
        max_ = persona("max", municipality, Role.MANAGER).user.id
        Limit.objects.create(
            municipality=municipality, role=Role.CASEWORKER, act="approve_grant", amount_ore=70_000_000,
            valid_from=date(2020, 1, 1),
        )  # fmt: skip
    asked: dict[str, Any] = {
        "run_id": report.run_id,
        "municipality_id": municipality.id,
        "actor": "Vera",
        "now": NOW,
    }
    undo_requests.carry_out_undo(**asked, today=date(2026, 4, 1), by=vera)
    [(outcome,)] = seen("SELECT outcome::text FROM integrations_importrun WHERE outcome ? 'undo'")
    assert "dyrere, end de er godkendt til" in outcome
    assert seen("SELECT max(amount) FROM contracts_contractrate") != dear
    undo_requests.carry_out_undo(**asked, today=date(2026, 4, 1), by=max_)
    assert seen("SELECT max(amount) FROM contracts_contractrate") == dear


def test_a_record_that_somebody_has_changed_since_holds_the_import_back_by_name(
    folder: Path, bring_in: Importer, seen: Query, undo: Callable[[UUID], Any], municipality: Municipality
) -> None:
    report = bring_in(folder)
    assert report.run_id
    with service_scope(municipality.id, "test"), connection.cursor() as cursor:
        cursor.execute("UPDATE people_citizen SET city = 'Ribe' WHERE source_id = '1002'")
        cursor.execute("UPDATE invoices_invoice SET status = 'approved' WHERE number LIKE %s", ["%001"])
    before = registers(seen)
    [(number,)] = seen("SELECT number FROM invoices_invoice WHERE status = 'approved'")
    with pytest.raises(UnableToUndoError, match="borgere er ændret siden: 1002") as refused:
        undo(report.run_id)
    assert f"fakturaer er afgjort siden: Solgården ApS, faktura {number}" in str(refused.value)
    assert registers(seen) == before
    assert seen("SELECT count(*) FROM integrations_importrun") == [(1,)]


def test_that_somebody_has_looked_at_an_invoice_holds_nothing_back_and_that_somebody_has_asked_does(
    folder: Path, bring_in: Importer, seen: Query, undo: Callable[[UUID], Any], municipality: Municipality
) -> None:
    first = bring_in(folder)
    with service_scope(municipality.id, "test"):
        who = persona("lone", municipality, Role.ECONOMIST)
        invoice = Invoice.objects.order_by("number")[0]
    with acting_as(who.token):
        note_look(invoice_id=invoice.id, actor_id=who.user.id, what="page", now=NOW)
    assert first.run_id
    assert undo(first.run_id).removed > 30
    assert seen("SELECT (SELECT count(*) FROM invoices_invoicelook), count(*) > 1 FROM invoices_invoicelookevent") == [
        (0, True)
    ]
    again = bring_in(folder, now=NOW + timedelta(hours=1))
    assert again.run_id
    with service_scope(municipality.id, "test"):
        invoice = Invoice.objects.order_by("number")[0]
        ask_about_invoice(
            invoice_id=invoice.id, to_role=Role.CASEWORKER, text="Hvem er det?", due_on=date(2026, 5, 1),
            actor_id=who.user.id, seen=None, now=NOW + timedelta(hours=2),
        )  # fmt: skip
    with pytest.raises(UnableToUndoError, match="1 spørgsmål bygger på fakturaer"):
        undo(again.run_id)


def test_that_somebody_has_decided_about_a_citizen_holds_the_import_back(
    folder: Path, bring_in: Importer, seen: Query, undo: Callable[[UUID], Any], municipality: Municipality
) -> None:
    report = bring_in(folder)
    assert report.run_id
    [(citizen, unit)] = seen("SELECT id, unit_id FROM people_citizen WHERE source_id = '1002'")
    with service_scope(municipality.id, "test"):
        who = persona("lone", municipality, Role.ECONOMIST)
        found = place_finding(municipality_id=municipality.id, unit_id=unit, amount_ore=100)
        Finding.objects.filter(id=found).update(subject_kind="citizen", subject_id=citizen, citizen_id=citizen)
        decide_finding(
            finding_id=found, verdict=Verdict.IGNORE, reason="Set", actor_id=who.user.id, seen_fingerprint="0" * 32,
            now=NOW + timedelta(hours=2),
        )  # fmt: skip
    with pytest.raises(UnableToUndoError, match="afvigelse om en borger"):
        undo(report.run_id)


def test_rows_of_others_that_build_on_the_import_hold_it_back(
    folder: Path, bring_in: Importer, undo: Callable[[UUID], Any]
) -> None:
    first = bring_in(folder / "borgere.csv", folder / "enheder.csv")
    bring_in(folder, now=NOW + timedelta(hours=1))
    assert first.run_id
    with pytest.raises(UnableToUndoError, match="bevillinger bygger på borgere fra indlæsningen"):
        undo(first.run_id)


def test_the_plan_takes_a_fixed_number_of_queries_and_an_import_is_taken_back_once(  # noqa: PLR0917 - fixtures
    folder: Path,
    bring_in: Importer,
    municipality: Municipality,
    undo: Callable[[UUID], Any],
    controlled: list[dict[str, Any]],
    django_assert_max_num_queries: Any,
) -> None:
    report = bring_in(folder)
    assert report.run_id
    with service_scope(municipality.id, "test"), django_assert_max_num_queries(7):
        plan = undo_plan(run_id=report.run_id)
    assert plan.possible
    assert {part.name: part.removed for part in plan.parts}["bevillinger"] == 3
    undone = undo(report.run_id)
    assert len(controlled) == 1
    with pytest.raises(UnableToUndoError, match="allerede fortrudt"):
        undo(report.run_id)
    with pytest.raises(UnableToUndoError, match="En fortrydelse kan ikke fortrydes"):
        undo(undone.run_id)
