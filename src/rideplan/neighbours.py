"""Which nodes are near each other."""

import numpy as np

from rideplan.kernels.arrays import Ints, Reals

_MOST_AROUND = 400
_WAITING = 0.2


def near(time: Reals, opens: Reals, closes: Reals, stays: Reals, number: int, most: int) -> Ints:  # noqa: PLR0913, PLR0917  the parts of a node
    """For each of `number` nodes those that may lie beside it on a route: short travel, little waiting, no delay."""
    onward = stays[:number, None] + time[:number, :number]
    waiting = np.maximum(opens[None, :number] - closes[:number, None] - onward, 0)
    delay = np.maximum(opens[:number, None] + onward - closes[None, :number], 0)
    reach = time[:number, :number] + _WAITING * waiting + delay
    reach = np.minimum(reach, reach.T)
    np.fill_diagonal(reach, np.inf)
    kept = max(1, min(most, number - 1))
    return np.ascontiguousarray(np.argsort(reach, axis=1, kind="stable")[:, :kept].astype(np.int64))


def around(distance: Reals, number: int) -> Ints:
    """For each of `number` nodes the nearest others, itself first."""
    found = np.argsort(distance[:number, :number], axis=1, kind="stable")
    return np.ascontiguousarray(found[:, : min(number, _MOST_AROUND)].astype(np.int64))
