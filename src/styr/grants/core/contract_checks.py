"""What can be wrong with a contract in the registers (kontrakt), seen with the grants that lean on it.

Each function returns the rows of one control, one a contract. `amount_ore` is the expected cost of the days the control
concerns, within last and this calendar year; null where there is no price to reckon with.
"""

from collections.abc import Sequence
from typing import Any

import ibis

from styr.contracts.core.codes import ContractKind, ContractStatus, LineKind
from styr.contracts.core.register_checks import EVIDENCE, contract_findings, current
from styr.contracts.core.relations import CONTRACT, CONTRACT_LINE, CONTRACT_RATE
from styr.controls.core.focus import Focus
from styr.controls.core.horizon import FAR, first_row, horizon
from styr.grants.core.at_stake import grant_cost, service_cost
from styr.grants.core.concerned import blank, granted, running
from styr.grants.core.relations import GRANT, SERVICE
from styr.kernel.exact import rounded_ore, whole
from styr.suppliers.core.relations import PORTAL_RATE


def unsigned(focus: Focus) -> ibis.Table:
    """Find contracts that begun grants lean on though nobody has signed. Amount: what those grants cost."""
    contracts = focus(CONTRACT.table(), "contract_id")
    waiting = contracts["status"].isin([ContractStatus.DRAFT.value, ContractStatus.SENT.value])
    open_ = contracts.filter(waiting | contracts["signed_on"].isnull())
    grants = granted(GRANT.table()).cross_join(horizon())
    begun = grants.filter((grants["starts"] <= grants["today"]) & (grants["until"] > grants["first_day"]))
    leaning = begun.semi_join(open_, "contract_id")
    cost = grant_cost(leaning.select("grant_id", from_day="starts", to_day="until"))
    priced = leaning.select("grant_id", "contract_id").left_join(cost, "grant_id")
    summed = priced.group_by("contract_id").agg(grants=priced.count(), amount_ore=priced["amount_ore"].sum())
    shown = open_.join(summed, "contract_id")
    worded = shown.mutate(status_word=_status_word(shown["status"]))
    return contract_findings(worded, (*EVIDENCE, "status_word", "grants"))


def without_grant(focus: Focus) -> ibis.Table:
    """Find signed contracts about one citizen that no grant leans on today. Amount: null, nothing is granted."""
    contracts = current(focus)
    signed = contracts.filter(
        (contracts["status"] == ContractStatus.SIGNED.value) & (contracts["kind"] == ContractKind.INDIVIDUAL.value)
    )
    grants = running(GRANT.table())
    alone = signed.anti_join(grants.filter(grants["contract_id"].notnull()), "contract_id")
    return contract_findings(alone.mutate(amount_ore=ibis.null("int64")), EVIDENCE)


def special_rate_unfounded(focus: Focus) -> ibis.Table:
    """Find special rates (særtakster) without hours and rate, purpose or evaluation. Amount: this year's cost."""
    lines = _special_lines(focus)
    no_hours = (lines["hours"].fill_null(0) == 0) | (lines["hourly_rate"].fill_null(0) == 0)
    lacking = lines.mutate(
        no_hours=no_hours, no_purpose=blank(lines["purpose"]), no_evaluation=lines["evaluation_on"].isnull()
    )
    bare = lacking.filter(lacking["no_hours"] | lacking["no_purpose"] | lacking["no_evaluation"])
    shown = bare.mutate(lacks=_listed(bare), from_day="year_start", to_day="end_day")
    return _line_findings(shown, ("lacks",))


def evaluation_overdue(focus: Focus) -> ibis.Table:
    """Find special rates whose evaluation is overdue. Amount: their cost from that date to the year's end."""
    lines = _special_lines(focus)
    late = lines.filter(lines["evaluation_on"] < lines["today"])
    shown = late.mutate(from_day=ibis.greatest(late["evaluation_on"], late["open_from"]), to_day="end_day")
    return _line_findings(shown, ("evaluation_on",))


