"""Travel times from the distance as the crow flies. Crude (25-34 % mean error on hilly maps): plans are `estimated`."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from rideplan.model.problem import Travel
from rideplan.travel.provider import Positions

_EARTH = 6371.0088  # mean radius, km


@dataclass(frozen=True, slots=True)
class CrowFlight:
    """`a + b·H + c·√H` minutes for `H` km as the crow flies, times `1 + slack`; 0 between equal positions.

    Attributes:
        a: Minutes of any drive.
        b: Minutes a km.
        c: Minutes a root of a km.
        slack: Share added, so that a plan holds on a bad day.
        detour: Km driven for each km as the crow flies.
    """

    a: float = 1.0
    b: float = 1.0
    c: float = 1.0
    slack: float = 0.1
    detour: float = 1.3

    def table(self, positions: Positions) -> Travel:
        """Matrices in km and minutes, float32."""
        flight = haversine(positions)
        minutes = (self.a + self.b * flight + self.c * np.sqrt(flight)) * (1 + self.slack)
        duration = np.where(flight > 0, np.maximum(minutes, 0), 0)
        return Travel((flight * self.detour).astype(np.float32), duration.astype(np.float32), True, tuple(positions))  # noqa: FBT003  a dataclass's field


def haversine(positions: Positions) -> npt.NDArray[np.float64]:
    """Km between all positions (longitude, latitude in degrees)."""
    at = np.radians(np.asarray(positions, dtype=np.float64).reshape(-1, 2))
    east, north = at[:, 0], at[:, 1]
    half = np.sin((north[:, None] - north) / 2) ** 2
    half += np.cos(north[:, None]) * np.cos(north) * np.sin((east[:, None] - east) / 2) ** 2
    return np.asarray(2 * _EARTH * np.arcsin(np.sqrt(np.clip(half, 0, 1))))


def calibrate(flights: npt.ArrayLike, minutes: npt.ArrayLike, *, slack: float = 0.1, detour: float = 1.3) -> CrowFlight:
    """Fits a, b and c to observed trips by least squares.

    Args:
        flights: Km as the crow flies, one for each trip.
        minutes: How long it took.
        slack: Share added.
        detour: Km driven for each km as the crow flies.

    Raises:
        ValueError: Fewer than three trips, or figures that are not finite and positive.
    """
    km, taken = np.asarray(flights, dtype=np.float64), np.asarray(minutes, dtype=np.float64)
    if km.shape != taken.shape or km.ndim != 1 or len(km) < 3:  # noqa: PLR2004  three unknowns
        raise ValueError("flights, minutes: at least three trips, as many of the one as of the other")
    if not (np.isfinite(km).all() and np.isfinite(taken).all() and (km >= 0).all() and (taken > 0).all()):
        raise ValueError("flights, minutes: must be finite, and minutes positive")
    columns = np.stack([np.ones_like(km), km, np.sqrt(km)], axis=1)
    a, b, c = np.linalg.lstsq(columns, taken, rcond=None)[0]
    return CrowFlight(float(a), float(b), float(c), slack, detour)
