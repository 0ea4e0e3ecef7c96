"""What `styr plan` does: read a plan file, compute it, write it. No database."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

from rich.console import Console

from styr.grants.core.plan_fields import PlanFileError
from styr.grants.core.plan_file import read_plan
from styr.grants.core.plan_run import make_plan
from styr.grants.core.plan_text import plan_json, plan_tables, unpriced_warnings

if TYPE_CHECKING:
    from typing import TextIO

    from styr.grants.core.plan_run import Plan

_LARGEST_BYTES = 200_000_000
_WIDTH = 140


def write_plan(source: str, *, as_json: bool, out: TextIO, err: TextIO) -> int:
    """Write the plan of a file (`-`: standard input) to `out`, what to look at to `err`; return the exit status."""
    try:
        file = read_plan(_text(source))
        plan = make_plan(file)
    except PlanFileError as error:
        err.write(f"{error}\n")
        return 1
    err.writelines(f"{note}\n" for note in (*file.notes, *unpriced_warnings(plan)))
    if as_json:
        out.write(f"{plan_json(plan)}\n")
    else:
        _print(plan, out)
    return 0


def _print(plan: Plan, out: TextIO) -> None:
    console = Console(file=out, width=None if out.isatty() else _WIDTH)
    for table in plan_tables(plan):
        console.print(table)


def _text(source: str) -> str:
    try:
        if source == "-":
            raw = sys.stdin.buffer.read(_LARGEST_BYTES + 1)
        else:
            with Path(source).open("rb") as file:
                raw = file.read(_LARGEST_BYTES + 1)
    except OSError as error:
        raise PlanFileError(f"Filen »{source}« kan ikke læses: {_why(error)}. Se efter navn og rettigheder.") from None
    if len(raw) > _LARGEST_BYTES:
        raise PlanFileError(f"Filen »{source}« er større end {_LARGEST_BYTES // 1_000_000} MB. Del den i flere.")
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise PlanFileError(f"Filen »{source}« er ikke UTF-8 (byte {error.start}). Gem den som UTF-8.") from None


def _why(error: OSError) -> str:
    match error:
        case FileNotFoundError():
            return "den findes ikke"
        case PermissionError():
            return "adgang nægtet"
        case IsADirectoryError():
            return "det er en mappe"
        case _:
            return str(error.strerror)
