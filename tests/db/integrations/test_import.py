from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest

from styr.access.scope import service_scope
from styr.integrations.core.problems import Severity
from styr.integrations.core.report import ImportReport, TableCount
from styr.integrations.core.status import FileStatus
from styr.integrations.journal import kept_content
from styr.integrations.progress import Silent
from styr.integrations.queries import PROBLEM_SORTS, kept_out_count, open_problems, problem_page

pytestmark = pytest.mark.django_db

Importer = Callable[..., ImportReport]
Query = Callable[[str], list[tuple[Any, ...]]]

TABLES = {
    "enheder": 3,
    "borgere": 3,
    "værger": 1,
    "samtykker": 1,
    "leverandører": 2,
    "tilbud": 2,
    "portaltakster": 1,
    "lukkedage": 2,
    "kontrakter": 2,
    "kontraktlinjer": 3,
    "kontrakttakster": 4,
    "bevillinger": 3,
    "bevillingsydelser": 4,
    "fravær": 1,
}


def told(report: ImportReport) -> list[str]:
    return [problem.sentence() for problem in report.problems if problem.severity is Severity.ERROR]


def test_a_folder_of_registers_and_invoices_lands_whole(folder: Path, bring_in: Importer, seen: Query) -> None:
    report = bring_in(folder)
    assert told(report) == []
    assert report.files == {FileStatus.LANDED: 16}
    assert {name: count.new + count.changed + count.unchanged for name, count in report.tables.items()} == TABLES
    assert report.invoices == 2
    assert seen("SELECT count(*), min(net_ore), max(net_ore) FROM invoices_invoice") == [(2, 5460000, 6045000)]
    assert seen("SELECT status, actor FROM integrations_importrun") == [("finished", "test")]
    assert seen("SELECT count(*) FROM integrations_importfile WHERE content IS NULL AND status = 'landed'") == [(16,)]


def test_the_same_files_again_change_nothing_and_are_recognised(folder: Path, bring_in: Importer, seen: Query) -> None:
    bring_in(folder)
    tables = ("people_citizenevent", "grants_grantevent", "grants_ownrateevent", "invoices_invoiceevent")
    events = " UNION ALL ".join(f"SELECT count(*) FROM {table}" for table in tables)  # noqa: S608 - names above
    before = seen(events)
    again = bring_in(folder)
    assert again.files == {FileStatus.KNOWN: 16}
    assert not again.changed_anything
    assert seen(events) == before
    assert seen("SELECT count(*) FROM integrations_importfile") == [(16,)]
    assert any("allerede indlæst" in problem.message for problem in again.problems)


def test_a_changed_file_updates_in_place_and_an_older_one_after_it_takes_it_back(
    folder: Path, bring_in: Importer, seen: Query
) -> None:
    bring_in(folder)
    citizens = folder / "borgere.csv"
    original = citizens.read_text()
    citizens.write_text(original.replace("Lærkevej 1", "Drosselvej 9"))
    report = bring_in(folder, now=_later(1))
    assert report.tables == {"borgere": TableCount(0, 1, 2)}
    assert seen("SELECT address FROM people_citizen WHERE source_id = '1001'") == [("Drosselvej 9",)]
    citizens.write_text(original)
    report = bring_in(folder, now=_later(2))
    assert report.tables == {"borgere": TableCount(0, 1, 2)}
    assert seen("SELECT address FROM people_citizen WHERE source_id = '1001'") == [("Lærkevej 1",)]
    assert bring_in(folder, now=_later(3)).tables == {}


def test_an_older_and_a_newer_file_of_a_register_handed_in_again_together_leave_what_the_newer_says(
    tmp_path: Path, bring_in: Importer, seen: Query
) -> None:
    def name() -> str:
        [(found,)] = seen("SELECT name FROM access_unit WHERE number = '77'")
        return str(found)

    old, new = tmp_path / "enheder-2025.csv", tmp_path / "enheder-2026.csv"
    old.write_text("enhed_nr;navn\n77;Gammelt navn\n")
    bring_in(tmp_path)
    new.write_text("enhed_nr;navn\n77;Nyt navn\n")
    bring_in(tmp_path)
    assert name() == "Nyt navn"
    for _ in range(3):
        assert bring_in(tmp_path).files == {FileStatus.KNOWN: 2}
        assert name() == "Nyt navn"
    bring_in(old)
    assert name() == "Gammelt navn"
    (tmp_path / "a.csv").write_text("enhed_nr;navn\n77;Nyeste navn\n")
    bring_in(tmp_path / "a.csv")
    bring_in(old, new)
    assert name() == "Gammelt navn", "both land again in the order in which they last did"


def _later(days: int) -> datetime:
    return datetime(2026, 4, 1, 12, tzinfo=UTC) + timedelta(days=days)


