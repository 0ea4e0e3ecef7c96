"""What can be wrong with a contract's prices by its own terms: risen beyond the index, dearer than its framework.

Each function returns the rows of one control, one a contract line or contract. At stake is the share of the line's cost
that is too much, within last and this calendar year.
"""

from typing import Any, Final

import ibis

from styr.contracts.core.codes import ContractStatus, IndexKind, LineKind
from styr.contracts.core.register_checks import EVIDENCE, contract_findings, in_horizon
from styr.contracts.core.relations import (
    CALL_OFF,
    CONTRACT,
    CONTRACT_LINE,
    CONTRACT_RATE,
    CONTRACT_TERMS,
    PRICE_INDEX,
    SUPPLEMENT,
)
from styr.controls.core.focus import Focus
from styr.controls.core.horizon import FAR, first_of, first_row
from styr.grants.core.concerned import all_of_it
from styr.kernel.exact import four_decimals, rounded_ore, whole
from styr.suppliers.core.relations import PROVIDER_UNIT

_STAKE: Final = ("from_day", "to_day", "part", "of_whole")
_IN_AN_ORE: Final = 100
"""Ten-thousandths of a krone."""

_ORE_OF_PERCENT: Final = 10**8
"""A price and a percentage of four decimals each, by a hundred: this many make one øre."""


def beyond_index(focus: Focus) -> ibis.Table:
    """Find prices that are higher than the indexation in force lets them be, and that no supplement agreed on.

    They rose too much, or stood still or fell too little where the index fell. Over several years the years'
    percentages are added. A year whose PL percentage nobody has entered says nothing.
    """
    rises = _with_terms(_steps(focus))
    rises = rises.filter(rises["allowed_percent"].notnull())
    # Rounded to the øre as prices are: percent of kroner, both of four decimals.
    exact = whole(rises["before"], decimals=4) * (whole(rises["allowed_percent"], decimals=4) + 1_000_000)
    allowed_ore = rounded_ore(exact, whole(ibis.literal(_ORE_OF_PERCENT)))
    priced = rises.mutate(allowed=four_decimals(allowed_ore * _IN_AN_ORE).cast("decimal(14, 4)"))
    over = priced.filter(whole(priced["rate"], decimals=4) > whole(priced["allowed"], decimals=4))
    agreed = SUPPLEMENT.table().select(amended="contract_id", amended_from="valid_from")
    undue = over.anti_join(agreed, [("contract_id", "amended"), ("rate_from", "amended_from")])
    days = undue.mutate(
        over=undue["rate"] - undue["allowed"],
        from_day=ibis.greatest(undue["rate_from"], undue["starts"], undue["first_day"]),
        to_day=ibis.least(undue["rate_to"].fill_null(FAR), undue["until"], undue["end_day"]),
    )
    known = days.filter(days["from_day"] < days["to_day"])
    last = first_row(known, "contract_line_id", [known["rate_from"].desc()])
    shown = last.mutate(part=last["over"].cast("decimal(14, 4)"), of_whole="rate")
    return _line_findings(shown, "rate_from", "before", "rate", "allowed", "allowed_percent")


def above_framework(focus: Focus) -> ibis.Table:
    """Find lines of call-offs that cost more than the framework's line of the same kind, service and unit."""
    lines = _lines(focus)
    framework = CALL_OFF.table().join(
        CONTRACT.table().select(framework_id="contract_id", framework_number="number"), "framework_id"
    )
    line = CONTRACT_LINE.table()
    theirs = (
        line.filter(line["kind"] != LineKind.SPECIAL.value)
        .select("contract_line_id", "kind", "service", "unit", framework_id="contract_id")
        .join(_rates("framework_rate", "framework_from", "framework_to"), "contract_line_id")
        .drop("contract_line_id")
    )
    under = lines.join(framework, "contract_id").join(_rates("rate", "rate_from", "rate_to"), "contract_line_id")
    same = [
        under["framework_id"] == theirs["framework_id"],
        under["line_kind"] == theirs["kind"],
        under["service"] == theirs["service"],
        under["unit"] == theirs["unit"],
    ]
    both = under.join(theirs, same, rname="{name}_theirs")
    days = both.mutate(
        over=both["rate"] - both["framework_rate"],
        from_day=ibis.greatest(both["rate_from"], both["framework_from"], both["starts"], both["first_day"]),
        to_day=ibis.least(
            both["rate_to"].fill_null(FAR), both["framework_to"].fill_null(FAR), both["until"], both["end_day"]
        ),
    )
    dear = days.filter((days["over"] > 0) & (days["from_day"] < days["to_day"]))
    worst = first_row(dear, "contract_line_id", [dear["over"].desc(), dear["from_day"].desc()])
    shown = worst.mutate(part=worst["over"].cast("decimal(14, 4)"), of_whole="rate")
    return _line_findings(shown, "framework_number", "rate", "framework_rate")


