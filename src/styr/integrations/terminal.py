"""The import as the terminal shows it: progress on stderr, the outcome on stdout."""

import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import date, datetime
from getpass import getuser
from pathlib import Path
from typing import Any, Protocol
from uuid import UUID

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, SpinnerColumn, TaskID, TextColumn, TimeRemainingColumn
from rich.progress import Progress as Bars

from styr.access.queries import municipality_code
from styr.access.scope import service_scope
from styr.access.services import municipality_ids
from styr.integrations.core.errors import UnableToImportError
from styr.integrations.core.report import ImportReport
from styr.integrations.core.summary import summary_lines
from styr.integrations.services import import_and_control
from styr.kernel.danish import danish_number


class Writes(Protocol):
    """Where a command prints."""

    def write(self, msg: str) -> Any:
        """Print a line."""


class TerminalProgress:
    """A bar with files, rows, errors and the time left."""

    def __init__(self, bars: Bars) -> None:
        self._bars = bars
        self._task: TaskID = bars.add_task("Finder filer", total=None, rows="0", errors="0")
        self._rows = self._errors = 0

    def waiting(self) -> None:
        """Say why nothing happens."""
        self._bars.console.print("En anden indlæsning er i gang i kommunen. Venter, til den er færdig …")

    def began(self, total: int) -> None:
        """Show how many files there are."""
        self._bars.update(self._task, total=total, description="Indlæser")

    def went(self, *, files: int, rows: int, errors: int) -> None:
        """Move the bar."""
        self._rows += rows
        self._errors += errors
        seen, wrong = danish_number(self._rows), danish_number(self._errors)
        self._bars.update(self._task, advance=files, rows=seen, errors=wrong)


def run_import(options: Mapping[str, Any], *, out: Writes, now: datetime, today: date) -> ImportReport:
    """Import the paths of a command's options, run the controls when something changed, and print the outcome.

    Args:
        options: `paths`, `dry_run`, `json`, `municipality` (code or None).
        out: where the outcome is printed.
        now: the time of the import.
        today: the day that the controls look from.

    Raises:
        UnableToImportError: no such municipality, or the import had to stop.
    """
    with _bars(quiet=options["json"]) as progress:
        report = import_and_control(
            paths=[Path(path) for path in options["paths"]],
            municipality_id=_municipality(options["municipality"]),
            actor=getuser(),
            now=now,
            today=today,
            progress=progress,
            dry_run=options["dry_run"],
        )
    if options["json"]:
        out.write(json.dumps(report.as_json(), ensure_ascii=False))
    else:
        out.write("\n".join(summary_lines(report)))
    return report


@contextmanager
def _bars(*, quiet: bool) -> Iterator[TerminalProgress]:
    columns = (
        SpinnerColumn(),
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TextColumn("filer · {task.fields[rows]} rækker · {task.fields[errors]} fejl ·"),
        TimeRemainingColumn(),
    )
    console = Console(stderr=True)
    with Bars(*columns, console=console, disable=quiet and not console.is_terminal) as bars:
        yield TerminalProgress(bars)


def _municipality(code: str | None) -> UUID:
    """The municipality of a code; without one, the only one there is."""
    codes = {_code(one): one for one in municipality_ids()}
    if code is None and len(codes) == 1:
        return next(iter(codes.values()))
    if code is None:
        raise UnableToImportError(
            f"Angiv kommunen med --municipality. Kendte koder: {', '.join(sorted(codes)) or 'ingen'}."
        )
    if code not in codes:
        raise UnableToImportError(f"Kommunen »{code}« findes ikke. Kendte koder: {', '.join(sorted(codes))}.")
    return codes[code]


def _code(municipality_id: UUID) -> str:
    with service_scope(municipality_id, "report"):
        return municipality_code()
