"""From the rides to prices in force: what is counted, told, sealed, opened, judged, decided, and refused on the way."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING

import pytest
from django.db import connection

from db.tenders.rides import ASKED, NOW, RIDERS, filled, load
from keyed import program_of
from personas import persona
from styr.access.core.permissions import Permission
from styr.access.core.roles import Role
from styr.tenders import asking, awarding, bidding, judging, lotting, preparing, queries
from styr.tenders.acting import UnableToTenderError
from styr.tenders.api import lot_out
from styr.tenders.bidding import Received
from styr.tenders.core.codes import Element, SplitBy, TenderKind, TenderState
from styr.tenders.models import Bid, Lot, Tender
from styr.trips.ordering import By

if TYPE_CHECKING:
    from collections.abc import Callable
    from uuid import UUID

    from styr.access.models import Municipality
    from styr.tenders.judging import Judged

pytestmark = pytest.mark.django_db
UNTIL = datetime(2026, 8, 20, 12, tzinfo=UTC)


@pytest.fixture
def acts(municipality: Municipality, scope: str) -> Callable[..., By]:
    """Whoever acts, and when: the coordinator and the manager."""
    load(municipality.id)
    users = {
        role: persona(f"{role.value}-alle", municipality, role, None).user.id
        for role in (Role.TRANSPORT_COORDINATOR, Role.MANAGER, Role.CASEWORKER)
    }

    def by(role: Role = Role.TRANSPORT_COORDINATOR, now: datetime = NOW) -> By:
        return By(municipality_id=municipality.id, actor_id=users[role], today=now.date(), now=now)

    return by


def test_from_rides_to_prices_in_force(acts: Callable[..., By]) -> None:
    """Two lots, three bids, two judges, one decision, standstill, and the winner's prices from the first day."""
    made = preparing.make_tender(asked=ASKED, by=acts())
    _counted(made)
    _out(made, acts)
    late = UNTIL + timedelta(hours=1)
    _opened(made, acts, late)
    first, second = _judged(made, acts, late)
    _decided(made, acts(Role.MANAGER, late), acts(now=late), first, second)
    after = acts(Role.MANAGER, datetime(2026, 9, 1, 9, tzinfo=UTC))
    assert awarding.conclude(tender_id=made, by=after) == (2, 0), "Klit Minibus is no supplier yet: no contract"
    assert _schemes() == [
        ("Specialkørsel U1-1 Værkstedet", date(2027, 1, 1), 4000, 1150),
        ("Specialkørsel U1-2 Højagerskolen", date(2027, 1, 1), 4500, 1225),
    ]
    assert Tender.objects.get(id=made).state == TenderState.CONCLUDED
    _told_to_programs(made, acts().actor_id)


def _told_to_programs(made: UUID, user_id: UUID) -> None:
    view, _ = queries.lot_views(Tender.objects.get(id=made))
    assert lot_out(view, None).riders == 9
    view.lot.riders = 4
    few = lot_out(view, queries.awards_of(view.lot.tender)[0])
    assert (few.riders, few.trips, few.volumes, few.today, few.won) == (None, None, [], None, None)
    assert few.winner == "Klit Minibus"
    program = program_of(user_id, Permission.SEE_TRANSPORT)
    (listed,) = program.get("/api/v1/tenders").json()
    assert (listed["state"], listed["lots"], listed["bids"]) == ("concluded", 2, 3)
    told = program.get(f"/api/v1/tenders/{made}")
    assert [(lot["riders"], lot["winner"]) for lot in told.json()["lots"]] == [(9, "Klit Minibus"), (7, "Klit Minibus")]
    assert b"Hemmelig" not in told.content
    assert program.get("/api/v1/negotiations").status_code == 403


def _counted(made: UUID) -> None:
    views = queries.lot_views(Tender.objects.get(id=made))
    assert [(one.lot.name, one.lot.riders) for one in views] == [("Værkstedet", 9), ("Højagerskolen", 7)]
    workshop, school = views
    # Ten days' trips both ways, counted over the year as they are; one of them was in vain.
    assert {one.element: one.quantity for one in workshop.volumes} == {"start": 179, "km": 1800, "no_show": 1}
    assert workshop.lot.ending == 1, "the one whose grant ends a month into the contract"
    assert workshop.volumes[0].low == 160
    assert (workshop.lot.measured_percent, workshop.lot.today_ore) == (100, 180 * 17_000)
    assert school.lot.measured_percent < 100, "one has no trips: the calendar stands in"
    assert all(line.riders >= 5 for one in views for line in one.routes)
    assert sum(line.riders for one in views for line in one.routes) == RIDERS
    told = " ".join(str(line) for one in views for line in one.routes)
    assert "Hemmelig" not in told
    assert "Rytter" not in told


