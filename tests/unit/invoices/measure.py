"""Runs the invoice control over an example municipality's files in DuckDB and holds it against the answer key."""

from collections import Counter, defaultdict
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from uuid import UUID, uuid4

from styr.controls.core.focus import WHOLE
from styr.controls.core.relations import FINDING, TODAY
from styr.invoices.controls import CONTROLS
from styr.invoices.core.approval import FOUR_EYES, touchless
from styr.invoices.core.intake import ReadDocument, read_document
from styr.invoices.core.pipeline import run_in_duckdb
from styr.kernel.engine import DuckEngine
from unit.exampletown.answer_key import InvoiceAnswer, read_invoices
from unit.invoices import town, town_mail

RECEIVED = datetime(2026, 11, 21, tzinfo=UTC)


@dataclass
class Seen:
    """What the control says of one document."""

    codes: set[str] = field(default_factory=set)
    hard_stops: set[str] = field(default_factory=set)
    approved: bool = False
    open_findings: int = 0


@dataclass
class Measured:
    """Counts over an answer key; `touchless` is (approved, should be) by the strongest key on the document.

    `neither` counts documents that are not ready and have no open finding that tells why, `both` those that are ready
    though a finding is open.
    """

    right: Counter[str] = field(default_factory=Counter)
    false: Counter[str] = field(default_factory=Counter)
    missed: Counter[str] = field(default_factory=Counter)
    wrongly_approved: list[str] = field(default_factory=list)
    breaches: list[str] = field(default_factory=list)
    hard_stop_false: Counter[str] = field(default_factory=Counter)
    hard_stop_missed: Counter[str] = field(default_factory=Counter)
    touchless: dict[str, tuple[int, int]] = field(default_factory=dict)
    documents: int = 0
    neither: int = 0
    both: int = 0

    def precision(self, code: str) -> float:
        return self.right[code] / max(1, self.right[code] + self.false[code])

    def recall(self, code: str) -> float:
        return self.right[code] / max(1, self.right[code] + self.missed[code])

    def table(self) -> str:
        """Precision and recall by code, as text."""
        rows = [f"{'kode':24}{'rigtige':>8}{'falske':>8}{'oversete':>9}{'præcision':>11}{'genkald':>9}"]
        rows += [
            f"{code:24}{self.right[code]:8}{self.false[code]:8}{self.missed[code]:9}"
            f"{self.precision(code):11.3f}{self.recall(code):9.3f}"
            for code in sorted({*self.right, *self.false, *self.missed})
        ]
        rows.append(f"dokumenter {self.documents}; fejlagtigt godkendt {len(self.wrongly_approved)}")
        rows.append(f"hårde stop brudt {len(self.breaches)}")
        rows += [f"uden berøring, {kind}: {done} af {all_}" for kind, (done, all_) in sorted(self.touchless.items())]
        return "\n".join(rows)


def control_in_duckdb(folder: Path, engine: DuckEngine) -> dict[str, Seen]:
    """Import, match, compare, control and settle in memory; what is said of each document, by its path in `folder`."""
    town.load_registers(engine, folder)
    paths = sorted(folder.rglob("*.xml"))
    documents = [read_document(str(path), path.read_bytes(), index=town.INDEX) for path in paths]
    ids = town_mail.load_invoices(engine, documents, received=RECEIVED)
    engine.load(FINDING, [])
    engine.load(TODAY, [{"today": RECEIVED.date()}])
    engine.load(FOUR_EYES, [])
    run_in_duckdb(engine)
    seen: dict[UUID, Seen] = defaultdict(Seen)
    findings = []
    for control in CONTROLS:
        for row in engine.rows(lambda control=control: control.expression(WHOLE), key=f"tried.{control.code}"):
            said = seen[row["invoice_id"]]
            said.open_findings += 1
            if control.exception_code:
                said.codes.add(control.exception_code)
            if control.hard_stop:
                said.hard_stops.add(_as_in_key(control.code))
            findings.append({**dict.fromkeys(FINDING.columns), "finding_id": uuid4(), "subject_id": row["subject_id"],
                             "invoice_id": row["invoice_id"], "status": "open"})  # fmt: skip
    engine.load(FINDING, findings)
    for row in engine.rows(touchless, key="tried.touchless"):
        seen[row["invoice_id"]].approved = True
    answers = zip(paths, documents, strict=True)
    return {str(path.relative_to(folder)): _of(one, ids, seen) for path, one in answers}


def _as_in_key(code: str) -> str:
    stop = code.removeprefix("invoice_")
    return "duplicate" if stop == "sent_before" else stop


def _of(document: ReadDocument, ids: dict[str, UUID], seen: dict[UUID, Seen]) -> Seen:
    if document.invoice is None:
        return Seen({"document_error"}, {"document_fatal"}, open_findings=1)
    found = ids.get(document.filename)
    return seen[found] if found else Seen({"duplicate"}, {"duplicate"}, open_findings=1)


def measure(folder: Path) -> Measured:
    """Hold the control against the answer key beside `folder`."""
    measured = Measured()
    counts: dict[str, list[int]] = defaultdict(lambda: [0, 0])
    with DuckEngine() as engine:
        seen = control_in_duckdb(folder, engine)
    for answer in read_invoices(folder):
        _count(measured, answer, seen[answer.document])
        if answer.touchless == "yes":
            counts[answer.reference][0] += seen[answer.document].approved
            counts[answer.reference][1] += 1
    measured.touchless = {kind: (done, all_) for kind, (done, all_) in counts.items()}
    return measured


def _count(measured: Measured, answer: InvoiceAnswer, said: Seen) -> None:
    measured.documents += 1
    measured.neither += not said.approved and not said.open_findings
    measured.both += said.approved and bool(said.open_findings)
    codes, stops = frozenset(said.codes), frozenset(said.hard_stops)
    measured.right.update(answer.must & codes)
    measured.missed.update(answer.missed(codes))
    measured.false.update(answer.false_alarms(codes))
    measured.hard_stop_false.update(stops - answer.hard_stop - answer.hard_stop_may)
    if answer.hard_stop_breached(stops):
        measured.hard_stop_missed.update(answer.hard_stop)
    if said.approved and answer.touchless == "no":
        measured.wrongly_approved.append(answer.document)
    if said.approved and answer.hard_stop:
        measured.breaches.append(answer.document)
