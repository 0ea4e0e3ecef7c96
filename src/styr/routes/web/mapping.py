"""A plan's routes as GeoJSON for the map: longitude and latitude, a line a route and a point a stop."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.conf import settings

from styr.routes.core.codes import Way
from styr.routes.templatetags.routes import clock_face

if TYPE_CHECKING:
    from styr.routes.queries import PlanSheet, RouteLine
    from styr.routes.stops import RideLine
    from styr.transport.whereabouts import Whereabouts


def map_of(sheet: PlanSheet) -> dict[str, Any]:
    """The features, and the tiles beneath them where the municipality has a server of its own."""
    rides = {line.ride.id: line for line in sheet.driven}
    found: list[dict[str, Any]] = []
    for number, route in enumerate(sheet.routes):
        mine = [line for line in rides.values() if line.ride.route_id == route.route.id]
        found.extend(_features(sheet, route, mine, number))
    return {"tiles": settings.STYR_MAP_TILES, "type": "FeatureCollection", "features": found}


def _features(sheet: PlanSheet, route: RouteLine, rides: list[RideLine], number: int) -> list[dict[str, Any]]:
    garage = sheet.places.get(route.vehicle.garage_id)
    stops = sorted(stop for line in rides for stop in _stops(sheet, line))
    line = [at for place in (garage, *(place for _, _, place in stops), garage) if (at := _at(place))]
    told = {"route": number, "vehicle": route.vehicle.name, "way": route.way.danish}
    drawn: list[dict[str, Any]] = []
    if len(line) > 1:  # else there is nothing to draw a line between: places may have lost their coordinates
        drawn.append({"type": "Feature", "geometry": {"type": "LineString", "coordinates": line}, "properties": told})
    seen: set[str] = set()
    for _, minute, place in stops:
        at = _at(place)
        if at is None or str(place.place_id) in seen:
            continue
        seen.add(str(place.place_id))
        words = f"{clock_face(minute)} {place.written}"
        drawn.append(
            {"type": "Feature", "geometry": {"type": "Point", "coordinates": at},
             "properties": told | {"words": words, "home": place.home}}
        )  # fmt: skip
    return drawn


def _stops(sheet: PlanSheet, line: RideLine) -> list[tuple[int, int, Whereabouts]]:
    ride, out = line.ride, line.way is Way.OUT
    ends = (ride.home_id, ride.goal_id) if out else (ride.goal_id, ride.home_id)
    orders = (ride.pickup_order or 0, ride.dropoff_order or 0)
    minutes = (ride.pickup or 0, ride.dropoff or 0)
    hidden = ride.home_id if line.protected else None
    return [
        (order, minute, sheet.places[place])
        for order, minute, place in zip(orders, minutes, ends, strict=True)
        if place is not None and place in sheet.places and place != hidden
    ]


def _at(place: Whereabouts | None) -> list[float] | None:
    if place is None or place.longitude is None or place.latitude is None:
        return None
    return [place.longitude, place.latitude]
