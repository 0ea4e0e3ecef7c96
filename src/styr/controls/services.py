"""Running the controls, and deciding about what they found."""

from collections.abc import Callable, Collection, Iterable, Iterator
from contextlib import contextmanager
from datetime import date, datetime
from time import perf_counter
from typing import Any
from uuid import UUID

import ibis
from django.db import connection, transaction
from django.db.backends.utils import CursorWrapper

from styr.access.core.permissions import Permission
from styr.access.scope import service_scope
from styr.access.services import municipality_ids
from styr.access.unit_roles import may_in
from styr.controls import tally
from styr.controls.core.compiled import source_query
from styr.controls.core.focus import NARROWED, WHOLE
from styr.controls.core.registry import REGISTRY, Control, Registered, Registry
from styr.controls.core.report import ControlReport, Outcome
from styr.controls.core.statement import finding_parameters, finding_statement, retiring_statement
from styr.controls.core.verdict import Status, Verdict
from styr.controls.models import ControlRun, Finding, FindingDecision
from styr.controls.stopping import stops_payment
from styr.kernel.clock import danish_day
from styr.kernel.engine import PostgresEngine, compile_postgres
from styr.kernel.refusal import Refusal
from styr.kernel.relation import NARROW


class UnknownControlError(LookupError):
    """A control was asked for by a code that nobody has registered."""

    def __init__(self, codes: Iterable[str]) -> None:
        super().__init__(f"Ukendt kontrol: {', '.join(sorted(codes))}.")


class UnableToDecideFindingError(Refusal):
    """The finding cannot be decided as asked; the message is fit to show a user."""


class DecidedOnInvoiceError(UnableToDecideFindingError):
    """The finding stops the payment of an invoice, so only the invoice's approval, by two persons, settles it."""

    def __init__(self) -> None:
        super().__init__(
            "Afvigelsen stopper betalingen af en faktura og afgøres dér: åbn fakturaen, og afvis den, eller godkend den"
            " med en begrundelse. En anden skal også godkende den."
        )


def run_controls(  # noqa: PLR0913 - one use case, all by keyword
    *,
    municipality_id: UUID,
    today: date,
    now: datetime,
    codes: Collection[str] | None = None,
    narrow_ids: Collection[UUID] | None = None,
    registry: Registry = REGISTRY,
) -> ControlReport:
    """Bring the findings in step with the registers as they are now, entirely inside the database.

    Runs in the caller's scope, which must span the whole municipality: what a scope cannot see it cannot update.
    With `narrow_ids` (ids of any kind: a changed grant, contract, citizen, supplier, invoice) only the subjects these
    touch are looked at. A fixed number of queries a control, however many rows. A control that fails is reported and
    leaves its findings as they were; the others go on. Runs of one municipality wait for each other.

    Raises:
        UnknownControlError: `codes` names a control that is not registered.
    """
    selected = _selected(registry, codes, today)
    started = perf_counter()
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [f"controls:{municipality_id}"])
        touched = None if narrow_ids is None else _touch(cursor, registry, narrow_ids)
        given: dict[str, Any] = {"municipality": municipality_id, "today": today, "now": now}
        with _planned_for(cursor, narrowed=touched is not None):
            outcomes = [_run_one(cursor, registry, one.code, given, narrowed=touched is not None) for one in selected]
        if codes is None and touched is None:
            cursor.execute(retiring_statement(), {**given, "codes": [control.code for control in selected]})
        if touched is None:
            tally.fold()
        report = ControlReport(tuple(outcomes), touched, perf_counter() - started)
        ControlRun.objects.create(
            municipality_id=municipality_id,
            started_at=now,
            asked_about=today,
            narrowed=touched is not None,
            touched=touched,
            outcomes=[outcome.as_json() for outcome in outcomes],
            failures=len(report.failures),
            seconds=round(report.seconds, 4),
        )
    return report


def run_everywhere(*, today: date, now: datetime, codes: Collection[str] | None = None) -> dict[UUID, ControlReport]:
    """Run the controls for every municipality, each in a scope and a transaction of its own; gives the reports."""
    reports: dict[UUID, ControlReport] = {}
    for municipality_id in municipality_ids():
        with service_scope(municipality_id, "control"):
            reports[municipality_id] = run_controls(municipality_id=municipality_id, today=today, now=now, codes=codes)
    return reports


def _selected(registry: Registry, codes: Collection[str] | None, today: date) -> list[Control]:
    unknown = {code for code in codes or () if code not in registry}
    if unknown:
        raise UnknownControlError(unknown)
    wanted = registry.controls if codes is None else [registry.control(code) for code in codes]
    return [control for control in wanted if control.in_force(today)]


def _touch(cursor: CursorWrapper, registry: Registry, ids: Collection[UUID]) -> int:
    """Fill `rel_narrow` with the changed ids and all that they reach; return how many that is."""
    PostgresEngine(cursor).load(NARROW, [{"id": changed} for changed in set(ids)])
    for reach in registry.reaches:
        reached = compile_postgres(reach.expression, key=f"reach:{reach.name}")
        new = f"SELECT id FROM ({reached}) AS reached EXCEPT SELECT id FROM rel_narrow"  # noqa: S608 - compiled by us
        cursor.execute(f"INSERT INTO pg_temp.rel_narrow {new}")
    cursor.execute("ANALYZE pg_temp.rel_narrow")
    cursor.execute("SELECT count(*) FROM rel_narrow")
    return int(cursor.fetchone()[0])


