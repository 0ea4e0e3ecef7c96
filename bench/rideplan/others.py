"""Other solvers on the same instance: the same matrices, the same CPU-seconds on one core; each gives visits per trip.

A solver that is not installed is told of, not replaced. None of them but OR-Tools knows a longest ride time.
"""

import importlib.util
from collections.abc import Callable, Iterable
from time import thread_time
from typing import Any

import numpy as np
from instances import Instance
from nodes import Nodes, Trips
from with_pyvrp import pyvrp_plan

PENALTY = 10_000_000


def or_tools(instance: Instance, seconds: float) -> Trips:
    """Droppable visits, parallel cheapest insertion, guided local search."""
    from ortools.constraint_solver import pywrapcp, routing_enums_pb2

    nodes = Nodes(instance)
    manager = pywrapcp.RoutingIndexManager(len(nodes.travel), min(nodes.fleet.count, nodes.number), 0)
    routing = pywrapcp.RoutingModel(manager)
    _rules(routing, manager, nodes)
    chosen = pywrapcp.DefaultRoutingSearchParameters()
    chosen.first_solution_strategy = routing_enums_pb2.FirstSolutionStrategy.PARALLEL_CHEAPEST_INSERTION
    chosen.local_search_metaheuristic = routing_enums_pb2.LocalSearchMetaheuristic.GUIDED_LOCAL_SEARCH
    begun = thread_time()
    routing.AddSearchMonitor(routing.solver().CustomLimit(lambda: thread_time() - begun > seconds))
    solution = routing.SolveWithParameters(chosen)
    return _read(routing, manager, solution, nodes) if solution else []


def _rules(routing: Any, manager: Any, nodes: Nodes) -> None:
    at = manager.IndexToNode
    drive = routing.RegisterTransitCallback(lambda a, b: int(nodes.travel[at(a), at(b)]))
    pass_by = routing.RegisterTransitCallback(lambda a, b: int(nodes.travel[at(a), at(b)] + nodes.service[at(a)]))
    routing.SetArcCostEvaluatorOfAllVehicles(drive)
    routing.SetFixedCostOfAllVehicles(nodes.cost)
    routing.AddDimension(pass_by, 10**9, 10**9, fix_start_cumul_to_zero=False, name="time")
    load = routing.RegisterUnaryTransitCallback(lambda a: nodes.load[at(a)])
    routing.AddDimension(load, 0, nodes.room, fix_start_cumul_to_zero=True, name="load")
    time, solver = routing.GetDimensionOrDie("time"), routing.solver()
    for vehicle in range(routing.vehicles()):
        for end in (routing.Start(vehicle), routing.End(vehicle)):
            time.CumulVar(end).SetRange(int(nodes.open[0]), int(nodes.close[0]))
        if nodes.longest < 10**9:
            time.SetSpanUpperBoundForVehicle(nodes.longest, vehicle)
    for row in range(1, nodes.number + 1):
        up, down = manager.NodeToIndex(row), manager.NodeToIndex(row + nodes.number)
        routing.AddPickupAndDelivery(up, down)
        solver.Add(routing.VehicleVar(up) == routing.VehicleVar(down))
        solver.Add(time.CumulVar(up) <= time.CumulVar(down))
        if nodes.ride[row - 1] < 10**9:
            spent = int(nodes.ride[row - 1] + nodes.service[row])
            solver.Add(time.CumulVar(down) - time.CumulVar(up) <= spent)
        for node, index in ((row, up), (row + nodes.number, down)):
            time.CumulVar(index).SetRange(int(nodes.open[node]), int(nodes.close[node]))
            routing.AddDisjunction([index], PENALTY)


def _read(routing: Any, manager: Any, solution: Any, nodes: Nodes) -> Trips:
    found: Trips = []
    for vehicle in range(routing.vehicles()):
        index, trip = solution.Value(routing.NextVar(routing.Start(vehicle))), []
        while not routing.IsEnd(index):
            trip.append(nodes.visit(manager.IndexToNode(index)))
            index = solution.Value(routing.NextVar(index))
        found.append(trip)
    return [trip for trip in found if trip]


def vroom(instance: Instance, seconds: float) -> Trips:
    """VROOM has no longest ride; it searches at its deepest level. Its limit is wall time: three times the budget."""
    from datetime import timedelta

    import vroom as library

    nodes = Nodes(instance)
    problem = library.Input()
    problem.set_durations_matrix("car", nodes.travel.astype(np.uint32))
    window = library.TimeWindow(int(nodes.open[0]), int(nodes.close[0]))
    for vehicle in range(min(nodes.fleet.count, nodes.number)):
        fixed = library.VehicleCosts(fixed=nodes.cost, per_hour=3600)
        problem.add_vehicle(
            library.Vehicle(vehicle, start=0, end=0, capacity=[nodes.room], time_window=window, costs=fixed)
        )
    for row in range(1, nodes.number + 1):
        steps = [_step(library, nodes, node) for node in (row, row + nodes.number)]
        problem.add_job(library.Shipment(steps[0], steps[1], amount=[nodes.load[row]]))
    solution = problem.solve(exploration_level=5, nb_threads=1, timeout=timedelta(seconds=3 * seconds))
    frame = solution.routes[solution.routes["type"].isin(["pickup", "delivery"])]
    groups: Iterable[tuple[Any, Any]] = frame.groupby("vehicle_id")
    return [[nodes.visit(int(node)) for node in rows["id"]] for _, rows in groups]


def _step(library: Any, nodes: Nodes, node: int) -> Any:
    window = library.TimeWindow(int(nodes.open[node]), int(nodes.close[node]))
    return library.ShipmentStep(node, location=node, default_service=int(nodes.service[node]), time_windows=[window])


SOLVERS: dict[str, tuple[str, Callable[[Instance, float], Trips]]] = {
    "PyVRP": ("pyvrp", pyvrp_plan),
    "OR-Tools": ("ortools", or_tools),
    "VROOM": ("vroom", vroom),
}


def installed() -> dict[str, Callable[[Instance, float], Trips]]:
    """Those that can be imported here."""
    return {name: run for name, (module, run) in SOLVERS.items() if importlib.util.find_spec(module)}


def absent() -> list[str]:
    """Those that cannot."""
    return [name for name, (module, _) in SOLVERS.items() if not importlib.util.find_spec(module)]
