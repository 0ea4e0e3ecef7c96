"""Where the invented town lies: its outline as degrees, all of it on dry land, and distances within it.

The outline is drawn inland in western Jutland; the town, its roads and its people are invented.
"""

from __future__ import annotations

from math import asin, cos, radians, sin, sqrt
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from random import Random

Point = tuple[float, float]
"""Latitude and longitude, degrees."""

OUTLINE: tuple[Point, ...] = (
    *((56.128, 8.412), (56.141, 8.498), (56.132, 8.601), (56.117, 8.688), (56.071, 8.731), (56.019, 8.742)),
    *((55.968, 8.716), (55.946, 8.634), (55.941, 8.541), (55.957, 8.463), (56.004, 8.428), (56.066, 8.405)),
)
CENTRES: dict[str, Point] = {
    "9731": (56.041, 8.561),
    "9733": (56.092, 8.470),
    "9736": (56.098, 8.602),
    "9738": (55.985, 8.520),
    "9739": (56.061, 8.676),
    "9742": (55.992, 8.642),
    "9744": (56.020, 8.470),
    "9747": (55.965, 8.588),
}
"""The middle of each postcode's village."""

EARTH_KM = 6371.0
DETOUR = 1.3
"""Roads are so much longer than the crow flies."""


def inside(point: Point) -> bool:
    """Whether a point lies within the outline (counting the sides that a line westwards crosses)."""
    latitude, longitude = point
    crossed = False
    for (a_lat, a_lon), (b_lat, b_lon) in zip(OUTLINE, (*OUTLINE[1:], OUTLINE[0]), strict=True):
        if (a_lat > latitude) != (b_lat > latitude):
            where = a_lon + (latitude - a_lat) * (b_lon - a_lon) / (b_lat - a_lat)
            crossed ^= longitude < where
    return crossed


def near(rng: Random, centre: Point, spread: float) -> Point:
    """A point within the outline, some way from a centre (degrees of latitude), with six decimals."""
    while True:
        found = (
            round(rng.gauss(centre[0], spread), 6),
            round(rng.gauss(centre[1], spread * 1.8), 6),
        )
        if inside(found):
            return found


def road_km(one: Point, other: Point) -> float:
    """The invented road between two points: the great circle and a detour, km."""
    lat_a, lat_b = radians(one[0]), radians(other[0])
    half = sin((lat_b - lat_a) / 2) ** 2 + cos(lat_a) * cos(lat_b) * sin(radians(other[1] - one[1]) / 2) ** 2
    return 2 * EARTH_KM * asin(sqrt(half)) * DETOUR
