"""Reading the fields of a plan file: each refusal names grant, service, field, value and mend."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any, TypeVar

from styr.kernel.period import InvalidPeriodError, Period

if TYPE_CHECKING:
    from collections.abc import Iterator
    from enum import StrEnum

_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_NUMBER = re.compile(r"-?[0-9]{1,15}(\.[0-9]{1,15})?")
_DECIMALS = 4
_LARGEST_EXPONENT = 30
_LONGEST_SHOWN = 60
_LAST_DAY = 31
_FIRST_YEAR, _LAST_YEAR = 1900, 2200
_WORDS = {"grant": "bevilling", "service": "ydelse"}

Choice = TypeVar("Choice", bound="StrEnum")


class PlanFileError(ValueError):
    """The plan file cannot be used; the message is fit to show."""


class Fields:
    """One object of the file, and where in the file it is."""

    def __init__(self, data: Any, *, notes: list[str], place: tuple[str, ...] = (), path: str = "") -> None:
        self._notes, self._place, self._path = notes, place, path
        self._data: dict[str, Any] = {}
        if not isinstance(data, dict):
            raise self.refusal("", data, "Skriv et objekt: { … }.")
        self._data = data
        self._asked: set[str] = set()
        self.own_id = ""

    def raw(self, field: str) -> Any:
        """Return what is written in a field; None when it is absent."""
        self._asked.add(field)
        return self._data.get(field)

    def refusal(self, field: str, value: Any, mend: str) -> PlanFileError:
        """Make the refusal of the value of a field of this object."""
        return PlanFileError(_message(self._place, f"{self._path}.{field}".strip("."), value, mend))

    def refusal_above(self, field: str, value: Any, mend: str) -> PlanFileError:
        """Make the refusal of a field of the grant that this service is in; the service is named still."""
        return PlanFileError(_message(self._place, field, value, mend))

    def choice(self, field: str, kinds: type[Choice], *, default: Choice | None = None) -> Choice:
        """Read one of a fixed set of words."""
        value = self.raw(field)
        if value is None and default is not None:
            return default
        if isinstance(value, str) and value in set(kinds):
            return kinds(value)
        raise self.refusal(field, value, f"Skriv en af: {', '.join(kinds)}.")

    def number(self, field: str, *, low: Decimal, high: Decimal, default: Decimal | None = None) -> Decimal:
        """Read a number of at most four decimals, written as a number or as text with a decimal point."""
        value = self.raw(field)
        if value is None and default is not None:
            return default
        number = _as_decimal(value)
        if number is None:
            raise self.refusal(
                field, value, "Skriv et tal som 1234.50 (punktum før decimalerne, intet tusindtalsskille)."
            )
        if number.as_tuple().exponent < -_DECIMALS:  # type: ignore[operator] # only NaN and infinity have a letter there
            raise self.refusal(field, value, f"Skriv højst {_DECIMALS} decimaler.")
        if not low <= number <= high:
            raise self.refusal(field, value, f"Skriv et tal fra {low} til {high}.")
        return number

    def day_of_month(self, field: str) -> int:
        """Read a day of the month; the first when it is not told."""
        value = self.raw(field)
        if value is None:
            return 1
        if isinstance(value, int) and not isinstance(value, bool) and 1 <= value <= _LAST_DAY:
            return value
        raise self.refusal(field, value, "Skriv et helt tal fra 1 til 31.")

    def day(self, field: str) -> date:
        """Read a date."""
        return self._as_date(field, self.raw(field))

    def dates(self, field: str) -> tuple[date, ...]:
        """Read a list of different dates; none when the field is absent."""
        value = self.raw(field)
        if value is None:
            return ()
        if not isinstance(value, list):
            raise self.refusal(field, value, 'Skriv en liste af datoer: ["2026-01-31"].')
        found = [self._as_date(f"{field}[{index}]", each) for index, each in enumerate(value)]
        for index, each in enumerate(found):
            if each in found[:index]:
                raise self.refusal(f"{field}[{index}]", each.isoformat(), "Datoen står to gange; behold den ene.")
        return tuple(found)

    def period(self, start: str, end: str, *, open_end: bool = True) -> Period:
        """Read a period from its first day and the day it ends before; null is an open end where that may be."""
        first = self.day(start)
        if self.raw(end) is None and open_end:
            return Period(first)
        try:
            return Period(first, self.day(end))
        except InvalidPeriodError:
            mend = f"Slutdatoen er ikke med i perioden og skal ligge efter »{start}« ({first})."
            raise self.refusal(end, self.raw(end), mend) from None

    def one(self, field: str) -> Fields | None:
        """Read an object within this one; None when it is absent."""
        value = self.raw(field)
        return None if value is None else Fields(value, notes=self._notes, place=self._place, path=self._at(field))

    def many(self, field: str, *, name: str | None = None, optional: bool = False) -> Iterator[Fields]:
        """Read a list of objects; those with a `name` (grant, service) carry an id and are called by it."""
        value = self.raw(field)
        if value is None and optional:
            return
        if not isinstance(value, list):
            raise self.refusal(field, value, "Skriv en liste: [ … ].")
        for index, each in enumerate(value):
            path = f"{self._at(field)}[{index}]"
            inner = Fields(each, notes=self._notes, place=self._place, path=path)
            if name is not None:
                inner.take_id(name)
            yield inner

    def take_id(self, name: str) -> None:
        """Read the object's id and call it by that from now on."""
        value = self.raw("id")
        if isinstance(value, bool) or not isinstance(value, str | int) or str(value).strip() == "":
            raise self.refusal("id", value, "Skriv et id som tekst.")
        self.own_id = str(value)
        self._place = (*self._place, f"{_WORDS[name]} »{_shown(self.own_id)}«")
        self._path = ""

    def note(self, field: str, text: str) -> None:
        """Note what is to be known of a field."""
        self._notes.append(f"{_at(self._place, self._at(field))}: {text}")

    def done(self) -> None:
        """Note the fields that nothing has asked for."""
        for field in self._data.keys() - self._asked:
            self._notes.append(_at(self._place, self._at(field)) + " kendes ikke og bruges ikke.")

    def _at(self, field: str) -> str:
        return f"{self._path}.{field}".strip(".")

    def _as_date(self, field: str, value: Any) -> date:
        if isinstance(value, str) and _DATE.fullmatch(value):
            try:
                found = date.fromisoformat(value)
            except ValueError:
                raise self.refusal(field, value, "Datoen findes ikke. Skriv en dato som 2026-01-31.") from None
            if _FIRST_YEAR <= found.year < _LAST_YEAR:
                return found
            raise self.refusal(field, value, f"Skriv en dato mellem år {_FIRST_YEAR} og {_LAST_YEAR}.")
        raise self.refusal(field, value, "Skriv en dato som 2026-01-31.")


def _as_decimal(value: Any) -> Decimal | None:
    if isinstance(value, bool) or not isinstance(value, str | int | Decimal):
        return None
    if isinstance(value, Decimal) and abs(value.adjusted()) > _LARGEST_EXPONENT:
        return None
    text = value if isinstance(value, str) else f"{Decimal(value):f}"
    return Decimal(text) if _NUMBER.fullmatch(text) else None


def _message(place: tuple[str, ...], field: str, value: Any, mend: str) -> str:
    wrong = " mangler" if value is None else f": værdien »{_shown(value)}« kan ikke bruges"
    return f"{_at(place, field)}{wrong}. {mend}"


def _at(place: tuple[str, ...], field: str) -> str:
    parts = [*place, f"felt »{field}«"] if field else [*place]
    text = ", ".join(parts) or "filen"
    return f"{text[0].upper()}{text[1:]}"


def _shown(value: Any) -> str:
    text = str(value)
    return text if len(text) <= _LONGEST_SHOWN else f"{text[:_LONGEST_SHOWN]}…"
