"""Solvers side by side: the same instances, matrices, CPU-seconds and verifier. `python bench/rideplan --help`."""

import argparse
import resource
import sys
from pathlib import Path
from statistics import mean
from time import process_time

from instances import Instance, load
from judging import SAMPLES, Outcome, judged
from others import absent, installed

from rideplan.solver import solve
from rideplan.stopping import Stop

QUICK = "lrc108,lr204,lr1_2_8,lrc1_2_3,lr1_4_9,lrc1_4_7,a4-48,b6-48,pr03,pr09"


def ours(instance: Instance, seconds: float) -> Outcome:
    begun = process_time()
    found = solve(instance.problem, Stop(seconds=seconds), seed=1)
    return found.cost, found.vehicles, found.feasible, process_time() - begun


def run(arguments: argparse.Namespace, instances: list[Instance]) -> dict[tuple[str, str], list[float]]:
    """Prints a line for each run; gives gaps by group and solver, infinite for an illegal plan."""
    gaps: dict[tuple[str, str], list[float]] = {}
    others = {} if arguments.only_ours else installed()
    for instance in instances:
        runs: dict[str, Outcome] = {"rideplan": ours(instance, arguments.seconds)}
        for name, plan in others.items():
            runs[name] = judged(plan, instance, arguments.seconds)
        for name, (cost, vehicles, legal, spent) in runs.items():
            gap = 100 * (cost / instance.best - 1) if legal else float("inf")
            gaps.setdefault((instance.group, name), []).append(gap)
            told = f"{gap:7.2f} %" if legal else "  illegal"
            print(
                f"{instance.name:10} {name:9} {vehicles:4} vehicles {cost:11.1f} {told} {spent:6.1f} CPU-s", flush=True
            )
    return gaps


def table(gaps: dict[tuple[str, str], list[float]], seconds: float) -> str:
    """The mean gap of each solver in each group, as Markdown."""
    groups, names = sorted({group for group, _ in gaps}), sorted({name for _, name in gaps}, reverse=True)
    rows = [f"| mean gap %, {seconds:g} CPU-s | {' | '.join(groups)} |", "|---|" + "---|" * len(groups)]
    for name in names:
        cells = [gaps.get((group, name), []) for group in groups]
        rows.append(f"| {name} | {' | '.join(_cell(cell) for cell in cells)} |")
    return "\n".join(rows)


def _cell(found: list[float]) -> str:
    legal = [gap for gap in found if gap < float("inf")]
    missing = f" ({len(found) - len(legal)} of {len(found)} illegal)" if len(legal) < len(found) else ""
    return (f"{mean(legal):.2f}" if legal else "–") + missing


def main() -> int:
    parser = argparse.ArgumentParser(prog="bench/rideplan", description=__doc__)
    parser.add_argument("--seconds", type=float, default=5.0, help="CPU-seconds for each solver and instance")
    parser.add_argument("--instances", default=QUICK, help="names with commas, or `all`")
    parser.add_argument("--samples", type=Path, default=SAMPLES)
    parser.add_argument("--only-ours", action="store_true")
    arguments = parser.parse_args()
    chosen = set() if arguments.instances == "all" else set(arguments.instances.split(","))
    instances = load(arguments.samples, chosen=chosen)
    print("CPU time of the solving thread is the budget; VROOM's limit is wall time (3 x the budget).")
    for name in absent():
        print(f"{name} is not installed: not compared")
    print("\n" + table(run(arguments, instances), arguments.seconds))
    print(f"\npeak memory {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MB")
    return 0


if __name__ == "__main__":
    sys.exit(main())
