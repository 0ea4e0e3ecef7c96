"""Writes whole files of settlements and attendance; a second run of the same file changes nothing.

A settlement that comes again with other content is a new version: its trips are changed in place, those that are gone
are marked so, and what they were stays in the change history. Nothing is ever counted twice.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any, Final

from django.db import connection, transaction

from styr.access.crypto import blind_index
from styr.kernel.ids import uuid7
from styr.kernel.upsert import RowError, UpsertResult, numbered, upsert
from styr.trips.bulk_kinds import ATTENDANCE, TRIPS
from styr.trips.core.digest import digest_of

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime
    from uuid import UUID

    from styr.trips.core.rows import AttendanceRow, TripRow

Key = tuple[str, str]
_NOT_STAGED: Final = ("operator", "settlement", "invoice_number", "cpr")
_KEEP: Final = """
    INSERT INTO trips_settlement AS s (id, municipality_id, operator_id, number, version, received_at, digest,
        invoice_number, trips, cost_ore, fee_ore, user_payment_ore, status, note)
    VALUES (%s, %s, %s, %s, 1, %s, %s, %s, 0, 0, 0, 0, 'received', '')
    ON CONFLICT (operator_id, number) DO UPDATE SET version = s.version + 1, received_at = excluded.received_at,
        digest = excluded.digest, invoice_number = excluded.invoice_number, status = 'received'
    WHERE s.digest <> excluded.digest
    RETURNING id
"""
_WITHDRAW: Final = """
    UPDATE trips_trip t SET withdrawn = true
    WHERE t.settlement_id = ANY (%s) AND NOT t.withdrawn
      AND NOT EXISTS (SELECT FROM upsert_rows r WHERE r.settlement_id = t.settlement_id
                      AND r.external_no = t.external_no)
"""
_SUM: Final = """
    UPDATE trips_settlement s SET trips = d.trips, cost_ore = d.cost_ore, fee_ore = d.fee_ore,
        user_payment_ore = d.user_payment_ore, first_day = d.first_day, last_day = d.last_day
    FROM (SELECT settlement_id, count(*) AS trips, sum(cost_ore) AS cost_ore, sum(fee_ore) AS fee_ore,
                 sum(user_payment_ore) AS user_payment_ore, min(service_day) AS first_day, max(service_day) AS last_day
          FROM trips_trip WHERE settlement_id = ANY (%s) AND NOT withdrawn GROUP BY settlement_id) d
    WHERE s.id = d.settlement_id
"""
_VERSION: Final = """
    INSERT INTO trips_settlementversion (id, municipality_id, settlement_id, version, received_at, digest, trips,
        cost_ore, fee_ore, user_payment_ore)
    SELECT %s, s.municipality_id, s.id, s.version, s.received_at, s.digest, s.trips, s.cost_ore, s.fee_ore,
           s.user_payment_ore
    FROM trips_settlement s WHERE s.id = %s
"""


@transaction.atomic
def land_trips(rows: Sequence[TripRow], *, municipality_id: UUID, now: datetime) -> UpsertResult:
    """Write settlements with their trips; what came before just so is left alone, what differs is a new version.

    Where a row is refused, nothing lands: a settlement known by the sum of its rows must not be taken for one that came
    whole, and the mended file is then read as if for the first time.
    """
    operators = _operators()
    together: defaultdict[Key, list[int]] = defaultdict(list)
    refused: list[RowError] = []
    for number, row in enumerate(rows):
        if row.operator in operators:
            together[row.operator, row.settlement].append(number)
        else:
            refused.append(RowError(number, "operatør", row.operator, "Operatøren findes ikke. Opret den først."))
    settlements = {
        key: _kept(operators[key[0]], key[1], [rows[number] for number in numbers], municipality_id, now)
        for key, numbers in together.items()
    }
    new = {key: found for key, found in settlements.items() if found is not None}
    staged = {number: _staged(rows[number], operators[key[0]], new[key]) for key in new for number in together[key]}
    same = sum(len(together[key]) for key in settlements if key not in new)
    with connection.cursor() as cursor:
        written = upsert(cursor, TRIPS, staged, municipality_id=municipality_id, refused=refused)
        cursor.execute(_WITHDRAW, [list(new.values())])
        cursor.execute(_SUM, [list(new.values())])
        for settlement_id in new.values():
            cursor.execute(_VERSION, [uuid7(), settlement_id])
    if written.errors:
        transaction.set_rollback(True)
        return UpsertResult(0, 0, 0, written.errors)
    return UpsertResult(written.inserted, written.changed, written.unchanged + same, written.errors)


def _operators() -> dict[str, UUID]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT name, id FROM transport_operator")
        return dict(cursor.fetchall())


def _kept(operator_id: UUID, number: str, rows: list[TripRow], municipality_id: UUID, now: datetime) -> UUID | None:
    """The settlement's id where this is its first or another version; None where it came before just so."""
    invoice = next((row.invoice_number for row in rows if row.invoice_number), "")
    given: list[Any] = [uuid7(), municipality_id, operator_id, number, now, digest_of(rows), invoice]
    with connection.cursor() as cursor:
        cursor.execute(_KEEP, given)
        found = cursor.fetchone()
    return found[0] if found else None


def _staged(row: TripRow, operator_id: UUID, settlement_id: UUID) -> dict[str, Any]:
    told = {name: value for name, value in vars(row).items() if name not in _NOT_STAGED}
    index = blind_index(row.cpr) if row.cpr else None
    return {**told, "operator_id": operator_id, "settlement_id": settlement_id, "citizen_index": index}


@transaction.atomic
def upsert_attendance(rows: Sequence[AttendanceRow], *, municipality_id: UUID) -> UpsertResult:
    """Write who came on which days."""
    with connection.cursor() as cursor:
        return upsert(cursor, ATTENDANCE, numbered(rows), municipality_id=municipality_id)
