"""The rules of a year: ages by calendar month (who is too old for the refund, who is a child), and one-offs.

A month counts whole: it is before a birthday when its first day is (kontrollér: the law does not say how a birthday
within a month is counted).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Iterable

COVERED_AFTER, ONE_OFF_MONTHS = "covered_after_age_limit", "months_of_one_off"
_RULES: Final = {
    "limit": "age_limit",
    "child": "pooled_children_below",
    "young": "pooled_young_below",
}


@dataclass(frozen=True, slots=True)
class Ages:
    """The ages of a year: nobody at `limit` counts, siblings below `child` (`young` with aftercare) are one case.

    0 where there is no such rule. `covered_from`: whoever reached the limit before that day is never covered after it;
    None: nobody is. `spread`: one-offs go over the year's twelve months, else they count in their own.
    """

    limit: int
    child: int
    young: int
    covered_from: date | None
    spread: bool = True


def ages_of(year: int, rules: Iterable[dict[str, Any]]) -> Ages:
    """Return the ages by dated rules (`rule`, `value`, `valid_from`, `valid_to`), as they hold on 1 January.

    Raises:
        LookupError: nobody says until which age the refund reaches.
    """
    first, known = date(year, 1, 1), list(rules)
    held = {
        row["rule"]: row
        for row in known
        if row["valid_from"] <= first and (row["valid_to"] is None or first < row["valid_to"])
    }
    if _RULES["limit"] not in held:
        raise LookupError(f"no age limit holds in {year}")
    one_off = held.get(ONE_OFF_MONTHS)
    return Ages(
        **{name: int(held[rule]["value"]) if rule in held else 0 for name, rule in _RULES.items()},
        covered_from=_covered_since(first, [row for row in known if row["rule"] == COVERED_AFTER]),
        spread=one_off is None or one_off["value"] > 1,
    )


def _covered_since(day: date, rows: Iterable[dict[str, Any]]) -> date | None:
    """From when on, without a break until the day, help past the age limit has counted for who was covered before."""
    since = None
    for row in sorted(rows, key=lambda one: one["valid_from"], reverse=True):
        if row["valid_from"] > day:
            continue
        until = row["valid_to"]
        holds_on = until is None or until > day if since is None else until == since
        if not (row["value"] and holds_on):
            break
        since = row["valid_from"]
    return since


def reaches(birth_date: date, age: int) -> tuple[int, int]:
    """Return (month number, day) of the birthday; a month number is 12 x year + month - 1."""
    return 12 * (birth_date.year + age) + birth_date.month - 1, birth_date.day


def below(birth_date: date, age: int, month: date) -> bool:
    """Tell whether somebody is below an age on the first day of the month."""
    number, day = reaches(birth_date, age)
    return month_number(month) < number or (month_number(month) == number and day > 1)


def month_before(birth_date: date, age: int) -> date:
    """Return the last whole month before a birthday (BEK 1485/2023 § 6, stk. 2)."""
    number, _ = reaches(birth_date, age)
    return date((number - 1) // 12, (number - 1) % 12 + 1, 1)


def month_number(month: date) -> int:
    """Number the months through the years."""
    return 12 * month.year + month.month - 1
