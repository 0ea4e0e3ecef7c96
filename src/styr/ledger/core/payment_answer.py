"""The finance system's answer (kvittering) to a payment file, read line by line. Pure."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from styr.ledger.core.codes import LineState

if TYPE_CHECKING:
    from collections.abc import Mapping

ANSWER_COLUMNS: Final = ("fil_nr", "linje_nr", "status", "årsag")
_ANSWERS: Final = {state.danish: state for state in (LineState.ACCEPTED, LineState.REFUSED)}
_LARGEST: Final = 100_000


@dataclass(frozen=True, slots=True)
class Answer:
    """What the finance system says of one line."""

    line_no: int
    state: LineState
    reason: str


class UnreadableAnswerError(ValueError):
    """The answer cannot be read; the text is Danish and names every row."""


def read_answer(data: bytes, *, number: int, states: Mapping[int, LineState]) -> tuple[Answer, ...]:
    """Read the answer to file `number`; `states` are the file's lines as they are.

    Raises:
        UnreadableAnswerError: a row is of another file, of no line of this, stands twice, says neither of the two
            words, is refused without a reason, or says otherwise than what was answered before. Nothing of it counts.
    """
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise UnreadableAnswerError("Filen er ikke UTF-8. Hent kvitteringen igen fra økonomisystemet.") from None
    rows = list(csv.DictReader(text.splitlines(), delimiter=";"))
    if not rows or set(ANSWER_COLUMNS) - set(rows[0]):
        told = ", ".join(ANSWER_COLUMNS)
        raise UnreadableAnswerError(f"Kvitteringen skal have kolonnerne {told}, og mindst én række.")
    if len(rows) > _LARGEST:
        raise UnreadableAnswerError("Kvitteringen har flere rækker, end en betalingsfil kan have.")
    answers: dict[int, Answer] = {}
    wrong: list[str] = []
    for at, found in enumerate(rows, 2):
        row = {key: (found.get(key) or "").strip() for key in ANSWER_COLUMNS}
        fault = _wrong_line(row, number, states, answers) or _wrong_answer(row, states)
        if fault:
            wrong.append(f"Række {at}: {fault}")
        else:
            line_no = int(row["linje_nr"])
            answers[line_no] = Answer(line_no, _ANSWERS[row["status"].casefold()], row["årsag"][:300])
    if wrong:
        raise UnreadableAnswerError(" ".join(wrong[:20]))
    return tuple(answers.values())


def _wrong_line(
    row: Mapping[str, str], number: int, states: Mapping[int, LineState], seen: Mapping[int, Answer]
) -> str:
    """What is wrong with the line that the row names; "" for nothing."""
    if row["fil_nr"] != str(number):
        return f"filnummeret er «{row['fil_nr']}», men filen har nummer {number}."
    if not row["linje_nr"].isdecimal() or int(row["linje_nr"]) not in states:
        return f"filen har ingen linje «{row['linje_nr']}»."
    return f"linje {row['linje_nr']} står flere gange." if int(row["linje_nr"]) in seen else ""


def _wrong_answer(row: Mapping[str, str], states: Mapping[int, LineState]) -> str:
    """What is wrong with what the row says of its line; "" for nothing."""
    state, before = _ANSWERS.get(row["status"].casefold()), states[int(row["linje_nr"])]
    if state is None:
        return f"status «{row['status']}» kendes ikke. Brug {' eller '.join(_ANSWERS)}."
    if state is LineState.REFUSED and not row["årsag"]:
        return f"linje {row['linje_nr']} er afvist uden årsag."
    if before not in {LineState.SENT, state}:
        return f"linje {row['linje_nr']} er allerede besvaret: {before.danish}."
    return ""
