"""Routes as GeoJSON, for maps."""

import json

from rideplan.drawing.svg import places_of
from rideplan.model.plan import Route
from rideplan.model.problem import Problem


def draw_geojson(problem: Problem, routes: tuple[Route, ...]) -> str:
    """A feature collection: a line for each route, with vehicle, shift, start and end as properties.

    Raises:
        ValueError: The problem has no positions.
    """
    at = problem.travel.positions
    if not at:
        raise ValueError("travel.positions: the problem has none, so nothing can be drawn")
    features = [
        {
            "type": "Feature",
            "geometry": {"type": "LineString", "coordinates": [list(at[place]) for place in places_of(problem, route)]},
            "properties": {
                "vehicle": route.vehicle,
                "shift": route.shift,
                "start": route.start,
                "end": route.end,
                "requests": list(route.requests()),
            },
        }
        for route in routes
    ]
    return json.dumps({"type": "FeatureCollection", "features": features}) + "\n"
