"""Follow-ups as lists and figures: what is claimed, what came back, and whose it is."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final
from uuid import UUID

from django.db import connection
from django.db.models import Case, Count, F, Q, QuerySet, Sum, When
from django.db.models.functions import Greatest

from styr.invoices.core.codes import FollowUpState, Status
from styr.invoices.models import FollowUp
from styr.invoices.queue import INVOICES, OPEN_OF, VIEWS, Asker, View


@dataclass(frozen=True, slots=True)
class Recovered:
    """What follow-ups came to in a period, and what is still claimed; amounts in øre.

    `unpaid_ore` is that part of `amount_ore` which was never paid, since its invoice was rejected.
    """

    count: int
    amount_ore: int
    open_count: int
    open_ore: int
    overdue_count: int
    unpaid_ore: int = 0


@dataclass(frozen=True, slots=True)
class InvoiceWork:
    """What waits for one person: invoices to decide or answer ("mine"), of them questions and second approvals."""

    mine: int
    mine_ore: int
    questions: int
    second: int
    ready: int
    follow_ups_due: int
    follow_ups_open: int


@dataclass(frozen=True, slots=True, kw_only=True)
class FollowUpFilter:
    """Which follow-ups; what is None or "" is not asked about."""

    state: str = FollowUpState.OPEN.value
    owner_id: UUID | None = None
    due_before: date | None = None
    words: str = ""
    exception_code: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class FollowUpRow:
    """A follow-up in a list."""

    id: UUID
    invoice_id: UUID
    invoice_number: str
    supplier_name: str
    cause: str
    claimed_ore: int
    recovered_ore: int
    remaining_ore: int
    owner_id: UUID
    owner: str
    due_on: date
    state: FollowUpState
    recovery: str
    evidence: str
    opened_at: datetime
    settled_at: datetime | None
    version: int


FOLLOW_UP_SORTS: Final = {
    "due_on": ("due_on", "id"),
    "-due_on": ("-due_on", "id"),
    "claimed": ("claimed_ore", "id"),
    "-claimed": ("-claimed_ore", "id"),
    "-recovered": ("-recovered_ore", "id"),
    "supplier": ("invoice__supplier_name", "due_on", "id"),
    "-opened": ("-opened_at", "id"),
}


def recovered(*, since: date, until: date, today: date) -> Recovered:
    """Count what came back in [since, until), and what is still claimed. One query."""
    settled = Q(state=FollowUpState.SETTLED.value, settled_at__date__gte=since, settled_at__date__lt=until)
    open_ = Q(state=FollowUpState.OPEN.value)
    back = settled | (open_ & Q(opened_at__date__lt=until))
    found = FollowUp.objects.aggregate(
        count=Count("id", filter=settled & Q(recovered_ore__gt=0)),
        amount=Sum("recovered_ore", filter=back),
        unpaid=Sum("recovered_ore", filter=back & Q(invoice__status=Status.REJECTED.value)),
        open=Count("id", filter=open_),
        open_ore=Sum(F("claimed_ore") - F("recovered_ore"), filter=open_),
        overdue=Count("id", filter=open_ & Q(due_on__lt=today)),
    )
    return Recovered(
        found["count"], found["amount"] or 0, found["open"], found["open_ore"] or 0, found["overdue"],
        found["unpaid"] or 0,
    )  # fmt: skip


_WORK: Final = f"""
    WITH {OPEN_OF}, work AS MATERIALIZED (
        SELECT i.payable_ore, i.waits_for, i.status, {VIEWS[View.MINE]} AS mine FROM {INVOICES}
        WHERE i.status IN ('received', 'ready', 'deviating')
    )
    SELECT count(*) FILTER (WHERE mine), coalesce(sum(payable_ore) FILTER (WHERE mine), 0),
           count(*) FILTER (WHERE mine AND waits_for = 'answer'), count(*) FILTER (WHERE mine AND waits_for = 'second'),
           count(*) FILTER (WHERE status = 'ready' AND waits_for = ''),
           (SELECT count(*) FROM invoices_followup f WHERE f.state = 'open' AND f.owner_id = %(user)s
                AND f.due_on <= %(today)s),
           (SELECT count(*) FROM invoices_followup f WHERE f.state = 'open' AND f.owner_id = %(user)s)
    FROM work
