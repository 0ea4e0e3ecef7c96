"""Keeps a route's figures true after a change, and takes changes back."""

from rideplan.kernels.arrays import (
    CHANGED_TIME,
    COST,
    EARLY,
    EPSILON,
    FIXED,
    LATE,
    LEG,
    OUT,
    OUT_BEFORE,
    PRICED,
    ROUTES,
    STEP,
    TOLERANCE,
    TOUCHED,
    VERSION,
    VISITS,
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
        for part in range(4):
            work.old_figure[slot, position, part] = state.figure[slot, position, part]
        for dimension in range(state.aboard.shape[2]):
            work.old_aboard[slot, position, dimension] = state.aboard[slot, position, dimension]
    work.old_size[slot], work.old_price[slot] = state.size[slot], state.price[slot]
    work.old_version[slot] = state.version[slot]


@inlined
def put_back(data: Data, state: State, work: Work, slot: int) -> None:
    """A route as it was kept."""
    resize(data, state, slot, work.old_size[slot])
    state.price[slot], state.version[slot] = work.old_price[slot], work.old_version[slot]
    for position in range(state.size[slot] + 2):
        state.route[slot, position] = work.old_route[slot, position]
        for part in range(4):
            state.figure[slot, position, part] = work.old_figure[slot, position, part]
        for dimension in range(state.aboard.shape[2]):
            state.aboard[slot, position, dimension] = work.old_aboard[slot, position, dimension]
    for position in range(1, state.size[slot] + 1):
        state.slot_of[state.route[slot, position]] = slot


@inlined
def resize(data: Data, state: State, slot: int, size: int) -> None:
    """Sets the number of visits; keeps the counts of visits, routes and vehicles that drive."""
    starts = (1 if size > 0 else 0) - (1 if state.size[slot] > 0 else 0)
    vehicle = data.slot_vehicle[slot]
    state.tally[VISITS] += size - state.size[slot]
    state.tally[ROUTES] += starts
    state.used[vehicle] += starts
    state.size[slot] = size
    if starts > 0 and state.used[vehicle] == 1:
        state.total[FIXED] += data.fixed[vehicle]
    if starts < 0 and state.used[vehicle] == 0:
        state.total[FIXED] -= data.fixed[vehicle]


@inlined
def windows(data: Data, state: State, slot: int, row: int) -> float:
    """Figures along a row, driven by the vehicle of a slot; gives the cost of the driving, and a new version."""
    route, figure, size, tariff = state.route, state.figure, state.size[row], data.tariff[slot]
    route[row, 0], route[row, size + 1] = data.first[slot], data.last[slot]
    figure[row, 0, EARLY] = data.open[data.first[slot]]
    for dimension in range(state.aboard.shape[2]):
        state.aboard[row, 0, dimension] = 0
    driving = 0.0
    for position in range(1, size + 2):
        before, node = route[row, position - 1], route[row, position]
        leg, step = data.service[before] + data.time[before, node], data.cost[tariff, before, node]
        figure[row, position - 1, LEG], figure[row, position - 1, STEP] = leg, step
        figure[row, position, EARLY] = max(figure[row, position - 1, EARLY] + leg, data.open[node])
        driving += step
        for dimension in range(state.aboard.shape[2]):
            state.aboard[row, position, dimension] = (
                state.aboard[row, position - 1, dimension] + data.load[node, dimension]
            )
    figure[row, size + 1, LATE] = data.close[data.last[slot]] + EPSILON
    for position in range(size, -1, -1):
        needed = figure[row, position + 1, LATE] - figure[row, position, LEG]
        figure[row, position, LATE] = min(needed, data.close[route[row, position]] + EPSILON)
    state.tally[VERSION] += 1
    state.version[row] = state.tally[VERSION]
    return driving


@inlined
def minutes_driven(data: Data, state: State, slot: int) -> float:
    """The minutes at the wheel, which the cost of driving holds already."""
    minutes = 0.0
    for position in range(state.size[slot] + 1):
        minutes += state.figure[slot, position, LEG] - data.service[state.route[slot, position]]
    return minutes


@kernel
def time_price(data: Data, state: State, work: Work, slot: int) -> float:
    """What the minutes of a route cost beside driving: waiting, riders', and those moved from the existing plan."""
    rows, half = settle(data, state, work, slot), data.ride.shape[0]
    if rows == 0:
        return 1e15
    price = data.per_minute[slot] * (work.when[rows - 1] - work.when[0] - minutes_driven(data, state, slot))
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
    price, half = windows(data, state, slot, slot), data.ride.shape[0]
    for position in range(1, state.size[slot] + 1):
        node = state.route[slot, position]
        if node < half:
            price += data.seat[node, slot]
    if data.flag[PRICED] and state.size[slot] > 0:
        price += time_price(data, state, work, slot)
    state.price[slot] = price if state.size[slot] > 0 else 0.0


@inlined
def add_up(data: Data, state: State) -> float:
    """The cost of the whole plan."""
    cost = 0.0
    for slot in range(data.slot_class.shape[0]):
        cost += state.price[slot]
    state.total[FIXED] = 0.0
    for vehicle in range(state.used.shape[0]):
        if state.used[vehicle] > 0:
            state.total[FIXED] += data.fixed[vehicle]
    for position in range(state.tally[OUT]):
        cost += data.penalty[state.out[position]]
    return float(cost + state.total[FIXED])


@inlined
def changed_cost(data: Data, state: State, work: Work, fixed_before: float) -> float:
    """The cost of the whole plan after an iteration, from the routes it touched."""
    cost = state.total[COST] + state.total[FIXED] - fixed_before
    for place in range(work.misc[TOUCHED]):
        slot = work.touched[place]
        cost += state.price[slot] - work.old_price[slot]
    for position in range(state.tally[OUT]):
        cost += data.penalty[state.out[position]]
    for position in range(work.misc[OUT_BEFORE]):
        cost -= data.penalty[work.out_before[position]]
    return float(cost)


@kernel
def take_over(data: Data, state: State, work: Work) -> None:
    """Builds all figures of the plan from `state.route` and `state.size` alone."""
    half, slots = data.ride.shape[0], data.slot_class.shape[0]
    for vehicle in range(state.used.shape[0]):
        state.used[vehicle] = 0
    for node in range(state.slot_of.shape[0]):
        state.slot_of[node] = -1
    state.tally[VISITS], state.tally[ROUTES], state.size[slots] = 0, 0, 0
    for slot in range(slots):
        state.tally[VISITS] += state.size[slot]
        if state.size[slot] > 0:
            state.tally[ROUTES] += 1
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
