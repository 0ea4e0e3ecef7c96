"""The whole table of docs/rideplan.md: one version, one seed, all solvers side by side, the bars' budgets (`--help`).

Each run is written to a file as it ends, so a table can be made of what is done, and a run begun anew goes on.
"""

import argparse
import json
import resource
import subprocess
import sys
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path
from statistics import mean
from time import process_time
from typing import Any

from instances import Instance, load
from judging import SAMPLES, judged
from others import SOLVERS, installed

from rideplan.solver import solve
from rideplan.stopping import Stop

OURS = "rideplan"
FIVE_400 = ("lr1_4_9", "lrc1_4_7", "lrc2_4_8", "lc1_4_10", "lr1_4_1")
FIVE_200 = ("lr1_2_8", "lrc1_2_10", "lrc1_2_3", "lr2_2_7", "lc1_2_10")
FIVE_100 = ("lrc108", "lr204", "lr104", "lr107", "lrc104")
DIAL = ("a4-48", "a8-80", "b6-48", "b8-64", "pr03", "pr09")
LARGE = ("lc1_10_10", "lrc2_10_3")
OTHERS = ("PyVRP", "VROOM", "OR-Tools")
STEPS: tuple[tuple[tuple[str, ...], float, tuple[str, ...]], ...] = (
    (FIVE_400, 5, (OURS, *OTHERS)),
    (FIVE_200, 5, (OURS,)),
    (FIVE_100, 5, (OURS,)),
    (("pr09",), 30, (OURS,)),
    (LARGE, 60, (OURS,)),
    (("a8-80", "lr1_4_9", "pr03"), 30, (OURS,)),
    (FIVE_400, 30, (OURS,)),
    (DIAL, 30, (OURS,)),
    (FIVE_200, 30, (OURS,)),
    (DIAL, 5, (OURS, "OR-Tools")),
    (FIVE_200, 5, OTHERS),
    (FIVE_100, 30, (OURS,)),
    (LARGE, 60, OTHERS),
    (FIVE_400, 30, OTHERS),
    (DIAL, 30, ("OR-Tools",)),
)
Row = dict[str, Any]


def main() -> int:
    parser = argparse.ArgumentParser(prog="bench/rideplan/table.py", description=__doc__)
    parser.add_argument("--file", type=Path, required=True, help="one run a line, as JSON")
    parser.add_argument("--samples", type=Path, default=SAMPLES)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--print", action="store_true", help="only the table of what is there")
    arguments = parser.parse_args()
    rows = [json.loads(line) for line in arguments.file.read_text().splitlines()] if arguments.file.exists() else []
    if not arguments.print:
        rows += measure(arguments, {_key(row) for row in rows})
    print("\n\n".join(tables(rows)))
    return 0


def _key(row: Row) -> tuple[str, float, str, int]:
    return row["instance"], row["seconds"], row["solver"], row["seed"]


def measure(arguments: argparse.Namespace, done: set[tuple[str, float, str, int]]) -> list[Row]:
    """Runs what is not done yet; a line for each in the file."""
    version = subprocess.run(["git", "rev-parse", "--short", "HEAD"], capture_output=True, text=True, check=True)
    instances = {row.name: row for row in load(arguments.samples, chosen=set())}
    there, found = {OURS, *installed()}, []
    for names, seconds, solvers in STEPS:
        for name in names:
            for solver in solvers:
                if solver in there and (name, seconds, solver, arguments.seed) not in done:
                    row = alone(instances[name], seconds, solver, arguments.seed) | {"version": version.stdout.strip()}
                    found.append(row)
                    with arguments.file.open("a") as file:
                        file.write(json.dumps(row) + "\n")
                    print(row, flush=True)
    return found


def alone(instance: Instance, seconds: float, solver: str, seed: int) -> Row:
    """A run in a process of its own: highspy and OR-Tools cannot be loaded into the same one."""
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as pool:
        return pool.submit(run, instance, seconds, solver, seed).result()


def run(instance: Instance, seconds: float, solver: str, seed: int) -> Row:
    """One solver on one instance."""
    begun, steps = process_time(), 0
    if solver == OURS:
        made = solve(instance.problem, Stop(seconds=seconds), seed=seed)
        cost, vehicles, legal, steps = made.cost, made.vehicles, made.feasible, made.iterations
        spent = process_time() - begun
    else:
        plan: Callable[..., Any] = SOLVERS[solver][1]
        cost, vehicles, legal, spent = judged(plan, instance, seconds)
    return {
        "instance": instance.name,
        "group": instance.group,
        "seconds": seconds,
        "solver": solver,
        "seed": seed,
        "cost": cost,
        "best": instance.best,
        "vehicles": vehicles,
        "legal": legal,
        "spent": round(spent, 1),
        "steps": steps,
        "peak_mb": round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024),
    }


def tables(rows: list[Row]) -> Iterator[str]:
    """A table for each budget: a line for each instance, the mean gaps, and our cost beside each other solver's."""
    for seconds in sorted({row["seconds"] for row in rows}):
        mine = [row for row in rows if row["seconds"] == seconds]
        names = [name for name in (OURS, *OTHERS) if any(row["solver"] == name for row in mine)]
        lines = [f"| {seconds:g} CPU-s | {' | '.join(names)} |", "|---|" + "---|" * len(names)]
        for group in sorted({row["group"] for row in mine}):
            inside = [row for row in mine if row["group"] == group]
            instances = dict.fromkeys(row["instance"] for row in inside)
            lines += [_line(name, [row for row in inside if row["instance"] == name], names) for name in instances]
            lines.append(_means(f"**{group}, mean**", inside, names))
            if len(names) > 1:
                lines.append(_shares(f"{group}, our cost / theirs", inside, names))
        yield "\n".join(lines)


def gap(row: Row) -> float:
    return 100 * (float(row["cost"]) / float(row["best"]) - 1)


def _line(name: str, rows: list[Row], names: list[str]) -> str:
    by = {row["solver"]: row for row in rows}
    cells = [_cell(by[solver]) if solver in by else "–" for solver in names]
    return f"| {name} | {' | '.join(cells)} |"


def _cell(row: Row) -> str:
    return f"{gap(row):.2f} ({row['vehicles']})" if row["legal"] else "illegal"


def _means(label: str, rows: list[Row], names: list[str]) -> str:
    cells = []
    for solver in names:
        legal = [gap(row) for row in rows if row["solver"] == solver and row["legal"]]
        cells.append(f"**{mean(legal):.2f}** of {len(legal)}" if legal else "–")
    return f"| {label} | {' | '.join(cells)} |"


def _shares(label: str, rows: list[Row], names: list[str]) -> str:
    ours = {row["instance"]: row["cost"] for row in rows if row["solver"] == OURS and row["legal"]}
    cells = []
    for solver in names:
        both = [row for row in rows if row["solver"] == solver and row["legal"] and row["instance"] in ours]
        share = sum(ours[row["instance"]] for row in both) / sum(row["cost"] for row in both) if both else 0
        cells.append(f"{share:.3f}" if both else "–")
    return f"| {label} | {' | '.join(cells)} |"


if __name__ == "__main__":
    sys.exit(main())
