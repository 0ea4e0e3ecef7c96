"""What the page about a contract shows, gathered from the domains, and the acts on it that reach into the grants."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db import connection, transaction

from styr.agreements.core.codes import DocumentState
from styr.contracts import agreeing, editing
from styr.contracts import listing as contract_listing
from styr.contracts import queries as contracts
from styr.contracts import services as contract_services
from styr.contracts.agreed import AgreedCard, agreed_with_names
from styr.contracts.core.agreement import Agreement
from styr.contracts.core.codes import ContractStatus, NoticeFrom
from styr.contracts.core.milestones import Milestone, Terms, milestones
from styr.controls import counting
from styr.controls import queries as controls
from styr.drafting.core.codes import DraftState
from styr.grants.acting import Actor
from styr.grants.core.codes import AdjustmentReason
from styr.grants.price_limits import held_to_limits
from styr.grants.price_requests import PriceOutcome, WaitingPrice, change_or_ask, waiting_prices
from styr.grants.settle import AdjustmentLine, settle_paid_months
from styr.kernel.fingerprint import fingerprint
from styr.kernel.period import ONE_DAY
from styr.people import queries as people

# One query: the grants that buy on the contract, and beside each the papers of the contract as one value.
_GRANTS = """
    SELECT papers.held, g.grant_id, g.number, g.citizen_id, g.status, g.starts, g.ends
    FROM (SELECT (SELECT json_agg(p ORDER BY p.at DESC, p.id) FROM (
        SELECT 'document' AS kind, d.id, d.name, d.state, 0 AS latest, d.received_at AS at
        FROM agreements_agreementdocument d WHERE d.contract_id = %(id)s
        UNION ALL
        SELECT 'draft', d.id, '', d.state, d.latest, d.changed_at
        FROM drafting_contractdraft d WHERE d.contract_id = %(id)s
        UNION ALL
        SELECT 'merger', m.absorbed_id, s.name || ' (CVR ' || s.cvr || ')', '', 0, m.valid_from::timestamptz
        FROM suppliers_merger m JOIN suppliers_supplier s ON s.id = m.absorbed_id
        WHERE m.contracts @> ARRAY[%(id)s]::uuid[]
    ) p) AS held) papers
    LEFT JOIN (
        SELECT * FROM rel_grant WHERE contract_id = %(id)s ORDER BY starts DESC, number LIMIT %(most)s
    ) g ON true
    ORDER BY g.starts DESC, g.number
"""
_MOST_GRANTS = 50
_PURPOSE = "kontrakt"


@dataclass(frozen=True, slots=True)
class BuyingGrant:
    """A grant that buys on the contract; `ends` is exclusive."""

    id: UUID
    number: str
    citizen: people.CitizenLine | None
    status: str
    starts: date
    ends: date | None


@dataclass(frozen=True, slots=True)
class Paper:
    """What a contract was made of: a file that came in, a draft round by round, or a merger that it went over by.

    `state` is the Danish word for how far it is; `latest` the number of a draft's newest version.
    """

    kind: str
    id: UUID
    name: str
    state: str
    latest: int
    at: datetime


@dataclass(frozen=True, slots=True)
class ContractPage:
    """Everything on the page about one contract; hand `seen` back with a change."""

    card: contracts.ContractCard
    seen: str
    citizen: people.CitizenLine | None
    agreed: AgreedCard
    seen_agreed: str
    services: dict[str, str]
    milestones: tuple[Milestone, ...]
    grants: tuple[BuyingGrant, ...]
    findings: tuple[controls.FindingView, ...]
    prices_asked: tuple[WaitingPrice, ...]
    papers: tuple[Paper, ...]


@dataclass(frozen=True, slots=True)
class ContractListRow:
    """A contract in the list with its citizen's name and its open findings."""

    contract: contract_listing.ListedContract
    citizen: people.CitizenLine | None
    findings: counting.OpenFindings


