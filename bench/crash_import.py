"""Kills an import a thousand times (or `--kills N`) and holds what is left to an unbroken run: 0 lost, 0 doubled.

    .venv/bin/python bench/crash_import.py --kills 1000

Each round empties the database, kills the importer three times at random moments, lets a fourth run finish, and holds
every table against an unbroken run's.
"""

import argparse
import os
import random
import sys
import time
from pathlib import Path
from tempfile import TemporaryDirectory

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT / "src"), str(ROOT / "tests")]
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "styr.config.settings.test")


def main() -> int:
    """Run the kills and print what was lost or doubled; the exit status is 1 if anything was."""
    import django

    django.setup()
    from crash.harness import KEPT_OUT, killed_run, make_folder, own_database, unbroken_run, warm_importer
    from databases import database_of_this_process

    options = _options()
    chance = random.Random(options.seed)
    killed = rounds = 0
    unlike: dict[str, list[tuple[int, int]]] = {}
    began = time.monotonic()
    with (
        TemporaryDirectory() as place,
        database_of_this_process() as address,
        own_database(address) as database,
        warm_importer(database) as importer,
    ):
        folder = make_folder(Path(place) / "data", invoices=options.invoices)
        unbroken, lasted = unbroken_run(database, importer, folder)
        while killed < options.kills:
            database.empty()
            killed += sum(killed_run(importer, folder, chance.uniform(0, lasted)) for _ in range(3))
            assert importer.run(folder) == KEPT_OUT, importer.told()
            rounds += 1
            print(f"\r{killed} kills, {len(unlike)} tables differ", end="", file=sys.stderr, flush=True)
            for table, found in database.fingerprint().items():
                if found != unbroken[table]:
                    unlike.setdefault(table, []).append((found[0], unbroken[table][0]))
    lost = sum(max(0, right - found) for pairs in unlike.values() for found, right in pairs)
    doubled = sum(max(0, found - right) for pairs in unlike.values() for found, right in pairs)
    print(f"{killed} kills in {rounds} rounds, {time.monotonic() - began:.0f} s (an unbroken run takes {lasted:.1f} s)")
    print(f"rows lost: {lost}   rows doubled: {doubled}   tables that differ: {sorted(unlike) or 'none'}")
    return int(bool(unlike))


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--kills", type=int, default=1_000)
    parser.add_argument("--invoices", type=int, default=60)
    parser.add_argument("--seed", type=int, default=1)
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