@contextmanager
def _planned_for(cursor: CursorWrapper, *, narrowed: bool) -> Iterator[None]:
    """Tell the planner what it cannot guess from expressions this long, until the controls have run.

    A whole run reads everything once: hash joins. With nested loops, which the planner picks because it takes each
    intermediate result for a handful of rows, overlapping grants took 5.8 s in place of 0.007 s (240 citizens).
    """
    hints = {"jit": "off"} if narrowed else {"jit": "off", "enable_nestloop": "off"}
    before: dict[str, str] = {}
    for name, value in hints.items():
        cursor.execute("SELECT current_setting(%s), set_config(%s, %s, true)", [name, name, value])
        before[name] = cursor.fetchone()[0]
    yield
    for name, value in before.items():
        cursor.execute("SELECT set_config(%s, %s, true)", [name, value])


def _run_one(cursor: CursorWrapper, registry: Registry, code: str, given: dict[str, Any], *, narrowed: bool) -> Outcome:
    started = perf_counter()
    try:
        entry = registry[code]
        statement = _statement(entry, narrowed=narrowed)
        with transaction.atomic():
            cursor.execute(statement, {**given, **finding_parameters(entry)})
            found, opened, changed, reopened, closed = cursor.fetchone()
    except Exception as error:  # noqa: BLE001 - whatever one control raises, it is told, and the others run
        return Outcome(code=code, seconds=perf_counter() - started, error=str(error).strip() or type(error).__name__)
    return Outcome(code, found, opened, changed, reopened, closed, perf_counter() - started)


def _statement(entry: Registered, *, narrowed: bool) -> str:
    source = source_query(entry, NARROWED if narrowed else WHOLE, _compile)
    return finding_statement(entry, source, narrowed=narrowed)


def _compile(expression: Callable[[], ibis.Table], key: str) -> str:
    return compile_postgres(expression, key=key)


@transaction.atomic
def decide_finding(  # noqa: PLR0913 - one use case, all by keyword
    *, finding_id: UUID, verdict: Verdict, reason: str, actor_id: UUID, seen_fingerprint: str, now: datetime
) -> UUID:
    """Record a person's decision about a finding, on the evidence that the person saw; return the decision's id.

    The finding is then decided until its evidence changes materially, through any number of runs.

    Raises:
        UnableToDecideFindingError: it is gone, closed, or has other evidence by now; or no reason is given; or the
            person holds no role to decide findings that covers its unit.
        DecidedOnInvoiceError: it stops the payment of an invoice that is not paid.
    """
    finding = _undecided(finding_id, reason, seen_fingerprint)
    refuse_outside(finding.unit_id, actor_id=actor_id, now=now)
    if stops_payment(hard_stop=finding.hard_stop, invoice_id=finding.invoice_id):
        raise DecidedOnInvoiceError
    return _decided(finding, verdict, reason, actor_id, now)


@transaction.atomic
def accept_with_invoice(*, finding_id: UUID, reason: str, actor_id: UUID, seen_fingerprint: str, now: datetime) -> UUID:
    """Accept a finding because its invoice was approved, by two where it stops payment; return the decision's id.

    Only for the approval of invoices, which sees to it that they are two.

    Raises:
        UnableToDecideFindingError: it is gone, closed, or has other evidence by now; or no reason is given.
    """
    return _decided(_undecided(finding_id, reason, seen_fingerprint), Verdict.ACCEPT, reason, actor_id, now)


def refuse_outside(unit_id: UUID | None, *, actor_id: UUID, now: datetime) -> None:
    """Refuse whoever holds no role to decide findings that covers the unit; roles elsewhere do not count.

    A finding without a unit is seen by everybody, so a role anywhere is enough for it.

    Raises:
        UnableToDecideFindingError: they hold none.
    """
    wanted, on = Permission.DECIDE_FINDINGS, danish_day(now)
    if unit_id is not None and not may_in(user_id=actor_id, permission=wanted, unit_id=unit_id, on=on):
        raise UnableToDecideFindingError(f"Du må ikke {wanted.danish} i den enhed, afvigelsen hører til.")


def _undecided(finding_id: UUID, reason: str, seen_fingerprint: str) -> Finding:
    if not reason.strip():
        raise UnableToDecideFindingError("Skriv en begrundelse: den er det eneste, den næste har at gå ud fra.")
    finding = Finding.objects.select_for_update().filter(id=finding_id).first()
    if finding is None:
        raise UnableToDecideFindingError("Afvigelsen findes ikke, eller du har ikke adgang til den.")
    if finding.status == Status.CLOSED:
        raise UnableToDecideFindingError("Afvigelsen er lukket: den gælder ikke længere, så der er intet at afgøre.")
    if finding.fingerprint != seen_fingerprint:
        raise UnableToDecideFindingError(
            "Grundlaget er ændret, siden du åbnede afvigelsen. Se den igen, før du afgør den."
        )
    return finding


def _decided(finding: Finding, verdict: Verdict, reason: str, actor_id: UUID, now: datetime) -> UUID:
    decision = FindingDecision.objects.create(
        municipality_id=finding.municipality_id,
        unit_id=finding.unit_id,
        finding=finding,
        verdict=verdict.value,
        reason=reason.strip(),
        decided_by_id=actor_id,
        decided_at=now,
        fingerprint=finding.fingerprint,
        evidence=finding.evidence,
        amount_ore=finding.amount_ore,
    )
    finding.status = Status.DECIDED
    finding.decided_fingerprint = finding.fingerprint
    finding.save(update_fields=["status", "decided_fingerprint"])
    return decision.id
