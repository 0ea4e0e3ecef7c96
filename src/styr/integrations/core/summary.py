"""The outcome of an import in Danish lines, for the terminal."""

from collections.abc import Iterator

from styr.integrations.core.problems import Severity
from styr.integrations.core.report import ImportReport
from styr.integrations.core.status import FileStatus
from styr.kernel.danish import danish_number

_MOST_SHOWN = 20


def summary_lines(report: ImportReport) -> Iterator[str]:
    """What was read, what it changed, and the first problems with how to mend them."""
    if report.dry_run:
        yield "Prøveindlæsning: intet er ændret. Sådan ville det gå:"
    files = [f"{danish_number(report.files[one])} {one.danish}" for one in FileStatus if report.files.get(one)]
    yield f"Filer: {', '.join(files) or 'ingen'}."
    for name, count in report.tables.items():
        counts = f"{danish_number(count.new)} nye, {danish_number(count.changed)} ændrede"
        yield f"  {name}: {counts}, {danish_number(count.unchanged)} uændrede"
    if report.invoices or report.unreadable:
        unreadable = f", {danish_number(report.unreadable)} kunne ikke læses" if report.unreadable else ""
        yield f"E-fakturaer: {danish_number(report.invoices)} læst{unreadable}."
    if report.differences:
        yield "De første forskelle:"
        yield from (f"  {line}" for line in report.differences)
    yield from _problems(report)
    yield f"Det tog {report.seconds:.1f} sekunder.".replace(".", ",", 1)


def _problems(report: ImportReport) -> Iterator[str]:
    for severity in Severity:
        number = report.problem_counts.get(severity, 0)
        shown = [problem for problem in report.problems if problem.severity is severity][:_MOST_SHOWN]
        if not number or (severity is Severity.NOTE and not report.has_errors and number > _MOST_SHOWN):
            continue
        yield f"{severity.danish.capitalize()} ({danish_number(number)}):"
        yield from (f"  {problem.sentence()}" for problem in shown)
        if number > len(shown):
            yield f"  … og {danish_number(number - len(shown))} mere."
