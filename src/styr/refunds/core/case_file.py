"""The refund file: a year, limits perhaps, and what one or more citizens cost, as JSON read strictly.

Amounts are kroner with at most four decimals. A refusal names the field, the value and what to write instead.
The forms that expenses and income may have are told in the domain's README.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from styr.grants.core.plan_fields import Fields, PlanFileError
from styr.refunds.core.limits import Limits, Scheme, Step
from styr.refunds.core.refund import MONTHS, Entry, Kind, Person

if TYPE_CHECKING:
    from collections.abc import Iterator

CaseFileError = PlanFileError
"""The file cannot be used; the message is fit to show."""

_MONTH = re.compile(r"([0-9]{4})-(0[1-9]|1[0-2])")
_MOST = Decimal(10**10)
_FIRST, _LAST = 2007, 2200
_PERCENT = Decimal(100)
_SHORT = {"expenses": Kind.RUNNING, "income": Kind.INCOME, "one_off": Kind.ONE_OFF, "objective": Kind.OBJECTIVE}
"""What may stand in a row of `months`."""


@dataclass(frozen=True)
class CaseFile:
    """What a file asks for; `limits` when it brings its own, `notes` the fields that nothing reads."""

    year: int
    scheme: Scheme
    limits: Limits | None
    persons: tuple[Person, ...]
    notes: tuple[str, ...]


def read_case_file(text: str) -> CaseFile:
    """Read the text of a refund file.

    Raises:
        CaseFileError: it cannot be used; the message says where and how to mend it.
    """
    notes: list[str] = []
    top = Fields(_loaded(text), notes=notes)
    year = _year(top)
    scheme = top.choice("scheme", Scheme, default=Scheme.ADULTS)
    limits = _limits(top, scheme, year)
    if top.raw("persons") is None:
        persons: tuple[Person, ...] = (_person(top, year, "1"),)
    else:
        inner = list(top.many("persons"))
        persons = tuple(_person(each, year, str(number)) for number, each in enumerate(inner, start=1))
        for each in inner:
            each.done()
        _refuse_twice(top, persons)
    top.done()
    return CaseFile(year, scheme, limits, persons, tuple(notes))


def _loaded(text: str) -> Any:
    try:
        found = json.loads(text, parse_float=Decimal, object_pairs_hook=_without_repeats)
        json.dumps(found, ensure_ascii=False, default=str).encode()  # a text may hold half a character
    except json.JSONDecodeError as error:
        raise CaseFileError(f"Filen er ikke gyldig JSON (linje {error.lineno}, tegn {error.colno}).") from None
    except (ArithmeticError, RecursionError, ValueError) as error:
        if isinstance(error, CaseFileError):
            raise
        raise CaseFileError("Filen kan ikke læses som JSON. Skriv tal som 1234.50.") from None
    return found


def _without_repeats(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    names = [name for name, _ in pairs]
    for name in names:
        if names.count(name) > 1:
            raise CaseFileError(f"Feltet »{name}« står to gange i samme objekt. Behold det ene.")
    return dict(pairs)


def _year(top: Fields) -> int:
    value = top.raw("year")
    if isinstance(value, int) and not isinstance(value, bool) and _FIRST <= value < _LAST:
        return value
    raise top.refusal("year", value, f"Skriv et år fra {_FIRST}, fx 2022.")


def _limits(top: Fields, scheme: Scheme, year: int) -> Limits | None:
    if top.raw("limits") is None:
        return None
    steps = []
    for each in top.many("limits"):
        over = each.number("over", low=Decimal(0), high=_MOST)
        percent = each.number("percent", low=Decimal(1), high=_PERCENT)
        if percent != percent.to_integral_value():
            raise each.refusal("percent", percent, "Skriv et helt tal.")
        steps.append(Step(int(over * 100), int(percent)))
        each.done()
    try:
        return Limits(scheme, year, tuple(steps), "Grænser i filen")
    except ValueError as wrong:
        raise top.refusal("limits", f"{len(steps)} trin", str(wrong)) from None


def _person(fields: Fields, year: int, number: str) -> Person:
    birth = fields.raw("birth_date")
    household = fields.raw("household")
    if household is not None and not isinstance(household, str):
        raise fields.refusal("household", household, "Skriv husstandens navn som tekst.")
    entries = (
        *_entries(fields, "expenses", year, Kind.RUNNING),
        *_entries(fields, "income", year, Kind.INCOME),
        *_month_rows(fields, year),
    )
    if not entries:
        raise fields.refusal("expenses", fields.raw("expenses"), "Skriv mindst én udgift.")
    return Person(
        id=_id(fields, number),
        entries=entries,
        birth_date=None if birth is None else fields.day("birth_date"),
        household=household,
        aftercare=_yes(fields, "aftercare") or False,
        covered_before=_yes(fields, "covered_before_age"),
    )


def _id(fields: Fields, number: str) -> str:
    value = fields.raw("id")
    if value is None:
        return number
    if isinstance(value, bool) or not isinstance(value, str | int) or not str(value).strip():
        raise fields.refusal("id", value, "Skriv et id som tekst.")
    return str(value)


def _yes(fields: Fields, name: str) -> bool | None:
    value = fields.raw(name)
    if value is None or isinstance(value, bool):
        return value
    raise fields.refusal(name, value, "Skriv true eller false.")


def _entries(fields: Fields, name: str, year: int, kind: Kind) -> Iterator[Entry]:
    """A list of numbers (January first), an object of months, or a list of objects."""
    value = fields.raw(name)
    if isinstance(value, dict):
        inner = fields.one(name)
        for month in value:
            if inner is not None:
                yield Entry(_month(inner, month, month, year), _amount(inner, month), kind)
    elif isinstance(value, list) and all(isinstance(each, int | Decimal | str) for each in value):
        if len(value) > MONTHS:
            raise fields.refusal(name, f"{len(value)} tal", "Skriv højst tolv tal, januar først.")
        for number, amount in enumerate(value, start=1):
            row = Fields({f"{name}[{number - 1}]": amount}, notes=[])
            yield Entry(date(year, number, 1), _amount(row, f"{name}[{number - 1}]"), kind)
    else:
        for each in fields.many(name, optional=True):
            yield from _object(each, year, kind)
            each.done()


def _object(fields: Fields, year: int, kind: Kind) -> Iterator[Entry]:
    kind = fields.choice("kind", Kind, default=kind)
    if fields.raw("from") is None and fields.raw("to") is None:
        months = [_month(fields, "month", fields.raw("month"), year)]
    else:
        first, last = (_month(fields, name, fields.raw(name), year) for name in ("from", "to"))
        if last < first:
            raise fields.refusal("to", fields.raw("to"), "Skriv en måned, der ikke ligger før »from«.")
        months = [date(year, number, 1) for number in range(first.month, last.month + 1)]
    whole = fields.raw("total") is not None
    share = _amount(fields, "total") / len(months) if whole else _amount(fields, "amount")
    for month in months:
        yield Entry(month, share, kind)


def _month_rows(fields: Fields, year: int) -> Iterator[Entry]:
    for row in fields.many("months", optional=True):
        month = _month(row, "month", row.raw("month"), year)
        for name, kind in _SHORT.items():
            if row.raw(name) is not None:
                yield Entry(month, _amount(row, name), kind)
        row.done()


def _amount(fields: Fields, name: str) -> Fraction:
    return Fraction(fields.number(name, low=-_MOST, high=_MOST)) * 100


def _month(fields: Fields, name: str, value: Any, year: int) -> date:
    found = _MONTH.fullmatch(value) if isinstance(value, str) else None
    if found is None:
        raise fields.refusal(name, value, f"Skriv en måned som {year}-01.")
    if int(found[1]) != year:
        raise fields.refusal(name, value, f"Måneden ligger ikke i året {year}. Lav en fil for hvert år.")
    return date(year, int(found[2]), 1)


def _refuse_twice(top: Fields, persons: tuple[Person, ...]) -> None:
    seen: set[str] = set()
    for number, person in enumerate(persons):
        if person.id in seen:
            raise top.refusal(f"persons[{number}].id", person.id, "Det er brugt før i filen; giv hver sit eget.")
        seen.add(person.id)
