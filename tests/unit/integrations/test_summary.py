"""The outcome of an import as lines for the terminal: what was read and changed, and what is wrong with how much."""

from styr.integrations.core.problems import Severity
from styr.integrations.core.report import ImportReport, TableCount
from styr.integrations.core.status import FileStatus
from styr.integrations.core.summary import summary_lines


def test_an_import_of_nothing_says_so() -> None:
    assert list(summary_lines(ImportReport(dry_run=False, seconds=1.25))) == ["Filer: ingen.", "Det tog 1,2 sekunder."]


def test_a_trial_tells_what_would_change_and_what_could_not_be_read() -> None:
    status = next(iter(FileStatus))
    report = ImportReport(
        dry_run=True, files={status: 1_200}, tables={"borgere": TableCount(2, 1, 3)}, invoices=7, unreadable=1,
        differences=["Borger 12: enhed 11 → 12"],
    )  # fmt: skip
    assert list(summary_lines(report)) == [
        "Prøveindlæsning: intet er ændret. Sådan ville det gå:",
        f"Filer: 1.200 {status.danish}.",
        "  borgere: 2 nye, 1 ændrede, 3 uændrede",
        "E-fakturaer: 7 læst, 1 kunne ikke læses.",
        "De første forskelle:",
        "  Borger 12: enhed 11 → 12",
        "Det tog 0,0 sekunder.",
    ]


def test_more_problems_than_are_shown_are_counted() -> None:
    severity = next(one for one in Severity if one is not Severity.NOTE)
    told = list(summary_lines(ImportReport(dry_run=False, problem_counts={severity: 3})))
    assert told[1:3] == [f"{severity.danish.capitalize()} (3):", "  … og 3 mere."]


def test_many_notes_are_kept_back_where_nothing_is_wrong() -> None:
    assert len(list(summary_lines(ImportReport(dry_run=False, problem_counts={Severity.NOTE: 21})))) == 2
