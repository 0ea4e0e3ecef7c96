# ruff: noqa: PLR0913, PLR0917  an insertion has these parts, and a tuple for them would cost time
"""The cheapest place for one request, with blinks (each position is overlooked now and then)."""

from math import inf

from rideplan.kernels.arrays import (
    APART,
    BEST_DELIVERY,
    BEST_PICKUP,
    BEST_SLOT,
    BLINK,
    CANDIDATES,
    CLOSED,
    EXACT,
    FAMILY,
    STAMP,
    Data,
    State,
    Work,
)
from rideplan.kernels.chance import chance
from rideplan.kernels.compiled import inlined, kernel
from rideplan.kernels.timing import lay, timed
from rideplan.kernels.upkeep import keep, refresh, resize


@inlined
def edge(data: Data, slot: int, origin: int, target: int) -> float:
    """What driving from one node to another costs."""
    driving = data.per_km[slot] * data.distance[origin, target]
    return float(driving + data.per_minute[slot] * data.time[origin, target])


@inlined
def fits(data: Data, state: State, slot: int, position: int, request: int) -> bool:
    """Whether the request fits beside those aboard after a position, in some configuration."""
    capacity, kind = data.capacity, data.slot_class[slot]
    for configuration in range(capacity.shape[1]):
        room = True
        for dimension in range(capacity.shape[2]):
            taken = state.aboard[slot, position, dimension] + data.load[request, dimension]
            if taken > capacity[kind, configuration, dimension]:
                room = False
                break
        if room:
            return True
    return False


@inlined
def position_of(work: Work, node: int, length: int) -> int:
    """Where a node stands in `work.line`, or -1."""
    for position in range(length):
        if work.line[position] == node:
            return position
    return -1


@kernel
def clash(data: Data, work: Work, request: int, length: int) -> bool:
    """Whether somebody the request must be kept apart from is aboard at the same time (positions in `work.line`)."""
    half = data.ride.shape[0]
    begin, finish = position_of(work, request, length), position_of(work, request + half, length)
    for row in range(data.apart_from[request], data.apart_from[request + 1]):
        other = data.apart_with[row]
        up, down = position_of(work, other, length), position_of(work, other + half, length)
        if up >= 0 and up < finish and begin < down:
            return True
    return False


@kernel
def exact(data: Data, state: State, work: Work, slot: int, request: int, pickup: int, delivery: int) -> bool:
    """Whether an insertion keeps what the quick tests cannot see."""
    length = lay(data, state, work, slot, request, pickup, delivery)
    if data.flag[APART] and clash(data, work, request, length):
        return False
    return not data.flag[EXACT] or timed(data, work, slot, length) > 0


@inlined
def offer(
    data: Data, state: State, work: Work, slot: int, request: int, pickup: int, delivery: int, cost: float
) -> None:
    """Notes an insertion that is cheaper than those before and allowed."""
    exacting = data.flag[EXACT] or data.flag[APART]
    if exacting and not exact(data, state, work, slot, request, pickup, delivery):
        return
    work.offer[0] = cost
    work.misc[BEST_SLOT], work.misc[BEST_PICKUP], work.misc[BEST_DELIVERY] = slot, pickup, delivery


@inlined
def delivers(data: Data, state: State, slot: int, position: int, leave: float, delivery: int) -> bool:
    """Whether the delivery is in time when the vehicle arrives there at `leave`, and the rest after it too."""
    arrive = max(leave, data.open[delivery])
    after = state.route[slot, position + 1]
    onward = arrive + data.service[delivery] + data.time[delivery, after]
    return bool(arrive <= data.close[delivery] and onward <= state.late[slot, position + 1])


