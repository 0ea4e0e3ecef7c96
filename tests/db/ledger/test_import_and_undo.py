"""A file of postings through the import: the invoice is paid, its month recorded; taken back, nothing is left of it."""

import shutil
from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from django.db import connection

from styr.access.models import Municipality
from styr.access.scope import service_scope
from styr.integrations import services, undoing
from styr.integrations.models import ImportRun
from styr.integrations.services import ImportReport, import_and_control, import_paths
from styr.invoices.models import Invoice
from styr.invoices.services import rematch

pytestmark = pytest.mark.django_db

NOW, TODAY = datetime(2026, 4, 1, 12, tzinfo=UTC), date(2026, 4, 1)
FILES = Path(__file__).parents[2] / "data" / "import"
HEAD = "bilag_nr;linje_nr;bogført;periode;konto;beløb;tekst;cvr;faktura_nr;bevilling_nr;art\n"
ACCOUNT = "5385214000100140"
Ask = Callable[[str], list[tuple[Any, ...]]]


@pytest.fixture
def ask(municipality: Municipality) -> Ask:
    def found(sql: str) -> list[tuple[Any, ...]]:
        with service_scope(municipality.id, "test"), connection.cursor() as cursor:
            cursor.execute(sql)
            return cursor.fetchall()

    return found


@pytest.fixture
def clean(tmp_path: Path, municipality: Municipality, ask: Ask) -> tuple[str, str, int]:
    """The small municipality, imported and matched, with its invoice ready: CVR, number and amount in øre."""
    folder = tmp_path / "files"
    shutil.copytree(FILES, folder, ignore=shutil.ignore_patterns("README.md"))
    import_paths(paths=[folder], municipality_id=municipality.id, actor="test", now=NOW, processes=0)
    with service_scope(municipality.id, "test"):
        rematch(municipality_id=municipality.id)
        Invoice.objects.filter(number="2026-001").update(status="ready")
    [found] = ask("SELECT supplier_cvr, number, payable_ore FROM rel_invoice WHERE number = '2026-001'")
    return found[0], found[1], found[2]


@pytest.fixture
def bring(
    clean: tuple[str, str, int], tmp_path: Path, municipality: Municipality, monkeypatch: pytest.MonkeyPatch
) -> Callable[[str], ImportReport]:
    """Import postings; matching and controls, which have been run, are left out."""
    for module in (services, undoing):
        monkeypatch.setattr(module, "control_everything", lambda **_: None)
        monkeypatch.setattr(module, "request_forecast", lambda **_: None)

    def run(rows: str) -> ImportReport:
        path = tmp_path / "posteringer.csv"
        path.write_text(HEAD + rows, encoding="utf-8")
        return import_and_control(paths=[path], municipality_id=municipality.id, actor="test", now=NOW, today=TODAY)

    return run


def kroner(ore: int) -> str:
    return f"{ore // 100},{ore % 100:02d}"


def test_what_was_paid_comes_back_with_an_import_and_goes_when_it_is_taken_back(
    clean: tuple[str, str, int], bring: Callable[[str], ImportReport], municipality: Municipality, ask: Ask
) -> None:
    cvr, number, ore = clean
    status, months = "SELECT status FROM rel_invoice WHERE number = '2026-001'", "SELECT month FROM grants_paidperiod"
    bring(f"1;1;03-03-2026;01-2026;{ACCOUNT};{kroner(ore - 100)};Ophold;{cvr};{number};;betaling\n")
    assert (ask(status), ask(months)) == ([("ready",)], [])  # not all of it has been paid
    rest = f"2;1;04-03-2026;01-2026;{ACCOUNT};1,00;Ophold;{cvr};{number};;betaling\n"
    assert bring(rest).tables["posteringer"].new == 1
    assert ask(status) == [("paid",)]
    assert ask(months) == [(date(2026, 1, 1),)]
    assert ask("SELECT sum(amount_ore)::bigint FROM grants_paidperiod") == [(ore,)]
    assert ask("SELECT count(*) FROM rel_posting WHERE grant_id IS NOT NULL") == [(2,)]  # by the invoice's one grant
    bring(rest)
    with service_scope(municipality.id, "test"):
        run_id = ImportRun.objects.filter(landings__isnull=False).latest("started_at", "id").id
        assert undoing.undo_plan(run_id=run_id).obstacles == ()
    undoing.perform_undo(run_id=run_id, municipality_id=municipality.id, actor="test", now=NOW, today=TODAY)
    assert (ask(status), ask(months)) == ([("ready",)], [])
    assert ask("SELECT voucher FROM rel_posting") == [("1",)]
    bring(rest)
    assert (ask(status), ask(months)) == ([("paid",)], [(date(2026, 1, 1),)])


def test_a_wrong_row_keeps_the_whole_file_out_and_every_one_is_told(
    clean: tuple[str, str, int], bring: Callable[[str], ImportReport], ask: Ask
) -> None:
    report = bring(
        f"1;1;03-03-2026;;{ACCOUNT};10,00;;;;;\n2;1;03-03-2026;;9999914000100140;10,00;;;;;\n"
        f"1;1;03-03-2026;;{ACCOUNT};10,00;;;;;\n3;1;03-09-2026;;{ACCOUNT};10,00;;;;;\n"
    )
    told = [(one.row, one.column) for one in report.problems if one.severity == "error"]
    assert told == [(3, "konto"), (4, "bilag_nr"), (5, "bogført")]
    assert ask("SELECT 1 FROM rel_posting") == []
