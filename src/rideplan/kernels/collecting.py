"""Keeps routes met in good plans, to be put together anew: a table where each has one place, by who rides on it."""

from rideplan.kernels.arrays import MET_CLASS, MET_FROM, MET_SIZE, NEARLY, TOUCHED, Data, State, Work
from rideplan.kernels.compiled import inlined

_MIX = 2654435761


@inlined
def label(data: Data, state: State, slot: int) -> int:
    """A number for a class of vehicles and a set of riders, whatever their order."""
    half, made = data.ride.shape[0], data.slot_class[slot] + 1
    for position in range(1, state.size[slot] + 1):
        node = state.route[slot, position]
        if node < half:
            mixed = ((node + 1) * _MIX) & 0x7FFFFFFF
            made += ((mixed * mixed) >> 9) & 0x3FFFFFFF
    return int(made)


@inlined
def collect(data: Data, state: State, work: Work, cost: float) -> None:
    """Writes the routes of a nearly good plan into the table; of the same riders the cheapest order stays."""
    if cost >= state.total[NEARLY]:
        return
    rows, room = state.met.shape[0], state.met.shape[1] - MET_FROM
    for at in range(work.misc[TOUCHED]):
        slot = work.touched[at]
        size = state.size[slot]
        if size == 0 or size > room or (size == work.old_size[slot] and state.price[slot] == work.old_price[slot]):
            continue
        key = label(data, state, slot)
        row = key % rows
        if state.met_key[row] == key and state.met_price[row] <= state.price[slot]:
            continue
        state.met_key[row], state.met_price[row] = key, state.price[slot]
        state.met[row, MET_SIZE], state.met[row, MET_CLASS] = size, data.slot_class[slot]
        for position in range(size):
            state.met[row, MET_FROM + position] = state.route[slot, position + 1]
