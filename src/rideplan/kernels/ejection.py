# ruff: noqa: PLR0913, PLR0917  a trial has these parts, and a tuple for them would cost time
"""Makes room by throwing others out: those that were hardest to place least of all.

After Nagata & Kobayashi, Guided Ejection Search for the Pickup and Delivery Problem with Time Windows (2010).
"""

from math import inf

from rideplan.kernels.arrays import (
    BARRED_PICKUP,
    BEST_DELIVERY,
    BEST_PICKUP,
    BEST_SLOT,
    CANDIDATES,
    COST,
    FAMILY,
    OUT,
    REMOVED_NOW,
    TOUCHED,
    Data,
    State,
    Work,
)
from rideplan.kernels.chance import below
from rideplan.kernels.choosing import candidates, insert
from rideplan.kernels.compiled import inlined
from rideplan.kernels.insertion import scan
from rideplan.kernels.removal import drop_marked, take
from rideplan.kernels.upkeep import add_up, windows

# Positions in Work.thrown
SLOT, PICKUP, DELIVERY, FIRST, SECOND, DIFFICULTY = 0, 1, 2, 3, 4, 5


@inlined
def fits_without(data: Data, state: State, work: Work, slot: int, request: int, first: int, second: int) -> bool:
    """Whether a request finds a place in a route from which one or two others (`second < 0`: one) are taken."""
    half, row, kept = data.ride.shape[0], data.slot_class.shape[0], 0
    for position in range(1, state.size[slot] + 1):
        node = state.route[slot, position]
        rider = node if node < half else node - half
        if rider not in (first, second):
            kept += 1
            state.route[row, kept] = node
    state.size[row] = kept
    windows(data, state, slot, row)
    work.offer[0] = inf
    work.misc[BARRED_PICKUP] = -1
    scan(data, state, work, slot, row, request)
    state.size[row] = 0
    return bool(work.offer[0] < inf)


@inlined
def search_slot(data: Data, state: State, work: Work, slot: int, request: int) -> None:
    """Looks for the one or two riders of a route that are easiest to place elsewhere and make room."""
    half, thrown = data.ride.shape[0], work.thrown
    for front in range(1, state.size[slot] + 1):
        first = state.route[slot, front]
        if first >= half or state.absences[first] >= thrown[DIFFICULTY]:
            continue
        for back in range(front, state.size[slot] + 1):
            second, difficulty = -1, state.absences[first]
            if back > front:
                second = state.route[slot, back]
                if second >= half:
                    continue
                difficulty += state.absences[second]
            if difficulty >= thrown[DIFFICULTY]:
                continue
            if fits_without(data, state, work, slot, request, first, second):
                thrown[SLOT], thrown[FIRST], thrown[SECOND], thrown[DIFFICULTY] = slot, first, second, difficulty
                thrown[PICKUP], thrown[DELIVERY] = work.misc[BEST_PICKUP], work.misc[BEST_DELIVERY]


@inlined
def swap(data: Data, state: State, work: Work, request: int) -> None:
    """Takes out whom the search found, and puts the request in."""
    thrown = work.thrown
    slot = thrown[SLOT]
    work.misc[REMOVED_NOW], work.misc[TOUCHED] = 0, 0
    take(data, work, thrown[FIRST])
    if thrown[SECOND] >= 0:
        take(data, work, thrown[SECOND])
    drop_marked(data, state, work, slot)
    state.tally[OUT] -= 1
    for row in range(work.misc[REMOVED_NOW]):
        work.mark[work.removed[row]] = 0
        state.out[state.tally[OUT]] = work.removed[row]
        state.tally[OUT] += 1
    work.misc[BEST_SLOT], work.misc[BEST_PICKUP], work.misc[BEST_DELIVERY] = slot, thrown[PICKUP], thrown[DELIVERY]
    insert(data, state, work, request)
    work.is_touched[slot] = 0


@inlined
def eject(data: Data, state: State, work: Work) -> None:
    """Gives the request left out last the place of others, who are then left out."""
    request = state.out[state.tally[OUT] - 1]
    state.absences[request] += 1
    if data.flag[FAMILY]:
        return
    candidates(data, state, work, request)
    number = work.misc[CANDIDATES]
    start = below(state.random, number)
    work.thrown[SLOT], work.thrown[DIFFICULTY] = -1, 1 << 60
    for turn in range(number):
        slot = work.candidate[(start + turn) % number]
        search_slot(data, state, work, slot, request)
    if work.thrown[SLOT] >= 0:
        swap(data, state, work, request)
        state.total[COST] = add_up(data, state)
