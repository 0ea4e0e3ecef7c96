"""Trips, their settlement, a complaint and a route plan."""

from uuid import UUID

from db.routes.conftest import DAY, FILES, asked, goal, planned, trips
from db.tenders import rides
from styr.access.core.roles import Role
from styr.access.scope import service_scope
from styr.integrations.services import import_paths
from styr.routes.models import PlanRide
from styr.tenders.preparing import make_tender
from styr.transport.models import Place, Vehicle
from styr.trips.complaining import ComplaintFacts, note_complaint
from styr.trips.core.codes import ComplaintKind
from styr.trips.models import Settlement
from styr.trips.ordering import By
from web.steps.town import Beside

ABOUT: dict[str, dict[str, str]] = {
    "settlement": {"settlement_id": "settlement"},
    "ride_changes": {"ride_place_id": "destination"},
    "complaint": {"complaint_id": "complaint"},
    "route_plan": {"route_plan_id": "route_plan"},
    "route_plan_map": {"route_plan_id": "route_plan"},
    "route_plan_drivers": {"route_plan_id": "route_plan"},
    "route_plan_ride": {"route_plan_id": "route_plan", "ride_id": "ride"},
    "transport_record": {"record_id": "destination"},
    "fleet_vehicle": {"vehicle_id": "bus"},
    "tender": {"tender_id": "tender"},
}


def made(town: Beside) -> dict[str, UUID]:
    """Two citizens who ride to a workshop, four weeks of trips, and a plan of a Monday."""
    municipality = town.municipality
    tender = _tender(town)
    folder = town.folder / "transport"
    folder.mkdir()
    for name, text in (FILES | {"ture": trips()}).items():
        (folder / f"{name}.csv").write_text(text, encoding="utf-8")
    report = import_paths(paths=[folder], municipality_id=municipality.id, now=town.now, actor="test", processes=0)
    assert not report.problems, [str(problem) for problem in report.problems]
    coordinator = town.people[Role.TRANSPORT_COORDINATOR]
    with service_scope(municipality.id, "test"):
        settlement = Settlement.objects.get(number="A1")
        late = ComplaintFacts(
            kind=ComplaintKind.LATE, happened_on=DAY, text="Bussen kom 40 minutter for sent.", minutes=40,
            operator_id=settlement.operator_id,
        )  # fmt: skip
        by = By(municipality_id=municipality.id, actor_id=coordinator.user.id, today=town.today, now=town.now)
        complaint = note_complaint(facts=late, by=by)
        workshop = Place.objects.get(number="M1").id
        assert workshop == goal()
        wanted = asked()
        bus = Vehicle.objects.get(name="Bus 1").id
    with service_scope(municipality.id, "test"):
        plan = planned(municipality, coordinator, wanted)
        ride = PlanRide.objects.filter(plan_id=plan, route__isnull=False).values_list("id", flat=True)[0]
    return {
        "settlement": settlement.id, "complaint": complaint, "destination": workshop, "route_plan": plan, "ride": ride,
        "bus": bus, "tender": tender,
    }  # fmt: skip


def _tender(town: Beside) -> UUID:
    """A tender that is being prepared, of sixteen who ride: on the days of its own tests, so that it never is late."""
    by = By(
        municipality_id=town.municipality.id, actor_id=town.who(Role.TRANSPORT_COORDINATOR), today=rides.TODAY,
        now=rides.NOW,
    )  # fmt: skip
    with service_scope(town.municipality.id, "test"):
        rides.load(town.municipality.id)
        return make_tender(asked=rides.ASKED, by=by)
