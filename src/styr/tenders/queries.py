"""Tenders as pages and papers show them: rides are groups of citizens, and a bid's file stays sealed."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db import connection
from django.db.models import Count, Sum

from styr.tenders.acting import TenderNotVisibleError
from styr.tenders.core.anonymous import RouteLine, route_list
from styr.tenders.core.codes import Element, Need, TenderKind, TenderState
from styr.tenders.core.rides import YEAR
from styr.tenders.lotting import ride_of
from styr.tenders.models import Award, Bid, Lot, LotVolume, Tender, TenderPerson, TenderRide

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date, datetime
    from uuid import UUID


@dataclass(frozen=True, slots=True)
class TenderCard:
    """A tender in the list."""

    tender: Tender
    lots: int
    bids: int
    today_ore: int | None
    won_ore: int | None

    @property
    def state(self) -> TenderState:
        """How far it has come."""
        return TenderState(self.tender.state)

    @property
    def kind(self) -> TenderKind:
        """Who may bid."""
        return TenderKind(self.tender.kind)


@dataclass(frozen=True, slots=True)
class RideGroup:
    """Rides alike in a lot: what a person moves to another lot. For our own eyes: it may be a single citizen."""

    destination_id: UUID | None
    destination: str
    area: str
    need: Need
    riders: int
    trips: int


@dataclass(frozen=True, slots=True)
class LotView:
    """A lot with its volumes in the tender's order, the groups that the caller sees, and its route list."""

    lot: Lot
    volumes: tuple[LotVolume, ...]
    groups: tuple[RideGroup, ...]
    routes: tuple[RouteLine, ...]

    @property
    def trips(self) -> int:
        """Single trips in a year as they are asked for: those of rides that began meanwhile count for a whole year."""
        asked = next((row.quantity for row in self.volumes if row.element == Element.START.value), None)
        return self.counted if asked is None else int(asked.to_integral_value())

    @property
    def counted(self) -> int:
        """The trips that were counted in the twelve months, or worked out for them."""
        return sum(self.lot.months)

    @property
    def busiest(self) -> int:
        """The trips of the busiest month."""
        return max(self.lot.months, default=0)


def tender_cards() -> list[TenderCard]:
    """The latest tenders. Two queries."""
    tenders = list(Tender.objects.annotate(held=Count("bids")).order_by("-made_at", "-id")[:200])
    sums: dict[UUID, Any] = {
        row["tender_id"]: row
        for row in Lot.objects.filter(tender__in=tenders).values("tender_id").annotate(
            lots=Count("id"), today=Sum("today_ore"), won=Sum("award__total_ore")
        )
    }  # fmt: skip
    none: Any = {"lots": 0, "today": None, "won": None}
    return [
        TenderCard(tender, found["lots"], tender.held, found["today"], found["won"])
        for tender in tenders
        for found in (sums.get(tender.id, none),)
    ]


def tender_of(tender_id: UUID) -> Tender:
    """The tender alone; raises `TenderNotVisibleError`. One query."""
    related = ("made_by", "first_opener", "second_opener", "decided_by")
    found = Tender.objects.select_related(*related).filter(id=tender_id).first()
    if found is None:
        raise TenderNotVisibleError
    return found


def lot_views(tender: Tender) -> list[LotView]:
    """The lots with volumes, groups and route lists of the rides that the caller sees. Three queries.

    A route list is made of all the lot's rides or not at all: a part of them could be too few.
    """
    lots = _lots(tender)
    held: defaultdict[UUID, list[TenderRide]] = defaultdict(list)
    for ride in tender.rides.all():
        held[ride.lot_id].append(ride)
    return [_view(tender, lot, held[lot.id]) for lot in lots]


def _lots(tender: Tender) -> list[Lot]:
    """The lots with their volumes. Two queries."""
    return list(tender.lots.order_by("number").prefetch_related("volumes"))


