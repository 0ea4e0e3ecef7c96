"""PyVRP on an instance, stopped by CPU-seconds; it knows shipments, but no longest ride."""

from time import thread_time

from instances import Instance
from nodes import Nodes, Trips


def pyvrp_plan(instance: Instance, seconds: float) -> Trips:
    """The best plan PyVRP finds; none where it ends without a feasible one."""
    import pyvrp

    nodes, model = Nodes(instance), pyvrp.Model()
    at = [model.add_location(0, 0) for _ in nodes.travel]
    depot = model.add_depot(at[0])
    window = {"tw_early": int(nodes.open[0]), "tw_late": int(nodes.close[0])}
    count = min(nodes.fleet.count, nodes.number)
    longest = {"shift_duration": nodes.longest} if nodes.longest < 10**9 else {}
    model.add_vehicle_type(count, [nodes.room], depot, depot, fixed_cost=nodes.cost, **window, **longest)
    for row in range(1, nodes.number + 1):
        end = row + nodes.number
        model.add_shipment(
            at[row],
            at[end],
            pickup_tw_early=int(nodes.open[row]),
            pickup_tw_late=int(nodes.close[row]),
            pickup_service_duration=int(nodes.service[row]),
            delivery_tw_early=int(nodes.open[end]),
            delivery_tw_late=int(nodes.close[end]),
            delivery_service_duration=int(nodes.service[end]),
            amount=[nodes.load[row]],
        )
    for origin, line in enumerate(nodes.travel.tolist()):
        for target, length in enumerate(line):
            if origin != target:
                model.add_edge(at[origin], at[target], distance=length, duration=length)
    begun = thread_time()
    found = model.solve(lambda _: thread_time() - begun > seconds, seed=1, display=False, collect_stats=False)
    if not found.is_feasible():
        return []
    return [[_visit(nodes, step) for step in route if not step.is_depot()] for route in found.best.routes()]


def _visit(nodes: Nodes, step: object) -> tuple[str, str]:
    kind = "pickup" if "PICKUP" in str(step.type).upper() else "delivery"  # type: ignore[attr-defined]
    return kind, nodes.names[step.idx]  # type: ignore[attr-defined]
