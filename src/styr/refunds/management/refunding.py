"""What `styr refund` does: read a refund file, compute it, write it. No database."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

from rich.console import Console

from styr.refunds.core.ages import ages_of
from styr.refunds.core.case_file import CaseFileError, read_case_file
from styr.refunds.core.case_text import in_danish, refund_json, refund_table
from styr.refunds.core.limits import limits_for
from styr.refunds.core.refund import year_refund
from styr.refunds.reference.load import shipped_limits, shipped_rules

if TYPE_CHECKING:
    from typing import TextIO

    from styr.refunds.core.case_file import CaseFile
    from styr.refunds.core.limits import Limits

_LARGEST_BYTES = 50_000_000
_WIDTH = 140


def write_refund(source: str, *, as_json: bool, out: TextIO, err: TextIO) -> int:
    """Write the refund of a file (`-`: standard input) to `out`, what to look at to `err`; return the exit status."""
    try:
        file = read_case_file(_text(source))
        limits = _limits(file)
    except CaseFileError as error:
        err.write(f"{error}\n")
        return 1
    cases = year_refund(file.persons, limits, ages=ages_of(limits.year, shipped_rules()))
    err.writelines(f"{note}\n" for note in file.notes)
    if as_json:
        out.write(f"{refund_json(cases, limits)}\n")
    else:
        console = Console(file=out, width=None if out.isatty() else _WIDTH)
        console.print(refund_table(cases, limits))
        for sentence in dict.fromkeys(in_danish(reason) for case in cases for reason in case.reasons):
            console.print(f"· {sentence}")
    return 0


def _limits(file: CaseFile) -> Limits:
    known = file.limits or limits_for(shipped_limits(), file.scheme, file.year)
    if known is None:
        raise CaseFileError(
            f"Felt »year«: programmet kender ikke beløbsgrænserne for {file.scheme} i {file.year}. Skriv dem i "
            '»limits«: [{"over": 860000, "percent": 25}, …].'
        )
    return known


def _text(source: str) -> str:
    try:
        if source == "-":
            raw = sys.stdin.buffer.read(_LARGEST_BYTES + 1)
        else:
            with Path(source).open("rb") as file:
                raw = file.read(_LARGEST_BYTES + 1)
    except OSError as error:
        why = "den findes ikke" if isinstance(error, FileNotFoundError) else "den kan ikke åbnes"
        raise CaseFileError(f"Filen »{source}« kan ikke læses: {why}. Se efter navn og rettigheder.") from None
    if len(raw) > _LARGEST_BYTES:
        raise CaseFileError(f"Filen »{source}« er større end {_LARGEST_BYTES // 1_000_000} MB. Del den i flere.")
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise CaseFileError(f"Filen »{source}« er ikke UTF-8 (byte {error.start}). Gem den som UTF-8.") from None
