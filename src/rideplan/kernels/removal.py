"""Takes neighbouring strings of visits out of several routes.

After Christiaens & Vanden Berghe, Slack Induction by String Removals (2020).
"""

from rideplan.kernels.arrays import (
    FAMILY,
    REMOVED,
    REMOVED_NOW,
    ROUTES,
    STAMP,
    STRING,
    VISITS,
    WHOLE_ROUTE,
    Data,
    State,
    Work,
)
from rideplan.kernels.chance import below, chance
from rideplan.kernels.compiled import inlined, kernel
from rideplan.kernels.upkeep import keep, refresh, resize

_SPARING = 0.5  # how often a piece of the string stays, and how it grows


@inlined
def take(data: Data, work: Work, node: int) -> None:
    """Marks the request of a node for removal."""
    half = data.ride.shape[0]
    request = node if node < half else node - half
    if work.mark[request] == 0:
        work.mark[request] = 1
        work.removed[work.misc[REMOVED_NOW]] = request
        work.misc[REMOVED_NOW] += 1


@inlined
def cut_string(data: Data, state: State, work: Work, node: int, longest: float) -> None:
    """Marks a string of the node's route that holds the node, half of the time with a piece in it left in place."""
    slot = state.slot_of[node]
    size = state.size[slot]
    length = int(chance(state.random) * min(float(size), longest)) + 1
    length = min(length, size)
    at = 1
    while state.route[slot, at] != node:
        at += 1
    low, high = max(1, at - length + 1), min(at, size - length + 1)
    start = low if high <= low else low + below(state.random, high - low + 1)
    spared = 0
    if size > length + 1 and chance(state.random) < _SPARING:
        spared = 1
        while length + spared < size and chance(state.random) > _SPARING:
            spared += 1
        start = max(1, min(start, size - length - spared + 1))
    spare_from = start + below(state.random, length)
    for position in range(start, min(start + length + spared, size + 1)):
        if not spare_from <= position < spare_from + spared:
            take(data, work, state.route[slot, position])


@inlined
def cut_route(data: Data, state: State, work: Work, node: int) -> None:
    """Marks everyone on the node's route."""
    slot = state.slot_of[node]
    for position in range(1, state.size[slot] + 1):
        take(data, work, state.route[slot, position])


@kernel
def cut_families(data: Data, work: Work) -> None:
    """Marks all who ride together with somebody marked."""
    for position in range(work.misc[REMOVED_NOW]):
        label = data.family[work.removed[position]]
        for other in range(data.ride.shape[0]):
            if label >= 0 and data.family[other] == label:
                take(data, work, other)


@inlined
def drop_marked(data: Data, state: State, work: Work, slot: int) -> None:
    """Closes a route's ranks around those marked."""
    half, kept, size = data.ride.shape[0], 0, state.size[slot]
    last = state.route[slot, size + 1]
    for position in range(1, size + 1):
        node = state.route[slot, position]
        request = node if node < half else node - half
        if work.mark[request] == 0:
            kept += 1
            state.route[slot, kept] = node
        else:
            state.slot_of[node] = -1
    state.route[slot, kept + 1] = last
    resize(data, state, slot, kept)
    refresh(data, state, work, slot)


@inlined
def lift_out(data: Data, state: State, work: Work) -> None:
    """Takes all marked requests out of their routes."""
    if data.flag[FAMILY]:
        cut_families(data, work)
    for position in range(work.misc[REMOVED_NOW]):
        slot = state.slot_of[work.removed[position]]
        if slot >= 0:
            keep(state, work, slot)
            drop_marked(data, state, work, slot)
    for position in range(work.misc[REMOVED_NOW]):
        work.mark[work.removed[position]] = 0


@inlined
def ruin(data: Data, state: State, work: Work) -> None:
    """Takes out strings around a random node, now and then a whole route."""
    if state.tally[ROUTES] == 0:
        return
    longest = min(data.knob[STRING], state.tally[VISITS] / state.tally[ROUTES])
    strings = int(chance(state.random) * (4.0 * data.knob[REMOVED] / (1.0 + longest) - 1.0)) + 1
    centre = below(state.random, 2 * data.ride.shape[0])
    whole = chance(state.random) < data.knob[WHOLE_ROUTE]
    work.misc[REMOVED_NOW] = 0
    work.misc[STAMP] += 1
    for neighbour in range(data.around.shape[1]):
        node = data.around[centre, neighbour]
        slot = state.slot_of[node]
        if slot < 0 or work.stamp[slot] == work.misc[STAMP]:
            continue
        work.stamp[slot] = work.misc[STAMP]
        if whole and state.size[slot] <= 3 * data.knob[STRING]:
            cut_route(data, state, work, node)
            whole = False
        else:
            cut_string(data, state, work, node, longest)
        strings -= 1
        if strings <= 0:
            break
    lift_out(data, state, work)
