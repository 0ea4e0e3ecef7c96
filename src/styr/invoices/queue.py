"""The queue of invoices (fakturakontrol): filtered, sorted, paged, counted; one statement however many there are."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Any, Final
from uuid import UUID

from django.db import connection

from styr.invoices.core.codes import Status, Waiting


class View(StrEnum):
    """The tabs of the queue."""

    MINE = "mine"
    DEVIATING = "afvigelser"
    READY = "klar"
    WAITING = "venter"
    ALL = "alle"

    @property
    def danish(self) -> str:
        """The word on the tab."""
        return _TABS[self]


_TABS: Final = {
    View.MINE: "Mine",
    View.DEVIATING: "Afvigelser",
    View.READY: "Klar",
    View.WAITING: "Venter",
    View.ALL: "Alle",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Asker:
    """Who looks at the queue: "mine" follows from it."""

    user_id: UUID
    roles: frozenset[str]
    decides: bool
    today: date


@dataclass(frozen=True, slots=True, kw_only=True)
class QueueFilter:
    """Which invoices; None or "" asks nothing. Amounts in øre; `month` is any day of the period claimed.

    `supplier` is a CVR number or a part of a name.
    """

    view: View = View.MINE
    words: str = ""
    supplier: str = ""
    kind: str = ""
    status: str = ""
    least_ore: int | None = None
    most_ore: int | None = None
    due_from: date | None = None
    due_before: date | None = None
    unit_id: UUID | None = None
    section: str = ""
    month: date | None = None
    ids: tuple[UUID, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class QueueRow:
    """An invoice in the queue. `kind_of_finding` is the control of the gravest open finding, "" where there is none."""

    id: UUID
    number: str
    supplier_name: str
    kind: str
    payable_ore: int
    due_date: date | None
    received_at: datetime
    status: Status
    waits_for: Waiting
    unit_id: UUID | None
    finding: str
    findings: int
    hard_stop: bool
    citizens: int
    citizen_id: UUID | None
    difference_ore: int | None


@dataclass(frozen=True, slots=True)
class QueuePage:
    """One page of the queue: `total` and `sum_ore` are of the whole list, `counts` of the tabs by the same filter."""

    rows: tuple[QueueRow, ...]
    page: int
    pages: int
    total: int
    sum_ore: int
    counts: Mapping[View, int] = field(default_factory=dict)


_OPEN_UNDECIDED: Final = "i.status IN ('received', 'ready', 'deviating')"
_FOUND: Final = "EXISTS (SELECT FROM rel_finding f WHERE f.invoice_id = i.id AND f.status = 'open'{more})"
OPEN_OF: Final = """
    open_of AS MATERIALIZED (
        SELECT f.invoice_id, bool_or(f.owner_role = ANY(%(roles)s)) AS mine FROM rel_finding f
        WHERE f.status = 'open' AND f.invoice_id IS NOT NULL GROUP BY f.invoice_id
    )"""
"""Invoices with open findings, and whether one of these is for somebody with the roles."""

INVOICES: Final = "invoices_invoice i LEFT JOIN open_of o ON o.invoice_id = i.id"
"""What the views below are said of."""

_MINE: Final = f"""({_OPEN_UNDECIDED} AND (
    (i.waits_for = '' AND i.status = 'deviating' AND coalesce(o.mine, %(decides)s))
    OR (i.waits_for = 'answer' AND EXISTS (
        SELECT FROM invoices_question q WHERE q.invoice_id = i.id AND q.answered_at IS NULL
            AND q.withdrawn_at IS NULL AND q.to_role = ANY(%(roles)s)))
    OR (i.waits_for = 'second' AND %(decides)s AND NOT EXISTS (
        SELECT FROM invoices_decision d LEFT JOIN invoices_decision u ON u.undoes_id = d.id
        WHERE d.invoice_id = i.id AND d.outcome = 'first' AND u.id IS NULL AND d.decided_by_id = %(user)s))
    OR (i.waits_for = '' AND EXISTS (
        SELECT FROM invoices_question q WHERE q.invoice_id = i.id AND q.asked_by_id = %(user)s
            AND q.answered_at IS NOT NULL))))"""  # noqa: S608 -- made of our own constants
VIEWS: Final = {
    View.MINE: _MINE,
    View.DEVIATING: "i.status = 'deviating' AND i.waits_for = ''",
    View.READY: "i.status = 'ready' AND i.waits_for = ''",
    View.WAITING: "i.waits_for <> ''",
    View.ALL: "true",
}
SORTS: Final = {
    "frist": "i.due_date ASC NULLS LAST, i.id",
    "-frist": "i.due_date DESC NULLS LAST, i.id",
    "beloeb": "i.payable_ore ASC, i.id",
    "-beloeb": "i.payable_ore DESC, i.id",
    "leverandoer": "i.supplier_name, i.due_date NULLS LAST, i.id",
    "-modtaget": "i.received_at DESC, i.id",
}
"""By the word in the address."""

_TONE: Final = "f.hard_stop DESC, (f.severity = 'fatal') DESC, f.amount_ore DESC NULLS LAST, f.finding_id"
_QUEUE: Final = """
    WITH {open_of}, found AS MATERIALIZED (
        SELECT i.id, i.payable_ore, {views} FROM {invoices} WHERE {wanted}
    ),
    counts AS MATERIALIZED (
        SELECT ARRAY[{counts}]::bigint[] AS each, count(*) FILTER (WHERE {view}) AS total,
               coalesce(sum(payable_ore) FILTER (WHERE {view}), 0)::bigint AS sum_ore
        FROM found
    ),
    page AS MATERIALIZED (
        SELECT i.* FROM invoices_invoice i JOIN found USING (id) WHERE {view} ORDER BY {order} LIMIT %(size)s
        OFFSET (SELECT least(%(skip)s::bigint, greatest(total - 1, 0) / %(size)s * %(size)s) FROM counts)
    )
    SELECT counts.each, counts.total, counts.sum_ore,
           i.id, i.number, i.supplier_name, i.kind, i.payable_ore, i.due_date, i.received_at, i.status, i.waits_for,
           i.unit_id, coalesce(worst.control_code, ''), coalesce(worst.findings, 0), coalesce(worst.hard_stop, false),
           who.citizens, who.citizen_id,
           CASE WHEN told.invoice_id IS NULL THEN off.difference_ore
                ELSE nullif(told.invoiced_ore - told.due_ore, 0) END
    FROM counts LEFT JOIN page i ON true
    LEFT JOIN LATERAL (
        SELECT f.control_code, f.hard_stop, count(*) OVER () AS findings FROM rel_finding f
        WHERE f.invoice_id = i.id AND f.status = 'open' ORDER BY {tone} LIMIT 1) worst ON true
    LEFT JOIN LATERAL (
        SELECT count(DISTINCT g.citizen_id) AS citizens, min(g.citizen_id::text)::uuid AS citizen_id
        FROM invoices_linematch m JOIN rel_grant g ON g.grant_id = m.grant_id WHERE m.invoice_id = i.id) who ON true
    LEFT JOIN LATERAL (
        SELECT sum(c.difference_ore)::bigint AS difference_ore FROM invoices_claim c
        WHERE c.invoice_id = i.id AND c.verdict <> 'as_expected') off ON true
    LEFT JOIN (SELECT DISTINCT x.invoice_id, x.invoiced_ore, x.due_ore FROM rel_settled_invoice x) told
           ON told.invoice_id = i.id
    ORDER BY {order}
