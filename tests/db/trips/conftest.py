"""The tiny municipality with transport: one who rides to the workshop on weekdays, and a haulier's trips."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import pytest
from django.db import connection

from db.registers.registers import CLOSED, Registers
from styr.contracts.bulk import upsert_closing_days
from styr.transport import bulk as transport
from styr.transport.core.rows import OperatorRow, PriceRow, RideGrantRow, TransportPlaceRow
from styr.transport.shipped import take_shipped
from styr.trips.core.rows import TripRow
from styr.trips.ordering import By

if TYPE_CHECKING:
    from collections.abc import Callable
    from uuid import UUID

    from styr.access.core.roles import Role
    from styr.access.models import Municipality

TODAY = date(2026, 7, 20)
NOW = datetime(2026, 7, 20, 9, 30, tzinfo=UTC)
HAULIER = OperatorRow(name="Vognmand Ærø", kind="private", supplier_source_id="L1")
MOVIA = OperatorRow(name="Movia", kind="movia")
PRICES = (
    PriceRow(
        operator="Vognmand Ærø", product="Specialkørsel", valid_from=date(2025, 1, 1), start=Decimal(50),
        km=Decimal("12.35"), waiting_minute=Decimal(5), no_show=Decimal(60), lift=Decimal(100),
    ),
    PriceRow(operator="Movia", product="Flexrute vogn", valid_from=date(2025, 1, 1), day=Decimal(2000),
             fee_share=Decimal("0.05")),
)  # fmt: skip
PLACES = (
    TransportPlaceRow(
        number="H1", kind="home", street="Ellevej 2", postal_code="9999", town="Eksempel", citizen_source_id="1002",
        latitude=Decimal("56.01"), longitude=Decimal("8.55"),
    ),
    TransportPlaceRow(
        number="M1", kind="destination", name="Værkstedet", calendar="Værkstedet", bell_in="08:30", bell_out="15:00"
    ),
)  # fmt: skip
RIDE = RideGrantRow(
    grant_source_id="SAG-77", criterion="K17", operator="Vognmand Ærø", home="H1", destination="M1",
    weekdays="man tir ons tor fre", out_arrive="08:30", back_leave="15:00", user_payment=Decimal(20),
    road_km=Decimal(10), companion=False, solo=False, aids=None, max_ride_minutes=45,
)  # fmt: skip
CLEAN = TripRow(
    operator="Vognmand Ærø", settlement="A-1", external_no="1", product="Specialkørsel",
    service_day=date(2026, 6, 1), cost=Decimal("173.50"), invoice_number="F1", citizen_source_id="1002",
    starts="07:50", ends="08:20", from_place="H1", to_place="M1", km=Decimal(10), minutes=30,
    user_payment=Decimal(20), account_string="5385911000100140",
)  # fmt: skip


def trip(number: str, **changed: Any) -> TripRow:
    """The clean trip with something else about it."""
    return replace(CLEAN, external_no=number, **changed)


@dataclass(frozen=True)
class Ridden:
    """The municipality, and whoever acts in it."""

    municipality_id: UUID
    by: Callable[[Role], By]


@pytest.fixture
def ridden(municipality: Municipality, scope: str) -> Ridden:
    """Registers, transport registers and the shipped criteria; no trips yet."""
    from personas import persona

    to = {"municipality_id": municipality.id}
    Registers(municipality.id).load()
    upsert_closing_days([CLOSED], **to)
    take_shipped(**to)
    for result in (
        transport.upsert_operators([HAULIER, MOVIA], **to),
        transport.upsert_prices(PRICES, **to),
        transport.upsert_places(PLACES, **to),
        transport.upsert_ride_grants([RIDE], **to),
    ):
        assert result.errors == ()

    def by(role: Role) -> By:
        user = persona(f"{role.value}-alle", municipality, role, None).user
        return By(municipality_id=municipality.id, actor_id=user.id, today=TODAY, now=NOW)

    return Ridden(municipality.id, by)


def rows_of(view: str) -> list[dict[str, Any]]:
    """Every row of a relation as the database has it."""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT * FROM {view}")  # noqa: S608 - names of our own
        names = [column[0] for column in cursor.description or ()]
        return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]
