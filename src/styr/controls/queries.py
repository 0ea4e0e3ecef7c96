"""What was found, as pages and summaries read it. Every function has a fixed number of queries."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final
from uuid import UUID

from django.db.models import Count, F, Q, QuerySet, Sum

from styr.controls.core.evidence import typed
from styr.controls.core.explain import Value, explain
from styr.controls.core.registry import REGISTRY, Registry
from styr.controls.core.report import Outcome
from styr.controls.core.verdict import Status, Verdict
from styr.controls.models import ControlRun, Finding, FindingDecision

_ORDER: Final = (F("amount_ore").desc(nulls_last=True), "first_seen", "id")


@dataclass(frozen=True, kw_only=True)
class FindingFilter:
    """Which findings; what is None is not asked about. `least_ore` leaves out findings of unknown amount."""

    status: Status | None = Status.OPEN
    owner_role: str | None = None
    codes: tuple[str, ...] | None = None
    unit_id: UUID | None = None
    least_ore: int | None = None
    hard_stop: bool | None = None
    citizen_id: UUID | None = None
    supplier_id: UUID | None = None
    grant_id: UUID | None = None
    contract_id: UUID | None = None
    invoice_id: UUID | None = None


OPEN: Final = FindingFilter()


@dataclass(frozen=True, kw_only=True)
class FindingView:
    """A finding as it is shown: one Danish sentence, its source, and who settles it. Never a name or a CPR number."""

    id: UUID
    code: str
    title: str
    sentence: str
    source: str
    severity: str
    hard_stop: bool
    owner_role: str
    amount_ore: int | None
    status: Status
    lapsed: bool  # somebody decided, but the evidence has changed since
    subject_kind: str
    subject_id: UUID
    unit_id: UUID | None
    citizen_id: UUID | None
    supplier_id: UUID | None
    grant_id: UUID | None
    contract_id: UUID | None
    invoice_id: UUID | None
    first_seen: datetime
    last_seen: datetime
    closed_at: datetime | None
    fingerprint: str  # of the evidence shown; hand it back with a decision


@dataclass(frozen=True)
class FindingPage:
    """One page of a list; `total` and `amount_ore` are of the whole list, `unknown` how many have no amount."""

    rows: tuple[FindingView, ...]
    page: int
    pages: int
    total: int
    amount_ore: int
    unknown: int


@dataclass(frozen=True, kw_only=True)
class KindCount:
    """Findings of one control: how many, and how much is at stake (øre; findings of unknown amount are `unknown`)."""

    code: str
    title: str
    source: str
    owner_role: str
    severity: str
    hard_stop: bool
    count: int
    amount_ore: int
    unknown: int


@dataclass(frozen=True)
class RunView:
    """The latest whole run: when, for which day, and the controls that could not run."""

    started_at: datetime
    asked_about: date
    seconds: float
    failures: tuple[str, ...]  # Danish, one a control


@dataclass(frozen=True)
class Summary:
    """What an economist wants to know first. Amounts of different kinds may cover the same kroner."""

    kinds: tuple[KindCount, ...]
    expensive: tuple[FindingView, ...]
    run: RunView | None

    @property
    def count(self) -> int:
        """Open findings of every kind."""
        return sum(kind.count for kind in self.kinds)


@dataclass(frozen=True)
class DecisionView:
    """A person's decision about a finding, and whether it still stands."""

    verdict: Verdict
    reason: str
    decided_by: str
    decided_at: datetime
    stands: bool
    sentence: str  # what the evidence said when it was decided