def _out(made: UUID, acts: Callable[..., By]) -> None:
    asking.publish(tender_id=made, questions_until=date(2026, 8, 10), bids_until=UNTIL, by=acts())
    asking.ask(tender_id=made, text="Må vi bruge elbiler?", by=acts())
    tender = Tender.objects.get(id=made)
    asking.answer(question_id=tender.questions.get().id, text="Ja.", by=acts())
    bids = {
        "Vognmand Ærø": {1: ("50", "12", "60"), 2: ("50", "12", "60")},
        "Klit Minibus": {1: ("40", "11.5", "60"), 2: ("45", "12.25", "0")},
        "Billig Bus": {1: ("5", "1", "0")},
    }
    for name, prices in bids.items():
        received = Received(bidder=name, cvr="", operator_id=_operator(name), content=filled(tender, prices))
        bidding.receive(tender_id=made, received=received, by=acts())
    assert b"Priser" not in bytes(Bid.objects.first().content)  # type: ignore[union-attr]


def _opened(made: UUID, acts: Callable[..., By], late: datetime) -> None:
    for role in (Role.TRANSPORT_COORDINATOR, Role.MANAGER):
        bidding.declare(tender_id=made, conflict=False, text="", by=acts(role))
    _refused("fristen", lambda: bidding.open_bids(tender_id=made, by=acts()))
    assert not bidding.open_bids(tender_id=made, by=acts(now=late))
    _refused("En anden", lambda: bidding.open_bids(tender_id=made, by=acts(now=late)))
    assert bidding.open_bids(tender_id=made, by=acts(Role.MANAGER, late))


def _judged(made: UUID, acts: Callable[..., By], late: datetime) -> tuple[Judged, Judged]:
    tender = Tender.objects.get(id=made)
    bids = judging.judged_bids(tender)
    points = {
        (bid.id, one.id): (9 if bid.bidder == "Klit Minibus" else 6, "som beskrevet")
        for bid in bids for one in tender.criteria.all()
    }  # fmt: skip
    judging.give_points(tender_id=made, points=points, by=acts(now=late))
    alone = awarding.judged(tender)[0]
    assert all(placed.service_points is None for placed in alone.placed), "one alone is not shown"
    judging.give_points(tender_id=made, points=points, by=acts(Role.MANAGER, late))
    first, second = awarding.judged(tender)
    names = {bid.id: bid.bidder for bid in bids}
    assert [names[one.bid_id] for one in first.placed] == ["Billig Bus", "Klit Minibus", "Vognmand Ærø"]
    assert first.placed[0].abnormal is not None
    assert first.placed[0].total_ore == 179 * 500 + 1800 * 100
    assert names[second.placed[0].bid_id] == "Klit Minibus"
    return first, second


def _decided(made: UUID, manager: By, coordinator: By, first: Judged, second: Judged) -> None:
    best: dict[UUID, UUID | None] = {one.lot.id: one.placed[0].bid_id for one in (first, second)}

    def award(by: By) -> None:
        awarding.award(tender_id=made, chosen=best, reason="Bedste forhold mellem pris og service.", by=by)

    _refused("unormalt lav", lambda: award(manager))
    bidding.leave_out(bid_id=first.placed[0].bid_id, reason="Kunne ikke forklare prisen.", by=manager)
    best[first.lot.id] = first.placed[1].bid_id
    _refused("rolle", lambda: award(coordinator))
    award(manager)
    awarding.take_back_award(tender_id=made, by=manager)
    award(manager)
    awarding.tell_bidders(tender_id=made, by=manager)
    assert Tender.objects.get(id=made).standstill_until == date(2026, 8, 31), "ten days end on a Sunday"
    _refused("Standstill", lambda: awarding.conclude(tender_id=made, by=manager))


