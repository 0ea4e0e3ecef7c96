"""Prices against those of others: the median and how far prices lie from it (MAD), which no single price can move.

An offer is a provider unit, or a supplier where no unit is told, with its lowest price today for a service. Offers are
compared with all for the same section, service and unit where there are `ENOUGH`, else nothing is said; where there are
`ENOUGH_ALIKE` of the same kind of supplier with those too, and what is usual for either is not dear. The one that gives
more reason for the price is shown. (Of fewer prices the scatter is chance: by tens more were taken for dear.) Dear is
what lies beyond

    edge = the larger of  median + 2 x 1.4826 x MAD  and  median + 15 %

(1.4826 makes the MAD of evenly scattered prices a standard deviation.) What lies above the edge is the lower end of
what negotiation may bring, what lies above the median the upper.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import ibis

from styr.kernel.exact import small_quotient
from styr.negotiations.core.codes import Reason
from styr.negotiations.core.potential.bought import found, middle, offers, part, specials, tenths

if TYPE_CHECKING:
    from collections.abc import Sequence

    from styr.kernel.exact import Column

ENOUGH: Final = 10
ENOUGH_ALIKE: Final = 12
_TWICE: Final = 29_652
"""2 x 1.4826 in ten-thousandths."""
_SAME: Final = ("section", "service", "unit")


def dearer_than_peers(lines: ibis.Table) -> ibis.Table:
    """Find offers whose price lies clearly above that of others for the same."""
    own = offers(lines)
    prices = _prices(own)
    alike = _spread(prices, (*_SAME, "supplier_kind"), "alike")
    everybody = _spread(prices, _SAME, "all")
    near = own.left_join(alike, [*_SAME, "supplier_kind"], rname="{name}_alike")
    known = near.left_join(everybody, list(_SAME), rname="{name}_all")
    enough_alike = known["alike_peers"].fill_null(0) >= ENOUGH_ALIKE
    use = enough_alike & (known["alike_edge"] > known["all_edge"])
    peers, median, edge = (
        ibis.ifelse(use, known[f"alike_{name}"], known[f"all_{name}"]) for name in ("peers", "median", "edge")
    )
    held = known.mutate(
        peer_count=peers, usual_price=median, edge_price=edge, held_alike=use, own=tenths(known["price"])
    )
    dear = held.filter((held["all_peers"] >= ENOUGH) & (held["own"] > held["edge_price"]))
    return _dear(dear, Reason.PRICE_PEERS)


def dear_hours(lines: ibis.Table) -> ibis.Table:
    """Find special rates whose hourly price lies clearly above that of others, whatever the section."""
    told = specials(lines)
    hourly = told.filter(told["hourly"].notnull() & (told["hourly"] > 0))
    prices = hourly.group_by("supplier_id").agg(price=tenths(hourly["hourly"]).min())
    spread = _spread(prices.mutate(every=ibis.literal(1)), ("every",), "all")
    known = hourly.mutate(every=ibis.literal(1), own=tenths(hourly["hourly"])).join(spread, "every")
    held = known.mutate(
        peer_count="all_peers", usual_price="all_median", edge_price="all_edge", held_alike=ibis.literal(value=False)
    )
    dear = held.filter((held["peer_count"] >= ENOUGH) & (held["own"] > held["edge_price"]))
    return _dear(dear, Reason.SPECIAL_HOURLY)


def _dear(dear: ibis.Table, reason: Reason) -> ibis.Table:
    low = part(dear, dear["own"] - dear["edge_price"], dear["own"])
    high = part(dear, dear["own"] - dear["usual_price"], dear["own"])
    evidence: dict[str, Column] = {
        "usual": _kr(dear["usual_price"]),
        "edge": _kr(dear["edge_price"]),
        "peers": dear["peer_count"],
        "alike": dear["held_alike"],
    }
    if reason is Reason.SPECIAL_HOURLY:
        evidence |= {"hours": dear["hours"], "hourly": dear["hourly"]}
    return found(dear, reason, (low, middle(low, high), high), **evidence)


def _prices(own: ibis.Table) -> ibis.Table:
    """A price an offer, in ten-thousandths of a krone."""
    place = own["provider_unit_id"].fill_null(own["supplier_id"])
    by = own.mutate(place=place, ten_thousandths=tenths(own["price"]))
    return by.group_by(*_SAME, "supplier_kind", "place").agg(price=by["ten_thousandths"].min())


def _spread(prices: ibis.Table, by: Sequence[str], name: str) -> ibis.Table:
    """By group: `<name>_peers`, `<name>_median` and `<name>_edge` (ten-thousandths of a krone)."""
    median = _middle_of(prices, by, "price")
    away = prices.join(median, list(by), rname="{name}_of")
    distance = away.mutate(away=(away["price"] - away["middle"]).abs())
    mad = _middle_of(distance, by, "away").rename(scatter="middle").drop("peers")
    both = median.join(mad, list(by), rname="{name}_mad")
    beyond = both["middle"] + small_quotient(both["scatter"] * _TWICE, 10_000)
    clearly_more = both["middle"] + small_quotient(both["middle"] * 15, 100)
    told = {
        f"{name}_peers": both["peers"],
        f"{name}_median": both["middle"],
        f"{name}_edge": ibis.greatest(beyond, clearly_more),
    }
    return both.select(*by, **told)


def _middle_of(rows: ibis.Table, by: Sequence[str], column: str) -> ibis.Table:
    """The lower median of a column by group as `middle`, and the rows as `peers`: a value that is there, exactly."""
    window = {"group_by": [rows[name] for name in by], "order_by": [rows[column]]}
    placed = rows.mutate(
        place=ibis.row_number().over(**window).cast("int64"),
        peers=rows.count().over(group_by=[rows[name] for name in by]).cast("int64"),
    )
    mid = placed.filter(placed["place"] == small_quotient(placed["peers"] - 1, 2))
    return mid.select(*by, "peers", middle=column)


def _kr(ten_thousandths: Column) -> Column:
    one = ibis.literal("0.0001").cast("decimal(38, 4)")
    return (ten_thousandths.cast("decimal(38, 4)") * one).cast("decimal(14, 4)")
