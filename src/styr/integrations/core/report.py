"""What an import did, as values: for the terminal, for `--json` and for the pages."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from styr.integrations.core.problems import Problem, Severity
from styr.integrations.core.status import FileStatus

MOST_KEPT = 1_000


@dataclass(frozen=True, slots=True)
class TableCount:
    """Rows of one register: new, changed, and already there as they are."""

    new: int = 0
    changed: int = 0
    unchanged: int = 0

    def __add__(self, other: "TableCount") -> "TableCount":
        return TableCount(self.new + other.new, self.changed + other.changed, self.unchanged + other.unchanged)


@dataclass(frozen=True, slots=True)
class ImportReport:
    """The outcome of one import. `problems` holds the first 1,000, `problem_counts` all by severity.

    `invoices` counts documents read into an invoice, `unreadable` those kept with an error. `differences` are the first
    changes of a dry run, each a Danish line.
    """

    dry_run: bool
    run_id: UUID | None = None
    files: Mapping[FileStatus, int] = field(default_factory=dict)
    tables: Mapping[str, TableCount] = field(default_factory=dict)
    invoices: int = 0
    unreadable: int = 0
    problems: Sequence[Problem] = ()
    problem_counts: Mapping[Severity, int] = field(default_factory=dict)
    differences: Sequence[str] = ()
    seconds: float = 0.0
    earlier_unfinished: bool = False

    @property
    def needs_control(self) -> bool:
        """Whether matching and controls must run: something changed, or an earlier import stopped before they did."""
        return not self.dry_run and (self.changed_anything or self.earlier_unfinished)

    @property
    def changed_anything(self) -> bool:
        """Whether the registers or invoices differ from before (or would, in a dry run)."""
        return bool(self.invoices) or self.changed_registers

    @property
    def changed_registers(self) -> bool:
        """Whether a row of a register is new or differs from before."""
        return any(count.new or count.changed for count in self.tables.values())

    @property
    def has_errors(self) -> bool:
        """Whether any file was kept out."""
        return bool(self.problem_counts.get(Severity.ERROR))

    def as_json(self) -> dict[str, Any]:
        """The report as plain values; keys are stable, texts Danish."""
        return {
            "dry_run": self.dry_run,
            "run_id": str(self.run_id) if self.run_id else None,
            "files": {status.value: self.files.get(status, 0) for status in FileStatus},
            "tables": {
                name: {"new": count.new, "changed": count.changed, "unchanged": count.unchanged}
                for name, count in self.tables.items()
            },
            "invoices": self.invoices,
            "unreadable": self.unreadable,
            "problem_counts": {severity.value: self.problem_counts.get(severity, 0) for severity in Severity},
            "problems": [problem_json(problem) for problem in self.problems],
            "differences": list(self.differences),
            "seconds": round(self.seconds, 3),
        }


def problem_json(problem: Problem) -> dict[str, Any]:
    """One problem as plain values."""
    return {
        "code": problem.code,
        "severity": problem.severity.value,
        "file": problem.file,
        "sheet": problem.sheet,
        "row": problem.row,
        "column": problem.column,
        "value": problem.value,
        "message": problem.message,
        "mend": problem.mend,
    }


@dataclass(slots=True)
class Tally:
    """Counts while an import runs, and makes the report of it."""

    files: Counter[FileStatus] = field(default_factory=Counter)
    tables: dict[str, TableCount] = field(default_factory=dict)
    invoices: int = 0
    unreadable: int = 0
    problems: list[Problem] = field(default_factory=list)
    problem_counts: Counter[Severity] = field(default_factory=Counter)
    differences: list[str] = field(default_factory=list)
    earlier_unfinished: bool = False

    def add_problems(self, found: Sequence[Problem]) -> None:
        """Count problems, and keep the first ones whole."""
        self.problem_counts.update(problem.severity for problem in found)
        self.problems.extend(found[: max(0, MOST_KEPT - len(self.problems))])

    def add_table(self, name: str, count: TableCount) -> None:
        """Count the rows of a register."""
        self.tables[name] = self.tables.get(name, TableCount()) + count

    def report(self, *, dry_run: bool, run_id: UUID | None, seconds: float) -> ImportReport:
        """The outcome so far."""
        return ImportReport(
            dry_run=dry_run,
            run_id=None if dry_run else run_id,
            files=dict(self.files),
            tables=dict(self.tables),
            invoices=self.invoices,
            unreadable=self.unreadable,
            problems=tuple(self.problems),
            problem_counts=dict(self.problem_counts),
            differences=tuple(self.differences),
            seconds=seconds,
            earlier_unfinished=self.earlier_unfinished,
        )
