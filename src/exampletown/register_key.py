"""The answer key for the registers, found by looking through the true state (not by remembering what was planted)."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from exampletown.reckoning import rate_on
from exampletown.terms import rises, terms_of

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from exampletown.model import Citizen, Contract, ContractLine, Grant, Town

REGISTER_COLUMNS = ("subject_kind", "subject", "defect", "other", "note")
RESIDENCE = {"SEL § 107", "SEL § 108"}
Row = tuple[str, str, str, str, str]


def register_defects(town: Town) -> Iterator[Row]:
    """``(subject kind, its number, defect, the other grant's number, note)``."""
    yield from double_grants(town)
    for grant in town.grants:
        if grant.status in {"bevilget", "stoppet"}:
            yield from grant_defects(grant, town.today)
    granted = {grant.contract.number for grant in town.grants if grant.contract}
    for contract in town.contracts:
        if contract.kind == "individuel" and contract.number not in granted:
            yield "contract", contract.number, "contract_without_grant", "", ""
        yield from contract_defects(contract, town.today)
    yield from provider_defects(town)


def meet(one: Grant, two: Grant) -> bool:
    """The periods have a day in common."""
    return (one.end is None or two.start < one.end) and (two.end is None or one.start < two.end)


def clash(one: str, two: str) -> bool:
    """The two sections may not be granted at once."""
    return one == two or {one, two} == RESIDENCE or ("SEL § 85" in {one, two} and bool({one, two} & RESIDENCE))


def double_grants(town: Town) -> Iterator[Row]:
    """Pairs that may not be at once."""
    by_citizen: dict[int, list[Grant]] = {}
    for grant in town.grants:
        if grant.status in {"bevilget", "stoppet"}:
            by_citizen.setdefault(grant.citizen.number, []).append(grant)
    for grants in by_citizen.values():
        for n, one in enumerate(grants):
            for two in grants[n + 1 :]:
                if clash(one.section, two.section) and meet(one, two):
                    yield "grant", one.number, "duplicate_grant", two.number, f"{one.section} og {two.section}"


def grant_defects(grant: Grant, today: date) -> Iterator[Row]:
    """What is wrong with one granted grant."""
    runs = grant.start <= today and (grant.end is None or grant.end > today)
    if grant.supplier is not None and grant.contract is None:
        yield "grant", grant.number, "grant_without_contract", "", ""
    if grant.contract is not None:
        yield from used_contract_defects(grant, grant.contract, today)
    if runs and grant.follow_up is not None and grant.follow_up < today:
        yield "grant", grant.number, "follow_up_overdue", "", grant.follow_up.isoformat()
    if grant.account is None:
        yield "grant", grant.number, "account_coding_missing", "", ""
    yield from after_leaving(grant, grant.citizen)


def used_contract_defects(grant: Grant, contract: Contract, today: date) -> Iterator[Row]:
    """What is wrong with the grant's contract for this grant."""
    needed_until = grant.end or today + timedelta(days=1)
    if contract.end is not None and contract.end < needed_until:
        yield "contract", contract.number, "contract_expired", grant.number, ""
    if contract.status in {"kladde", "sendt"} and grant.start <= today:
        yield "contract", contract.number, "contract_unsigned", grant.number, contract.status


def after_leaving(grant: Grant, citizen: Citizen) -> Iterator[Row]:
    """The grant runs on after the citizen died or moved."""
    if citizen.died is not None and (grant.end is None or grant.end > citizen.died + timedelta(days=1)):
        yield "grant", grant.number, "grant_after_death", "", ""
    if citizen.moved_out is not None and (grant.end is None or grant.end > citizen.moved_out):
        yield "grant", grant.number, "grant_after_move", "", ""


def contract_defects(contract: Contract, today: date) -> Iterator[Row]:
    """Prices, special rates and promised prices of one contract."""
    fixed = terms_of(contract, today).index == "fast pris"
    for line in contract.lines:
        if fixed and not line.unpriced and any(True for _ in rises(contract, line.rates, today)):
            yield "contract", contract.number, "undue_indexation", "", f"linje {line.number}"
        if line.unpriced:
            yield "contract", contract.number, "contract_without_rates", "", f"linje {line.number}"
        if line.kind == "særtakst" and incomplete(line):
            yield "contract", contract.number, "special_rate_incomplete", "", f"linje {line.number}"
    base = contract.lines[0]
    if not base.unpriced and any(above(contract, rate.start, rate.end, base) for rate in base.rates):
        yield "contract", contract.number, "rate_above_portal", "", ""


def incomplete(line: ContractLine) -> bool:
    """Hours, purpose or every end is missing."""
    no_end = line.evaluated_on is None and (not line.rates or line.rates[-1].end is None)
    return line.hours is None or line.hourly is None or line.purpose is None or no_end


def above(contract: Contract, start: date, end: date | None, line: ContractLine) -> bool:
    """The contract's price is above the portal's on the first day that both have one."""
    price = rate_on(line.rates, start)
    for reported in contract.provider.portal:
        overlaps = (reported.end is None or start < reported.end) and (end is None or reported.start < end)
        if overlaps and price is not None and price > reported.amount:
            return True
    return False


def provider_defects(town: Town) -> Iterator[Row]:
    """Units in use whose approval ended."""
    used = {
        grant.provider.number
        for grant in town.grants
        if grant.provider is not None
        and grant.provider.approved_to is not None
        and grant.status in {"bevilget", "stoppet"}
        and (grant.end is None or grant.end > grant.provider.approved_to)
    }
    for provider in town.providers:
        if provider.number in used:
            yield "provider_unit", str(provider.number), "provider_not_approved", "", ""
