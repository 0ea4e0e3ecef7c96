"""What the last year's grants tell of those to come: read from the registers for `core.trend`.

Everything is read by the relations' names, so that a replayed forecast learns from what was known on its day.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any, Final

from django.db import connection

from styr.budgets.core.codes import ProvisionKind
from styr.budgets.core.trend import Moved, OwnWord, Waiting, trend_of
from styr.budgets.moving import asked_about, moved

if TYPE_CHECKING:
    from datetime import date
    from uuid import UUID

    from styr.budgets.core.frame import Frame

_OWN_WORDS: Final = "SELECT unit_id, kind, starts, ends, month_ore FROM rel_provision WHERE kind = ANY(%s)"
_KINDS: Final = [ProvisionKind.ARRIVALS.value, ProvisionKind.DEPARTURES.value, ProvisionKind.WAITING_LIST.value]

Trend = tuple[tuple["UUID | None", "date", int], ...]


def learned(frame: Frame) -> Trend:
    """Return what comes and goes beside the known grants, by unit and open month, øre. Two queries."""
    units, known = movement(frame)
    own, waiting = _own_words()
    return tuple(trend_of(frame, units, known, own, waiting))


def movement(frame: Frame) -> tuple[dict[UUID | None, Moved], dict[tuple[UUID | None, date], int]]:
    """Return what moved in each unit in the months learned from, and what is known to begin later. One query."""
    with connection.cursor() as cursor:
        cursor.execute(moved(), asked_about(frame))
        rows = cursor.fetchall()
    facts: dict[UUID | None, dict[str, int]] = defaultdict(dict)
    known: dict[tuple[UUID | None, date], int] = {}
    for unit_id, what, month, count, ore in rows:
        if what == "later":
            known[unit_id, month] = ore
        else:
            facts[unit_id] |= {what: count, f"{what}_ore": ore}
    return {unit_id: Moved(**told) for unit_id, told in facts.items()}, known


def _own_words() -> tuple[list[OwnWord], list[Waiting]]:
    with connection.cursor() as cursor:
        cursor.execute(_OWN_WORDS, [_KINDS])
        rows: list[Any] = cursor.fetchall()
    words, waiting = [], []
    for unit, kind, starts, ends, ore in rows:
        if kind == ProvisionKind.WAITING_LIST.value:
            waiting.append(Waiting(unit, starts, ends, ore))
        else:
            words.append(OwnWord(unit, kind == ProvisionKind.ARRIVALS.value, starts, ends))
    return words, waiting
