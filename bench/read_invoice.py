"""How fast e-invoices are read and checked, on one core, beside lxml merely parsing the same bytes.

Run: python bench/read_invoice.py [FOLDER]. Without a folder: the official samples beside the repository (or where
STYR_SAMPLES says), else our own small ones. Times are processor time, the best of several rounds, so that other work
on the machine does not count.
"""

import os
import sys
import time
from collections.abc import Callable
from pathlib import Path

from lxml import etree

from styr.invoices.core.document_checks.run import document_findings
from styr.invoices.core.einvoice.reader import read_einvoice

BAR = 1_200  # invoices a second on one core, findings included (design, section 6)
ROUNDS = 7
ROOT = Path(__file__).parents[1]


def main() -> None:
    folder = chosen_folder()
    files = [path.read_bytes() for path in sorted(folder.rglob("*.xml"))]
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    floor = rate(lambda data: etree.fromstring(data, parser), files)
    read = rate(read_einvoice, files)
    checked = rate(lambda data: document_findings(read_einvoice(data)), files)
    size = sum(map(len, files)) / len(files) / 1024
    print(f"{len(files)} files of {size:.1f} KB on average, from {folder}")
    print(f"{'lxml parses':24}{floor:>10,.0f} files/s     1.00")
    print(f"{'read':24}{read:>10,.0f} files/s     {read / floor:.2f}")
    print(f"{'read and checked':24}{checked:>10,.0f} files/s     {checked / floor:.2f}")
    print(f"bar {BAR:,} files/s: {checked / BAR:.2f} times ({'met' if checked >= BAR else 'NOT MET'})")


def chosen_folder() -> Path:
    if len(sys.argv) > 1:
        return Path(sys.argv[1])
    official = Path(os.environ.get("STYR_SAMPLES") or ROOT.parent / "shared" / "samples") / "einvoices"
    return official if official.is_dir() else ROOT / "tests" / "data" / "einvoices"


def rate(work: Callable[[bytes], object], files: list[bytes]) -> float:
    """Files a second of processor time, in the best of the rounds."""
    best = float("inf")
    for _ in range(ROUNDS):
        started = time.process_time()
        for data in files:
            work(data)
        best = min(best, time.process_time() - started)
    return len(files) / best


if __name__ == "__main__":
    main()
