"""What the start page and the demo's summary say: one picture of where the municipality stands."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from styr.kernel.money import Ore


@dataclass(frozen=True, slots=True)
class InvoiceFigures:
    """Invoices and credit notes read, and how many need nobody's eyes.

    `touchless` are those with nothing left to explain; `stopped` have at least one hard stop.
    """

    read: int
    credit_notes: int
    amount_ore: Ore
    touchless: int
    stopped: int

    @property
    def touchless_share(self) -> float | None:
        """Share of the documents that are ready untouched, 0 to 1; None when none is read."""
        return self.touchless / self.read if self.read else None


@dataclass(frozen=True, slots=True)
class RegisterFigures:
    """How much is in the registers."""

    citizens: int
    suppliers: int
    contracts: int
    grants: int


@dataclass(frozen=True, slots=True)
class FindingKind:
    """One control's open findings: how many, and what is at stake (None when no amount is known)."""

    code: str
    title: str
    severity: str
    owner: str
    count: int
    amount_ore: Ore | None


@dataclass(frozen=True, slots=True)
class ShownFinding:
    """One finding as a reader sees it: a Danish sentence with its source."""

    id: UUID
    code: str
    title: str
    sentence: str
    source: str
    owner: str
    severity: str
    hard_stop: bool
    amount_ore: Ore | None
    first_seen: datetime
    last_seen: datetime


@dataclass(frozen=True, slots=True)
class ImportFigures:
    """One import run."""

    started_at: datetime
    finished_at: datetime | None
    files: int
    problems: int


@dataclass(frozen=True, slots=True)
class Overview:
    """Everything on the start page; amounts in øre."""

    invoices: InvoiceFigures
    registers: RegisterFigures
    open_findings: int
    open_amount_ore: Ore
    kinds: tuple[FindingKind, ...]
    costliest: tuple[ShownFinding, ...]
    imports: tuple[ImportFigures, ...]
    last_control: datetime | None
    broken_controls: tuple[str, ...]

    @property
    def last_import(self) -> ImportFigures | None:
        """The newest import run, if there is one."""
        return self.imports[0] if self.imports else None
