"""Terms that cost: long notice, full payment under absence, a rise above the PL index, payment before moving in."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import ibis

from styr.contracts.core.codes import IndexKind
from styr.contracts.core.relations import CONTRACT_TERMS, PRICE_INDEX
from styr.controls.core.horizon import FAR
from styr.grants.core.relations import ABSENCE
from styr.kernel.exact import as_date, days_between, total, whole
from styr.negotiations.core.codes import Reason
from styr.negotiations.core.potential.bought import found, part, percents

if TYPE_CHECKING:
    from styr.negotiations.core.potential.shares import Share

GOOD_NOTICE: Final = 60
"""Running month and 30 days: what the playbook calls good (domain: kontraktvilkår)."""
LEAST_AWAY: Final = 15
"""Days away in a year below which absence terms are not worth a talk."""
VACANT_DAYS: Final = 30
_YEAR: Final = 365
_PERCENT: Final = 1_000_000
"""A percentage of four decimals by a hundred."""


def long_notice(lines: ibis.Table, share: Share) -> ibis.Table:
    """Find contracts with more notice than the running month and 30 days."""
    long = lines.filter(lines["notice_days"] > GOOD_NOTICE)
    days = long["notice_days"].cast("int64")
    cost = part(long, days - GOOD_NOTICE, ibis.literal(_YEAR))
    return found(long, Reason.TERMS_NOTICE, percents(cost, share.low, share.likely, share.high), counted=days)


def absence_in_full(lines: ibis.Table, share: Share) -> ibis.Table:
    """Find grants with absence in the last year whose contract lets all of it be paid in full."""
    full = lines.filter(
        lines["contract_id"].notnull() & (lines["absence_billable"].isnull() | (lines["absence_billable"] >= 1))
    )
    day = full.select(on="today").distinct()
    known = ABSENCE.table().cross_join(day)
    year_ago = as_date(known["on"] - ibis.interval(years=1))
    first = ibis.greatest(known["starts"], year_ago)
    last = ibis.least(known["ends"].fill_null(FAR), known["on"])
    days = known.mutate(away=days_between(first, last))
    away = days.filter(days["away"] > 0)
    summed = away.group_by(of_grant="grant_id").agg(days_away=total(away["away"]))
    both = full.join(summed, [("grant_id", "of_grant")])
    often = both.filter(both["days_away"] >= LEAST_AWAY)
    cost = part(often, ibis.least(often["days_away"], ibis.literal(_YEAR)), ibis.literal(_YEAR))
    amounts = percents(cost, share.low, share.likely, share.high)
    return found(often, Reason.TERMS_ABSENCE, amounts, counted=often["days_away"], seen_ore=cost)


def rises_beyond_pl(lines: ibis.Table) -> ibis.Table:
    """Find contracts whose fixed yearly rise is more than the newest PL percentage that is entered."""
    index = PRICE_INDEX.table()
    newest = index.filter(index["year"] == index["year"].max()).select("year", pl="percent")
    terms = _current(lines).cross_join(newest)
    steep = terms.filter((terms["index_kind"] == IndexKind.PERCENT.value) & (terms["index_percent"] > terms["pl"]))
    more = whole(steep["index_percent"], decimals=4) - whole(steep["pl"], decimals=4)
    amount = part(steep, more, ibis.literal(_PERCENT))
    evidence = {"percent": steep["index_percent"], "usual": steep["pl"], "counted": steep["year"]}
    return found(steep, Reason.TERMS_INDEX, (amount, amount, amount), **evidence)


def paid_before_moving_in(lines: ibis.Table, share: Share) -> ibis.Table:
    """Find contracts that let a place be paid before the citizen moves in."""
    terms = _current(lines)
    paid = terms.filter(terms["vacancy_billable"] > 0)
    cost = part(paid, whole(paid["vacancy_billable"], decimals=4) * VACANT_DAYS, ibis.literal(_YEAR * 10_000))
    amounts = percents(cost, share.low, share.likely, share.high)
    percent = (paid["vacancy_billable"] * 100).cast("decimal(9, 4)")
    return found(paid, Reason.TERMS_VACANCY, amounts, percent=percent)


def _current(lines: ibis.Table) -> ibis.Table:
    """The lines with what is agreed today beside price, notice and absence."""
    terms = CONTRACT_TERMS.table().select(
        "valid_from", "valid_to", "vacancy_billable", "index_kind", "index_percent", of_contract="contract_id"
    )
    holds = [
        lines["contract_id"] == terms["of_contract"],
        terms["valid_from"] <= lines["today"],
        terms["valid_to"].fill_null(FAR) > lines["today"],
    ]
    return lines.join(terms, holds)
