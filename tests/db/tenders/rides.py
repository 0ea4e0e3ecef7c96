"""Sixteen who ride: nine to the workshop, seven to the school, two of them alike to nobody; and a month of trips."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from io import BytesIO
from typing import TYPE_CHECKING

import openpyxl

from db.registers.registers import SUPPLIER, Registers
from styr.grants import bulk as grants
from styr.grants.core.rows import GrantRow
from styr.people import bulk as people
from styr.people.core.rows import CitizenRow
from styr.tenders.bidding import sheet_lots
from styr.tenders.core.codes import Element, SplitBy, TenderKind
from styr.tenders.core.price_sheet import price_sheet
from styr.tenders.gathering import Choice
from styr.tenders.preparing import NewTender
from styr.transport import bulk as transport
from styr.transport.core.rows import OperatorRow, PriceRow, RideGrantRow, TransportPlaceRow
from styr.transport.shipped import take_shipped
from styr.trips.bulk import land_trips
from styr.trips.core.rows import TripRow

if TYPE_CHECKING:
    from uuid import UUID

    from styr.tenders.models import Tender

TODAY = date(2026, 7, 20)
NOW = datetime(2026, 7, 20, 9, 30, tzinfo=UTC)
BASIS = date(2025, 7, 1), date(2026, 7, 1)
RIDERS = 16
AT_THE_WORKSHOP = 9
PROTECTED = 3
"""The number of the one whose address is protected."""
HAULIERS = (
    OperatorRow(name="Vognmand Ærø", kind="private", supplier_source_id=SUPPLIER.source_id),
    OperatorRow(name="Klit Minibus", kind="private"),
)
PRICE = PriceRow(
    operator="Vognmand Ærø", product="Specialkørsel", valid_from=date(2025, 1, 1), start=Decimal(50), km=Decimal(12)
)
ASKED = NewTender(
    name="Specialkørsel 2027", kind=TenderKind.OPEN, choice=Choice(), split_by=SplitBy.DESTINATION,
    basis_from=BASIS[0], basis_to=BASIS[1], starts=date(2027, 1, 1), ends=date(2029, 1, 1),
    elements=(Element.START, Element.KM, Element.NO_SHOW),
)  # fmt: skip


def load(municipality_id: UUID) -> None:
    """Citizens, grants, places, two hauliers, and for all but the last citizen twenty trips in June."""
    to = {"municipality_id": municipality_id}
    Registers(municipality_id).load()
    take_shipped(**to)
    numbers = range(1, RIDERS + 1)
    for result in (
        people.upsert_citizens([_citizen(number) for number in numbers], **to),
        grants.upsert_grants([_grant(number) for number in numbers], **to),
        transport.upsert_operators(HAULIERS, **to),
        transport.upsert_prices([PRICE], **to),
        transport.upsert_places([*PLACES, *(_home(number) for number in numbers)], **to),
        transport.upsert_ride_grants([_ride(number) for number in numbers], **to),
        land_trips([trip for number in numbers if number < RIDERS for trip in _trips(number)], now=NOW, **to),
    ):
        assert result.errors == (), result.errors


PLACES = (
    TransportPlaceRow(number="M1", kind="destination", name="Værkstedet"),
    TransportPlaceRow(number="M2", kind="destination", name="Højagerskolen"),
)


def filled(tender: Tender, prices: dict[int, tuple[str, str, str]], *, spoil: str = "", every: bool = False) -> bytes:
    """The price sheet as a bidder sends it back; `spoil` stands in the first price cell.

    Prices are for a trip, a kilometre and a trip in vain; with `every`, whatever else is asked for costs 1 kr.
    """
    lots = list(tender.lots.order_by("number").prefetch_related("volumes"))
    book = openpyxl.load_workbook(BytesIO(price_sheet("x", sheet_lots(lots, tender.elements), {})))
    sheet = book["Priser"]
    for row in sheet.iter_rows(min_row=6):
        number, _, element = str(row[0].value or "").partition("-")
        if not element or int(number) not in prices:
            continue
        given = dict(zip(("start", "km", "no_show"), prices[int(number)], strict=True))
        told = given.get(element, "1" if every else "")
        row[5].value = Decimal(told) if told else None
    if spoil:
        sheet["F6"].value = spoil
    target = BytesIO()
    book.save(target)
    return target.getvalue()


def _citizen(number: int) -> CitizenRow:
    return CitizenRow(
        source_id=f"R{number}", cpr=f"61{number % 12 + 1:02d}80{1300 + number}", first_name="Rytter",
        last_name=f"Nummer{number}", unit_source_id="11",
        protected_from=date(2020, 1, 1) if number == PROTECTED else None,
    )  # fmt: skip


def _grant(number: int) -> GrantRow:
    ends = date(2027, 2, 1) if number == 1 else None
    return GrantRow(
        source_id=f"G{number}", citizen_source_id=f"R{number}", section="SEL-117", status="granted",
        starts=date(2025, 1, 1), ends=ends,
    )  # fmt: skip


def _home(number: int) -> TransportPlaceRow:
    town = ("9990", "Skagen") if number % 2 else ("9900", "Frederikshavn")
    return TransportPlaceRow(
        number=f"H{number}", kind="home", street=f"Hemmelig Vej {number}", postal_code=town[0], town=town[1],
        citizen_source_id=f"R{number}", latitude=Decimal("57.5"), longitude=Decimal("10.4"),
    )  # fmt: skip


def _ride(number: int) -> RideGrantRow:
    aids = "kørestol" if number in {2, 12} else None
    return RideGrantRow(
        grant_source_id=f"G{number}", criterion="K17", operator="Vognmand Ærø", home=f"H{number}",
        destination="M1" if number <= AT_THE_WORKSHOP else "M2", weekdays="man tir ons tor fre", out_arrive="08:22",
        back_leave="15:00", user_payment=None, road_km=Decimal(10), companion=False, solo=number == RIDERS, aids=aids,
        max_ride_minutes=None,
    )  # fmt: skip


def _trips(number: int) -> list[TripRow]:
    goal = "M1" if number <= AT_THE_WORKSHOP else "M2"
    days = [date(2026, 6, 1) + timedelta(days=week * 7 + day) for week in range(2) for day in range(5)]
    return [
        TripRow(
            operator="Vognmand Ærø", settlement="A-1", external_no=f"{number}-{day}-{way}", product="Specialkørsel",
            service_day=day, cost=Decimal(170), citizen_source_id=f"R{number}", starts="07:50", ends="08:20",
            from_place=f"H{number}" if way else goal, to_place=goal if way else f"H{number}", km=Decimal(10),
            minutes=30, no_show=day == days[0] and bool(way) and number == 1,
        )
        for day in days for way in (1, 0)
    ]  # fmt: skip
