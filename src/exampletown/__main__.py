"""``python -m exampletown FOLDER --seed N --scale S``: writes the example municipality as files."""

from __future__ import annotations

import argparse
import sys
import time
from datetime import date
from pathlib import Path

from exampletown.generate import UnableToGenerateError, generate

PERCENT = 100


def show(step: str, done: int, total: int) -> None:
    """A percentage on one line of the terminal."""
    sys.stderr.write(f"\r{step}: {PERCENT * done // max(total, 1)} %   " + ("\n" if done == total else ""))
    sys.stderr.flush()


def main() -> int:
    """Read the arguments, generate, and tell in Danish what was written; exit status 1 on a refusal."""
    parser = argparse.ArgumentParser(prog="exampletown", description="Skriver en opdigtet kommune som filer.")
    parser.add_argument("folder", type=Path, metavar="MAPPE", help="her skrives registre og e-fakturaer")
    parser.add_argument("--seed", type=int, default=1, help="samme tal giver samme kommune")
    parser.add_argument("--scale", type=float, default=1.0, help="1 giver cirka 1.200 borgere og 14.000 fakturaer")
    parser.add_argument("--today", type=date.fromisoformat, help="dagen i dag (ÅÅÅÅ-MM-DD); ellers urets")
    arguments = parser.parse_args()
    today = arguments.today or date(*time.localtime()[:3])
    try:
        summary = generate(arguments.folder, seed=arguments.seed, scale=arguments.scale, today=today, progress=show)
    except UnableToGenerateError as error:
        sys.stderr.write(f"{error}\n")
        return 1
    sys.stdout.write(
        f"{summary.citizens} borgere, {summary.grants} bevillinger, {summary.contracts} kontrakter og "
        f"{summary.documents} e-fakturaer i {summary.folder}\nFacit: {summary.key_folder}\n"
    )
    return 0


if __name__ == "__main__":
    sys.exit(main())
