"""How long the example municipality takes to write at growing scale: seconds, peak memory and documents a second.

    python bench/generate.py [SCALE…]

Each scale runs in a process of its own, so that its peak memory is its own.
"""

from __future__ import annotations

import json
import resource
import subprocess
import sys
import tempfile
import time
from datetime import date
from pathlib import Path

TODAY = date(2026, 11, 21)
SCALES = (1.0, 4.0, 16.0)


def measure(scale: float) -> dict[str, float]:
    """Generate once into a temporary folder that is removed again."""
    from exampletown.generate import generate

    with tempfile.TemporaryDirectory() as folder:
        started = time.perf_counter()
        summary = generate(Path(folder) / "kommune", seed=1, scale=scale, today=TODAY)
        seconds = time.perf_counter() - started
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return {"scale": scale, "seconds": seconds, "peak_mb": peak, "documents": summary.documents}


def main() -> None:
    if len(sys.argv) == 3 and sys.argv[1] == "--one":
        print(json.dumps(measure(float(sys.argv[2]))))
        return
    first: dict[str, float] | None = None
    print(
        f"{'scale':>6} {'seconds':>8} {'peak MB':>8} {'documents':>10} {'docs/s':>8} {'s per scale, against first':>27}"
    )
    for scale in [float(text) for text in sys.argv[1:]] or SCALES:
        command = [sys.executable, __file__, "--one", str(scale)]
        row = json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)
        first = first or row
        ratio = (row["seconds"] / row["scale"]) / (first["seconds"] / first["scale"])
        print(
            f"{row['scale']:>6g} {row['seconds']:>8.1f} {row['peak_mb']:>8.0f} {row['documents']:>10.0f} "
            f"{row['documents'] / row['seconds']:>8.0f} {ratio:>27.2f}"
        )


if __name__ == "__main__":
    main()