def finding_page(wanted: FindingFilter = OPEN, *, page: int = 1, size: int = 50) -> FindingPage:
    """Return a page of findings, the most expensive first. Two queries."""
    rows = _filtered(wanted)
    whole = rows.aggregate(total=Count("id"), amount=Sum("amount_ore"), known=Count("amount_ore"))
    pages = max(1, -(-whole["total"] // size))
    number = min(max(1, page), pages)
    shown = rows.order_by(*_ORDER)[(number - 1) * size : number * size]
    return FindingPage(
        rows=_views(shown),
        page=number,
        pages=pages,
        total=whole["total"],
        amount_ore=whole["amount"] or 0,
        unknown=whole["total"] - whole["known"],
    )


def most_expensive(wanted: FindingFilter = OPEN, *, limit: int = 10) -> tuple[FindingView, ...]:
    """Return the findings with the largest amounts at stake. One query."""
    return _views(_filtered(wanted).filter(amount_ore__isnull=False).order_by(*_ORDER)[:limit])


def findings_by_kind(wanted: FindingFilter = OPEN) -> tuple[KindCount, ...]:
    """Count findings and kroner by control, the largest amount first. One query."""
    groups = (
        _filtered(wanted)
        .order_by()
        .values("control_code", "owner_role", "severity", "hard_stop")
        .annotate(count=Count("id"), known=Count("amount_ore"), amount=Sum("amount_ore"))
    )
    kinds = [
        KindCount(
            code=group["control_code"],
            title=_title(group["control_code"]),
            source=_source(group["control_code"]),
            owner_role=group["owner_role"],
            severity=group["severity"],
            hard_stop=group["hard_stop"],
            count=group["count"],
            amount_ore=group["amount"] or 0,
            unknown=group["count"] - group["known"],
        )
        for group in groups
    ]
    return tuple(sorted(kinds, key=lambda kind: (-kind.amount_ore, -kind.count, kind.code)))


def counts_by_owner(wanted: FindingFilter = OPEN) -> dict[str, int]:
    """Count findings by the role that settles them. One query."""
    groups = _filtered(wanted).order_by().values("owner_role").annotate(count=Count("id"))
    return {group["owner_role"]: group["count"] for group in groups}


def latest_run() -> RunView | None:
    """Return the latest whole run. One query."""
    run = ControlRun.objects.filter(narrowed=False).order_by("-started_at", "-id").first()
    if run is None:
        return None
    outcomes = [Outcome.from_json(stored) for stored in run.outcomes]
    failed = tuple(f"{_title(one.code)}: kontrollen kunne ikke køre" for one in outcomes if one.error)
    return RunView(run.started_at, run.asked_about, run.seconds, failed)


def summary(wanted: FindingFilter = OPEN, *, expensive: int = 10) -> Summary:
    """Return kinds, the most expensive findings and the latest run. Three queries."""
    return Summary(findings_by_kind(wanted), most_expensive(wanted, limit=expensive), latest_run())


def finding(finding_id: UUID) -> FindingView | None:
    """Return one finding, if the scope can see it. One query."""
    found = _views(Finding.objects.filter(id=finding_id))
    return found[0] if found else None


def evidence_of(finding_id: UUID) -> dict[str, Value]:
    """Return what a finding builds on, by column; empty when it cannot be seen or its control is gone. One query."""
    found = Finding.objects.filter(id=finding_id).values_list("control_code", "evidence").first()
    if found is None or found[0] not in REGISTRY:
        return {}
    return typed(found[1], REGISTRY[found[0]].evidence)


def decisions(finding_id: UUID) -> tuple[DecisionView, ...]:
    """Return what people decided about a finding, the latest first. One query."""
    rows = FindingDecision.objects.filter(finding_id=finding_id).select_related("finding", "decided_by")
    return tuple(_decision(row) for row in rows.order_by("-decided_at", "-id"))


def _filtered(wanted: FindingFilter) -> QuerySet[Finding]:
    asked = {
        "status": wanted.status,
        "owner_role": wanted.owner_role,
        "control_code__in": wanted.codes,
        "unit_id": wanted.unit_id,
        "amount_ore__gte": wanted.least_ore,
        "hard_stop": wanted.hard_stop,
        "citizen_id": wanted.citizen_id,
        "supplier_id": wanted.supplier_id,
        "grant_id": wanted.grant_id,
        "contract_id": wanted.contract_id,
        "invoice_id": wanted.invoice_id,
    }
    return Finding.objects.filter(Q(**{name: value for name, value in asked.items() if value is not None}))


def _views(rows: Iterable[Finding]) -> tuple[FindingView, ...]:
    return tuple(_view(row) for row in rows)


def _view(row: Finding) -> FindingView:
    return FindingView(
        id=row.id,
        code=row.control_code,
        title=_title(row.control_code),
        sentence=_sentence(row.control_code, row.evidence, row.amount_ore),
        source=_source(row.control_code),
        severity=row.severity,
        hard_stop=row.hard_stop,
        owner_role=row.owner_role,
        amount_ore=row.amount_ore,
        status=Status(row.status),
        lapsed=row.status == Status.OPEN and bool(row.decided_fingerprint),
        subject_kind=row.subject_kind,
        subject_id=row.subject_id,
        unit_id=row.unit_id,
        citizen_id=row.citizen_id,
        supplier_id=row.supplier_id,
        grant_id=row.grant_id,
        contract_id=row.contract_id,
        invoice_id=row.invoice_id,
        first_seen=row.first_seen,
        last_seen=row.last_seen,
        closed_at=row.closed_at,
        fingerprint=row.fingerprint,
    )


def _decision(row: FindingDecision) -> DecisionView:
    return DecisionView(
        verdict=Verdict(row.verdict),
        reason=row.reason,
        decided_by=row.decided_by.name,
        decided_at=row.decided_at,
        stands=row.finding.status == Status.DECIDED and row.fingerprint == row.finding.fingerprint,
        sentence=_sentence(row.finding.control_code, row.evidence, row.amount_ore),
    )


def _title(code: str, registry: Registry = REGISTRY) -> str:
    return registry.control(code).title if code in registry else f"Udgået kontrol ({code})"


def _source(code: str, registry: Registry = REGISTRY) -> str:
    return registry.control(code).source if code in registry else ""


def _sentence(code: str, evidence: dict[str, object], amount_ore: int | None, registry: Registry = REGISTRY) -> str:
    if code not in registry:
        return "Kontrollen findes ikke længere."
    entry = registry[code]
    values = {**typed(evidence, entry.evidence), "amount_ore": amount_ore}
    return explain(entry.control.explanation, values)