def test_lots_are_changed_by_hand_and_counted_anew(acts: Callable[..., By]) -> None:
    """A group goes to a lot of its own, which is too few to be told of; the lots are put together again."""
    made = preparing.make_tender(asked=ASKED, by=acts())
    tender = Tender.objects.get(id=made)
    workshop, school = queries.lot_views(tender)
    before = sum(one.trips for one in (workshop, school))
    asked = [row.quantity for one in (workshop, school) for row in one.volumes if row.element == Element.START.value]
    assert before == sum(asked), "the trips told are those that bids are compared on"
    small = next(group for group in workshop.groups if group.riders < 5)
    group = lotting.Group(destination_id=small.destination_id, area=small.area, need=small.need)
    lotting.move_group(tender_id=made, from_lot=workshop.lot.id, group=group, to_lot=None, by=acts())
    views = queries.lot_views(tender)
    assert [one.lot.number for one in views] == [1, 2, 3]
    assert sum(one.trips for one in views) == before
    assert views[2].routes == ()
    _refused("færre end 5", lambda: asking.publish(
        tender_id=made, questions_until=date(2026, 8, 10), bids_until=UNTIL, by=acts()))  # fmt: skip
    lotting.set_volume(
        lot_id=views[1].lot.id, element=Element.KM, quantity=Decimal(20_000), note="Ny omkørsel", by=acts()
    )
    lotting.merge_lots(tender_id=made, lot_id=views[2].lot.id, into=views[1].lot.id, by=acts())
    merged = queries.lot_views(tender)[1]
    assert {one.element: one.quantity for one in merged.volumes}["km"] == 20_000, "what a person said stays"
    lotting.propose_again(tender_id=made, split_by=SplitBy.WHOLE, by=acts())
    assert Lot.objects.get(tender=tender).riders == RIDERS


def test_who_may_not_and_what_makes_no_sense_is_refused(acts: Callable[..., By]) -> None:
    """A caseworker, a tender of nothing, an uninvited bidder, a late bid, and a person with an interest."""
    _refused("rolle", lambda: preparing.make_tender(asked=ASKED, by=acts(Role.CASEWORKER)))
    nothing = replace(ASKED, choice=replace(ASKED.choice, areas=(999,)))
    _refused("Ingen bevillinger", lambda: preparing.make_tender(asked=nothing, by=acts()))
    mini = preparing.make_tender(asked=replace(ASKED, kind=TenderKind.MINI), by=acts())
    dates = {"questions_until": date(2026, 8, 10), "bids_until": UNTIL}
    _refused("indbydes", lambda: asking.publish(tender_id=mini, by=acts(), **dates))  # type: ignore[arg-type]
    asking.invite(tender_id=mini, operator_ids=[_operator("Klit Minibus")], by=acts())  # type: ignore[list-item]
    asking.publish(tender_id=mini, by=acts(), **dates)  # type: ignore[arg-type]
    tender = Tender.objects.get(id=mini)
    content = filled(tender, {1: ("40", "10", "0")}, spoil="efter aftale")
    uninvited = Received(bidder="Vognmand Ærø", cvr="", operator_id=_operator("Vognmand Ærø"), content=content)
    _refused("indbudt", lambda: bidding.receive(tender_id=mini, received=uninvited, by=acts()))
    invited = replace(uninvited, bidder="Klit Minibus", operator_id=_operator("Klit Minibus"))
    late = UNTIL + timedelta(minutes=1)
    _refused("Fristen", lambda: bidding.receive(tender_id=mini, received=invited, by=acts(now=late)))
    bid = bidding.receive(tender_id=mini, received=invited, by=acts())
    bidding.declare(tender_id=mini, conflict=True, text="Min bror ejer Klit Minibus", by=acts())
    _refused("interessekonflikt", lambda: bidding.open_bids(tender_id=mini, by=acts(now=late)))
    _refused("Erklær først", lambda: bidding.open_bids(tender_id=mini, by=acts(Role.MANAGER, late)))
    bidding.declare(tender_id=mini, conflict=False, text="", by=acts())
    bidding.declare(tender_id=mini, conflict=False, text="", by=acts(Role.MANAGER))
    bidding.open_bids(tender_id=mini, by=acts(now=late))
    bidding.open_bids(tender_id=mini, by=acts(Role.MANAGER, late))
    assert Bid.objects.get(id=bid).faults == [
        "Række 6, Pris i kr. for 1-start: Prisen er ikke et tal. Skriv fx 12,50. Der står »efter aftale«."
    ]
    bidding.mend(bid_id=bid, content=filled(tender, {1: ("40", "10", "0")}), note="Skrivefejl", by=acts(now=late))
    assert Bid.objects.get(id=bid).faults == []
    assert Bid.objects.get(id=bid).prices.count() == 3


def _refused(words: str, act: Callable[[], object]) -> None:
    with pytest.raises(UnableToTenderError, match=words):
        act()


def _operator(name: str) -> UUID | None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT id FROM transport_operator WHERE name = %s", [name])
        found = cursor.fetchone()
    return found[0] if found else None


def _schemes() -> list[tuple[object, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT product, valid_from, start_ore, km_ore FROM transport_pricescheme"
            " WHERE product LIKE '%U1-%' ORDER BY 1"
        )
        return list(cursor.fetchall())
