"""Drives the inner loops: first a plan for everyone, then fewer vehicles, then annealing."""

from dataclasses import dataclass
from math import inf
from time import thread_time
from typing import NamedTuple

import numpy as np

from rideplan.kernels.arrays import (
    BEST,
    COST,
    MOST,
    NEARLY,
    OUT,
    ROUTES,
    SOFT,
    SQUEEZE,
    VISITS,
    Data,
    Reals,
    State,
    Work,
)
from rideplan.kernels.search import iterate
from rideplan.kernels.upkeep import take_over
from rideplan.pool import cheapest_plan, usable
from rideplan.room import new_state, new_work
from rideplan.stopping import Listener, Progress, Stop

_HOT, _COLD, _COOL = 3.0, 0.03, 0.1  # the end is less cold where no vehicles were squeezed away
_TEPID, _SHORT = 1.0, 30  # large plans of shorter routes (visits) begin cooler
_LUKEWARM = 0.2
_SETTLING, _WORTH_IT, _LEFT_OUT = 0.01, 1.04, 5.0
_STEPS_TO_SETTLE = 100  # a request
_CAPPED_UP_TO = 400  # requests; larger plans come out worse (17 vehicles for 16 on lrc2_10_3)
_DEARER, _CHEAPER, _TOO_DEAR, _PLACING = 1.15, 0.93, 40.0, 0.03
_POOL_FROM, _POOL_WARM, _PARTITIONINGS, _PARTITIONING_SHARE = 15.0, 0.5, (0.75, 0.95), 0.04
_NEARLY = 1.03  # of the best cost: routes of plans up to there are kept
_WARM_UP, _SQUEEZING, _NO_MORE_ROUTES = 0.03, 0.40, 0.5
_PATIENCE = 0.15  # of the budget, without a success
_CHUNKS = 200


