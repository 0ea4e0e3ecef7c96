"""Exact times of one route.

Windows, ride times, route duration and the break are differences between times; the earliest times that keep them all
are the least fix-point of those constraints (a simple temporal network), the latest ones the greatest.
"""

from math import isnan

from rideplan.kernels.arrays import EPSILON, TOLERANCE, WISHED, Data, State, Work
from rideplan.kernels.compiled import inlined, kernel


@inlined
def lay(data: Data, state: State, work: Work, row: int, request: int, pickup: int, delivery: int) -> int:  # noqa: PLR0913, PLR0917  an insertion has these parts
    """Writes the nodes of a route with a request after two positions (`request < 0`: as it is); gives their number."""
    route, line, half = state.route, work.line, data.ride.shape[0]
    length = 0
    for position in range(state.size[row] + 2):
        line[length] = route[row, position]
        length += 1
        if request >= 0 and position == pickup:
            line[length] = request
            length += 1
        if request >= 0 and position == delivery:
            line[length] = request + half
            length += 1
    return length


@inlined
def frame(data: Data, work: Work, slot: int, length: int, rest_after: int) -> int:
    """Writes the constraints of the route in `work.line`, with the break after a position; gives their number."""
    line, half, at = work.line, data.ride.shape[0], 0
    work.rest_at[0] = -1
    for position in range(length):
        node = line[position]
        work.low[at], work.high[at], work.stay[at] = data.open[node], data.close[node], data.service[node]
        work.pair[at] = -1
        if half <= node < 2 * half:
            work.pair[at] = work.where[node - half]
            work.limit[at] = data.ride[node - half]
        work.where[node] = at
        onward = data.time[node, line[position + 1]] if position + 1 < length else 0.0
        work.leg[at] = onward
        if position == rest_after:
            work.leg[at] = 0.0
            at += 1
            work.rest_at[0] = at
            work.low[at], work.high[at], work.stay[at] = data.rest[slot, 0], data.rest[slot, 1], data.rest[slot, 2]
            work.pair[at] = -1
            work.leg[at] = onward
        at += 1
    return at


@inlined
def push(work: Work, start: int, length: int) -> bool:
    """Moves later what travel makes later; false where a window is missed."""
    when, stay, leg, high = work.when, work.stay, work.leg, work.high
    for at in range(start, length):
        reached = when[at - 1] + stay[at - 1] + leg[at - 1]
        when[at] = max(when[at], reached)
        if when[at] > high[at] + EPSILON:
            return False
    return True


@inlined
def hold_back(work: Work, length: int, longest: float) -> int:
    """Delays pickups and the start for the sake of ride times and duration; the first moved, `length`: none, -1: no."""
    when, stay, high, pair, limit = work.when, work.stay, work.high, work.pair, work.limit
    first = length
    for at in range(length - 1, 0, -1):
        origin = pair[at]
        if origin < 0:
            continue
        needed = when[at] - limit[at] - stay[origin]
        if needed > when[origin] + EPSILON:
            if needed > high[origin] + EPSILON:
                return -1
            when[origin] = needed
            first = min(first, origin)
    needed = when[length - 1] - longest
    if needed > when[0] + EPSILON:
        if needed > high[0] + EPSILON:
            return -1
        when[0] = needed
        first = 0
    return first


@inlined
def earliest(work: Work, length: int, longest: float) -> bool:
    """The earliest times into `work.when`; false where there are none."""
    for at in range(length):
        work.when[at] = work.low[at]
    if work.low[0] > work.high[0] + EPSILON or not push(work, 1, length):
        return False
    for _ in range(4 * length + 8):
        first = hold_back(work, length, longest)
        if first == length:
            return True
        if first < 0 or not push(work, first + 1, length):
            return False
    return False


@kernel
def latest(work: Work, length: int, longest: float) -> None:
    """The latest times into `work.when`, for a route that has times."""
    when, stay, leg, pair = work.when, work.stay, work.leg, work.pair
    for at in range(length):
        when[at] = work.high[at]
    for _ in range(4 * length + 8):
        for at in range(length - 2, -1, -1):
            when[at] = min(when[at], when[at + 1] - leg[at] - stay[at])
        moved = False
        for at in range(1, length):
            origin = pair[at]
            if origin >= 0 and when[at] > when[origin] + stay[origin] + work.limit[at] + EPSILON:
                when[at] = when[origin] + stay[origin] + work.limit[at]
                moved = True
        if when[length - 1] > when[0] + longest + EPSILON:
            when[length - 1] = when[0] + longest
            moved = True
        if not moved:
            return


@kernel
def timed(data: Data, work: Work, slot: int, length: int) -> int:
    """Finds times for `work.line`, trying each empty moment for the break; gives the rows, 0: none."""
    if data.rest[slot, 2] < 0:
        rows = frame(data, work, slot, length, -1)
        return rows if earliest(work, rows, data.longest[slot]) else 0
    half, riders = data.ride.shape[0], 0
    for position in range(length - 1):
        node = work.line[position]
        if node < half:
            riders += 1
        elif node < 2 * half:
            riders -= 1
        if riders == 0:
            rows = frame(data, work, slot, length, position)
            if earliest(work, rows, data.longest[slot]):
                return rows
    return 0


@kernel
def keep_wishes(data: Data, work: Work, slot: int, length: int, rows: int) -> None:
    """Narrows windows to the times of the existing plan, one citizen after the other, where all can still be kept."""
    half, tolerance = data.ride.shape[0], data.knob[TOLERANCE]
    for position in range(length):
        node = work.line[position]
        if node >= half or isnan(data.wish[node]):
            continue
        at = work.where[node]
        low, high = work.low[at], work.high[at]
        work.low[at] = max(low, data.wish[node] - tolerance)
        work.high[at] = min(high, data.wish[node] + tolerance)
        if work.low[at] > work.high[at] or not earliest(work, rows, data.longest[slot]):
            work.low[at], work.high[at] = low, high


@kernel
def settle(data: Data, state: State, work: Work, slot: int) -> int:
    """Good times of a route into `work.when`: shortest duration, late pickups, early deliveries; gives the rows."""
    length = lay(data, state, work, slot, -1, 0, 0)
    rows = timed(data, work, slot, length)
    if rows == 0:
        return 0
    longest = data.longest[slot]
    if data.flag[WISHED]:
        keep_wishes(data, work, slot, length, rows)
        earliest(work, rows, longest)
    ending = work.when[rows - 1]
    work.high[rows - 1] = ending
    latest(work, rows, longest)
    work.low[0] = work.when[0]
    earliest(work, rows, longest)
    for at in range(rows):
        if work.pair[at] >= 0:
            work.high[at] = work.when[at]
    latest(work, rows, longest)
    return rows