def contract_list(  # noqa: PLR0913 - a list's question, all by keyword
    wanted: contract_listing.ContractFilter, *, today: date, sort: str, page: int, size: int, address: str
) -> tuple[list[ContractListRow], int]:
    """Return a page of contracts, and how many there are; the citizens named are logged as read. Five queries."""
    rows, total = contract_listing.contract_rows(wanted, today=today, sort=sort, page=page, size=size)
    names = _citizens([row.citizen_id for row in rows], address, today)
    found = counting.open_findings("contract_id", [row.id for row in rows])
    return [
        ContractListRow(
            row,
            names.get(row.citizen_id) if row.citizen_id else None,
            found.get(row.id, counting.NONE_OPEN),
        )
        for row in rows
    ], total


def contract_page(*, contract_id: UUID, today: date, address: str) -> ContractPage:
    """Return the page about a contract; the citizens named are logged as read. At most nine queries.

    Raises:
        ContractNotVisibleError: there is none for the caller.
    """
    card = contracts.contract_card(contract_id)
    agreed, services = agreed_with_names(contract_id)
    with connection.cursor() as cursor:
        cursor.execute(_GRANTS, {"id": contract_id, "most": _MOST_GRANTS})
        rows = cursor.fetchall()
    bought = [row[1:] for row in rows if row[1] is not None]
    names = _citizens([card.citizen_id, *(row[2] for row in bought)], address, today)
    return ContractPage(
        card=card,
        seen=fingerprint(card),
        agreed=agreed,
        seen_agreed=fingerprint((card, agreed)),
        services=services,
        citizen=names.get(card.citizen_id) if card.citizen_id else None,
        milestones=_milestones(card, agreed),
        grants=tuple(BuyingGrant(row[0], row[1], names.get(row[2]), *row[3:]) for row in bought),
        findings=controls.first_findings(controls.FindingFilter(contract_id=contract_id), limit=_MOST_GRANTS),
        prices_asked=waiting_prices([line.id for line in card.lines], today=today),
        papers=tuple(_paper(one) for one in rows[0][0] or ()),
    )


def _paper(told: dict[str, Any]) -> Paper:
    words = {"document": DocumentState, "draft": DraftState}.get(told["kind"])
    return Paper(
        kind=told["kind"],
        id=UUID(told["id"]),
        name=told["name"],
        state=words(told["state"]).danish if words else "",
        latest=told["latest"],
        at=datetime.fromisoformat(told["at"]),
    )


@transaction.atomic
def change_price(  # noqa: PLR0913 - one use case, all by keyword
    *, contract_id: UUID, contract_line_id: UUID, valid_from: date, amount: Decimal, seen: str, actor: Actor
) -> PriceOutcome:
    """Give a line another price from a day and settle what grants have paid, or ask somebody with the limit for it.

    Raises:
        ContractChangedMeanwhileError: the contract is not what was seen.
        UnableToChangeContractError: the price is negative, the line is another contract's, a price waits already, or
            the actor has no role where the contract is.
    """
    editing.require_seen(contract_id, seen)
    if contract_line_id not in {line.id for line in contracts.contract_card(contract_id).lines}:
        raise contract_services.UnableToChangeContractError("Linjen hører ikke til kontrakten.")
    return change_or_ask(contract_line_id=contract_line_id, valid_from=valid_from, amount=amount, actor=actor)


@transaction.atomic
def change_terms(*, contract_id: UUID, terms: editing.Terms, seen: str, actor: Actor, reason: str = "") -> None:
    """Give a contract other terms; raises as `editing.change_terms`. The reason is of a signed one that is put right.

    Other opening days can make what is bought by them dearer: that is held to the grants' limits as a price is.
    """
    lines = [line.id for line in contracts.contract_card(contract_id).lines]
    with held_to_limits(lines, actor=actor):
        put_right = editing.PutRight(reason=reason, actor_id=actor.id, now=actor.now)
        editing.change_terms(contract_id=contract_id, terms=terms, seen=seen, put_right=put_right)


@transaction.atomic
def sign(*, contract_id: UUID, signed_on: date, seen: str) -> None:
    """Record that both parties have signed what was seen."""
    editing.require_seen(contract_id, seen)
    contract_services.sign_contract(contract_id=contract_id, signed_on=signed_on)


