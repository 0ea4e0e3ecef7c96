"""What other municipalities owe and have been asked for, citizen by citizen."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from django.db import connection

from styr.kernel.paging import counted_page
from styr.people.queries import CitizenLine, citizen_lines
from styr.refunds.core.codes import ClaimState
from styr.refunds.models import MunicipalClaim
from styr.refunds.municipal import MunicipalClaimNotThereError

if TYPE_CHECKING:
    from datetime import date
    from uuid import UUID

    from styr.kernel.money import Ore

_OPEN: Final = """
SELECT d.citizen_id, d.payer, d.due_on, d.open_ore, min(c.month), max(c.month), count(*) OVER ()
FROM rel_intermunicipal_deadline d
JOIN refunds_municipalcost c ON c.citizen_id = d.citizen_id AND c.payer = d.payer
GROUP BY d.citizen_id, d.payer, d.due_on, d.open_ore
ORDER BY {order}, d.citizen_id LIMIT %(size)s OFFSET %(offset)s
"""
_ORDERS: Final = {"due": "d.due_on", "ore": "d.open_ore", "payer": "d.payer"}
_TOTALS: Final = """
SELECT (SELECT count(*) FROM rel_intermunicipal_deadline), (SELECT coalesce(sum(open_ore), 0)::bigint
        FROM rel_intermunicipal_deadline),
       (SELECT min(due_on) FROM rel_intermunicipal_deadline),
       coalesce(sum(amount_ore) FILTER (WHERE state = 'raised'), 0)::bigint,
       coalesce(sum(amount_ore) FILTER (WHERE state = 'settled' AND settled_on >= %(year)s), 0)::bigint
