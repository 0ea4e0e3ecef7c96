"""Every address × method × role × place: nobody gets further than role and unit allow.

    python bench/access_matrix.py [--parts 4] [--first 1] [--last 4]

Runs the whole matrix of tests/matrix, people with two roles included, against the program as it stands, and prints the
number of combinations and of unauthorised successes (a page or a change that was not theirs to get), which must be 0.
The parts are run one after another, each with people and things of its own (a minute), so that one can be seen at a
time; two of these commands, each with its own STYR_HOME and parts, use both cores.
"""

import argparse
import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--parts", type=int, default=4, help="how many runs the whole is shared out on")
    parser.add_argument("--first", type=int, default=1, help="the part to begin with")
    parser.add_argument("--last", type=int, help="the part to end with")
    arguments = parser.parse_args()
    last = arguments.last or arguments.parts
    return max(_part(part, arguments.parts) for part in range(arguments.first, last + 1))


def _part(part: int, parts: int) -> int:
    told = subprocess.run(
        [sys.executable, "-m", "pytest", "tests/matrix", "-q", "-s", "-p", "no:xdist", "-k", "nobody_gets_further"],
        cwd=ROOT,
        env=os.environ | {"STYR_MATRIX": f"{part}/{parts}"},
        check=False,
    )
    return told.returncode


if __name__ == "__main__":
    sys.exit(main())