"""  # noqa: S608 -- made of our own constants


def my_work(asker: Asker) -> InvoiceWork:
    """Count what waits for somebody. One query."""
    given: dict[str, Any] = {
        "roles": sorted(asker.roles),
        "decides": asker.decides,
        "user": asker.user_id,
        "today": asker.today,
    }
    with connection.cursor() as cursor:
        cursor.execute(_WORK, given)
        return InvoiceWork(*(int(figure) for figure in cursor.fetchone()))


def follow_up_page(
    wanted: FollowUpFilter, *, sort: str = "due_on", page: int = 1, size: int = 50
) -> tuple[list[FollowUpRow], int, int, int]:
    """Return (rows, page, pages, total) of follow-ups. Two queries."""
    found = _wanted(wanted)
    total = found.count()
    pages = max(1, -(-total // size))
    number = min(max(1, page), pages)
    ordered = found.order_by(*FOLLOW_UP_SORTS.get(sort, FOLLOW_UP_SORTS["due_on"]))
    rows = ordered.select_related("invoice", "owner")[(number - 1) * size : number * size]
    return [_row(row) for row in rows], number, pages, total


@dataclass(frozen=True, slots=True)
class CitizenFollowUp:
    """A follow-up of an invoice for one of a citizen's grants; `settled_on` is None while it is open."""

    invoice_id: UUID
    invoice_number: str
    supplier_name: str
    claimed_ore: int
    recovered_ore: int
    owner: str
    opened_on: date
    due_on: date
    settled_on: date | None


FOLLOW_UPS_OF_CITIZEN: Final = """
    SELECT coalesce(jsonb_agg(told), '[]') FROM (
        SELECT DISTINCT jsonb_build_array(f.invoice_id, i.number, i.supplier_name, f.claimed_ore, f.recovered_ore,
               u.name, f.opened_at::date, f.due_on, f.settled_at::date) AS told
        FROM rel_grant g
        JOIN rel_line_match m ON m.grant_id = g.grant_id
        JOIN invoices_followup f ON f.invoice_id = m.invoice_id AND f.state <> 'dropped'
        JOIN invoices_invoice i ON i.id = f.invoice_id
        JOIN access_user u ON u.id = f.owner_id
        WHERE g.citizen_id = %(citizen)s) AS followed
"""
"""The follow-ups of what was invoiced for a citizen, but the dropped ones: a subquery for the citizen's frame."""


def citizen_follow_ups(told: Iterable[Sequence[Any]]) -> tuple[CitizenFollowUp, ...]:
    """Read what `FOLLOW_UPS_OF_CITIZEN` gives, as JSON."""
    return tuple(
        CitizenFollowUp(
            invoice_id=UUID(str(invoice_id)), invoice_number=number, supplier_name=supplier, claimed_ore=claimed,
            recovered_ore=back, owner=owner, opened_on=date.fromisoformat(opened), due_on=date.fromisoformat(due),
            settled_on=date.fromisoformat(settled) if settled else None,
        )
        for invoice_id, number, supplier, claimed, back, owner, opened, due, settled in told
    )  # fmt: skip


def _wanted(wanted: FollowUpFilter) -> QuerySet[FollowUp]:
    asked: dict[str, Any] = {
        "state": wanted.state, "owner_id": wanted.owner_id, "due_on__lt": wanted.due_before,
        "exception_code": wanted.exception_code,
    }  # fmt: skip
    found = FollowUp.objects.filter(**{name: value for name, value in asked.items() if value not in {None, ""}})
    words = wanted.words.strip().replace("\0", "")
    if words:
        named = Q(invoice__supplier_name__icontains=words) | Q(invoice__number__icontains=words)
        found = found.filter(named | Q(cause__icontains=words))
    left = Case(
        When(state=FollowUpState.OPEN.value, then=Greatest(F("claimed_ore") - F("recovered_ore"), 0)), default=0
    )
    return found.annotate(remaining_ore=left)


def _row(row: Any) -> FollowUpRow:
    return FollowUpRow(
        id=row.id, invoice_id=row.invoice_id, invoice_number=row.invoice.number,
        supplier_name=row.invoice.supplier_name, cause=row.cause, claimed_ore=row.claimed_ore,
        recovered_ore=row.recovered_ore, remaining_ore=row.remaining_ore, owner_id=row.owner_id, owner=row.owner.name,
        due_on=row.due_on, state=FollowUpState(row.state), recovery=row.recovery, evidence=row.evidence,
        opened_at=row.opened_at, settled_at=row.settled_at, version=row.version,
    )  # fmt: skip
