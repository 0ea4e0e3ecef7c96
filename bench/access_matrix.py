"""Every address × method × role × place: nobody gets further than role and unit allow.

    python bench/access_matrix.py

Runs the whole matrix of tests/matrix, people with two roles included, against the program as it stands, and prints the
number of combinations and of unauthorised successes (a page or a change that was not theirs to get), which must be 0.
"""

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]


def main() -> int:
    told = subprocess.run(
        [sys.executable, "-m", "pytest", "tests/matrix", "-q", "-s", "-p", "no:xdist"],
        cwd=ROOT,
        env=os.environ | {"STYR_MATRIX": "whole"},
        check=False,
    )
    return told.returncode


if __name__ == "__main__":
    sys.exit(main())
