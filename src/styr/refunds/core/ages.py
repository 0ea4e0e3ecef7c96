"""Ages by calendar month: who is too old for the refund, and who is a child.

A month counts whole: it is before a birthday when its first day is (kontrollér: the law does not say how a birthday
within a month is counted).
"""

from __future__ import annotations

from datetime import date


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
