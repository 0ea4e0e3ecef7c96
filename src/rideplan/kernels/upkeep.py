"""Keeps a route's figures true after a change, and takes changes back."""

from rideplan.kernels.arrays import (
    CHANGED_TIME,
    COST,
    EPSILON,
    OUT,
    PRICED,
    TOLERANCE,
    TOUCHED,
    WISHED,
    Data,
    State,
    Work,
)
from rideplan.kernels.compiled import inlined, kernel
from rideplan.kernels.timing import settle


@inlined
def keep(state: State, work: Work, slot: int) -> None:
    """Remembers a route before its first change in an iteration."""
    if work.is_touched[slot]:
        return
    work.is_touched[slot] = 1
    work.touched[work.misc[TOUCHED]] = slot
    work.misc[TOUCHED] += 1
    for position in range(state.size[slot] + 2):
        work.old_route[slot, position] = state.route[slot, position]
        work.old_early[slot, position] = state.early[slot, position]
        work.old_late[slot, position] = state.late[slot, position]
        for dimension in range(state.aboard.shape[2]):
            work.old_aboard[slot, position, dimension] = state.aboard[slot, position, dimension]
    work.old_size[slot], work.old_price[slot] = state.size[slot], state.price[slot]


@inlined
def put_back(data: Data, state: State, work: Work, slot: int) -> None:
    """A route as it was kept."""
    resize(data, state, slot, work.old_size[slot])
    state.price[slot] = work.old_price[slot]
    for position in range(state.size[slot] + 2):
        state.route[slot, position] = work.old_route[slot, position]
        state.early[slot, position] = work.old_early[slot, position]
        state.late[slot, position] = work.old_late[slot, position]
        for dimension in range(state.aboard.shape[2]):
            state.aboard[slot, position, dimension] = work.old_aboard[slot, position, dimension]
    for position in range(1, state.size[slot] + 1):
        state.slot_of[state.route[slot, position]] = slot


@inlined
def resize(data: Data, state: State, slot: int, size: int) -> None:
    """Sets the number of visits, and counts whether the vehicle drives."""
    state.used[data.slot_vehicle[slot]] += (1 if size > 0 else 0) - (1 if state.size[slot] > 0 else 0)
    state.size[slot] = size


@inlined
def windows(data: Data, state: State, slot: int) -> float:
    """Earliest and latest times and loads along a route; gives the distance."""
    route, early, late, size = state.route, state.early, state.late, state.size[slot]
    route[slot, 0], route[slot, size + 1] = data.first[slot], data.last[slot]
    early[slot, 0] = data.open[data.first[slot]]
    for dimension in range(state.aboard.shape[2]):
        state.aboard[slot, 0, dimension] = 0
    distance = 0.0
    for position in range(1, size + 2):
        before, node = route[slot, position - 1], route[slot, position]
        reached = early[slot, position - 1] + data.service[before] + data.time[before, node]
        early[slot, position] = max(reached, data.open[node])
        distance += data.distance[before, node]
        for dimension in range(state.aboard.shape[2]):
            state.aboard[slot, position, dimension] = (
                state.aboard[slot, position - 1, dimension] + data.load[node, dimension]
            )
    late[slot, size + 1] = data.close[data.last[slot]] + EPSILON
    for position in range(size, -1, -1):
        node, after = route[slot, position], route[slot, position + 1]
        needed = late[slot, position + 1] - data.service[node] - data.time[node, after]
        late[slot, position] = min(needed, data.close[node] + EPSILON)
    return distance


@kernel
def time_price(data: Data, state: State, work: Work, slot: int) -> float:
    """What the minutes of a route cost: the trip's, the riders', and those moved from the existing plan."""
    rows, half = settle(data, state, work, slot), data.ride.shape[0]
    if rows == 0:
        return 1e15
    price = data.per_minute[slot] * (work.when[rows - 1] - work.when[0])
    for position in range(1, state.size[slot] + 1):
        node = state.route[slot, position]
        if node >= half:
            origin = work.where[node - half]
            aboard = work.when[work.where[node]] - work.when[origin] - work.stay[origin]
            price += data.per_rider[slot] * aboard
        elif data.flag[WISHED] and abs(work.when[work.where[node]] - data.wish[node]) > data.knob[TOLERANCE] + EPSILON:
            price += data.knob[CHANGED_TIME]
    return float(price)


@inlined
def refresh(data: Data, state: State, work: Work, slot: int) -> None:
    """All figures of a route from its nodes."""
    distance, half = windows(data, state, slot), data.ride.shape[0]
    price = data.per_km[slot] * distance
    for position in range(1, state.size[slot] + 1):
        node = state.route[slot, position]
        if node < half:
            price += data.seat[node, slot]
    if data.flag[PRICED] and state.size[slot] > 0:
        price += time_price(data, state, work, slot)
    state.price[slot] = price


@inlined
def add_up(data: Data, state: State) -> float:
    """The cost of the whole plan."""
    cost = 0.0
    for slot in range(state.size.shape[0]):
        if state.size[slot] > 0:
            cost += state.price[slot]
    for vehicle in range(state.used.shape[0]):
        if state.used[vehicle] > 0:
            cost += data.fixed[vehicle]
    for position in range(state.tally[OUT]):
        cost += data.penalty[state.out[position]]
    return cost


@kernel
def take_over(data: Data, state: State, work: Work) -> None:
    """Builds all figures of the plan from `state.route` and `state.size` alone."""
    half = data.ride.shape[0]
    for vehicle in range(state.used.shape[0]):
        state.used[vehicle] = 0
    for node in range(state.slot_of.shape[0]):
        state.slot_of[node] = -1
    for slot in range(state.size.shape[0]):
        if state.size[slot] > 0:
            state.used[data.slot_vehicle[slot]] += 1
        refresh(data, state, work, slot)
        for position in range(1, state.size[slot] + 1):
            state.slot_of[state.route[slot, position]] = slot
    state.tally[OUT] = 0
    for request in range(half):
        if state.slot_of[request] < 0:
            state.out[state.tally[OUT]] = request
            state.tally[OUT] += 1
    state.total[COST] = add_up(data, state)
