"""The cheapest place for one request on any route.

What was found for a route is kept in a memo and holds as long as nobody changes the route. Now and then the cheapest
place of a route is overlooked for the second best (a blink).
"""

from math import inf

from rideplan.kernels.arrays import (
    BARRED_DELIVERY,
    BARRED_PICKUP,
    BEST_DELIVERY,
    BEST_PICKUP,
    BEST_SLOT,
    BLINK,
    CANDIDATES,
    FAMILY,
    MADE_FOR,
    MOST,
    PLACE,
    PRICE,
    ROUTES,
    STAMP,
    UNIFORM,
    Data,
    State,
    Work,
)
from rideplan.kernels.chance import chance
from rideplan.kernels.compiled import inlined, kernel
from rideplan.kernels.insertion import scan
from rideplan.kernels.upkeep import keep, refresh, resize


@inlined
def consider(data: Data, work: Work, request: int, slot: int) -> None:
    """Puts a slot among the candidates, once."""
    if slot >= 0 and work.stamp[slot] != work.misc[STAMP] and data.seat[request, slot] < inf:
        work.stamp[slot] = work.misc[STAMP]
        work.candidate[work.misc[CANDIDATES]] = slot
        work.misc[CANDIDATES] += 1


@kernel
def companions_slot(data: Data, state: State, request: int) -> int:
    """The slot in which those ride that the request must ride with, or -1."""
    if data.family[request] >= 0:
        for other in range(data.ride.shape[0]):
            if data.family[other] == data.family[request] and state.slot_of[other] >= 0:
                return int(state.slot_of[other])
    return -1


@inlined
def empty_slots(data: Data, state: State, work: Work, request: int) -> None:
    """Adds one empty slot of each sort: slots of a class lie side by side, so equal ones follow each other."""
    for group in range(data.class_from.shape[0] - 1):
        drives, price = -1, -1.0
        for slot in range(data.class_from[group], data.class_from[group + 1]):
            if state.size[slot] > 0 or data.seat[request, slot] == inf:
                continue
            driven = 1 if state.used[data.slot_vehicle[slot]] > 0 else 0
            if data.seat[request, slot] != price or drives != driven:
                drives, price = driven, data.seat[request, slot]
                consider(data, work, request, slot)
                if data.flag[UNIFORM]:
                    break


@inlined
def candidates(data: Data, state: State, work: Work, request: int) -> None:
    """Writes the slots to look into: those of the companions, or near ones and empty ones."""
    work.misc[STAMP] += 1
    work.misc[CANDIDATES] = 0
    kin = companions_slot(data, state, request) if data.flag[FAMILY] else -1
    if kin >= 0:
        consider(data, work, request, kin)
        return
    delivery = request + data.ride.shape[0]
    for neighbour in range(data.near.shape[1]):
        consider(data, work, request, state.slot_of[data.near[request, neighbour]])
        consider(data, work, request, state.slot_of[data.near[delivery, neighbour]])
    if state.tally[ROUTES] < state.tally[MOST]:
        empty_slots(data, state, work, request)


@inlined
def choose(state: State, work: Work, slot: int, price: float, place: int) -> None:
    """Makes a place the best one so far."""
    width = state.route.shape[1]
    work.offer[0] = price
    work.misc[BEST_SLOT], work.misc[BEST_PICKUP], work.misc[BEST_DELIVERY] = slot, place // width, place % width


@inlined
def recall(data: Data, state: State, work: Work, request: int) -> None:
    """Takes the best of what the memo holds, and leaves in the list the slots to look into."""
    work.offer[0] = inf
    left = 0
    for row in range(work.misc[CANDIDATES]):
        slot = work.candidate[row]
        known = state.size[slot] > 0 and state.memo[request, slot, MADE_FOR] == state.version[slot]
        price, place = state.memo[request, slot, PRICE], state.memo[request, slot, PLACE]
        if known and price >= work.offer[0]:
            continue
        look = not known or place < 0
        if not look and chance(state.random) < data.knob[BLINK]:
            slot, look = -1 - slot, True
        if look:
            work.candidate[left] = slot
            left += 1
        else:
            choose(state, work, slot, price, int(place))
    work.misc[CANDIDATES] = left


@inlined
def bar(state: State, work: Work, request: int, slot: int) -> int:
    """Reads a slot of the list; where it stands for the second best place, bars the best one. Gives the slot."""
    work.misc[BARRED_PICKUP], work.misc[BARRED_DELIVERY] = -1, -1
    if slot >= 0:
        return slot
    place, width = int(state.memo[request, -1 - slot, PLACE]), state.route.shape[1]
    work.misc[BARRED_PICKUP], work.misc[BARRED_DELIVERY] = place // width, place % width
    return -1 - slot


@inlined
def find_place(data: Data, state: State, work: Work, request: int) -> bool:
    """The cheapest allowed insertion among near routes into `work.misc`; false where there is none."""
    candidates(data, state, work, request)
    recall(data, state, work, request)
    row, memo, width = 0, state.memo, state.route.shape[1]
    while row < work.misc[CANDIDATES]:
        listed = work.candidate[row]
        slot = bar(state, work, request, listed)
        row += 1
        bound, chosen = work.offer[0], work.misc[BEST_SLOT]
        place = work.misc[BEST_PICKUP] * width + work.misc[BEST_DELIVERY]
        if listed >= 0 and memo[request, slot, MADE_FOR] == state.version[slot] and memo[request, slot, PRICE] >= bound:
            continue
        scan(data, state, work, slot, slot, request)
        if listed < 0 or state.size[slot] == 0:
            continue
        memo[request, slot, MADE_FOR], memo[request, slot, PRICE] = state.version[slot], work.offer[0]
        memo[request, slot, PLACE] = -1
        if work.offer[0] < bound:
            memo[request, slot, PLACE] = work.misc[BEST_PICKUP] * width + work.misc[BEST_DELIVERY]
            if chance(state.random) < data.knob[BLINK]:
                choose(state, work, chosen, bound, place)
                work.candidate[work.misc[CANDIDATES]] = -1 - slot
                work.misc[CANDIDATES] += 1
    return bool(work.offer[0] < inf)


@inlined
def insert(data: Data, state: State, work: Work, request: int) -> None:
    """Carries out the insertion found."""
    slot, pickup, delivery = work.misc[BEST_SLOT], work.misc[BEST_PICKUP], work.misc[BEST_DELIVERY]
    keep(state, work, slot)
    route, size, half = state.route, state.size[slot], data.ride.shape[0]
    for position in range(size + 1, delivery, -1):
        route[slot, position + 2] = route[slot, position]
    route[slot, delivery + 2] = request + half
    for position in range(delivery, pickup, -1):
        route[slot, position + 1] = route[slot, position]
    route[slot, pickup + 1] = request
    resize(data, state, slot, size + 2)
    state.slot_of[request], state.slot_of[request + half] = slot, slot
    refresh(data, state, work, slot)
