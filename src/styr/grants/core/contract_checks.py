"""What can be wrong with a contract in the registers (kontrakt), seen with the grants that lean on it.

Each function returns the rows of one control, one a contract or contract line. What is at stake is the expected cost of
the days the control concerns, within last and this calendar year; null where there is no price to reckon with.
"""

from collections.abc import Sequence
from typing import Any, Final

import ibis

from styr.contracts.core.codes import ContractKind, ContractStatus, LineKind
from styr.contracts.core.register_checks import EVIDENCE, contract_findings, current, in_horizon
from styr.contracts.core.relations import CONTRACT, CONTRACT_LINE, CONTRACT_RATE
from styr.controls.core.focus import Focus
from styr.controls.core.horizon import FAR, first_row, horizon
from styr.grants.core.concerned import all_of_it, blank, granted, running
from styr.grants.core.relations import GRANT
from styr.suppliers.core.relations import PORTAL_RATE

_STAKE: Final = ("from_day", "to_day", "part", "of_whole")


def unsigned(focus: Focus) -> ibis.Table:
    """Find contracts that begun grants lean on though nobody has signed. At stake: what the grants on it cost."""
    contracts = focus(CONTRACT.table(), "contract_id")
    waiting = contracts["status"].isin([ContractStatus.DRAFT.value, ContractStatus.SENT.value])
    open_ = contracts.filter(waiting | contracts["signed_on"].isnull())
    grants = granted(GRANT.table()).cross_join(horizon())
    begun = grants.filter((grants["starts"] <= grants["today"]) & (grants["until"] > grants["first_day"]))
    leaning = begun.group_by("contract_id").agg(grants=begun.count())
    shown = open_.join(leaning, "contract_id").cross_join(horizon())
    worded = shown.mutate(status_word=_status_word(shown["status"]), from_day="first_day", to_day="end_day")
    return contract_findings(worded.mutate(**all_of_it()), (*EVIDENCE, "status_word", "grants", *_STAKE))


def without_grant(focus: Focus) -> ibis.Table:
    """Find running signed contracts about one citizen that no grant has ever leant on. At stake: unknown."""
    return _alone(focus, GRANT.table())


def outliving_grants(focus: Focus) -> ibis.Table:
    """Find running signed contracts about one citizen whose grants have all ended. At stake: unknown."""
    signed = _alone(focus, running(GRANT.table()))
    return signed.semi_join(GRANT.table(), signed["contract_id"] == GRANT.table()["contract_id"])


def _alone(focus: Focus, grants: ibis.Table) -> ibis.Table:
    contracts = current(focus(CONTRACT.table(), "contract_id"))
    signed = contracts.filter(
        (contracts["status"] == ContractStatus.SIGNED.value) & (contracts["kind"] == ContractKind.INDIVIDUAL.value)
    )
    leaning = grants.filter(grants["contract_id"].notnull())
    alone = signed.anti_join(leaning, "contract_id").mutate(amount_ore=ibis.null("int64"))
    return contract_findings(alone, (*EVIDENCE, "amount_ore"))


def special_rate_unfounded(focus: Focus) -> ibis.Table:
    """Find special rates (særtakster) without hours and rate, purpose or evaluation. At stake: what they cost."""
    lines = _special_lines(focus)
    no_hours = (lines["hours"].fill_null(0) == 0) | (lines["hourly_rate"].fill_null(0) == 0)
    lacking = lines.mutate(
        no_hours=no_hours, no_purpose=blank(lines["purpose"]), no_evaluation=lines["evaluation_on"].isnull()
    )
    bare = lacking.filter(lacking["no_hours"] | lacking["no_purpose"] | lacking["no_evaluation"])
    shown = bare.mutate(lacks=_listed(bare), from_day="first_day", to_day="end_day")
    return _line_findings(shown.mutate(**all_of_it()), ("lacks",))


def evaluation_overdue(focus: Focus) -> ibis.Table:
    """Find special rates whose evaluation is overdue. At stake: their cost from that date to the year's end."""
    lines = _special_lines(focus)
    late = lines.filter((lines["evaluation_on"] < lines["today"]) & (lines["until"] > lines["today"]))
    shown = late.mutate(from_day="evaluation_on", to_day="end_day")
    return _line_findings(shown.mutate(**all_of_it()), ("evaluation_on",))


def above_portal(focus: Focus) -> ibis.Table:
    """Find base rates above the rate the offer has reported to Tilbudsportalen, on days that both hold.

    At stake: the share of the line's cost that the difference makes, on the days of the worst pair of rates.
    """
    base = _lines(focus, LineKind.BASE)
    rates = CONTRACT_RATE.table().rename(rate="amount", rate_from="valid_from", rate_to="valid_to")
    rated = base.join(rates, "contract_line_id")
    portal = PORTAL_RATE.table().rename(portal_rate="amount", portal_from="valid_from", portal_to="valid_to")
    both = rated.join(portal, ["provider_unit_id", "service", "unit"])
    days = both.mutate(
        from_day=ibis.greatest(both["rate_from"], both["portal_from"], both["starts"], both["first_day"]),
        to_day=ibis.least(
            both["rate_to"].fill_null(FAR), both["portal_to"].fill_null(FAR), both["until"], both["end_day"]
        ),
        over=both["rate"] - both["portal_rate"],
    )
    high = days.filter((days["over"] > 0) & (days["from_day"] < days["to_day"]))
    worst = first_row(high, "contract_line_id", [high["over"].desc(), high["from_day"]])
    shown = worst.mutate(part=worst["over"].cast("decimal(14, 4)"), of_whole="rate", high_start="from_day")
    return _line_findings(shown, ("rate", "portal_rate", "high_start"))


def _special_lines(focus: Focus) -> ibis.Table:
    return _lines(focus, LineKind.SPECIAL)


def _lines(focus: Focus, kind: LineKind) -> ibis.Table:
    """The lines in focus of a kind, on contracts in the horizon, with the contract's columns."""
    lines = focus(CONTRACT_LINE.table(), "contract_line_id")
    wanted = lines.filter(lines["kind"] == kind.value).rename(line_kind="kind")
    return in_horizon(CONTRACT.table()).join(wanted, "contract_id")


def _line_findings(lines: ibis.Table, evidence: Sequence[str]) -> ibis.Table:
    """One finding a contract line."""
    shown = ("number", "line_no", "service", *evidence, *_STAKE)
    return contract_findings(lines, shown, subject="contract_line_id")


def _status_word(status: Any) -> Any:
    return status.cases(*((one.value, one.danish) for one in ContractStatus), else_="ukendt")


def _listed(lines: ibis.Table) -> Any:
    """The Danish words for what is lacking, with commas: "timer og timepris, formål"."""
    words = (
        ("no_hours", ", timer og timepris"),
        ("no_purpose", ", formål"),
        ("no_evaluation", ", evaluering"),
    )
    parts: list[Any] = [ibis.ifelse(lines[name], word, "") for name, word in words]
    return (parts[0] + parts[1] + parts[2]).substr(2)
