"""Issues grant numbers (Danish: bevillingsnumre): one sequence for the whole installation, a check digit for each."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import connection, transaction

from styr.kernel.grant_number import GrantNumber, InvalidGrantNumberError

if TYPE_CHECKING:
    from collections.abc import Iterable

    from styr.kernel.engine import Cursor

_LAST_TENTH = 9_000_000
"""Imported numbers from here on do not push the sequence, or one stray number could use up all that are left."""


def issue_serials(cursor: Cursor, count: int) -> list[GrantNumber]:
    """Take `count` new grant numbers; none is ever given twice, also when the transaction is undone."""
    cursor.execute("SELECT nextval('grants_serial') FROM generate_series(1, %s)", [count])
    return [GrantNumber(serial) for (serial,) in cursor.fetchall()]


@transaction.atomic
def issue_grant_number() -> GrantNumber:
    """Take a new grant number with its check digit; it is never given again."""
    with connection.cursor() as cursor:
        return issue_serials(cursor, 1)[0]


def imported_number(source_id: str) -> GrantNumber | None:
    """The grant number that a source's own number is, when it is one."""
    try:
        return GrantNumber.parse(source_id)
    except InvalidGrantNumberError:
        return None


def numbers_begin_after(cursor: Cursor, numbers: Iterable[GrantNumber]) -> None:
    """Let new numbers begin after these, which came with an import."""
    highest = max((number.serial for number in numbers if number.serial < _LAST_TENTH), default=0)
    # Two imports at once: the one that asks later sees the other's number, since sequences know no transactions.
    cursor.execute(
        "SELECT setval('grants_serial', %s) WHERE %s > (SELECT last_value FROM grants_serial)", [highest, highest]
    )
