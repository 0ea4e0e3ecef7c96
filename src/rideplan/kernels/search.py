"""Ruin and recreate with simulated annealing; the same loop squeezes routes away when told to."""

from math import inf, log

from rideplan.kernels.arrays import (
    BEST,
    COST,
    EJECT_EVERY,
    EPSILON,
    FAMILY,
    FIXED,
    OUT,
    OUT_BEFORE,
    PRICED,
    REMOVED_NOW,
    SOFT,
    SQUEEZE,
    TOUCHED,
    Data,
    State,
    Work,
)
from rideplan.kernels.chance import chance
from rideplan.kernels.choosing import find_place, insert
from rideplan.kernels.collecting import collect
from rideplan.kernels.compiled import inlined, kernel
from rideplan.kernels.ejection import eject
from rideplan.kernels.removal import lift_out, ruin, take
from rideplan.kernels.upkeep import add_up, changed_cost, put_back

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
def hopeless(data: Data, state: State, cost: float, limit: float, difficulty: int) -> bool:
    """Whether no way of placing the rest makes the plan acceptable: no insertion is taken to save anything."""
    if data.flag[FAMILY]:
        return False
    if state.tally[SQUEEZE]:
        return difficulty > 0
    return bool(cost > limit and not data.flag[PRICED])


@inlined
def recreate(data: Data, state: State, work: Work, limit: float, fixed: float) -> bool:
    """Puts everyone taken out, and those out before, where it is cheapest; false where that became hopeless."""
    cost, difficulty = state.total[COST] + state.total[FIXED] - fixed, 0
    for row in range(work.misc[TOUCHED]):
        cost += state.price[work.touched[row]] - work.old_price[work.touched[row]]
    for position in range(state.tally[OUT]):
        request = state.out[position]
        work.removed[work.misc[REMOVED_NOW]] = request
        work.misc[REMOVED_NOW] += 1
        cost -= data.penalty[request]
        difficulty -= state.absences[request]
    sort_removed(data, state, work)
    number = work.misc[REMOVED_NOW]
    put_in_order(work, number)
    state.tally[OUT] = 0
    for position in range(number):
        request = work.removed[position]
        if find_place(data, state, work, request):
            insert(data, state, work, request)
            cost += work.offer[0]
        else:
            state.out[state.tally[OUT]] = request
            state.tally[OUT] += 1
            cost += data.penalty[request]
            difficulty += state.absences[request]
        if hopeless(data, state, cost, limit, difficulty):
            return False
    return True


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
def accepts(state: State, work: Work, cost: float, limit: float) -> bool:
    """Whether the new plan is taken: while squeezing by how hard those left out are to place, else by its cost."""
    if state.tally[SQUEEZE]:
        now, before = 0, 0
        for position in range(state.tally[OUT]):
            now += state.absences[state.out[position]]
        for position in range(work.misc[OUT_BEFORE]):
            before += state.absences[work.out_before[position]]
        if now != before:
            return bool(now < before)
    return bool(cost < limit)


@inlined
def remember_best(data: Data, state: State, cost: float) -> None:
    """Copies the plan where it is the best so far."""
    state.total[BEST] = cost
    for slot in range(data.slot_class.shape[0]):
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
def attempt(data: Data, state: State, work: Work, limit: float) -> float:
    """One ruin and one recreation; gives the cost of the new plan, infinite where it was given up."""
    work.misc[TOUCHED], work.misc[OUT_BEFORE], work.misc[REMOVED_NOW] = 0, state.tally[OUT], 0
    for position in range(state.tally[OUT]):
        work.out_before[position] = state.out[position]
    fixed = state.total[FIXED]
    ruin(data, state, work)
    if not recreate(data, state, work, limit, fixed):
        return inf
    if data.flag[FAMILY] and state.tally[OUT] > 0:
        leave_no_half_family(data, state, work)
    return changed_cost(data, state, work, fixed)


@kernel
def iterate(data: Data, state: State, work: Work, steps: int, heat: float) -> int:
    """Runs iterations; stops early when squeezing found everyone a place. Gives how many were run."""
    state.total[COST] = add_up(data, state)
    for step in range(steps):
        limit = state.total[COST] - heat * log(chance(state.random) + 1e-300)
        cost = attempt(data, state, work, limit)
        collect(data, state, work, cost)
        if cost < inf and accepts(state, work, cost, limit):
            state.total[COST] = cost
            answer = state.tally[OUT] == 0 or not (state.tally[SOFT] or state.tally[SQUEEZE])
            if answer and cost < state.total[BEST] - EPSILON:
                remember_best(data, state, cost)
        else:
            undo(data, state, work)
        for row in range(work.misc[TOUCHED]):
            work.is_touched[work.touched[row]] = 0
        if state.tally[SQUEEZE]:
            if state.tally[OUT] == 0:
                return step + 1
            if step % int(data.knob[EJECT_EVERY]) == 0:
                eject(data, state, work)
    return steps
