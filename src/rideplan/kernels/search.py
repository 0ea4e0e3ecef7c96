"""Ruin and recreate with simulated annealing; the same loop squeezes routes away when told to."""

from math import log

from rideplan.kernels.arrays import (
    BEST,
    COST,
    EPSILON,
    FAMILY,
    OUT,
    OUT_BEFORE,
    REMOVED_NOW,
    SQUEEZE,
    TOUCHED,
    Data,
    State,
    Work,
)
from rideplan.kernels.chance import chance
from rideplan.kernels.compiled import inlined, kernel
from rideplan.kernels.insertion import find_place, insert
from rideplan.kernels.removal import lift_out, ruin, take
from rideplan.kernels.upkeep import add_up, put_back

_ORDERS = (0.34, 0.5, 0.66, 0.74, 0.83, 0.92)  # shares: random, load, far, near, narrow, early; the rest: closing first


@inlined
def sort_removed(data: Data, state: State, work: Work) -> None:
    """Writes the sort keys of one order drawn by lot."""
    lot, column = chance(state.random), 0
    while column < len(_ORDERS) and lot >= _ORDERS[column]:
        column += 1
    for position in range(work.misc[REMOVED_NOW]):
        if column == 0:
            work.key[position] = chance(state.random)
        else:
            work.key[position] = data.keys[work.removed[position], column - 1]


@inlined
def put_in_order(work: Work, number: int) -> None:
    """Sorts those taken out by their keys (Shell's sort, gaps of Ciura: no allocation, the same order everywhere)."""
    for gap in (701, 301, 132, 57, 23, 10, 4, 1):
        for position in range(gap, number):
            key, request, at = work.key[position], work.removed[position], position
            while at >= gap and work.key[at - gap] > key:
                work.key[at], work.removed[at] = work.key[at - gap], work.removed[at - gap]
                at -= gap
            work.key[at], work.removed[at] = key, request


@inlined
def recreate(data: Data, state: State, work: Work) -> None:
    """Puts everyone taken out, and those who were out before, where it is cheapest."""
    for position in range(state.tally[OUT]):
        work.removed[work.misc[REMOVED_NOW]] = state.out[position]
        work.misc[REMOVED_NOW] += 1
    sort_removed(data, state, work)
    number = work.misc[REMOVED_NOW]
    put_in_order(work, number)
    state.tally[OUT] = 0
    for position in range(number):
        request = work.removed[position]
        if find_place(data, state, work, request):
            insert(data, state, work, request)
        else:
            state.out[state.tally[OUT]] = request
            state.tally[OUT] += 1


@kernel
def leave_no_half_family(data: Data, state: State, work: Work) -> None:
    """Takes out those whose companions found no place."""
    half = data.ride.shape[0]
    work.misc[REMOVED_NOW] = 0
    for position in range(state.tally[OUT]):
        label = data.family[state.out[position]]
        for other in range(half):
            if label >= 0 and data.family[other] == label and state.slot_of[other] >= 0:
                take(data, work, other)
    for position in range(work.misc[REMOVED_NOW]):
        state.out[state.tally[OUT]] = work.removed[position]
        state.tally[OUT] += 1
    lift_out(data, state, work)


@inlined
def accepts(state: State, work: Work, cost: float, heat: float) -> bool:
    """Whether the new plan is taken: by its cost, or while squeezing by how seldom those left out were left out."""
    if not state.tally[SQUEEZE]:
        return bool(cost < state.total[COST] - heat * log(chance(state.random) + 1e-300))
    now, before = 0, 0
    for position in range(state.tally[OUT]):
        state.absences[state.out[position]] += 1
        now += state.absences[state.out[position]]
    for position in range(work.misc[OUT_BEFORE]):
        before += state.absences[work.out_before[position]]
    if now != before:
        return bool(now < before)
    return bool(cost < state.total[COST] - heat * log(chance(state.random) + 1e-300))


@inlined
def remember_best(state: State, cost: float) -> None:
    """Copies the plan where it is the best so far."""
    state.total[BEST] = cost
    for slot in range(state.size.shape[0]):
        state.best_size[slot] = state.size[slot]
        for position in range(state.size[slot] + 2):
            state.best_route[slot, position] = state.route[slot, position]


@inlined
def undo(data: Data, state: State, work: Work) -> None:
    """Takes the iteration back."""
    half = data.ride.shape[0]
    for row in range(work.misc[TOUCHED]):
        slot = work.touched[row]
        for position in range(1, state.size[slot] + 1):
            state.slot_of[state.route[slot, position]] = -1
    for row in range(work.misc[TOUCHED]):
        put_back(data, state, work, work.touched[row])
    state.tally[OUT] = work.misc[OUT_BEFORE]
    for position in range(state.tally[OUT]):
        request = work.out_before[position]
        state.out[position] = request
        state.slot_of[request], state.slot_of[request + half] = -1, -1


@inlined
def attempt(data: Data, state: State, work: Work) -> float:
    """One ruin and one recreation; gives the cost of the new plan."""
    work.misc[TOUCHED], work.misc[OUT_BEFORE], work.misc[REMOVED_NOW] = 0, state.tally[OUT], 0
    for position in range(state.tally[OUT]):
        work.out_before[position] = state.out[position]
    ruin(data, state, work)
    recreate(data, state, work)
    if data.flag[FAMILY] and state.tally[OUT] > 0:
        leave_no_half_family(data, state, work)
    return add_up(data, state)


@kernel
def iterate(data: Data, state: State, work: Work, steps: int, heat: float) -> int:
    """Runs iterations; stops early when squeezing found everyone a place. Gives how many were run."""
    for step in range(steps):
        cost = attempt(data, state, work)
        if accepts(state, work, cost, heat):
            state.total[COST] = cost
            if not state.tally[SQUEEZE] and cost < state.total[BEST] - EPSILON:
                remember_best(state, cost)
        else:
            undo(data, state, work)
        for row in range(work.misc[TOUCHED]):
            work.is_touched[work.touched[row]] = 0
        if state.tally[SQUEEZE] and state.tally[OUT] == 0:
            return step + 1
    return steps
