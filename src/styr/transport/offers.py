"""The vehicles that a plan may be offered, with the prices of their operators on the day."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from django.db import connection

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date
    from decimal import Decimal
    from uuid import UUID

# An operator's price for a day with a vehicle stands before its prices for single trips.
_OFFERS: Final = """
SELECT v.id, v.name, o.name, o.kind, v.seats, v.wheelchairs, v.lift, coalesce(v.co2_g_km, 0),
       coalesce(p.day_ore, 0), coalesce(p.km_ore, 0), coalesce(p.minute_ore, 0), p.operator_id IS NOT NULL,
       coalesce(p.start_ore, 0), coalesce(p.lift_ore, 0), coalesce(p.fee_percent, 0)
FROM transport_vehicle v JOIN transport_operator o ON o.id = v.operator_id
LEFT JOIN LATERAL (
    SELECT * FROM rel_price_scheme s
    WHERE s.operator_id = o.id AND s.valid_from <= %(day)s AND (s.valid_to IS NULL OR s.valid_to > %(day)s)
    ORDER BY (s.day_ore > 0) DESC, s.product LIMIT 1
) p ON TRUE
WHERE v.seats > 0 AND (%(all)s OR v.id = ANY (%(vehicles)s))
ORDER BY o.kind, o.name, v.name, v.id
"""


@dataclass(frozen=True, slots=True)
class Offer:
    """One vehicle and what it costs; `priced` is False where its operator has no price on the day."""

    vehicle_id: UUID
    vehicle: str
    operator: str
    kind: str
    seats: int
    wheelchairs: int
    lift: bool
    co2_g_km: int
    day_ore: int
    km_ore: int
    minute_ore: int
    priced: bool
    start_ore: int
    lift_ore: int
    fee_percent: Decimal

    @property
    def name(self) -> str:
        """The vehicle and whose it is."""
        return f"{self.vehicle}, {self.operator}"[:120]


def offers(*, day: date, vehicles: Sequence[UUID] | None = None) -> list[Offer]:
    """The vehicles with room for anybody, all of them or those named, at the day's prices. One query."""
    with connection.cursor() as cursor:
        cursor.execute(_OFFERS, {"day": day, "all": vehicles is None, "vehicles": list(vehicles or ())})
        return [Offer(*row) for row in cursor.fetchall()]
