"""The plan and the working room of a search."""

import numpy as np

from rideplan.kernels.arrays import BEST, MET_FROM, NEARLY, Data, State, Work

_GOLDEN = 2654435761


_ROUTES_MET, _LONGEST_MET = 16_381, 128


def new_state(data: Data, seed: int, *, collecting: bool = False) -> State:
    """A plan in which nobody is driven yet."""
    met = _ROUTES_MET if collecting else 0
    slots, requests, nodes = len(data.slot_class), len(data.ride), len(data.open)
    width, dimensions = 2 * requests + 4, data.load.shape[1]
    mixed = (seed * _GOLDEN + 12345) & 0xFFFFFFFF
    random = np.array([(mixed ^ 362436069) & 0x7FFFFFFF | 1, (mixed * 40503 + 521288629) & 0x7FFFFFFF | 1])
    total, rows = np.zeros(4), slots + 1
    total[BEST], total[NEARLY] = np.inf, -np.inf
    return State(
        route=np.zeros((rows, width), dtype=np.int64),
        size=np.zeros(rows, dtype=np.int64),
        figure=np.zeros((rows, width, 4)),
        aboard=np.zeros((rows, width, dimensions), dtype=np.int64),
        price=np.zeros(rows),
        version=np.zeros(rows, dtype=np.int64),
        memo=np.zeros((requests, slots, 3)),
        slot_of=np.full(nodes, -1, dtype=np.int64),
        out=np.zeros(requests, dtype=np.int64),
        used=np.zeros(len(data.fixed), dtype=np.int64),
        absences=np.ones(requests, dtype=np.int64),
        tally=np.array([0, slots, 0, 0, 0, 0, 0]),
        total=total,
        random=random,
        best_route=np.zeros((rows, width), dtype=np.int64),
        best_size=np.zeros(rows, dtype=np.int64),
        met=np.zeros((met, MET_FROM + min(width, _LONGEST_MET)), dtype=np.int32),
        met_key=np.full(met, -1, dtype=np.int64),
        met_price=np.zeros(met),
    )


def new_work(data: Data, state: State) -> Work:
    """Empty working room for a state."""
    slots, requests, nodes = len(data.slot_class), len(data.ride), len(data.open)
    width = state.route.shape[1] + 4

    def ints(*shape: int) -> "np.ndarray[tuple[int, ...], np.dtype[np.int64]]":
        return np.zeros(shape, dtype=np.int64)

    return Work(
        line=ints(width),
        low=np.zeros(width),
        high=np.zeros(width),
        stay=np.zeros(width),
        leg=np.zeros(width),
        when=np.zeros(width),
        limit=np.zeros(width),
        pair=ints(width),
        where=ints(nodes),
        rest_at=ints(1),
        detour=np.zeros(width),
        floor=np.zeros(width),
        candidate=ints(2 * slots + 4),
        stamp=ints(slots),
        mark=ints(requests),
        removed=ints(2 * requests + 2),
        key=np.zeros(2 * requests + 2),
        out_before=ints(requests),
        is_touched=ints(slots),
        touched=ints(slots),
        offer=np.zeros(1),
        misc=ints(10),
        thrown=ints(6),
        old_route=np.zeros_like(state.route),
        old_size=np.zeros_like(state.size),
        old_figure=np.zeros_like(state.figure),
        old_aboard=np.zeros_like(state.aboard),
        old_price=np.zeros_like(state.price),
        old_version=np.zeros_like(state.version),
    )