@dataclass(slots=True)
class Search:
    """One search under way; `state` holds the plan, `spent` the steps."""

    data: Data
    state: State
    work: Work
    stop: Stop
    listener: Listener | None = None
    spent: int = 0
    better_at: int = 0
    began: float = 0.0
    cancelled: bool = False

    def share(self) -> float:
        """The used part of the budget, from 0 to 1 and above."""
        used = (thread_time() - self.began) / self.stop.seconds if self.stop.seconds < inf else 0.0
        if self.stop.iterations is not None:
            used = max(used, self.spent / max(self.stop.iterations, 1))
        return used

    def over(self) -> bool:
        """Whether the search must end."""
        idle = self.stop.idle is not None and self.spent - self.better_at >= self.stop.idle
        return self.cancelled or idle or self.share() >= 1

    def run(self, steps: int, heat: float) -> None:
        """Runs at most so many steps."""
        if self.stop.iterations is not None:
            steps = min(steps, self.stop.iterations - self.spent)
        before = self.state.total[BEST]
        self.spent += iterate(self.data, self.state, self.work, max(steps, 1), heat)
        if self.state.total[BEST] < before:
            self.better_at = self.spent
        if self.listener is not None:
            progress = Progress(min(self.share(), 1.0), self.spent, float(self.state.total[BEST]))
            self.cancelled = self.listener(progress) is False

    def chunk(self) -> int:
        """Steps between two looks at the clock: with an iteration budget alone the same on every machine."""
        if self.stop.seconds == inf and self.stop.iterations is not None:
            return max(1, self.stop.iterations // _CHUNKS)
        speed = self.spent / max(thread_time() - self.began, 1e-3)
        return int(min(max(speed * self.stop.seconds / _CHUNKS, 1), 20_000))


class Cooling(NamedTuple):
    """Temperatures of the beginning and the end, in drives between two stops."""

    hot: float
    cold: float


def begin(data: Data, stop: Stop, seed: int, listener: Listener | None = None) -> Search:
    """A search whose plan is still empty."""
    collecting = _POOL_FROM <= stop.seconds < inf and usable(data)
    state = new_state(data, seed, collecting=collecting)
    work = new_work(data, state)
    take_over(data, state, work)
    iterate(data, state, work, 0, 1.0)  # loads or compiles the kernels before the clock starts
    return Search(data, state, work, stop, listener, began=thread_time())


def improve(search: Search, *, fewer_vehicles: bool) -> None:
    """Searches until the stop criterion; the best plan is then in `state.best_route` and `state.best_size`."""
    search.run(1, 1e-9)
    heat = typical_edge(search)
    cool(search, heat, _WARM_UP)
    capped = fewer_vehicles and squeeze(search, heat) and len(search.data.ride) <= _CAPPED_UP_TO
    cooling = Cooling(beginning(search), _COLD if fewer_vehicles else _COOL)
    anneal(search, typical_edge(search) if capped else heat, cooling, capped=capped)


def beginning(search: Search) -> float:
    """How hot annealing begins: large plans have too few steps a request to cool down from far."""
    tally = search.state.tally
    large = len(search.data.ride) > _CAPPED_UP_TO
    return _TEPID if large and tally[VISITS] < _SHORT * tally[ROUTES] else _HOT


def cool(search: Search, heat: float, until: float) -> None:
    """Runs at a low temperature until a share of the budget is used."""
    while search.share() < until and not search.over():
        search.run(search.chunk(), heat * _LUKEWARM)


def anneal(search: Search, heat: float, cooling: Cooling, *, capped: bool) -> None:
    """Cools down over the rest of the budget; capped: opens no more routes than there are until it is cool.

    Twice the routes met so far are put together anew, where the budget is long enough for that to pay.
    """
    begun, turns, total = search.share(), list(_PARTITIONINGS), search.state.total
    dear = search.data.penalty.copy()
    if capped:
        cap(search, heat)
    while not search.over():
        share = (search.share() - begun) / max(1 - begun, 1e-9)
        if capped and share >= _NO_MORE_ROUTES:
            capped = False
            uncap(search, heat, dear)
        if len(search.state.met) and share > _POOL_WARM:
            total[NEARLY] = total[BEST] * _NEARLY
        search.run(search.chunk(), cooling.hot * heat * (cooling.cold / cooling.hot) ** share)
        if search.state.tally[SOFT]:
            adapt(search, heat)
        if len(search.state.met) and turns and share >= turns[0] and not capped:
            turns.pop(0)
            put_together(search)
    search.data.penalty[:] = dear


def cap(search: Search, heat: float) -> None:
    """No more routes than there are; leaving somebody out for a while is allowed, or a tight plan could not move."""
    tally, penalty = search.state.tally, search.data.penalty
    tally[MOST] = tally[ROUTES]
    if penalty.min() > _LEFT_OUT * heat:
        penalty[:], tally[SOFT] = _LEFT_OUT * heat, 1


def adapt(search: Search, heat: float) -> None:
    """Makes it dearer to leave somebody out while somebody is, else cheaper; at the end finds room."""
    tally, penalty = search.state.tally, search.data.penalty
    penalty *= _DEARER if tally[OUT] else _CHEAPER
    np.clip(penalty, _LEFT_OUT * heat, _TOO_DEAR * heat, out=penalty)
    if tally[OUT] and penalty[0] >= _TOO_DEAR * heat:
        place_all(search, heat, search.share() + _PLACING)
        tally[MOST] = tally[ROUTES]
        penalty[:] = _LEFT_OUT * heat


def uncap(search: Search, heat: float, dear: Reals) -> None:
    """Ends that; goes on from the best plan where the present one still leaves somebody out."""
    state = search.state
    placed = not state.tally[OUT] or place_all(search, heat, search.share() + _PLACING)
    state.tally[MOST], state.tally[SOFT] = len(search.data.slot_class), 0
    search.data.penalty[:] = dear
    if not placed:
        restart(search, state.best_route.copy(), state.best_size.copy())


def put_together(search: Search) -> None:
    """Goes on from the best plan that the routes met can make, where it is better than the best one so far."""
    data, state = search.data, search.state
    kept_route, kept_size = state.route.copy(), state.size.copy()
    state.route[:], state.size[:] = state.best_route, state.best_size
    take_over(data, state, search.work)
    plan = cheapest_plan(data, state, search.stop.seconds * _PARTITIONING_SHARE)
    if plan is not None:
        state.size[:] = 0
        free = data.class_from[:-1].copy()
        for group, nodes in plan:
            state.route[free[group], 1 : len(nodes) + 1], state.size[free[group]] = nodes, len(nodes)
            free[group] += 1
        take_over(data, state, search.work)
    if state.total[COST] < state.total[BEST]:
        note_best(search)
    else:
        restart(search, kept_route, kept_size)


def typical_edge(search: Search) -> float:
    """The scale of the temperature: the mean cost of a drive between two stops, at most the median of all."""
    data, state = search.data, search.state
    driving = float(state.price[state.size > 0].sum())
    number = 2 * len(data.ride)
    median = float(max((np.median(cost[:number, :number]) for cost in data.cost), default=0.0))
    return max(min(driving / max(number, 1), median), 1e-6)


def squeeze(search: Search, heat: float) -> bool:
    """Takes away one route after the other and finds its riders room elsewhere, as long as that succeeds.

    False where fewer routes cost so much more driving that the best plan met before is the better beginning; that can
    be told only where there was time to settle.
    """
    state, tally = search.state, search.state.tally
    if tally[OUT]:
        return False
    succeeded, settled = search.share(), False
    while not search.over():
        kept_route, kept_size = state.route.copy(), state.size.copy()
        until = min(_SQUEEZING, succeeded + _PATIENCE)
        if not drop_route(search) or not place_all(search, heat, until):
            restart(search, kept_route, kept_size)
            break
        tally[MOST] = tally[ROUTES]
        begun = search.spent
        cool(search, heat, search.share() + _SETTLING)
        settled = (search.spent - begun) / len(search.data.ride) >= _STEPS_TO_SETTLE
        tally[MOST] = len(search.data.slot_class)
        succeeded = search.share()
    if settled and state.total[COST] > state.total[BEST] * _WORTH_IT:
        restart(search, state.best_route.copy(), state.best_size.copy())
        return False
    return True


def place_all(search: Search, heat: float, until: float) -> bool:
    """Finds room for everyone without another route; false where that takes too long."""
    tally = search.state.tally
    tally[MOST], tally[SQUEEZE] = 0, 1
    while tally[OUT] and search.share() < until and not search.over():
        search.run(search.chunk(), heat * _LUKEWARM)
    tally[MOST], tally[SQUEEZE] = len(search.data.slot_class), 0
    return not tally[OUT]


def drop_route(search: Search) -> bool:
    """Empties the route whose riders were left out least; false where there is at most one."""
    state, half = search.state, len(search.data.ride)
    driven = np.flatnonzero(state.size)
    if len(driven) < 2:  # noqa: PLR2004  one route cannot move its riders to another
        return False
    riders = [state.route[slot, 1 : state.size[slot] + 1] for slot in driven]
    weights = [int(state.absences[nodes[nodes < half]].sum()) * 1000 + len(nodes) for nodes in riders]
    state.size[driven[int(np.argmin(weights))]] = 0
    take_over(search.data, state, search.work)
    return True


def restart(
    search: Search,
    route: "np.ndarray[tuple[int, ...], np.dtype[np.int64]]",
    size: "np.ndarray[tuple[int, ...], np.dtype[np.int64]]",
) -> None:
    """Goes on from another plan."""
    search.state.route[:], search.state.size[:] = route, size
    take_over(search.data, search.state, search.work)
    note_best(search)


def note_best(search: Search) -> None:
    """Makes the plan the best one where it is."""
    state = search.state
    if state.total[COST] < state.total[BEST]:
        state.total[BEST] = state.total[COST]
        state.best_route[:], state.best_size[:] = state.route, state.size