def approval_ends_first(focus: Focus) -> ibis.Table:
    """Find live contracts that run on after the offer's approval ends, when it has not ended yet."""
    contracts = in_horizon(focus(CONTRACT.table(), "contract_id"))
    live = contracts.filter(contracts["status"].isin([ContractStatus.SENT.value, ContractStatus.SIGNED.value]))
    place = PROVIDER_UNIT.table().select("provider_unit_id", "p_number", "approved_to")
    both = live.join(place, "provider_unit_id")
    short = both.filter(
        (both["approved_to"] > both["today"]) & (both["approved_to"] < both["until"]) & both["ends"].notnull()
    )
    days = short.mutate(from_day="approved_to", to_day=ibis.least(short["until"], short["end_day"]), **all_of_it())
    return contract_findings(days, (*EVIDENCE, "p_number", "approved_to", *_STAKE))


def _steps(focus: Focus) -> ibis.Table:
    """Each price with the one before it on its line: `before`, `rate`, and the years between.

    A price that stands over a new year in which the index fell is a step to itself.
    """
    rates = _rates("rate", "rate_from", "rate_to")
    of_line = {"group_by": rates["contract_line_id"], "order_by": [rates["rate_from"]]}
    stepped = rates.mutate(
        before=rates["rate"].lag().over(**of_line), before_from=rates["rate_from"].lag().over(**of_line)
    )
    moved = stepped.filter(stepped["before"].notnull() & (stepped["before"] > 0))
    moved = moved.mutate(
        year_from=moved["before_from"].year().cast("int32"), year_to=moved["rate_from"].year().cast("int32")
    ).select(_STEP)
    return _lines(focus).join(moved.union(_standing(rates), distinct=False), "contract_line_id")


_STEP: Final = ("contract_line_id", "rate", "rate_from", "rate_to", "before", "year_from", "year_to")


def _standing(rates: ibis.Table) -> ibis.Table:
    """Prices that were not touched on 1 January of a year whose percentage is below nought."""
    index = PRICE_INDEX.table()
    fell = index.filter(index["percent"] < 0).mutate(new_year=first_of(index["year"], 1))
    over = rates.cross_join(fell)
    held = over.filter(
        (over["rate"] > 0)
        & (over["rate_from"] < over["new_year"])
        & (over["rate_to"].isnull() | (over["rate_to"] > over["new_year"]))
    )
    return held.mutate(
        rate_from=held["new_year"],
        before=held["rate"],
        year_from=(held["year"] - 1).cast("int32"),
        year_to=held["year"].cast("int32"),
    ).select(_STEP)


def _with_terms(rises: ibis.Table) -> ibis.Table:
    """Add the percentage by which the terms let the price change; null where they say nothing that can be reckoned."""
    terms = CONTRACT_TERMS.table().select("index_kind", "index_percent", "valid_from", "valid_to", of="contract_id")
    holds = [
        rises["contract_id"] == terms["of"],
        terms["valid_from"] <= rises["rate_from"],
        terms["valid_to"].isnull() | (terms["valid_to"] > rises["rate_from"]),
    ]
    agreed = rises.join(terms, holds)
    pl = _pl(agreed)
    known = agreed.left_join(pl, ["contract_line_id", "rate_from"], rname="{name}_pl")
    years = known["year_to"] - known["year_from"]
    by_year = (known["index_percent"] * years).cast("decimal(14, 4)")
    capped = ibis.ifelse(known["index_percent"].isnull(), known["pl"], ibis.least(known["pl"], by_year))
    allowed = ibis.cases(
        (known["index_kind"] == IndexKind.FIXED.value, ibis.literal(0).cast("decimal(14, 4)")),
        (known["index_kind"] == IndexKind.PERCENT.value, by_year),
        (known["index_kind"] == IndexKind.PL.value, capped),
        else_=ibis.null("decimal(14, 4)"),
    )
    return known.mutate(allowed_percent=allowed)


def _pl(agreed: ibis.Table) -> ibis.Table:
    """The sum of the PL percentages of the years between two prices, where every year's is known."""
    index = PRICE_INDEX.table()
    wanted = [index["year"] > agreed["year_from"], index["year"] <= agreed["year_to"]]
    joined = agreed.join(index, wanted, rname="{name}_index")
    summed = joined.group_by("contract_line_id", "rate_from", "year_from", "year_to").agg(
        pl=joined["percent"].sum().cast("decimal(14, 4)"), years=joined["year"].count()
    )
    whole_span = summed.filter(summed["years"] == summed["year_to"] - summed["year_from"])
    same_year = agreed.filter(agreed["year_to"] == agreed["year_from"]).select(
        "contract_line_id", "rate_from", pl=ibis.literal(0).cast("decimal(14, 4)")
    )
    return whole_span.select("contract_line_id", "rate_from", "pl").union(same_year, distinct=False)


def _rates(amount: str, first: str, end: str) -> ibis.Table:
    rates = CONTRACT_RATE.table()
    return rates.select(
        "contract_line_id", **{amount: rates["amount"], first: rates["valid_from"], end: rates["valid_to"]}
    )


def _lines(focus: Focus) -> ibis.Table:
    """The lines in focus on contracts in the horizon, with the contract's columns."""
    lines = focus(CONTRACT_LINE.table(), "contract_line_id").rename(line_kind="kind")
    return in_horizon(CONTRACT.table()).join(lines, "contract_id")


def _line_findings(lines: ibis.Table, *evidence: str) -> ibis.Table:
    shown: tuple[Any, ...] = ("number", "line_no", "service", *evidence, *_STAKE)
    return contract_findings(lines, shown, subject="contract_line_id")
