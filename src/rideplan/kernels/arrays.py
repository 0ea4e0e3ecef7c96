"""The arrays the inner loops work on.

Node `p < half` is the pickup of request `p`, `p + half` its delivery; behind them lie a first and a last depot node
for each class of slots. A slot is one trip that one vehicle may drive.
"""

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

Ints = npt.NDArray[np.int64]
Reals = npt.NDArray[np.float64]

# Positions in Data.flag
EXACT, PRICED, WISHED, APART, FAMILY = 0, 1, 2, 3, 4
# Positions in Data.knob
CHANGED_TIME, TOLERANCE, REMOVED, STRING, BLINK, WHOLE_ROUTE = 0, 1, 2, 3, 4, 5
# Positions in State.tally
OUT, CLOSED, SQUEEZE = 0, 1, 2
# Positions in State.total
COST, BEST = 0, 1
# Positions in Work.misc
STAMP, TOUCHED, REMOVED_NOW, CANDIDATES, OUT_BEFORE, BEST_SLOT, BEST_PICKUP, BEST_DELIVERY = 0, 1, 2, 3, 4, 5, 6, 7
EPSILON = 1e-7


class Data(NamedTuple):
    """The problem; nothing in it changes."""

    distance: Reals  # node × node
    time: Reals  # node × node, minutes
    open: Reals
    close: Reals
    service: Reals
    load: Ints  # node × dimension, what comes aboard
    ride: Reals  # request
    penalty: Reals  # request
    family: Ints  # request: label of those that ride together, or -1
    apart_from: Ints  # request + 1 offsets into apart_with
    apart_with: Ints
    seat: Reals  # request × slot: what it costs to put it there, infinite where it may not be
    slot_class: Ints
    slot_vehicle: Ints
    first: Ints  # slot: depot node
    last: Ints
    fixed: Reals  # vehicle
    per_km: Reals  # slot
    per_minute: Reals
    per_rider: Reals
    longest: Reals
    rest: Reals  # slot × (earliest, latest, duration); duration < 0: none
    capacity: Ints  # class × configuration × dimension
    wish: Reals  # request: pickup in the existing plan, or not a number
    near: Ints  # node × neighbours, for insertion
    around: Ints  # node × neighbours, for removal
    keys: Reals  # request × sort key
    flag: Ints
    knob: Reals


class State(NamedTuple):
    """The plan being searched, and the best one met."""

    route: Ints  # slot × position, depots included
    size: Ints  # slot: visits
    early: Reals  # slot × position
    late: Reals
    aboard: Ints  # slot × position × dimension
    price: Reals  # slot
    slot_of: Ints  # node, or -1
    out: Ints  # requests nobody drives
    used: Ints  # vehicle: trips
    absences: Ints  # request: how often it was left out
    tally: Ints
    total: Reals
    random: Ints
    best_route: Ints
    best_size: Ints


class Work(NamedTuple):
    """Room to work in, and what an iteration needs to take itself back."""

    line: Ints  # nodes of a candidate route
    low: Reals
    high: Reals
    stay: Reals
    leg: Reals
    when: Reals
    limit: Reals
    pair: Ints  # position of the pickup for a delivery, else -1
    where: Ints  # node: position
    rest_at: Ints  # one figure: position of the break, or -1
    candidate: Ints
    stamp: Ints
    mark: Ints
    removed: Ints
    key: Reals
    out_before: Ints
    is_touched: Ints
    touched: Ints
    offer: Reals  # one figure: the cheapest insertion
    misc: Ints
    old_route: Ints
    old_size: Ints
    old_early: Reals
    old_late: Reals
    old_aboard: Ints
    old_price: Reals
