"""Routes met on the way, and the best plan that can be put together from them (set partitioning, solved by HiGHS)."""

from dataclasses import dataclass, field
from importlib.util import find_spec
from math import inf

import numpy as np

from rideplan.kernels.arrays import UNIFORM, Data, Ints, State

_MOST_ROUTES = 30_000


def usable(data: Data) -> bool:
    """Whether routes may change vehicles within a class, and the solver of the partitioning is installed."""
    return bool(data.flag[UNIFORM]) and find_spec("highspy") is not None


@dataclass(slots=True)
class Pool:
    """Routes by class and riders; of several orders of the same riders the cheapest is kept."""

    data: Data
    routes: dict[tuple[int, bytes], tuple[float, Ints]] = field(default_factory=dict)
    seen: dict[int, None] = field(default_factory=dict)

    def gather(self, state: State) -> None:
        """Adds the routes of a plan."""
        half = len(self.data.ride)
        for slot in np.flatnonzero(state.size):
            version = int(state.version[slot])
            if version in self.seen or len(self.routes) >= _MOST_ROUTES:
                continue
            self.seen[version] = None
            nodes = state.route[slot, 1 : state.size[slot] + 1].copy()
            key = (int(self.data.slot_class[slot]), np.sort(nodes[nodes < half]).tobytes())
            price = float(state.price[slot])
            if price < self.routes.get(key, (inf, nodes))[0]:
                self.routes[key] = (price, nodes)

    def cheapest_plan(self, seconds: float) -> list[tuple[int, Ints]] | None:
        """The cheapest choice of routes that serves each request once (class, visits); none found in time: `None`."""
        columns = list(self.routes.items())
        values = _choose(self.data, [(key[0], price, nodes) for key, (price, nodes) in columns], seconds)
        if values is None:
            return None
        return [(key[0], nodes) for (key, (_, nodes)), value in zip(columns, values, strict=True) if value > 0.5]  # noqa: PLR2004  binary


def _choose(data: Data, columns: list[tuple[int, float, Ints]], seconds: float) -> list[float] | None:
    """Solves the partitioning: a row for each request (served or paid for), one for each class of vehicles."""
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
    model.run()
    solution = model.getSolution()
    return list(solution.col_value)[: len(columns)] if solution.value_valid else None
