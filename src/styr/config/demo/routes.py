"""The example's route plan: the rides to the busiest place in the municipality's own vehicles, not yet decided."""

from datetime import date, datetime, timedelta
from typing import Final
from uuid import UUID

from rich.console import Console

from styr.access.colleagues import colleagues_who
from styr.access.core.permissions import Permission
from styr.access.scope import service_scope
from styr.routes.queries import plan_cards
from styr.routes.services import Asked, ask_for_plan
from styr.routes.solving import work_out
from styr.transport.core.codes import OperatorKind
from styr.transport.offers import offers
from styr.transport.whereabouts import garages
from styr.trips.riding import places_ridden_to

_SECONDS: Final = 5
_MOST_VEHICLES: Final = 6
_OWN_DAY_ORE: Final = 900_00


def plan_routes(*, municipality_id: UUID, today: date, now: datetime, console: Console) -> None:
    """Plan a Monday where nobody has planned anything; a second run changes nothing."""
    monday = today + timedelta(days=7 - today.weekday())
    with service_scope(municipality_id, "demo"):
        able = colleagues_who(Permission.EDIT_TRANSPORT, unit_id=None, on=today)
        places, stands = places_ridden_to(today), garages()
        own = [offer for offer in offers(day=monday) if offer.kind == OperatorKind.OWN]
        if plan_cards() or not (able and places and stands and own):
            return
        busiest = max(places, key=lambda place: (place.riders, place.name))
        asked = Asked(
            name=f"{busiest.name} med egne vogne",
            day=monday,
            goals=(busiest.id,),
            vehicles=tuple(offer.vehicle_id for offer in own[:_MOST_VEHICLES]),
            garage=stands[0].place_id,
            own_day_ore=_OWN_DAY_ORE,
            seconds=_SECONDS,
        )
        plan_id = ask_for_plan(
            municipality_id=municipality_id, asked=asked, actor_id=able[0].id, today=today, now=now
        )  # fmt: skip
    with console.status("Lægger ruter"):
        work_out(municipality_id=municipality_id, plan_id=plan_id, now=lambda: now)
