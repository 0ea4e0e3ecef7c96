"""How well a line fits a service of a grant: by price, by what the text says, by unit and by period."""

from typing import Final

import ibis

from styr.grants.core.relations import RATE, SERVICE
from styr.kernel.exact import Column
from styr.kernel.units import Unit

_SUPPLEMENTS: Final = ("tillaeg", "saertakst", "nattevagt")
EXACT: Final = "decimal(38, 8)"
PRICE, TEXT, TEXT_OTHER, UNIT, DAYS, BEYOND = 32, 12, 6, 2, 1, -3
"""Weights: an equal price is the best sign (rates are odd numbers), then the service's name, then unit and days;
"ekstra" beside an ordinary service's name speaks for something that goes beyond it."""


def services_of(line: ibis.Table) -> ibis.Table:
    """Score each service of each line's candidate grants.

    Args:
        line: (invoice_line_id, grant_id, service, service_other, unit, unit_price, net_ore, starts, ends), the line's
            own values; the period may be null.

    Returns:
        (invoice_line_id, grant_id, service_id, fit, priced, named): `priced` when a rate of the period is the price.
    """
    offered = SERVICE.table().select(
        "grant_id",
        "service_id",
        "factor",
        offered_service="service",
        offered_unit="unit",
        runs_from="starts",
        runs_to="ends",
    )
    pair = line.join(offered, "grant_id")
    pair = pair.mutate(
        overlaps=overlap(pair.starts, pair.ends, pair.runs_from, pair.runs_to),
        named=ibis.cases(
            (pair.service == pair.offered_service, TEXT),
            (pair.service_other == pair.offered_service, TEXT_OTHER),
            else_=0,
        ),
        same_unit=known((pair.unit == pair.offered_unit) | _both_days(pair.unit, pair.offered_unit)),
        beyond=known((pair.service == "tillaeg") | (pair.service_other == "tillaeg"))
        & ~pair.offered_service.isin(_SUPPLEMENTS),
    )
    priced = _priced(pair)
    scored = pair.left_join(priced, ["invoice_line_id", "service_id"], rname="{name}_priced")
    is_priced = scored.at_price.notnull()
    return scored.select(
        "invoice_line_id",
        "grant_id",
        "service_id",
        "named",
        priced=is_priced,
        fit=(
            _points(is_priced, PRICE)
            + scored.named
            + _points(scored.same_unit, UNIT)
            + _points(scored.overlaps, DAYS)
            + _points(scored.beyond, BEYOND)
        ).cast("int32"),
    )


def _priced(pair: ibis.Table) -> ibis.Table:
    """(invoice_line_id, service_id, at_price) where the line's price, or its whole amount, is a rate of its period."""
    rate = RATE.table()
    rated = pair.filter(pair.unit_price.notnull() & (pair.unit_price > 0)).join(rate, "service_id")
    price = rated.amount.cast("decimal(38, 4)") * rated.factor.cast("decimal(38, 4)")
    equal = price.cast(EXACT) == rated.unit_price.cast(EXACT)
    in_force = overlap(rated.starts, rated.ends, rated.valid_from, rated.valid_to)
    return (
        rated.filter(equal & in_force)
        .select("invoice_line_id", "service_id")
        .distinct()
        .mutate(at_price=ibis.literal(1))
    )


def overlap(start: Column, end: Column, other_start: Column, other_end: Column) -> Column:
    """True where [start, end) and [other_start, other_end) share a day; an unknown line period shares with all."""
    begins = start.isnull() | other_end.isnull() | (start < other_end)
    return begins & (end.isnull() | (other_start < end))


def _both_days(unit: Column, offered: Column) -> Column:
    """Suppliers write DAY for calendar days and opening days alike."""
    days = [Unit.DAY.value, Unit.OPENING_DAY.value]
    return unit.isin(days) & offered.isin(days)


def known(condition: Column) -> Column:
    """The condition, with "unknown" (null) read as false."""
    return condition.fill_null(ibis.literal(value=False))


def _points(condition: Column, points: int) -> Column:
    return ibis.ifelse(condition, points, 0)