FROM refunds_municipalclaim
"""
_OF_CITIZEN: Final = """
SELECT c.payer, c.month, c.due_on, c.cost_ore - coalesce(k.claimed_ore, 0)
FROM refunds_municipalcost c
LEFT JOIN refunds_claimed k ON k.citizen_id = c.citizen_id AND k.month = c.month AND k.payer = c.payer
WHERE c.citizen_id = %(citizen)s AND c.cost_ore <> coalesce(k.claimed_ore, 0) ORDER BY c.month, c.cost_ore, c.payer
"""
_MONTHS: Final = """
SELECT c.month, c.payer, c.cost_ore, coalesce(k.claimed_ore, 0)
FROM refunds_municipalcost c
LEFT JOIN refunds_claimed k ON k.citizen_id = c.citizen_id AND k.month = c.month AND k.payer = c.payer
WHERE c.citizen_id = %(citizen)s ORDER BY c.month DESC, c.payer
"""
_CLAIMS: Final = """
SELECT id, number, citizen_id, payer, raised_on, state, amount_ore, settled_on, count(*) OVER ()
FROM refunds_municipalclaim WHERE (%(state)s = '' OR state = %(state)s)
ORDER BY raised_on DESC, number DESC LIMIT %(size)s OFFSET %(offset)s
"""


@dataclass(frozen=True, slots=True)
class OpenDebt:
    """What is not claimed yet for a citizen; `due_on` is the last day for its first month."""

    citizen_id: UUID
    name: str
    payer: str
    due_on: date
    open_ore: Ore
    first: date
    last: date


@dataclass(frozen=True, slots=True)
class RaisedClaim:
    """A claim in a list."""

    id: UUID
    number: str
    name: str
    payer: str
    raised_on: date
    state: ClaimState
    amount_ore: Ore
    settled_on: date | None


@dataclass(frozen=True, slots=True)
class ClaimPage:
    """A claim with its months, and whom it is about."""

    claim: RaisedClaim
    citizen: CitizenLine | None
    months: tuple[tuple[date, Ore], ...]
    note: str


@dataclass(frozen=True, slots=True)
class Totals:
    """How much is open, by when, raised and paid this year; øre."""

    citizens: int
    open_ore: Ore
    first_due: date | None
    raised_ore: Ore
    settled_ore: Ore


def totals(*, today: date) -> Totals:
    """Return the figures of the page; one query."""
    with connection.cursor() as cursor:
        cursor.execute(_TOTALS, {"year": today.replace(month=1, day=1)})
        return Totals(*cursor.fetchone())


def open_debts(*, by: str, falling: bool, offset: int, size: int, today: date) -> tuple[list[OpenDebt], int]:
    """Return what is not claimed, and for how many citizens; the names shown are logged. Three queries."""
    order = f"{_ORDERS.get(by, _ORDERS['due'])} {'DESC' if falling else 'ASC'}"
    rows, total = _part(_OPEN.format(order=order), {}, offset, size)
    people = _people([row[0] for row in rows], today)
    return [OpenDebt(row[0], _name(people, row[0]), *row[1:-1]) for row in rows], total


def raised_claims(*, state: str, offset: int, size: int, today: date) -> tuple[list[RaisedClaim], int]:
    """Return claims, the latest first, and how many there are; the names shown are logged. Three queries."""
    rows, total = _part(_CLAIMS, {"state": state}, offset, size)
    people = _people([row[2] for row in rows], today)
    found = [
        RaisedClaim(claim_id, number, _name(people, citizen), payer, raised_on, ClaimState(now), ore, settled)
        for claim_id, number, citizen, payer, raised_on, now, ore, settled, _ in rows
    ]
    return found, total


def claim_page(*, claim_id: UUID, today: date) -> ClaimPage:
    """Return a claim with its months; the name shown is logged. Four queries.

    Raises:
        MunicipalClaimNotThereError: there is none for the caller.
    """
    row = MunicipalClaim.objects.filter(id=claim_id).first()
    if row is None:
        raise MunicipalClaimNotThereError
    people = _people([row.citizen_id], today)
    claim = RaisedClaim(
        row.id, row.number, _name(people, row.citizen_id), row.payer, row.raised_on, ClaimState(row.state),
        row.amount_ore, row.settled_on,
    )  # fmt: skip
    months = tuple(row.months.order_by("month").values_list("month", "amount_ore"))
    return ClaimPage(claim, people.get(row.citizen_id), months, row.note)


def unit_of_claim(claim_id: UUID) -> UUID:
    """Return the unit of a claim; raises `MunicipalClaimNotThereError`."""
    unit_id = MunicipalClaim.objects.filter(id=claim_id).values_list("unit_id", flat=True).first()
    if unit_id is None:
        raise MunicipalClaimNotThereError
    return unit_id


def _part(text: str, given: dict[str, int | str], offset: int, size: int) -> tuple[list[tuple[Any, ...]], int]:
    return counted_page(
        lambda first, most: _ask(text, given | {"offset": first, "size": most}), first=offset, size=size
    )


def _ask(text: str, given: dict[str, int | str]) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(text, given)
        return list(cursor.fetchall())


def _people(ids: list[UUID], today: date) -> dict[UUID, CitizenLine]:
    return citizen_lines(citizen_ids=ids, page="mellemkommunal", purpose="Mellemkommunal afregning", today=today)


def _name(people: dict[UUID, CitizenLine], citizen_id: UUID) -> str:
    line = people.get(citizen_id)
    return line.name if line else "Borger uden for dine enheder"


@dataclass(frozen=True, slots=True)
class CitizenDebt:
    """What is not claimed for a citizen: (month, last day to claim it, øre).

    Where the payer has changed, these are the first one's months; `later` are the payers of the others.
    """

    citizen: CitizenLine
    payer: str
    months: tuple[tuple[date, date, Ore], ...]
    later: tuple[str, ...] = ()


def debt_of(*, citizen_id: UUID, today: date) -> CitizenDebt | None:
    """Return what is not claimed for a citizen; None when nothing is, or the caller may not see them. Three queries."""
    with connection.cursor() as cursor:
        cursor.execute(_OF_CITIZEN, {"citizen": citizen_id})
        rows = cursor.fetchall()
    person = _people([citizen_id], today).get(citizen_id) if rows else None
    if person is None:
        return None
    payer = rows[0][0]
    later = tuple(dict.fromkeys(row[0] for row in rows if row[0] != payer))
    return CitizenDebt(person, payer, tuple((month, due, ore) for one, month, due, ore in rows if one == payer), later)


def months_of(citizen_id: UUID) -> list[tuple[date, str, Ore, Ore]]:
    """Return (month, payer, cost, claimed) of a citizen whom others pay for, the latest first; øre. One query."""
    return [tuple(row) for row in _ask(_MONTHS, {"citizen": str(citizen_id)})]