def _view(tender: Tender, lot: Lot, rides: Sequence[TenderRide]) -> LotView:
    volumes = {one.element: one for one in lot.volumes.all()}
    whole = len({ride.citizen_id for ride in rides}) == lot.riders
    return LotView(
        lot=lot,
        volumes=tuple(volumes[one] for one in tender.elements if one in volumes),
        groups=_groups(rides),
        routes=route_list([ride_of(row) for row in rides]) if whole else (),
    )


def _groups(rides: Sequence[TenderRide]) -> tuple[RideGroup, ...]:
    together: defaultdict[tuple[UUID | None, str, str, str], list[TenderRide]] = defaultdict(list)
    for ride in rides:
        together[ride.destination_id, ride.destination_name, ride.area, ride.need].append(ride)
    made = [
        RideGroup(
            destination_id, name, area, Need(need), len({ride.citizen_id for ride in held}),
            sum(ride.trips for ride in held),
        )
        for (destination_id, name, area, need), held in together.items()
    ]  # fmt: skip
    return tuple(sorted(made, key=lambda one: (-one.riders, one.destination, one.area, one.need)))


def value_ore(tender: Tender, lots: Sequence[Lot]) -> int | None:
    """What the whole contract costs at today's prices; None where a lot's are not known."""
    costs = [lot.today_ore for lot in lots]
    if not costs or None in costs:
        return None
    return sum(cost or 0 for cost in costs) * (tender.ends - tender.starts).days // YEAR


def people_of(tender: Tender) -> list[TenderPerson]:
    """Who has declared, with their names. One query."""
    return list(tender.people.select_related("user").order_by("declared_at"))


def bids_of(tender: Tender) -> list[Bid]:
    """The bids, without what is sealed. Two queries."""
    kept = tender.bids.defer("content", "attachment").select_related("received_by", "operator")
    return list(kept.prefetch_related("prices").order_by("bidder"))


def awards_of(tender: Tender) -> list[Award]:
    """Who each lot goes to. One query."""
    given = Award.objects.filter(lot__tender=tender).select_related("lot", "bid")
    return list(given.defer("bid__content", "bid__attachment").order_by("lot__number"))


def deadline_passed(tender: Tender, now: datetime) -> bool:
    """Whether bids may be opened."""
    return tender.bids_until is not None and now >= tender.bids_until


def elements_of(tender: Tender) -> list[Element]:
    """What is paid for, in the order of the price sheet."""
    return [Element(one) for one in tender.elements]


def operators() -> list[tuple[UUID, str]]:
    """The private operators, by name: whom a mini tender can invite and a bid can be from. One query."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT id, name FROM transport_operator WHERE kind = 'private' ORDER BY name")
        return list(cursor.fetchall())


@dataclass(frozen=True, slots=True)
class Choosable:
    """What rides can be chosen by: areas, criteria and destinations that some grant has, each with its name."""

    areas: tuple[tuple[int, str], ...]
    criteria: tuple[tuple[str, str], ...]
    destinations: tuple[tuple[UUID, str], ...]


_CHOOSABLE = """
SELECT DISTINCT r.area_no, a.name, c.code, c.name, p.id, p.name
FROM rel_ride_grant r JOIN transport_criterion c ON c.id = r.criterion_id
JOIN transport_area a ON a.id = c.area_id
LEFT JOIN transport_place p ON p.id = r.destination_place_id AND p.kind <> 'home'
WHERE r.ends IS NULL OR r.ends > %s
"""


def choosable(today: date) -> Choosable:
    """What the grants in force are by. One query."""
    with connection.cursor() as cursor:
        cursor.execute(_CHOOSABLE, [today])
        rows = cursor.fetchall()
    areas = {row[0]: f"{row[0]}. {row[1]}" for row in rows}
    criteria = {row[2]: f"{row[2]} {row[3]}" for row in rows}
    goals = {row[4]: row[5] for row in rows if row[4]}
    return Choosable(
        tuple(sorted(areas.items())),
        tuple(sorted(criteria.items())),
        tuple(sorted(goals.items(), key=lambda item: item[1])),
    )
