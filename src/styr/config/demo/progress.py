"""Progress bars in the terminal, for every long step of the demonstration and for `styr import`."""

from collections.abc import Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, SpinnerColumn, TaskID, TextColumn, TimeElapsedColumn

_STEPS = {"kommune": "Finder på kommunen", "registre": "Skriver registre", "fakturaer": "Skriver e-fakturaer"}


@contextmanager
def bars(console: Console) -> Iterator[Progress]:
    """One display for the bars of a step; where there is no terminal only the finished lines are printed."""
    columns = (
        SpinnerColumn(),
        TextColumn("{task.description:<28}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
    )
    with Progress(*columns, console=console) as shown:
        yield shown


class GenerationBars:
    """Shows how far the writing of the example's files is."""

    def __init__(self, shown: Progress) -> None:
        self._shown = shown
        self._tasks: dict[str, TaskID] = {}

    def __call__(self, step: str, done: int, total: int) -> None:
        """Called by the generator with a step's name and how far it is."""
        if step not in self._tasks:
            self._tasks[step] = self._shown.add_task(_STEPS.get(step, step), total=total)
        self._shown.update(self._tasks[step], completed=done, total=total)


class ImportBar:
    """Shows how far an import is (`integrations.progress.Progress`)."""

    def __init__(self, shown: Progress) -> None:
        self._shown = shown
        self._task = shown.add_task("Læser filer ind", total=None)
        self._errors = 0

    def waiting(self) -> None:
        """Another import holds the lock."""
        self._shown.update(self._task, description="Venter på en anden indlæsning")

    def began(self, total: int) -> None:
        """So many files were found."""
        self._shown.update(self._task, total=total, description="Læser filer ind")

    def went(self, *, files: int, rows: int, errors: int) -> None:  # noqa: ARG002 - the bar counts files
        """Files are done."""
        self._errors += errors
        told = f"Læser filer ind ({self._errors} fejl)" if self._errors else "Læser filer ind"
        self._shown.update(self._task, advance=files, description=told)
