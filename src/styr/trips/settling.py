"""Settlements as the coordinator works with them: what came, what deviates, and accepted or asked about."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from django.db import connection, transaction

from styr.access.core.permissions import Permission
from styr.access.unit_roles import may_in
from styr.controls.rerunning import request_rerun
from styr.kernel.refusal import NotThere, Refusal
from styr.trips.core.codes import SettlementStatus
from styr.trips.models import Settlement, SettlementVersion

if TYPE_CHECKING:
    from datetime import date, datetime
    from uuid import UUID

    from styr.trips.ordering import By


class SettlementNotVisibleError(NotThere):
    """There is no such settlement, or the caller may not see it."""

    def __init__(self) -> None:
        super().__init__("Afregningen findes ikke, eller du har ikke adgang til den.")


class UnableToDecideSettlementError(Refusal):
    """The settlement cannot be decided so; the message is fit to show."""


@dataclass(frozen=True, slots=True)
class SettlementCard:
    """A settlement in its newest version; `found` and `at_stake_ore` are the open findings of its trips.

    `invoiced_ore` is what its invoice asks for, credit notes taken off, `due_ore` what all settlements on that invoice
    come to, and `together` their numbers.
    """

    id: UUID
    operator_id: UUID
    operator: str
    number: str
    version: int
    received_at: datetime
    invoice_number: str
    first_day: date | None
    last_day: date | None
    trips: int
    cost_ore: int
    fee_ore: int
    user_payment_ore: int
    status: str
    decided_by: str | None
    decided_at: datetime | None
    decided_version: int | None
    note: str
    invoice_id: UUID | None
    invoiced_ore: int | None
    due_ore: int | None
    together: str | None
    found: int
    at_stake_ore: int

    @property
    def owed_ore(self) -> int:
        """What we are asked for: the trips and their administration, less what the citizens paid."""
        return self.cost_ore + self.fee_ore - self.user_payment_ore

    @property
    def status_word(self) -> str:
        """The status in Danish."""
        return SettlementStatus(self.status).danish

    @property
    def differs(self) -> bool:
        """Whether the invoice is not the sum of the trips."""
        return self.invoiced_ore is not None and self.invoiced_ore != self.due_ore

    @property
    def shared(self) -> bool:
        """Whether other settlements stand on the same invoice."""
        return self.together is not None and self.together != self.number


@dataclass(frozen=True, slots=True)
class KindOfFinding:
    """How many of a settlement's trips a control found, and what is at stake in øre (unknown ones count nought)."""

    code: str
    count: int
    amount_ore: int


@dataclass(frozen=True, slots=True)
class VersionCard:
    """A settlement as it came once."""

    version: int
    received_at: datetime
    trips: int
    owed_ore: int


_CARDS: Final = """
    WITH billed AS MATERIALIZED (
        SELECT settlement_id, invoice_id, invoiced_ore, due_ore,
               string_agg(number, ', ') OVER (PARTITION BY invoice_id ORDER BY number
                   ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING) AS together
        FROM rel_settled_invoice
    )
    SELECT s.id, s.operator_id, o.name, s.number, s.version, s.received_at, s.invoice_number, s.first_day, s.last_day,
           s.trips, s.cost_ore, s.fee_ore, s.user_payment_ore, s.status, u.name, s.decided_at, s.decided_version,
           s.note, i.invoice_id, i.invoiced_ore, i.due_ore, i.together, coalesce(w.found, 0),
           coalesce(w.at_stake, 0)::bigint
    FROM trips_settlement s
    JOIN transport_operator o ON o.id = s.operator_id
    LEFT JOIN access_user u ON u.id = s.decided_by_id
    LEFT JOIN (SELECT DISTINCT ON (b.settlement_id) b.* FROM billed b
               JOIN rel_invoice d ON d.invoice_id = b.invoice_id
               ORDER BY b.settlement_id, d.status = 'rejected', d.kind <> 'invoice', d.received_at, d.invoice_id) i
           ON i.settlement_id = s.id
    LEFT JOIN (SELECT t.settlement_id, count(DISTINCT t.id) AS found, sum(f.amount_ore) AS at_stake
               FROM rel_finding f JOIN trips_trip t ON t.id = f.subject_id
               WHERE f.subject_kind = 'trip' AND f.status = 'open' GROUP BY 1) w ON w.settlement_id = s.id
    WHERE {where}
    ORDER BY {order}, s.last_day DESC NULLS LAST, o.name, s.id LIMIT %s OFFSET %s
"""
_ORDERS: Final = {
    "nummer": "s.number", "operatoer": "o.name", "periode": "s.last_day", "ture": "s.trips",
    "afvigelser": "coalesce(w.found, 0)", "beloeb": "s.cost_ore + s.fee_ore - s.user_payment_ore",
}  # fmt: skip
_KINDS: Final = """
    SELECT f.control_code, count(*), coalesce(sum(f.amount_ore), 0)::bigint
    FROM rel_finding f JOIN trips_trip t ON t.id = f.subject_id
    WHERE f.subject_kind = 'trip' AND f.status = 'open' AND t.settlement_id = %s
    GROUP BY 1 ORDER BY 3 DESC, 1
"""


