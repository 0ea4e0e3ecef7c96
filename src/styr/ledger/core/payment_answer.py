"""The finance system's answer (kvittering) to a payment file, read line by line. Pure."""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from styr.invoices.core.masking import masked
from styr.ledger.core.codes import LineState
from styr.ledger.core.payment_layout import UnusableLayoutError, read

if TYPE_CHECKING:
    from collections.abc import Mapping

    from styr.ledger.core.payment_layout import Layout

ANSWER_COLUMNS: Final = ("fil_nr", "linje_nr", "status", "årsag")
_ANSWERS: Final = {state.danish: state for state in (LineState.ACCEPTED, LineState.REFUSED)}
_LARGEST: Final = 100_000
_DIGITS: Final = 9
_REASON: Final = 300
_SHOWN: Final = 40
"""How much of a cell that is wrong a message repeats."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What the finance system says of one line; CPR numbers in the reason are masked."""

    line_no: int
    state: LineState
    reason: str


class UnreadableAnswerError(ValueError):
    """The answer cannot be read; the text is Danish and names every row."""


def read_answer(
    data: bytes, *, number: int, states: Mapping[int, LineState], layout: Layout | None = None
) -> tuple[Answer, ...]:
    """Read the answer to file `number`; `states` are its lines as answered, `layout` the one it is written in.

    Raises:
        UnreadableAnswerError: a row is of another file, of no line of this, stands twice, says neither of the two
            words, is refused without a reason, or says otherwise than what was answered before. Nothing of it counts.
    """
    rows = _rows(data) if layout is None else _laid_out(layout, data)
    answers: dict[int, Answer] = {}
    wrong: list[str] = []
    for at, found in enumerate(rows, 2):
        row = {key: (found.get(key) or "").strip() for key in ANSWER_COLUMNS}
        fault = _wrong_line(row, number, states, answers) or _wrong_answer(row, states)
        if fault:
            wrong.append(f"Række {at}: {fault}")
        else:
            line_no = _line_no(row)
            answers[line_no] = Answer(line_no, _ANSWERS[row["status"].casefold()], masked(row["årsag"])[:_REASON])
    if wrong:
        raise UnreadableAnswerError(" ".join(wrong[:20]))
    return tuple(answers.values())


def _laid_out(layout: Layout, data: bytes) -> list[dict[str, str]]:
    try:
        rows = read(layout, data)
    except UnusableLayoutError as wrong:
        raise UnreadableAnswerError(str(wrong)) from wrong
    if not rows or len(rows) > _LARGEST:
        raise UnreadableAnswerError("Kvitteringen har ingen rækker, eller flere end en betalingsfil kan have.")
    refused = "Uden årsag fra økonomisystemet"
    return [
        {
            "fil_nr": row["file_no"],
            "linje_nr": row["line_no"],
            "status": row["status"],
            "årsag": row.get("reason") or (refused if row["status"] == LineState.REFUSED.danish else ""),
        }
        for row in rows
    ]


def _rows(data: bytes) -> list[dict[str, str]]:
    """The answer's rows by heading.

    Raises:
        UnreadableAnswerError: it is no text, no CSV, has other headings, no rows or far too many.
    """
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise UnreadableAnswerError("Filen er ikke UTF-8. Hent kvitteringen igen fra økonomisystemet.") from None
    if "\0" in text:
        raise UnreadableAnswerError(
            "Kvitteringen indeholder tegn, der ikke er tekst. Hent den igen fra økonomisystemet."
        )
    try:
        rows = list(csv.DictReader(io.StringIO(text, newline=""), delimiter=";"))
    except csv.Error:
        raise UnreadableAnswerError("Kvitteringen kan ikke læses som CSV, eller en celle er alt for lang.") from None
    if not rows or set(ANSWER_COLUMNS) - set(rows[0]):
        told = ", ".join(ANSWER_COLUMNS)
        raise UnreadableAnswerError(f"Kvitteringen skal have kolonnerne {told}, og mindst én række.")
    if len(rows) > _LARGEST:
        raise UnreadableAnswerError("Kvitteringen har flere rækker, end en betalingsfil kan have.")
    return rows


def _wrong_line(
    row: Mapping[str, str], number: int, states: Mapping[int, LineState], seen: Mapping[int, Answer]
) -> str:
    """What is wrong with the line that the row names; "" for nothing."""
    if row["fil_nr"] != str(number):
        return f"filnummeret er »{_shown(row['fil_nr'])}«, men filen har nummer {number}."
    line_no = _line_no(row)
    if line_no not in states:
        return f"filen har ingen linje »{_shown(row['linje_nr'])}«."
    return f"linje {line_no} står flere gange." if line_no in seen else ""


def _wrong_answer(row: Mapping[str, str], states: Mapping[int, LineState]) -> str:
    """What is wrong with what the row says of its line; "" for nothing."""
    line_no = _line_no(row)
    state, before = _ANSWERS.get(row["status"].casefold()), states[line_no]
    if state is None:
        return f"status »{_shown(row['status'])}« kendes ikke. Brug {' eller '.join(_ANSWERS)}."
    if state is LineState.REFUSED and not row["årsag"]:
        return f"linje {line_no} er afvist uden årsag."
    if before not in {LineState.SENT, state}:
        return f"linje {line_no} er allerede besvaret: {before.danish}."
    return ""


def _line_no(row: Mapping[str, str]) -> int:
    """The row's line number; -1, which no line has, where it is none."""
    text = row["linje_nr"]
    return int(text) if text.isascii() and text.isdecimal() and len(text) <= _DIGITS else -1


def _shown(cell: str) -> str:
    """A cell as a message repeats it."""
    text = masked(cell)
    return text if len(text) <= _SHOWN else f"{text[:_SHOWN]}…"
