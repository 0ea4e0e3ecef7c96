"""The arrays the inner loops work on.

Node `p < half` is the pickup of request `p`, `p + half` its delivery; behind them lie a first and a last depot node
for each class of slots. A slot is one trip that one vehicle may drive.
"""

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

Ints = npt.NDArray[np.int64]
Shorts = npt.NDArray[np.int32]
Reals = npt.NDArray[np.float64]

# Positions in Data.flag
EXACT, PRICED, WISHED, APART, FAMILY, UNIFORM = 0, 1, 2, 3, 4, 5
# Positions in Data.knob
CHANGED_TIME, TOLERANCE, REMOVED, STRING, BLINK, WHOLE_ROUTE, EJECT_EVERY = 0, 1, 2, 3, 4, 5, 6
# Positions in State.tally; no route is opened beyond MOST; while SOFT, a plan that leaves somebody out is no answer
OUT, MOST, SQUEEZE, VISITS, ROUTES, VERSION, SOFT = 0, 1, 2, 3, 4, 5, 6
# Positions in State.total; routes of plans cheaper than NEARLY are kept
COST, BEST, FIXED, NEARLY = 0, 1, 2, 3
# Positions in the last axis of State.met; the visits follow
MET_SIZE, MET_CLASS, MET_FROM = 0, 1, 2
# Positions in the last axis of State.figure
EARLY, LATE, LEG, STEP = 0, 1, 2, 3
# Positions in the last axis of State.memo
MADE_FOR, PRICE, PLACE = 0, 1, 2
# Positions in Work.misc
STAMP, TOUCHED, REMOVED_NOW, CANDIDATES, OUT_BEFORE, BEST_SLOT, BEST_PICKUP, BEST_DELIVERY = 0, 1, 2, 3, 4, 5, 6, 7
BARRED_PICKUP, BARRED_DELIVERY = 8, 9
EPSILON = 1e-7


class Data(NamedTuple):
    """The problem; nothing in it changes."""

    time: Reals  # node × node, minutes
    time_into: Reals  # the same turned round, so that a row holds the ways into a node
    cost: Reals  # tariff × node × node: what driving costs
    cost_into: Reals  # turned round
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
    class_from: Ints  # class + 1: its first slot; slots of a class lie side by side
    tariff: Ints  # slot
    slot_vehicle: Ints
    first: Ints  # slot: depot node
    last: Ints
    fixed: Reals  # vehicle
    per_minute: Reals  # slot
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
    """The plan being searched, and the best one met.

    Behind the rows of the slots lies one more, the trial row, where a route is tried that nobody drives.
    """

    route: Ints  # row × position, depots included
    size: Ints  # row: visits
    figure: Reals  # row × position × (earliest, latest, minutes to the next, cost to the next)
    aboard: Ints  # row × position × dimension
    price: Reals  # row
    version: Ints  # row: a number for this very order of visits, never used for another
    memo: Reals  # request × slot × (version, cost of the best insertion or a bound below it, place or -1)
    slot_of: Ints  # node, or -1
    out: Ints  # requests nobody drives
    used: Ints  # vehicle: trips
    absences: Ints  # request: how often it was left out
    tally: Ints
    total: Reals
    random: Ints
    best_route: Ints
    best_size: Ints
    met: Shorts  # place × (visits, class, nodes): routes of good plans
    met_key: Ints
    met_price: Reals


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
    detour: Reals  # position: what the delivery costs behind it
    floor: Reals  # position: the least of the detours from there on
    candidate: Ints  # slots to look into; -1 - slot: look for its second best place
    stamp: Ints
    mark: Ints
    removed: Ints
    key: Reals
    out_before: Ints
    is_touched: Ints
    touched: Ints
    offer: Reals  # one figure: the cheapest insertion
    misc: Ints
    thrown: Ints  # the riders to throw out, and the place that makes
    old_route: Ints
    old_size: Ints
    old_figure: Reals
    old_aboard: Ints
    old_price: Reals
    old_version: Ints
