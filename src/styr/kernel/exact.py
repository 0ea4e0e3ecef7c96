"""Exact money inside a query: the twin of `money.round_half_away` for PostgreSQL and DuckDB.

Ibis sends `/` and `//` on decimals through DOUBLE and the engines round ties differently. `div` is whole-number
division without a detour: PostgreSQL has it built in, `engine.DuckEngine` defines it as a macro.
"""

from __future__ import annotations

from typing import Any

import ibis

Column = Any
"""An Ibis column: which operators it takes depends on its type at run time, so the checker is told nothing."""

WHOLE = "decimal(38, 0)"
"""Whole numbers of up to 38 digits: PostgreSQL's numeric and DuckDB's 128-bit integers, both exact, overflow raises."""


@ibis.udf.scalar.builtin(name="div", signature=((WHOLE, WHOLE), WHOLE))
def _div(numerator: object, denominator: object) -> object:
    """Stand for the engines' own function of that name."""


@ibis.udf.scalar.builtin(name="int8div", signature=(("int64", "int64"), "int64"))
def _int8div(numerator: object, denominator: object) -> object:
    """The same in 64 bits."""


@ibis.udf.scalar.builtin(name="numeric_mul", signature=(("decimal(14, 0)", "decimal(4, 4)"), "decimal(18, 4)"))
def _numeric_mul(value: object, factor: object) -> object:
    """A product that keeps to 64 bits; Ibis gives the product of two decimals no type of its own."""


@ibis.udf.scalar.builtin(name="int8", signature=(("int64",), "int64"))
def _int8(sum_of_whole_numbers: object) -> object:
    """A cast by the name of PostgreSQL's function, which Ibis writes down also where it believes it superfluous."""


@ibis.udf.scalar.builtin(name="date", signature=(("date",), "date"))
def _date(day: object) -> object:
    """A cast that Ibis writes down also where it believes it superfluous."""


@ibis.udf.scalar.builtin(name="date_mi", signature=(("date", "date"), "int32"))
def _date_mi(end: object, start: object) -> object:
    """The days between two dates."""


def whole(value: Column, *, decimals: int = 0) -> Column:
    """Return `value` as a whole number of units of its last decimal: `whole(amount, decimals=4)` turns 1.5 into 15000.

    The value must not have more decimals than told; the column types of the relations see to that.
    """
    scaled = value if decimals == 0 else value.cast(f"decimal(38, {decimals})") * 10**decimals
    return scaled.cast(WHOLE)


def rounded_small(numerator: Column, denominator: Column) -> Column:
    """Round as `rounded_ore`, in 64 bits: for callers who know that twice the numbers fit."""
    half = ibis.ifelse(numerator < 0, -denominator, denominator)
    return _int8div(numerator * 2 + half, denominator * 2)


def total(column: Column) -> Column:
    """Sum whole numbers to int64, overflow raises: both engines widen a sum of int64, and Ibis knows nothing of it."""
    summed = column.sum()
    return summed.cast("int64") if summed.type().is_decimal() else _int8(summed)


def year_of(day: Column) -> Column:
    """Return the year as a whole number (int64): what PostgreSQL extracts is a decimal, and slow to compare."""
    return _int8(day.year())


def as_date(day: Column) -> Column:
    """Return a date that the engines know for one: a date and an interval make a moment, whatever Ibis believes."""
    return _date(day)


def days_between(start: Column, end: Column) -> Column:
    """Return the days in [start, end) (int64): a subtraction, where Ibis' own `delta` divides seconds as decimals."""
    return _date_mi(as_date(end), as_date(start)).cast("int64")


def small_quotient(numerator: Column, denominator: Column | int) -> Column:
    """Divide int64 by int64 and drop the fraction (towards zero)."""
    return _int8div(numerator, denominator)


def ten_thousandths(value: Column) -> Column:
    """Return a decimal of at most four decimals as a whole number (int64) of ten-thousandths: 1.5 as 15000."""
    return (value * 10_000).cast("int64")


def whole_quotient(numerator: Column, denominator: Column) -> Column:
    """Divide whole numbers and drop the fraction (towards zero), exactly."""
    return _div(whole(numerator), whole(denominator))


def rounded_ore(numerator: Column, denominator: Column) -> Column:
    """Round the quotient of two whole numbers to øre (int64), half away from zero; the denominator is positive."""
    above, below = whole(numerator), whole(denominator)
    half = ibis.ifelse(above < 0, -below, below)
    return whole_quotient(above * 2 + half, below * 2).cast("int64")


def four_decimals(ten_thousandths: Column) -> Column:
    """Turn a whole number of ten-thousandths back into a decimal(18, 4): 15000 into 1.5."""
    one = ibis.literal("0.0001").cast("decimal(38, 4)")
    return (ten_thousandths.cast("decimal(38, 4)") * one).cast("decimal(18, 4)")


def small_four_decimals(ten_thousandths: Column) -> Column:
    """The same for at most fourteen digits, in 64 bits."""
    return _numeric_mul(ten_thousandths.cast("decimal(14, 0)"), ibis.literal("0.0001").cast("decimal(4, 4)"))
