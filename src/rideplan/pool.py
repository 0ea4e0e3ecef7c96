"""Routes met on the way, and the best plan that can be put together from them (set partitioning, solved by HiGHS)."""

from importlib import import_module

import numpy as np

from rideplan.kernels.arrays import MET_CLASS, MET_FROM, MET_SIZE, UNIFORM, Data, Ints, State

Column = tuple[int, float, Ints]  # class, price without the vehicle's, visits


def usable(data: Data) -> bool:
    """Whether routes may change vehicles within a class, and the solver of the partitioning is there and loads."""
    if not data.flag[UNIFORM]:
        return False
    try:
        import_module("highspy")
    except ImportError:  # not installed, or its library clashes with another one in the process (OR-Tools brings one)
        return False
    return True


def cheapest_plan(data: Data, state: State, seconds: float) -> list[tuple[int, Ints]] | None:
    """The cheapest choice of routes met, and of those driven now, that serves each request once (class, visits).

    None found in time: `None`.
    """
    best = [_driven(data, state, int(slot)) for slot in np.flatnonzero(state.size)]
    columns = best + [_met(state, int(row)) for row in np.flatnonzero(state.met[:, MET_SIZE])]
    values = _choose(data, columns, len(best), seconds)
    if values is None:
        return None
    return [(group, nodes) for (group, _, nodes), value in zip(columns, values, strict=True) if value > 0.5]  # noqa: PLR2004  binary


def _met(state: State, row: int) -> Column:
    size, group = state.met[row, MET_SIZE], int(state.met[row, MET_CLASS])
    return group, float(state.met_price[row]), state.met[row, MET_FROM : MET_FROM + size].astype(np.int64)


def _driven(data: Data, state: State, slot: int) -> Column:
    nodes = state.route[slot, 1 : state.size[slot] + 1].copy()
    return int(data.slot_class[slot]), float(state.price[slot]), nodes


def _choose(data: Data, columns: list[Column], known: int, seconds: float) -> list[float] | None:
    """Solves the partitioning: a row for each request (served or paid for), one for each class of vehicles.

    The first `known` columns are a plan to begin with.
    """
    import highspy

    half, groups = len(data.ride), len(data.class_from) - 1
    model = highspy.Highs()  # type: ignore[no-untyped-call]  # the library tells no types
    model.silent()
    for name, value in (("time_limit", seconds), ("threads", 1), ("mip_rel_gap", 0.0), ("random_seed", 1)):
        model.setOptionValue(name, value)
    lower = np.concatenate([np.ones(half), np.zeros(groups)])
    upper = np.concatenate([np.ones(half), np.diff(data.class_from).astype(float)])
    empty = np.array([], dtype=np.int32)
    model.addRows(half + groups, lower, upper, 0, empty, empty, np.array([], dtype=np.float64))
    served = [np.append(nodes[nodes < half], half + group) for group, _, nodes in columns]
    members = [*served, *(np.array([request]) for request in range(half))]
    starts = np.cumsum([0, *(len(rows) for rows in members[:-1])]).astype(np.int32)
    index = np.concatenate(members).astype(np.int32)
    fixed = [data.fixed[data.slot_vehicle[data.class_from[group]]] for group, _, _ in columns]
    prices = np.array([*(price + dear for (_, price, _), dear in zip(columns, fixed, strict=True)), *data.penalty])
    number = len(members)
    model.addCols(number, prices, np.zeros(number), np.ones(number), len(index), starts, index, np.ones(len(index)))
    model.changeColsIntegrality(
        number, np.arange(number, dtype=np.int32), np.full(number, highspy.HighsVarType.kInteger)
    )
    driven = {int(request) for rows in served[:known] for request in rows if request < half}
    begun = highspy.HighsSolution()
    begun.col_value = [float(at < known) for at in range(len(columns))] + [float(r not in driven) for r in range(half)]
    model.setSolution(begun)
    model.run()
    solution = model.getSolution()
    return list(solution.col_value)[: len(columns)] if solution.value_valid else None