@inlined
def walk(data: Data, state: State, work: Work, slot: int, request: int, pickup: int, begin: float, cost: float) -> None:
    """Tries the delivery behind each later visit."""
    route, delivery, before, time = state.route, request + data.ride.shape[0], request, begin
    follower = route[slot, pickup + 1]
    behind = state.late[slot, pickup + 1] - data.time[request, follower]
    left = min(data.close[request] + data.service[request], behind)
    for position in range(pickup + 1, state.size[slot] + 1):
        node = route[slot, position]
        time = max(time + data.service[before] + data.time[before, node], data.open[node])
        reached = time + data.service[node] + data.time[node, delivery]
        late = time > state.late[slot, position] or time > data.close[delivery]
        if late or reached - left > data.ride[request] or not fits(data, state, slot, position, request):
            break
        before = node
        after = route[slot, position + 1]
        price = cost + edge(data, slot, node, delivery) + edge(data, slot, delivery, after)
        price -= edge(data, slot, node, after)
        if price < work.offer[0] and delivers(data, state, slot, position, reached, delivery):
            offer(data, state, work, slot, request, pickup, position, price)


@inlined
def entrance(data: Data, state: State, slot: int, request: int) -> float:
    """What putting a request into a slot costs before any driving."""
    cost = data.seat[request, slot]
    if state.size[slot] == 0:
        cost += edge(data, slot, data.first[slot], data.last[slot])
        if state.used[data.slot_vehicle[slot]] == 0:
            cost += data.fixed[data.slot_vehicle[slot]]
    return float(cost)


@inlined
def scan(data: Data, state: State, work: Work, slot: int, request: int) -> None:
    """Tries every place of a route."""
    delivery, time, service = request + data.ride.shape[0], data.time, data.service
    cost = entrance(data, state, slot, request)
    for position in range(state.size[slot] + 1):
        before, after = state.route[slot, position], state.route[slot, position + 1]
        arrive = state.early[slot, position] + service[before] + time[before, request]
        if arrive > data.close[request]:
            break
        if not fits(data, state, slot, position, request):
            continue
        into = cost + edge(data, slot, before, request) - edge(data, slot, before, after)
        through = into + edge(data, slot, request, after)
        direct = into + edge(data, slot, request, delivery) + edge(data, slot, delivery, after)
        if min(through, direct) >= work.offer[0] or chance(state.random) < data.knob[BLINK]:
            continue
        begin = max(arrive, data.open[request])
        reached = begin + service[request] + time[request, delivery]
        if direct < work.offer[0] and delivers(data, state, slot, position, reached, delivery):
            offer(data, state, work, slot, request, position, position, direct)
        if through < work.offer[0]:
            walk(data, state, work, slot, request, position, begin, through)


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
    kind, driven, price = -1, -1, -1.0
    for slot in range(state.size.shape[0]):
        if state.size[slot] > 0 or data.seat[request, slot] == inf:
            continue
        same = data.slot_class[slot] == kind and data.seat[request, slot] == price
        drives = 1 if state.used[data.slot_vehicle[slot]] > 0 else 0
        if not same or drives != driven:
            kind, driven, price = data.slot_class[slot], drives, data.seat[request, slot]
            consider(data, work, request, slot)


@inlined
def find_place(data: Data, state: State, work: Work, request: int) -> bool:
    """The cheapest allowed insertion among near routes into `work.misc`; false where there is none."""
    work.misc[STAMP] += 1
    work.misc[CANDIDATES] = 0
    work.offer[0] = inf
    kin = companions_slot(data, state, request) if data.flag[FAMILY] else -1
    if kin >= 0:
        consider(data, work, request, kin)
    else:
        delivery = request + data.ride.shape[0]
        for neighbour in range(data.near.shape[1]):
            consider(data, work, request, state.slot_of[data.near[request, neighbour]])
            consider(data, work, request, state.slot_of[data.near[delivery, neighbour]])
        if not state.tally[CLOSED]:
            empty_slots(data, state, work, request)
    for position in range(work.misc[CANDIDATES]):
        scan(data, state, work, work.candidate[position], request)
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