def settlements(*, operator_id: UUID | None = None, status: str = "", most: int = 100) -> list[SettlementCard]:
    """Return settlements, the latest first. One query."""
    parts, given = _asked(operator_id, status)
    return _cards(parts, given, "s.last_day DESC NULLS LAST", (most, 0))


def settlement_page(  # noqa: PLR0913 - what a list asks for
    *, operator_id: UUID | None, status: str, sort: str, falling: bool, page: int, size: int
) -> tuple[list[SettlementCard], int, int]:
    """Return settlements, which page they are (the last where there are fewer), and how many in all. Two queries."""
    parts, given = _asked(operator_id, status)
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT count(*) FROM trips_settlement s WHERE {' AND '.join(parts)}", given)  # noqa: S608 - parts written here
        total = int(cursor.fetchone()[0])
    shown = min(page, max(1, -(-total // size)))
    order = f"{_ORDERS[sort]} {'DESC' if falling else 'ASC'} NULLS LAST"
    return _cards(parts, given, order, (size, (shown - 1) * size)), shown, total


def _asked(operator_id: UUID | None, status: str) -> tuple[list[str], list[str]]:
    """The conditions and what they are given."""
    parts: list[str] = ["true"]
    given: list[str] = []
    if operator_id:
        parts.append("s.operator_id = %s")
        given.append(str(operator_id))
    if status:
        parts.append("s.status = %s")
        given.append(status)
    return parts, given


def _cards(parts: list[str], given: list[str], order: str, window: tuple[int, int]) -> list[SettlementCard]:
    with connection.cursor() as cursor:
        cursor.execute(_CARDS.format(where=" AND ".join(parts), order=order), [*given, *window])
        return [SettlementCard(*row) for row in cursor.fetchall()]


def settlement(settlement_id: UUID) -> SettlementCard:
    """Return one settlement. One query.

    Raises:
        SettlementNotVisibleError: there is none for the caller.
    """
    found = _cards(["s.id = %s"], [str(settlement_id)], "s.number", (1, 0))
    if not found:
        raise SettlementNotVisibleError
    return found[0]


def found_in(settlement_id: UUID) -> list[KindOfFinding]:
    """What the controls found in a settlement's trips, the dearest first. One query."""
    with connection.cursor() as cursor:
        cursor.execute(_KINDS, [settlement_id])
        return [KindOfFinding(*row) for row in cursor.fetchall()]


def versions_of(settlement_id: UUID) -> list[VersionCard]:
    """Every time the settlement came with other content, the newest first. One query."""
    rows = SettlementVersion.objects.filter(settlement_id=settlement_id).order_by("-version")
    return [
        VersionCard(row.version, row.received_at, row.trips, row.cost_ore + row.fee_ore - row.user_payment_ore)
        for row in rows
    ]


@transaction.atomic
def decide_settlement(*, settlement_id: UUID, status: SettlementStatus, seen_version: int, note: str, by: By) -> None:
    """Accept a settlement, or note that its operator was asked; a later version asks for another decision.

    Raises:
        SettlementNotVisibleError: there is none for the caller.
        UnableToDecideSettlementError: the actor may not, another version has come, or a question says nothing.
    """
    row = Settlement.objects.select_for_update().filter(id=settlement_id).first()
    if row is None:
        raise SettlementNotVisibleError
    if not may_in(user_id=by.actor_id, permission=Permission.EDIT_TRANSPORT, unit_id=None, on=by.today):
        raise UnableToDecideSettlementError("Din rolle giver dig ikke lov til at behandle afregninger.")
    if row.version != seen_version:
        raise UnableToDecideSettlementError("Der er kommet en ny version, mens du læste. Se den, og afgør igen.")
    if status is SettlementStatus.ASKED and not note.strip():
        raise UnableToDecideSettlementError("Skriv, hvad operatøren er spurgt om.")
    row.status, row.note = status.value, note.strip()
    row.decided_by_id, row.decided_at, row.decided_version = by.actor_id, by.now, row.version
    row.save(update_fields=["status", "note", "decided_by", "decided_at", "decided_version"])
    request_rerun(municipality_id=by.municipality_id, ids=[row.id])
