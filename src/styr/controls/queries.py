"""What was found, as pages and summaries read it. Every function has a fixed number of queries."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db.models import Count, QuerySet, Sum, Window

from styr.controls.core.evidence import typed
from styr.controls.core.explain import Value
from styr.controls.core.registry import REGISTRY
from styr.controls.core.report import Outcome
from styr.controls.core.verdict import Status, Verdict
from styr.controls.filtering import COSTLIEST_FIRST, OPEN, SORTS, FindingFilter, filtered, ordering
from styr.controls.models import ControlRun, Finding, FindingDecision
from styr.controls.showing import FindingView, sentence_of, source_of, title_of, views_of
from styr.controls.tally import tallied

__all__ = ["OPEN", "SORTS", "FindingFilter", "FindingView"]


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


def finding_page(
    wanted: FindingFilter = OPEN, *, page: int = 1, size: int = 50, sort: str | None = None
) -> FindingPage:
    """Return a page of findings, the most expensive first unless `sort` (one of `SORTS`) says else. Two queries."""
    rows = filtered(wanted)
    total, known, amount = _whole(wanted, rows)
    pages = max(1, -(-total // size))
    number = min(max(1, page), pages)
    shown = rows.order_by(*ordering(sort))[(number - 1) * size : number * size]
    return FindingPage(
        rows=views_of(shown),
        page=number,
        pages=pages,
        total=total,
        amount_ore=amount,
        unknown=total - known,
    )


def few_findings(wanted: FindingFilter, *, size: int) -> FindingPage:
    """Return the first page of a short list, such as one citizen's: counted and read in one query."""
    whole = {"whole_count": Count("id"), "whole_known": Count("amount_ore"), "whole_ore": Sum("amount_ore")}
    counted = filtered(wanted).annotate(**{name: Window(each) for name, each in whole.items()})
    rows = list(counted.order_by(*ordering(None))[:size])
    values = [getattr(rows[0], name) or 0 if rows else 0 for name in whole]
    total, known, amount = (int(value) for value in values)
    return FindingPage(
        rows=views_of(rows),
        page=1,
        pages=max(1, -(-total // size)),
        total=total,
        amount_ore=amount,
        unknown=total - known,
    )


def _whole(wanted: FindingFilter, rows: QuerySet[Finding]) -> tuple[int, int, int]:
    """How many there are of the whole list, how many of them with an amount, and those amounts, øre."""
    kept = tallied(wanted)
    if kept is not None:
        return kept[0][0], kept[0][1], kept[0][2]
    counted = rows.order_by().select_related(None)
    sums = counted.aggregate(total=Count("id"), amount=Sum("amount_ore"), known=Count("amount_ore"))
    return sums["total"], sums["known"], sums["amount"] or 0


def first_findings(wanted: FindingFilter = OPEN, *, limit: int = 50) -> tuple[FindingView, ...]:
    """Return the first of `finding_page` without counting how many there are. One query."""
    return views_of(filtered(wanted).order_by(*ordering(None))[:limit])


def most_expensive(wanted: FindingFilter = OPEN, *, limit: int = 10) -> tuple[FindingView, ...]:
    """Return the findings with the largest amounts at stake. One query."""
    return views_of(filtered(wanted).filter(amount_ore__isnull=False).order_by(*COSTLIEST_FIRST)[:limit])


def findings_by_kind(wanted: FindingFilter = OPEN) -> tuple[KindCount, ...]:
    """Count findings and kroner by control, the largest amount first. One query."""
    kept = tallied(wanted, "control_code", "owner_role", "severity", "hard_stop")
    groups = _grouped(wanted) if kept is None else [row[:7] for row in kept]
    kinds = [
        KindCount(
            code=code,
            title=title_of(code),
            source=source_of(code),
            owner_role=owner_role,
            severity=severity,
            hard_stop=hard_stop,
            count=count,
            amount_ore=amount or 0,
            unknown=count - known,
        )
        for code, owner_role, severity, hard_stop, count, known, amount in groups
    ]
    return tuple(sorted(kinds, key=lambda kind: (-kind.amount_ore, -kind.count, kind.code)))


def _grouped(wanted: FindingFilter) -> Iterable[tuple[Any, ...]]:
    counted = filtered(wanted).order_by().values_list("control_code", "owner_role", "severity", "hard_stop")
    return counted.annotate(count=Count("id"), known=Count("amount_ore"), amount=Sum("amount_ore"))


def counts_by_owner() -> dict[str, int]:
    """Count open findings by the role that settles them. One query."""
    return {role: count for role, count, *_ in tallied(OPEN, "owner_role") or ()}


def latest_run() -> RunView | None:
    """Return the latest whole run. One query."""
    run = ControlRun.objects.filter(narrowed=False).order_by("-started_at", "-id").first()
    if run is None:
        return None
    outcomes = [Outcome.from_json(stored) for stored in run.outcomes]
    failed = tuple(f"{title_of(one.code)}: kontrollen kunne ikke køre" for one in outcomes if one.error)
    return RunView(run.started_at, run.asked_about, run.seconds, failed)


def summary(wanted: FindingFilter = OPEN, *, expensive: int = 10) -> Summary:
    """Return kinds, the most expensive findings and the latest run. Three queries."""
    return Summary(findings_by_kind(wanted), most_expensive(wanted, limit=expensive), latest_run())


def finding(finding_id: UUID) -> FindingView | None:
    """Return one finding, if the scope can see it. One query."""
    found = views_of(filtered(FindingFilter(status=None)).filter(id=finding_id))
    return found[0] if found else None


def findings_with(finding_ids: Collection[UUID]) -> tuple[FindingView, ...]:
    """Return these findings, whatever became of them, the most expensive first. One query."""
    rows = filtered(FindingFilter(status=None)).filter(id__in=list(finding_ids))
    return views_of(rows.order_by(*COSTLIEST_FIRST))


def evidence_of(finding_id: UUID) -> dict[str, Value]:
    """Return what a finding builds on, by column; empty when it cannot be seen or its control is gone. One query."""
    found = Finding.objects.filter(id=finding_id).values_list("control_code", "evidence").first()
    if found is None or found[0] not in REGISTRY:
        return {}
    return typed(found[1], REGISTRY[found[0]].evidence)


def decisions(finding_id: UUID) -> tuple[DecisionView, ...]:
    """Return what people decided about a finding, the latest first; only the latest can stand. One query."""
    rows = FindingDecision.objects.filter(finding_id=finding_id).select_related("finding", "decided_by")
    latest_first = list(rows.order_by("-decided_at", "-id"))
    return tuple(_decision(row, latest=place == 0) for place, row in enumerate(latest_first))


def _decision(row: FindingDecision, *, latest: bool) -> DecisionView:
    return DecisionView(
        verdict=Verdict(row.verdict),
        reason=row.reason,
        decided_by=row.decided_by.name,
        decided_at=row.decided_at,
        stands=latest and row.finding.status == Status.DECIDED and row.fingerprint == row.finding.fingerprint,
        sentence=sentence_of(row.finding.control_code, row.evidence, row.amount_ore),
    )
