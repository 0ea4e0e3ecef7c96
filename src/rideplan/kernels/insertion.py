# ruff: noqa: PLR0913, PLR0917  an insertion has these parts, and a tuple for them would cost time
"""The cheapest place for one request on one route."""

from math import inf

from rideplan.kernels.arrays import (
    APART,
    BARRED_DELIVERY,
    BARRED_PICKUP,
    BEST_DELIVERY,
    BEST_PICKUP,
    BEST_SLOT,
    EARLY,
    EXACT,
    LATE,
    LEG,
    STEP,
    Data,
    State,
    Work,
)
from rideplan.kernels.compiled import inlined, kernel
from rideplan.kernels.timing import lay, timed


@inlined
def fits(data: Data, state: State, slot: int, row: int, position: int, request: int) -> bool:
    """Whether the request fits beside those aboard after a position, in some configuration."""
    capacity, kind = data.capacity, data.slot_class[slot]
    for configuration in range(capacity.shape[1]):
        room = True
        for dimension in range(capacity.shape[2]):
            taken = state.aboard[row, position, dimension] + data.load[request, dimension]
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
def exact(data: Data, state: State, work: Work, slot: int, row: int, request: int, pickup: int, delivery: int) -> bool:
    """Whether an insertion keeps what the quick tests cannot see."""
    length = lay(data, state, work, row, request, pickup, delivery)
    if data.flag[APART] and clash(data, work, request, length):
        return False
    return not data.flag[EXACT] or timed(data, work, slot, length) > 0


@inlined
def offer(
    data: Data, state: State, work: Work, slot: int, row: int, request: int, pickup: int, delivery: int, cost: float
) -> None:
    """Notes an insertion that is cheaper than those before and allowed."""
    if pickup == work.misc[BARRED_PICKUP] and delivery == work.misc[BARRED_DELIVERY]:
        return
    exacting = data.flag[EXACT] or data.flag[APART]
    if exacting and not exact(data, state, work, slot, row, request, pickup, delivery):
        return
    work.offer[0] = cost
    work.misc[BEST_SLOT], work.misc[BEST_PICKUP], work.misc[BEST_DELIVERY] = slot, pickup, delivery


@inlined
def delivers(data: Data, state: State, row: int, position: int, leave: float, delivery: int) -> bool:
    """Whether the delivery is in time when the vehicle arrives there at `leave`, and the rest after it too."""
    arrive = max(leave, data.open[delivery])
    onward = arrive + data.service[delivery] + data.time[delivery, state.route[row, position + 1]]
    return bool(arrive <= data.close[delivery] and onward <= state.figure[row, position + 1, LATE])


@inlined
def price_deliveries(data: Data, state: State, work: Work, slot: int, row: int, request: int) -> None:
    """What the delivery costs behind each visit (infinite where it is surely too late), and the least from there on."""
    route, figure, size, tariff = state.route, state.figure, state.size[row], data.tariff[slot]
    delivery = request + data.ride.shape[0]
    work.floor[size + 1] = inf
    for position in range(size, 0, -1):
        node, after = route[row, position], route[row, position + 1]
        reached = figure[row, position, EARLY] + data.service[node] + data.time_into[delivery, node]
        work.detour[position] = inf
        if delivers(data, state, row, position, reached, delivery):
            there = data.cost_into[tariff, delivery, node] + data.cost[tariff, delivery, after]
            work.detour[position] = there - figure[row, position, STEP]
        work.floor[position] = min(work.floor[position + 1], work.detour[position])


@inlined
def walk(
    data: Data, state: State, work: Work, slot: int, row: int, request: int, pickup: int, begin: float, cost: float
) -> None:
    """Tries the delivery behind each later visit."""
    route, figure, delivery = state.route, state.figure, request + data.ride.shape[0]
    follower = route[row, pickup + 1]
    arrive = begin + data.service[request] + data.time[request, follower]
    behind = figure[row, pickup + 1, LATE] - data.time[request, follower]
    left = min(data.close[request] + data.service[request], behind)
    for position in range(pickup + 1, state.size[row] + 1):
        if cost + work.floor[position] >= work.offer[0]:
            break
        node = route[row, position]
        time = max(arrive, data.open[node])
        reached = time + data.service[node] + data.time_into[delivery, node]
        late = time > figure[row, position, LATE] or time > data.close[delivery]
        if late or reached - left > data.ride[request] or not fits(data, state, slot, row, position, request):
            break
        price = cost + work.detour[position]
        if price < work.offer[0] and delivers(data, state, row, position, reached, delivery):
            offer(data, state, work, slot, row, request, pickup, position, price)
        arrive = time + figure[row, position, LEG]


@inlined
def entrance(data: Data, state: State, slot: int, row: int, request: int) -> float:
    """What putting a request into a slot costs before any driving."""
    cost = data.seat[request, slot]
    if state.size[row] == 0:
        cost += data.cost[data.tariff[slot], data.first[slot], data.last[slot]]
        if state.used[data.slot_vehicle[slot]] == 0:
            cost += data.fixed[data.slot_vehicle[slot]]
    return float(cost)


@inlined
def scan(data: Data, state: State, work: Work, slot: int, row: int, request: int) -> None:
    """Tries every place of a row for an insertion cheaper than the offer so far."""
    figure, delivery, tariff = state.figure, request + data.ride.shape[0], data.tariff[slot]
    entering = entrance(data, state, slot, row, request)
    aboard = data.cost[tariff, request, delivery]
    priced = False
    for position in range(state.size[row] + 1):
        before, after = state.route[row, position], state.route[row, position + 1]
        arrive = figure[row, position, EARLY] + data.service[before] + data.time_into[request, before]
        if arrive > data.close[request]:
            break
        into = entering + data.cost_into[tariff, request, before] - figure[row, position, STEP]
        through = into + data.cost[tariff, request, after]
        direct = into + aboard + data.cost[tariff, delivery, after]
        if min(through, direct) >= work.offer[0] or not fits(data, state, slot, row, position, request):
            continue
        if not priced:
            price_deliveries(data, state, work, slot, row, request)
            priced = True
        far = through + work.floor[position + 1]
        begin = max(arrive, data.open[request])
        reached = begin + data.service[request] + data.time[request, delivery]
        if direct < work.offer[0] and delivers(data, state, row, position, reached, delivery):
            offer(data, state, work, slot, row, request, position, position, direct)
        onward = begin + data.service[request] + data.time[request, after]
        if far < work.offer[0] and onward <= figure[row, position + 1, LATE]:
            walk(data, state, work, slot, row, request, position, begin, through)