def above_portal(focus: Focus) -> ibis.Table:
    """Find base rates above the rate the offer has reported to Tilbudsportalen, on days that both hold.

    Amount: the part of this year's expected cost of the line that the difference makes, on the days from the first on
    which the rate is too high.
    """
    contracts = current(focus)
    lines = CONTRACT_LINE.table().rename(line_kind="kind")
    base = contracts.join(lines.filter(lines["line_kind"] == LineKind.BASE.value), "contract_id")
    rated = base.join(
        CONTRACT_RATE.table().rename(rate="amount", rate_from="valid_from", rate_to="valid_to"), "contract_line_id"
    )
    portal = PORTAL_RATE.table().rename(portal_rate="amount", portal_from="valid_from", portal_to="valid_to")
    both = rated.join(portal, ["provider_unit_id", "service", "unit"])
    days = both.mutate(
        from_day=ibis.greatest(both["rate_from"], both["portal_from"], both["starts"], both["open_from"]),
        to_day=ibis.least(
            both["rate_to"].fill_null(FAR), both["portal_to"].fill_null(FAR), both["until"], both["end_day"]
        ),
    )
    high = days.filter((days["rate"] > days["portal_rate"]) & (days["from_day"] < days["to_day"]))
    worst = first_row(high, "contract_line_id", [(high["rate"] - high["portal_rate"]).desc(), high["from_day"]])
    cost = _line_cost(worst.select("contract_line_id", "from_day", "to_day"))
    priced = worst.left_join(cost, "contract_line_id")
    over = whole(priced["rate"] - priced["portal_rate"], decimals=4) * whole(priced["line_ore"])
    shown = priced.mutate(amount_ore=rounded_ore(over, whole(priced["rate"], decimals=4)), high_start="from_day")
    dearest = first_row(shown, "contract_id", [shown["amount_ore"].desc(nulls_first=False), shown["line_no"]])
    return contract_findings(dearest, (*EVIDENCE, "line_no", "service", "rate", "portal_rate", "high_start"))


def _special_lines(focus: Focus) -> ibis.Table:
    lines = CONTRACT_LINE.table().rename(line_kind="kind")
    return current(focus).join(lines.filter(lines["line_kind"] == LineKind.SPECIAL.value), "contract_id")


def _line_cost(concerned: ibis.Table) -> ibis.Table:
    """Return (contract_line_id, line_ore): what the granted services on the lines cost on the concerned days."""
    live = granted(GRANT.table())
    services = SERVICE.table().semi_join(live, "grant_id")
    bought = services.join(concerned, "contract_line_id")
    cost = service_cost(bought.select("service_id", "from_day", "to_day"))
    of_line = bought.select("service_id", "contract_line_id").join(cost, "service_id")
    return of_line.group_by("contract_line_id").agg(line_ore=of_line["amount_ore"].sum().cast("int64"))


def _line_findings(lines: ibis.Table, evidence: Sequence[str]) -> ibis.Table:
    """One finding a contract: its dearest line shown, the cost of all its lines at stake."""
    cost = _line_cost(lines.select("contract_line_id", "from_day", "to_day"))
    priced = lines.left_join(cost, "contract_line_id")
    of_contract = ibis.window(group_by=priced["contract_id"])
    summed = priced.mutate(
        amount_ore=priced["line_ore"].sum().over(of_contract).cast("int64"), lines=priced.count().over(of_contract)
    )
    first = first_row(summed, "contract_id", [summed["line_ore"].desc(nulls_first=False), summed["line_no"]])
    return contract_findings(first, (*EVIDENCE, "line_no", "service", "lines", *evidence))


def _status_word(status: Any) -> Any:
    return status.cases(*((one.value, one.danish) for one in ContractStatus), else_="ukendt")


def _listed(lines: ibis.Table) -> Any:
    """The Danish words for what is lacking, with commas: "timer og timepris, formål"."""
    words = (
        ("no_hours", ", timer og timepris"),
        ("no_purpose", ", formål"),
        ("no_evaluation", ", dato for evaluering"),
    )
    parts = [ibis.ifelse(lines[name], word, "") for name, word in words]
    return (parts[0] + parts[1] + parts[2]).substr(2)
