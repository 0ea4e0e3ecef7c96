"""One invoice with everything about it, for the page that decides it: one statement, however many lines it has."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from decimal import Decimal
from typing import Any, Final
from uuid import UUID

from styr.access.prepared import planned_once
from styr.invoices.by_settlement import BySettlement, by_settlement
from styr.invoices.case_sql import CASE
from styr.invoices.core.breakdown import Asked, Span, days_text
from styr.invoices.core.codes import Status, Step, Verdict, Waiting
from styr.invoices.core.einvoice.model import Kind
from styr.kernel.refusal import NotThere


class InvoiceNotVisibleError(NotThere):
    """There is no such invoice, or the caller may not see it."""

    def __init__(self) -> None:
        super().__init__("Fakturaen findes ikke, eller den ligger uden for dit område.")


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseLine:
    """An invoice line, and what it was matched to."""

    id: UUID
    line_no: int
    quantity: Decimal | None
    unit: str
    unit_price: Decimal | None
    net_ore: int
    period_start: date | None
    period_end: date | None
    service: str
    step: Step | None
    candidates: int
    grant_id: UUID | None
    grant_number: str
    citizen_id: UUID | None
    hand_reason: str
    hand_by: str
    hand_at: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Granted:
    """The grant and the service that a claim is for, as they stand."""

    id: UUID
    number: str
    citizen_id: UUID
    section: str
    status: str
    starts: date
    ends: date | None
    caseworker: str
    account_string: str
    place: str
    service: str
    unit: str
    per: str
    quantity: Decimal | None
    ean: str
    unit_name: str
    paying: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Contracted:
    """The contract that a claim rests on, with the price line of its service; `prices` are its rates in the period."""

    id: UUID
    number: str
    status: str
    starts: date
    ends: date | None
    signed_on: date | None
    supplier_id: UUID
    supplier_name: str
    section: str
    service: str
    unit: str
    supplements: tuple[str, ...]
    free_days: int
    absence_share: Decimal
    prices: tuple[Span, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseClaim:
    """What the invoice asks for one service and period, with all it is held against. Amounts in øre."""

    id: UUID
    line_nos: tuple[int, ...]
    verdict: Verdict
    starts: date | None
    ends: date | None
    lines: int
    quantity: Decimal | None
    lowest_price: Decimal | None
    highest_price: Decimal | None
    claimed_ore: int
    expected_quantity: Decimal | None
    expected_ore: int | None
    expected_price: Decimal | None
    difference_ore: int
    other_invoice_id: UUID | None
    other_number: str
    step: Step | None
    grant: Granted | None
    contract: Contracted | None
    asked: Asked | None = field(repr=False, default=None)

    @property
    def absolute_ore(self) -> int:
        """The difference without its sign."""
        return abs(self.difference_ore)

    @property
    def period_text(self) -> str:
        """The days claimed, in words."""
        return days_text(self.starts, self.ends) if self.starts and self.ends and self.starts < self.ends else "ukendt"


@dataclass(frozen=True, slots=True, kw_only=True)
class Happened:
    """Something in an invoice's history: when, what, who, and the words that go with it."""

    at: datetime
    kind: str
    outcome: str
    who: str
    words: str
    id: UUID
    undone: bool = False
    state: str = ""
    facts: Mapping[str, Any] = field(default_factory=dict)

    @property
    def agreed_to(self) -> frozenset[tuple[str, str]]:
        """The findings that a decision was taken in spite of: (id, fingerprint)."""
        return frozenset((ground["finding_id"], ground["fingerprint"]) for ground in self.facts["grounds"] or ())


@dataclass(frozen=True, slots=True, kw_only=True)
class InvoiceCase:
    """An invoice with its document's bytes still sealed; `services` are the names of services by code."""

    id: UUID
    document_id: UUID
    filename: str
    content: bytes = field(repr=False)
    size: int
    kind: Kind
    format: str
    number: str
    supplier_id: UUID | None
    supplier_name: str
    supplier_cvr: str
    issue_date: date | None
    due_date: date | None
    received_at: datetime
    net_ore: int
    tax_ore: int
    payable_ore: int
    currency: str
    buyer_ean: str
    payee_account: str
    order_reference: str
    credits_number: str
    status: Status
    waits_for: Waiting
    unit_name: str
    unit_id: UUID | None
    services: Mapping[str, str]
    lines: tuple[CaseLine, ...]
    claims: tuple[CaseClaim, ...]
    decisions: tuple[Happened, ...]
    questions: tuple[Happened, ...]
    letters: tuple[Happened, ...]
    follow_ups: tuple[Happened, ...]
    looks: tuple[Happened, ...]
    notes: tuple[Happened, ...]
    settled: BySettlement | None = None

    @property
    def citizen_ids(self) -> tuple[UUID, ...]:
        """The citizens that its lines are for, once each; also of a rejected invoice, which claims nothing."""
        return tuple(dict.fromkeys(line.citizen_id for line in self.lines if line.citizen_id is not None))

    @property
    def expected_ore(self) -> int:
        """What was expected of all the claims together, or what the settlement comes to."""
        return self.settled.settled_ore if self.settled else sum(claim.expected_ore or 0 for claim in self.claims)

    @property
    def difference_ore(self) -> int:
        """What is asked for too much (below nothing: too little), as the verdicts or the settlement reckon it."""
        return self.settled.difference_ore if self.settled else sum(claim.difference_ore for claim in self.claims)