@transaction.atomic
def terminate(*, contract_id: UUID, last_day: date, seen: str) -> None:
    """Terminate the contract that was seen, so that it ends with its last day."""
    editing.require_seen(contract_id, seen)
    contract_services.terminate_contract(contract_id=contract_id, last_day=last_day)


@transaction.atomic
def agree(  # noqa: PLR0913 - one use case, all by keyword
    *,
    contract_id: UUID,
    terms: Agreement,
    valid_from: date,
    supplement: agreeing.NewSupplement | None,
    act: agreeing.Act,
    now: datetime,
) -> tuple[AdjustmentLine, ...]:
    """Let terms hold from a day and settle the months that grants have paid; return the adjustment lines.

    Days paid after a death or a move, or before one has moved in, can make grants dearer: that is held to their limits
    as a price is. Raises as `agreeing.agree_terms`, and `PriceBeyondLimitError`.
    """
    with _held(contract_id, act, valid_from, now=now) as settled:
        agreeing.agree_terms(
            contract_id=contract_id, terms=terms, valid_from=valid_from, act=act, supplement=supplement
        )
        settled.extend(_settled(contract_id, now))
    return tuple(settled)


@transaction.atomic
def note_move_in(
    *, contract_id: UUID, moved_in_on: date | None, act: agreeing.Act, now: datetime
) -> tuple[AdjustmentLine, ...]:
    """Note when the citizen in fact moved in and settle the months that were paid; return the adjustment lines.

    Held to the grants' limits as `agree` is.
    """
    with _held(contract_id, act, *([moved_in_on] if moved_in_on else []), now=now) as settled:
        agreeing.note_move_in(contract_id=contract_id, moved_in_on=moved_in_on, act=act)
        settled.extend(_settled(contract_id, now))
    return tuple(settled)


@transaction.atomic
def give_notice(*, contract_id: UUID, given_on: date, act: agreeing.Act, now: datetime) -> date:
    """Terminate by notice and settle what was paid beyond it; return the last day."""
    last = agreeing.give_notice(contract_id=contract_id, given_on=given_on, act=act)
    _settled(contract_id, now)
    return last


@contextmanager
def _held(contract_id: UUID, act: agreeing.Act, *days: date, now: datetime) -> Iterator[list[AdjustmentLine]]:
    """Hold what is done to a contract that the actor sees and may change to the limits of the grants that buy on it."""
    lines = [line.id for line in contracts.contract_card(contract_id).lines]
    with held_to_limits(lines, *days, actor=Actor(act.actor_id, act.today, now)) as settled:
        yield settled


def _settled(contract_id: UUID, now: datetime) -> tuple[AdjustmentLine, ...]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT grant_id FROM rel_grant WHERE contract_id = %s", [contract_id])
        grants = [row[0] for row in cursor.fetchall()]
    return settle_paid_months(grant_ids=grants, reason=AdjustmentReason.PERIOD, now=now)


def _milestones(card: contracts.ContractCard, agreed: AgreedCard) -> tuple[Milestone, ...]:
    evaluations = tuple(line.evaluation_on for line in card.lines if line.evaluation_on is not None)
    terms = Terms(
        status=ContractStatus(card.status),
        ends=card.ends,
        notice_days=_notice_days(card, agreed),
        notice_from=_counted(card, agreed),
        evaluations=evaluations,
    )
    return tuple(milestones(terms))


def _counted(card: contracts.ContractCard, agreed: AgreedCard) -> NoticeFrom:
    """How the notice that runs out with the contract is counted."""
    held = None if card.ends is None else agreed.on(card.ends)
    return held.terms.notice_from if held else NoticeFrom.DAY


def _notice_days(card: contracts.ContractCard, agreed: AgreedCard) -> int | None:
    """The notice that runs out with the contract: its own, or what a supplement has made of it."""
    amended = None if card.ends is None else agreed.amended(card.ends - ONE_DAY).notice_days
    return card.notice_days if amended is None else amended


def _citizens(ids: list[UUID | None], address: str, today: date) -> dict[UUID, people.CitizenLine]:
    wanted = {one for one in ids if one is not None}
    if not wanted:
        return {}
    return people.citizen_lines(citizen_ids=wanted, page=address, purpose=_PURPOSE, today=today)
