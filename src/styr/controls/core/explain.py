"""From a finding's evidence to one Danish sentence.

A template names evidence columns in braces. Without more, a value is written by its type:
date `21. nov. 2026`, whole number `1.234`, decimal `1.234,5`, a name ending in `_ore` `1.234,50 kr.`, text as it is.
After a colon stands another way to write it:

========================  =============================================  ==============================
`{price:kr}`              decimal kroner (or integer øre) as money       1.234,50 kr.
`{ends:last}`             the last day of an exclusive period end        31. dec. 2026, indtil videre
`{starts:period ends}`    a whole period, last day inclusive             1. jan. 2026 – 31. dec. 2026
`{days:dag|dage}`         a number with its noun, singular or plural     1 dag, 3 dage
`{section:section}`       a law section's code                           SEL § 107
`{measure:unit}`          a unit's code                                  åbningsdag
========================  =============================================  ==============================
"""

from collections.abc import Callable, Mapping
from datetime import date, timedelta
from decimal import Decimal
from string import Formatter
from typing import Final

import ibis.expr.datatypes as dt

from styr.kernel.danish import danish_date, danish_number, danish_section, kroner
from styr.kernel.money import Money
from styr.kernel.units import Unit

Value = str | int | Decimal | bool | date | None
UNKNOWN: Final = "ukendt"
OPEN_END: Final = "indtil videre"
_DAY: Final = timedelta(days=1)


class TemplateError(ValueError):
    """A template that names a column that is not there, or a form that does not fit the column's type."""


def check_template(template: str, columns: Mapping[str, dt.DataType]) -> None:
    """Refuse a template that could not be filled from `columns`.

    Raises:
        TemplateError: naming the field and what is wrong.
    """
    try:
        parts = list(Formatter().parse(template))
    except ValueError as error:
        raise TemplateError(f"the template cannot be read: {error}") from error
    for _, name, form, conversion in parts:
        if name is None:
            continue
        if name not in columns:
            raise TemplateError(f"{{{name}}} is no column")
        if conversion:
            raise TemplateError(f"{{{name}!{conversion}}}: conversions are not used")
        if not _fits(columns, name, form or ""):
            raise TemplateError(f"{{{name}:{form}}} does not fit {columns[name]}")


def _fits(columns: Mapping[str, dt.DataType], name: str, form: str) -> bool:
    kind = columns[name]
    if form.startswith("period "):
        end = form.removeprefix("period ")
        return kind.is_date() and end in columns and columns[end].is_date()
    if "|" in form:
        return form.count("|") == 1 and (kind.is_integer() or kind.is_decimal())
    fits: Mapping[str, bool] = {
        "": True,
        "kr": kind.is_integer() or kind.is_decimal(),
        "last": kind.is_date(),
        "section": kind.is_string(),
        "unit": kind.is_string(),
    }
    return fits.get(form, False)


def explain(template: str, evidence: Mapping[str, Value]) -> str:
    """Fill a checked template. A missing value is written "ukendt", an open end "indtil videre".

    Example: `explain("Bevilling {number} udløb {ends:last}.", {"number": "B1234567-8", "ends": date(2026, 11, 1)})`
    gives "Bevilling B1234567-8 udløb 31. okt. 2026."
    """
    words: list[str] = []
    for text, name, form, _ in Formatter().parse(template):
        words.append(text)
        if name is not None:
            words.append(_written(evidence, name, form or ""))
    return "".join(words).replace("kr..", "kr.")  # an amount at the end of a sentence brings its own full stop


def _written(evidence: Mapping[str, Value], name: str, form: str) -> str:
    value = evidence.get(name)
    if form.startswith("period "):
        return period(value, evidence.get(form.removeprefix("period ")))
    if form == "last":
        return last_day(value)
    if value is None:
        return UNKNOWN
    if "|" in form:
        one, many = form.split("|")
        return f"{plain(value)} {one if value == 1 else many}"
    if form == "kr" or (not form and name.endswith("_ore")):
        return money(value)
    return _FORMS[form](value)


def period(start: Value, end: Value) -> str:
    """Write a half-open period: "1. jan. 2026 – 31. jan. 2026" or "fra 1. jan. 2026 og indtil videre"."""
    if not isinstance(start, date):
        return f"til og med {last_day(end)}" if isinstance(end, date) else f"en {UNKNOWN} periode"
    if not isinstance(end, date):
        return f"fra {danish_date(start)} og {OPEN_END}"
    if end - start == _DAY:
        return danish_date(start)
    return f"{danish_date(start)} – {danish_date(end - _DAY)}"


def last_day(end: Value) -> str:
    """Write the last day of a period whose end is exclusive."""
    return danish_date(end - _DAY) if isinstance(end, date) else OPEN_END


def money(value: Value) -> str:
    """Write øre (int) or kroner (Decimal, rounded to the øre) as Danish money."""
    if isinstance(value, Decimal):
        return kroner(Money.from_kroner(value).ore)
    if isinstance(value, int):
        return kroner(value)
    return str(value)


def plain(value: Value) -> str:
    """Write a value by its type alone."""
    if isinstance(value, bool):
        return "ja" if value else "nej"
    if isinstance(value, date):
        return danish_date(value)
    if isinstance(value, int | Decimal):
        return danish_number(value)
    return UNKNOWN if value is None else value


def section(value: Value) -> str:
    """Write "SEL-107" as "SEL § 107"."""
    return danish_section(str(value))


def unit(value: Value) -> str:
    """Write a unit's code as its Danish word; a code of somebody else's stays as it is."""
    return Unit(value).danish if isinstance(value, str) and value in set(Unit) else plain(value)


_FORMS: Final[Mapping[str, Callable[[Value], str]]] = {"": plain, "section": section, "unit": unit}