def test_a_file_with_one_bad_row_stays_out_whole_and_the_others_land(
    folder: Path, bring_in: Importer, seen: Query
) -> None:
    suppliers = folder / "portaltakster.csv"
    suppliers.write_text(suppliers.read_text() + "T9;ophold;døgn;01-01-2026;;100,00\n")
    report = bring_in(folder)
    assert told(report) == [
        "portaltakster.csv, række 3, kolonne »tilbud_nr«, værdi »T9«: Tilbuddet findes ikke. Indlæs tilbuddet først."
    ]
    assert report.files == {FileStatus.LANDED: 15, FileStatus.FAILED: 1}
    assert seen("SELECT count(*) FROM suppliers_portalrate") == [(0,)]
    assert seen("SELECT count(*) FROM suppliers_providerunit") == [(2,)]


def test_what_was_kept_out_is_kept_with_its_problem_and_its_bytes_and_lands_when_mended(
    folder: Path, bring_in: Importer, seen: Query
) -> None:
    rates = folder / "kontrakttakster.csv"
    good = rates.read_text()
    rates.write_text(good.replace("612,00", "gratis"))
    bring_in(folder)
    bring_in(folder)
    [(pk, municipality_id)] = seen("SELECT id, municipality_id FROM integrations_importfile WHERE status = 'failed'")
    assert seen('SELECT "row", "column", value FROM integrations_importproblem WHERE severity = \'error\'') == [
        (5, "pris", "gratis")
    ]
    with service_scope(municipality_id, "test"):
        kept = kept_content(pk)
    assert kept == rates.read_bytes()
    assert seen("SELECT count(*) FROM integrations_importfile WHERE position('gratis'::bytea IN content) > 0") == [(0,)]
    rates.write_text(good)
    assert told_as_kept_out(municipality_id) == (1, 1)
    assert bring_in(folder).tables == {"kontrakttakster": TableCount(4, 0, 0)}
    assert told_as_kept_out(municipality_id) == (0, 0), "the mended file of the same name supersedes the failed one"


def told_as_kept_out(municipality_id: UUID) -> tuple[int, int]:
    with service_scope(municipality_id, "test"):
        found = len(open_problems(limit=10))
        for words in ("PRIS", "takster", ""):
            asked = [problem_page(words, order=(by, by == "fil"), part=(0, 10)) for by in PROBLEM_SORTS]
            assert {(len(rows), total) for rows, total in asked} == {(found, found)}
        assert problem_page("findes ikke", order=("", False), part=(0, 10)) == ([], 0)
        return kept_out_count(), found


def test_files_that_point_at_a_file_that_was_kept_out_say_so(folder: Path, bring_in: Importer) -> None:
    (folder / "borgere.csv").write_text("borger_nr;cpr;fornavn;efternavn;enhed_nr\n1;2;Ib;Holm;11\n")
    report = bring_in(folder)
    sentences = [problem.sentence() for problem in report.problems]
    assert any(
        text.startswith("bevillinger.csv: Registre, der ikke kom ind i denne indlæsning: borgere") for text in sentences
    )
    assert report.files[FileStatus.LANDED] >= 5


def test_an_unreadable_invoice_is_kept_and_told_and_the_others_are_read(
    folder: Path, bring_in: Importer, seen: Query
) -> None:
    (folder / "fakturaer" / "halv.xml").write_bytes((folder / "fakturaer" / "2026-001.xml").read_bytes()[:700])
    report = bring_in(folder)
    [sentence] = told(report)
    assert sentence.startswith("fakturaer/halv.xml: Filen slutter midt i fakturaen.")
    assert (report.invoices, report.unreadable) == (2, 1)
    assert seen("SELECT error_code FROM invoices_document WHERE error_code <> ''") == [("truncated",)]
    again = bring_in(folder)
    assert (again.files[FileStatus.FAILED], again.files[FileStatus.KNOWN]) == (1, 16)
    assert seen("SELECT count(*) FROM invoices_document") == [(3,)]
    assert seen("SELECT count(*) FROM integrations_importfile WHERE status = 'failed'") == [(1,)]
    assert seen("SELECT count(*) FROM integrations_importproblem WHERE severity = 'error'") == [(1,)]


def test_a_dry_run_tells_what_would_happen_and_changes_nothing(folder: Path, bring_in: Importer, seen: Query) -> None:
    report = bring_in(folder, dry_run=True)
    assert report.dry_run
    assert report.run_id is None
    assert {name: count.new + count.changed + count.unchanged for name, count in report.tables.items()} == TABLES
    assert report.invoices == 2
    assert list(report.differences[:4]) == [
        "enheder: 11 ændret – ean: »5798000000111« → »5798000000117«",
        "enheder: 12 ændret – ean: »tom« → »5798000000124«",
        "borgere: 1001 ny",
        "borgere: 1002 ny",
    ]
    for table in ("people_citizen", "invoices_invoice", "integrations_importrun", "integrations_importfile"):
        assert seen(f"SELECT count(*) FROM {table}") == [(0,)]  # noqa: S608 - names above