"""
_OWN_COLUMNS: Final = 3


def queue_page(wanted: QueueFilter, *, asker: Asker, sort: str = "frist", page: int = 1, size: int = 50) -> QueuePage:
    """Return a page of the queue. One statement.

    `sort` is one of `SORTS`; a page beyond the last gives the last.
    """
    text, given = _conditions(wanted)
    given |= {"roles": sorted(asker.roles), "decides": asker.decides, "user": asker.user_id}
    given |= {"size": size, "skip": (max(1, page) - 1) * size}
    # Whether an invoice is in a view is worked out once for each, however often it is counted.
    views = ", ".join(f"{condition} AS in_{view.name}" for view, condition in VIEWS.items())
    counts = ", ".join(f"count(*) FILTER (WHERE in_{view.name})" for view in VIEWS)
    order, view = SORTS.get(sort, SORTS["frist"]), f"in_{wanted.view.name}"
    statement = _QUEUE.format(
        open_of=OPEN_OF, invoices=INVOICES, views=views, counts=counts, view=view, wanted=text, order=order, tone=_TONE
    )
    with connection.cursor() as cursor:
        cursor.execute(statement, given)
        rows = cursor.fetchall()
    each, total, sum_ore = rows[0][:_OWN_COLUMNS]
    pages = max(1, -(-total // size))
    shown = tuple(_row(row[_OWN_COLUMNS:]) for row in rows) if total else ()
    by_view = dict(zip(VIEWS, each, strict=True))
    return QueuePage(shown, min(max(1, page), pages), pages, total, sum_ore, by_view)


_SIMPLE: Final = {
    "supplier": "(i.supplier_cvr = %(supplier)s OR strpos(lower(i.supplier_name), lower(%(supplier)s)) > 0)",
    "status": "i.status = %(status)s",
    "least_ore": "i.payable_ore >= %(least_ore)s",
    "most_ore": "i.payable_ore <= %(most_ore)s",
    "due_from": "i.due_date >= %(due_from)s",
    "due_before": "i.due_date < %(due_before)s",
    "unit_id": "i.unit_id = %(unit_id)s",
    "kind": _FOUND.format(more=" AND (f.exception_code = %(kind)s OR f.control_code = %(kind)s)"),
    "section": "EXISTS (SELECT FROM invoices_linematch m JOIN rel_grant g ON g.grant_id = m.grant_id "
    "WHERE m.invoice_id = i.id AND g.section = %(section)s)",
    "month": "EXISTS (SELECT FROM invoices_claim c WHERE c.invoice_id = i.id "
    "AND c.period_start < (date_trunc('month', %(month)s::date::timestamp) + interval '1 month')::date "
    "AND c.period_end > date_trunc('month', %(month)s::date::timestamp)::date)",
    "ids": "i.id = ANY(%(ids)s::uuid[])",
}
_WORDS: Final = (
    "(i.supplier_name ILIKE %(words)s OR i.number ILIKE %(words)s OR i.order_reference ILIKE %(words)s "
    "OR i.supplier_cvr = %(exact)s OR EXISTS (SELECT FROM invoices_linematch m JOIN rel_grant g "
    "ON g.grant_id = m.grant_id WHERE m.invoice_id = i.id AND g.number = %(exact_upper)s))"
)


def _conditions(wanted: QueueFilter) -> tuple[str, dict[str, Any]]:
    given: dict[str, Any] = {}
    parts = []
    for name, condition in _SIMPLE.items():
        value = getattr(wanted, name)
        if value not in {None, "", ()}:
            parts.append(condition)
            given[name] = list(value) if isinstance(value, tuple) else value
    words = wanted.words.strip().replace("\0", "")
    if words:
        plain = words.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
        parts.append(_WORDS)
        given |= {"words": f"%{plain}%", "exact": words, "exact_upper": words.upper()}
    return " AND ".join(parts) or "true", given


def _row(row: Collection[Any]) -> QueueRow:
    (id_, number, supplier, kind, payable, due, received, status, waits, unit, finding, findings, stop, citizens,
     citizen, difference) = row  # fmt: skip
    return QueueRow(
        id=id_, number=number, supplier_name=supplier, kind=kind, payable_ore=payable, due_date=due,
        received_at=received, status=Status(status), waits_for=Waiting(waits), unit_id=unit, finding=finding,
        findings=findings, hard_stop=stop, citizens=citizens, citizen_id=citizen, difference_ore=difference,
    )  # fmt: skip


def due_span(word: str, today: date) -> tuple[date | None, date | None]:
    """The days that a word in the address means: from (included) and to (not included)."""
    spans: dict[str, tuple[date | None, date | None]] = {
        "overskredet": (None, today),
        "idag": (today, today + timedelta(days=1)),
        "uge": (None, today - timedelta(days=today.weekday()) + timedelta(days=7)),
        "14dage": (None, today + timedelta(days=15)),
    }
    return spans.get(word, (None, None))