def invoice_case(invoice_id: UUID, *, looked: tuple[UUID, datetime] | None = None) -> InvoiceCase:
    """Return an invoice with its lines, claims, decisions, questions, letters, follow-ups and looks; one query.

    `looked` is who is shown its page, and when: it is noted in the same statement.

    Raises:
        InvoiceNotVisibleError: there is none for the caller.
    """
    with planned_once() as cursor:
        user, now = looked or (None, None)
        cursor.execute(CASE, {"id": invoice_id, "user": user, "now": now})
        row = cursor.fetchone()
        if row is None:
            raise InvoiceNotVisibleError
        found = dict(zip((column[0] for column in cursor.description), row, strict=True))
    lines = tuple(CaseLine(**_typed(one)) for one in found.pop("lines") or ())
    claims = tuple(_claim(one) for one in found.pop("claims") or ())
    happened: dict[str, Any] = {name: tuple(_happened(one) for one in found.pop(name) or ()) for name in _HAPPENED}
    found["content"], found["settled"] = bytes(found["content"]), by_settlement(found["settled"])
    found["services"] = found["services"] or {}
    for name, code in (("status", Status), ("waits_for", Waiting), ("kind", Kind)):
        found[name] = code(found[name])
    return InvoiceCase(**found, lines=lines, claims=claims, **happened)


_HAPPENED: Final = ("decisions", "questions", "letters", "follow_ups", "looks", "notes")
_READERS: Final[Mapping[str, Callable[[str], Any]]] = {
    **dict.fromkeys(("starts", "ends", "signed_on", "period_start", "period_end"), date.fromisoformat),
    **dict.fromkeys(("quantity", "unit_price", "lowest_price", "highest_price", "figure", "absence_share"), Decimal),
    **dict.fromkeys(("expected_quantity", "expected_price"), Decimal),
    **dict.fromkeys(("id", "grant_id", "citizen_id", "supplier_id", "other_invoice_id"), UUID),
    **dict.fromkeys(("at", "hand_at"), datetime.fromisoformat),
    "step": Step,
}


def _typed(told: Mapping[str, Any]) -> dict[str, Any]:
    """JSON's texts as what they are."""
    return {name: _value(name, value) for name, value in told.items()}


def _value(name: str, value: Any) -> Any:
    if value is None or name not in _READERS:
        return tuple(value) if isinstance(value, list) else value
    return _READERS[name](value)


def _happened(told: Mapping[str, Any]) -> Happened:
    return Happened(**_typed(told))


def _claim(told: Mapping[str, Any]) -> CaseClaim:
    facts = dict(told)
    grant, contract = facts.pop("grant"), facts.pop("contract")
    prices, absence = facts.pop("prices") or (), facts.pop("absence") or ()
    agreed = (contract.pop("prices") if contract else None) or ()
    runs = {name: facts.pop(name) for name in ("runs_from", "runs_to", "gone_from", "service_id")}
    typed = _typed(facts)
    typed["verdict"] = Verdict(typed["verdict"])
    claim = CaseClaim(
        **typed,
        grant=Granted(**_typed(grant)) if grant else None,
        contract=Contracted(**_typed(contract), prices=_spans(agreed)) if contract else None,
    )
    return _with_asked(claim, runs, _spans(prices), _spans(absence))


def _spans(told: Any) -> tuple[Span, ...]:
    return tuple(Span(**_typed(one)) for one in told)


def _with_asked(
    claim: CaseClaim, runs: Mapping[str, Any], prices: tuple[Span, ...], absence: tuple[Span, ...]
) -> CaseClaim:
    if claim.grant is None or runs["service_id"] is None or runs["runs_from"] is None or claim.starts is None:
        return claim
    ends = claim.ends or claim.starts
    gone = date.fromisoformat(runs["gone_from"]) if runs["gone_from"] else None
    asked = Asked(
        claim_id=claim.id,
        service_id=UUID(runs["service_id"]),
        starts=claim.starts,
        ends=min(ends, gone) if gone else ends,
        unit=claim.grant.unit,
        runs_from=date.fromisoformat(runs["runs_from"]),
        runs_to=date.fromisoformat(runs["runs_to"]) if runs["runs_to"] else None,
        prices=prices,
        absence=absence,
    )
    return replace(claim, asked=asked)
