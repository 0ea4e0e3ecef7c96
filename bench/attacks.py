"""Tries to get wrong invoices paid: varies a right one in every way that a clever or a careless bookkeeper could.

    PYTHONPATH=tests python bench/attacks.py [SEED] [TRIES]

Each try is a municipality of its own with a right invoice and what was made of it, often several changes at once. What
ends ready without a person must be exactly what the slow reference would pay; every other try is printed. Run it after
a change of matching or comparison; a small sample is a property in `tests/unit/invoices/test_touchless_is_right.py`.
"""

import random
import sys
import time

from styr.kernel.engine import DuckEngine
from unit.invoices.attacked import outcomes
from unit.invoices.attacks import attack, faults

_AT_ONCE = 400


def main(seed: int, tries: int) -> int:
    """Print every try that was paid wrongly, and how many were paid; the exit code tells whether there was one."""
    chance = random.Random(seed)
    wrong = paid = 0
    began = time.perf_counter()
    with DuckEngine(threads=2) as engine:
        for first in range(0, tries, _AT_ONCE):
            towns = [attack(chance) for _ in range(min(_AT_ONCE, tries - first))]
            for town, seen in zip(towns, outcomes(engine, [town for _, town in towns]), strict=True):
                paid += sum(one.ready for one in seen.values())
                for fault in faults(town[1], seen):
                    wrong += 1
                    print(f"{fault}: {', '.join(town[0])}\n    {town[1].bills}\n    {town[1].granted}\n    {seen}")
    print(f"{tries} forsøg, {paid} bilag betalt uden berøring, {wrong} forkert; {time.perf_counter() - began:.0f} s")
    return 1 if wrong else 0


if __name__ == "__main__":
    given = [int(word) for word in sys.argv[1:3]]
    sys.exit(main(*(given + [1, 2000][len(given) :])))