def test_a_dry_run_of_changed_files_shows_the_first_differences_in_danish(folder: Path, bring_in: Importer) -> None:
    bring_in(folder)
    for name, old, new in (
        ("borgere.csv", "Lærkevej 1;", "Drosselvej 9;"),
        ("borgere.csv", "620280-2222", "620280-2230"),
        ("kontrakttakster.csv", "1.980,50", "2.010,25"),
        ("bevillinger.csv", "01-12-2026", "15-12-2026"),
        ("bevillinger.csv", "forventet", "bevilget"),
        ("kontrakter.csv", "31-12-2026", "30-11-2026"),
    ):
        file = folder / name
        file.write_text(file.read_text().replace(old, new, 1))
    assert bring_in(folder, dry_run=True).differences == (
        "borgere: 1001 ændret – adresse: ændret",
        "borgere: 1002 ændret – cpr: ændret",
        "kontrakter: K-2026-0002 ændret – slut: »31-12-2026« → »30-11-2026«",
        "kontrakttakster: K-2026-0001 linje 1 fra 01-07-2026 ændret – pris: »1.980,5« → »2.010,25«",
        "bevillinger: B1000001-2 ændret – opfølgning: »01-12-2026« → »15-12-2026«",
        "bevillinger: B1000003-7 ændret – status: »forventet« → »bevilget«",
    )


def test_the_same_bytes_twice_in_one_import_are_read_once(folder: Path, bring_in: Importer, seen: Query) -> None:
    invoice = folder / "fakturaer" / "2026-001.xml"
    (folder / "fakturaer" / "kopi.xml").write_bytes(invoice.read_bytes())
    (folder / "zz_kopi.csv").write_bytes((folder / "fravær.csv").read_bytes())
    report = bring_in(folder)
    assert report.files == {FileStatus.LANDED: 16, FileStatus.KNOWN: 2}
    notes = [problem.sentence() for problem in report.problems if problem.code in {"known", "duplicate_file"}]
    assert notes == [
        "zz_kopi.csv: Filen er magen til »fravær.csv« og er kun læst én gang.",
        "fakturaer/kopi.xml: Filen er magen til »fakturaer/2026-001.xml« og er kun læst én gang.",
    ]
    assert seen("SELECT count(*) FROM invoices_document") == [(2,)]


def test_the_same_paths_given_twice_are_read_and_counted_once(folder: Path, bring_in: Importer, seen: Query) -> None:
    invoice = folder / "fakturaer" / "2026-001.xml"
    report = bring_in(invoice, folder / "enheder.csv", invoice, folder / "enheder.csv")
    assert (report.invoices, report.files) == (1, {FileStatus.LANDED: 2, FileStatus.KNOWN: 2})
    assert [problem.message for problem in report.problems] == ["Filen er angivet to gange og er kun læst én gang."] * 2
    assert seen("SELECT count(*) FROM invoices_document") == [(1,)]


def test_what_is_to_follow_is_made_up_for_when_an_earlier_import_stopped_before_it(
    folder: Path, bring_in: Importer, seen: Query
) -> None:
    def stop(_: ImportReport) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        bring_in(folder, after=stop)
    assert seen("SELECT status FROM integrations_importrun") == [("failed",)]
    followed: list[ImportReport] = []
    report = bring_in(folder, after=followed.append, now=_later(1))
    assert not report.changed_anything
    assert followed == [report]
    bring_in(folder, after=followed.append, now=_later(2))
    assert followed == [report]


def test_a_supplier_that_stands_twice_with_two_accounts_has_both(folder: Path, bring_in: Importer, seen: Query) -> None:
    suppliers = folder / "leverandører.csv"
    again = "L1;12345674;Solgården ApS;privat;;{};01-03-2026\n"
    suppliers.write_text(suppliers.read_text() + again.format("1234-0009999999"))
    assert told(bring_in(folder)) == []
    assert seen("SELECT count(*) FROM suppliers_supplieraccount") == [(2,)]


def test_while_another_import_holds_the_lock_the_import_says_so_and_waits(
    folder: Path, bring_in: Importer, administrator: Any, municipality: Any
) -> None:
    administrator.execute("SELECT pg_advisory_lock(hashtextextended(%s, 0))", [f"import:{municipality.id}"])
    waited = []

    class Told(Silent):
        def waiting(self) -> None:
            waited.append(True)
            administrator.execute("SELECT pg_advisory_unlock_all()")

    report = bring_in(folder, progress=Told())
    assert waited == [True]
    assert report.files[FileStatus.LANDED] == 16


def test_what_is_to_follow_an_import_follows_only_when_something_changed(folder: Path, bring_in: Importer) -> None:
    followed: list[ImportReport] = []
    bring_in(folder, dry_run=True, after=followed.append)
    assert followed == []
    first = bring_in(folder, after=followed.append)
    bring_in(folder, after=followed.append)
    assert followed == [first]
