"""The register controls as a person would check them: grant by grant, contract by contract, day by day.

Each function returns what is at stake, in øre or None, for each subject that breaks the rule. It reads a `Town` whose
services are by the day, with one rate each.
"""

from collections.abc import Callable, Iterator
from datetime import date, timedelta
from fractions import Fraction

from unit.controls.reference_days import (
    END,
    FAR,
    FIRST,
    Answer,
    at_stake,
    by_id,
    days,
    grant_answer,
    granted,
    of_grant,
    of_line,
    overlap,
    rounded,
)
from unit.controls.town import TODAY, Row, Town


def overlaps(town: Town, wanted: str) -> Answer:
    answer: Answer = {}
    for grant in granted(town):
        broken = [other for other in earlier(town, grant) if verdict(town, grant, other) == wanted]
        shared = [days(grant["starts"], min(grant["ends"] or FAR, other["ends"] or FAR)) for other in broken]
        longest = max(shared, key=len, default=set())
        if longest:
            answer[grant["grant_id"]] = of_grant(town, grant, longest)
    return answer


def earlier(town: Town, grant: Row) -> Iterator[Row]:
    for other in granted(town):
        before = (other["starts"], other["number"]) < (grant["starts"], grant["number"])
        at_once = overlap((grant["starts"], grant["ends"]), (other["starts"], other["ends"]))
        if other["citizen_id"] == grant["citizen_id"] and before and at_once:
            yield other


def verdict(town: Town, grant: Row, other: Row) -> str | None:
    shared = (grant["starts"], min(grant["ends"] or FAR, other["ends"] or FAR))
    pair = sorted((grant["section"], other["section"]))
    rules = [
        rule["verdict"]
        for rule in town.rows["rel_duplicate_rule"]
        if [rule["section_a"], rule["section_b"]] == pair and overlap(shared, (rule["valid_from"], rule["valid_to"]))
    ]
    if rules:
        return max(rules, key=["allow", "warn", "refuse"].index)
    if grant["section"] == other["section"] and same_service(town, grant, other):
        return "refuse"
    return None


def same_service(town: Town, grant: Row, other: Row) -> bool:
    lines = town.rows["rel_service"]
    return any(
        mine["service"] == theirs["service"]
        and overlap((mine["starts"], mine["ends"]), (theirs["starts"], theirs["ends"]))
        for mine in lines
        for theirs in lines
        if mine["grant_id"] == grant["grant_id"] and theirs["grant_id"] == other["grant_id"]
    )


def without_contract(town: Town) -> Answer:
    def concerned(grant: Row) -> set[date] | None:
        buys = grant["supplier_id"] is not None or grant["provider_unit_id"] is not None
        return days(grant["starts"], grant["ends"]) if buys and grant["contract_id"] is None else None

    return grant_answer(town, concerned)


def contract_expired(town: Town) -> Answer:
    contracts = by_id(town, "rel_contract", "contract_id")

    def concerned(grant: Row) -> set[date] | None:
        ends = contracts[grant["contract_id"]]["ends"] if grant["contract_id"] else None
        if ends is None or ends > TODAY:
            return None
        return days(max(grant["starts"], ends), grant["ends"])

    return grant_answer(town, concerned)


def supplier_differs(town: Town) -> Answer:
    contracts = by_id(town, "rel_contract", "contract_id")

    def concerned(grant: Row) -> set[date] | None:
        agreed = contracts[grant["contract_id"]]["supplier_id"] if grant["contract_id"] else None
        both = agreed is not None and grant["supplier_id"] is not None
        return days(grant["starts"], grant["ends"]) if both and agreed != grant["supplier_id"] else None

    return grant_answer(town, concerned)


def provider_not_approved(town: Town) -> Answer:
    offers = by_id(town, "rel_provider_unit", "provider_unit_id")

    def concerned(grant: Row) -> set[date] | None:
        if grant["provider_unit_id"] is None:
            return None
        offer = offers[grant["provider_unit_id"]]
        approved_from, approved_to = offer["approved_from"] or FAR, offer["approved_to"] or FAR
        if grant["starts"] < approved_from:
            return days(grant["starts"], min(grant["ends"] or FAR, approved_from))
        return days(max(grant["starts"], approved_to), grant["ends"])

    return grant_answer(town, concerned)


def sole_proprietor(town: Town) -> Answer:
    suppliers = by_id(town, "rel_supplier", "supplier_id")

    def concerned(grant: Row) -> set[date] | None:
        supplier = suppliers.get(grant["supplier_id"])
        owned = supplier is not None and supplier["kind"] == "sole_proprietor"
        return days(max(grant["starts"], date(2025, 1, 1)), grant["ends"]) if owned else None

    return grant_answer(town, concerned)


def follow_up_overdue(town: Town) -> Answer:
    def concerned(grant: Row) -> set[date] | None:
        due = grant["follow_up_on"]
        late = due is not None and due < TODAY < (grant["ends"] or FAR)
        return days(max(grant["starts"], due), grant["ends"]) if late else None

    return grant_answer(town, concerned)


def after_death(town: Town) -> Answer:
    citizens = by_id(town, "rel_citizen", "citizen_id")

    def concerned(grant: Row) -> set[date] | None:
        died = citizens[grant["citizen_id"]]["died_on"]
        return days(max(grant["starts"], died + timedelta(days=1)), grant["ends"]) if died else None

    return grant_answer(town, concerned)


def after_move(town: Town) -> Answer:
    citizens = by_id(town, "rel_citizen", "citizen_id")

    def concerned(grant: Row) -> set[date] | None:
        citizen = citizens[grant["citizen_id"]]
        left, back = citizen["moved_out"], citizen["moved_in"]
        gone = left is not None and (back is None or back < left)
        return days(max(grant["starts"], left), grant["ends"]) if gone else None

    return grant_answer(town, concerned)


def account_missing(town: Town) -> Answer:
    def concerned(grant: Row) -> set[date] | None:
        digits = [sign for sign in grant["account_string"] or "" if sign.isdigit()]
        return days(grant["starts"], grant["ends"]) if len(digits) != 16 else None

    return grant_answer(town, concerned)


def contract_unsigned(town: Town) -> Answer:
    answer: Answer = {}
    for contract in town.rows["rel_contract"]:
        unsigned = contract["status"] in {"draft", "sent"} or contract["signed_on"] is None
        mine = {grant["grant_id"]: grant for grant in granted(town) if grant["contract_id"] == contract["contract_id"]}
        begun = [grant for grant in mine.values() if grant["starts"] <= TODAY and (grant["ends"] or FAR) > FIRST]
        if unsigned and begun:
            answer[contract["contract_id"]] = at_stake(
                town, days(FIRST, END), lambda service, mine=mine: service["grant_id"] in mine
            )
    return answer


def runs_today(contract: Row) -> bool:
    return contract["starts"] <= TODAY < (contract["ends"] or FAR)


def alone(town: Town) -> Iterator[tuple[Row, bool]]:
    """Running signed individual contracts without a running grant, and whether they ever had a grant."""
    for contract in town.rows["rel_contract"]:
        mine = [grant for grant in town.rows["rel_grant"] if grant["contract_id"] == contract["contract_id"]]
        running = [grant for grant in mine if grant["status"] == "granted" and (grant["ends"] or FAR) > TODAY]
        signed = contract["status"] == "signed" and contract["kind"] == "individual"
        if signed and runs_today(contract) and not running:
            yield contract, bool(mine)


def contract_without_grant(town: Town) -> Answer:
    return {contract["contract_id"]: None for contract, had in alone(town) if not had}


def contract_outlives_grant(town: Town) -> Answer:
    return {contract["contract_id"]: None for contract, had in alone(town) if had}


def contract_without_rates(town: Town) -> Answer:
    answer: Answer = {}
    for line, contract in lines(town):
        mine = [rate for rate in town.rows["rel_contract_rate"] if rate["contract_line_id"] == line["contract_line_id"]]
        covered = set().union(*(days(rate["valid_from"], rate["valid_to"]) for rate in mine))
        bare = days(contract["starts"], contract["ends"]) - covered
        if any(day <= TODAY for day in bare):
            answer[contract["contract_id"]] = None
    return answer


def lines(town: Town) -> Iterator[tuple[Row, Row]]:
    """Each contract line with its contract, those with a day in the horizon."""
    contracts = by_id(town, "rel_contract", "contract_id")
    for line in town.rows["rel_contract_line"]:
        contract = contracts[line["contract_id"]]
        if days(contract["starts"], contract["ends"]):
            yield line, contract


def special_rate_unfounded(town: Town) -> Answer:
    return {
        line["contract_line_id"]: of_line(town, line, days(FIRST, END))
        for line, _ in lines(town)
        if line["kind"] == "special"
        and not (line["hours"] and line["hourly_rate"] and (line["purpose"] or "").strip() and line["evaluation_on"])
    }


def special_rate_not_evaluated(town: Town) -> Answer:
    return {
        line["contract_line_id"]: of_line(town, line, days(line["evaluation_on"], END))
        for line, contract in lines(town)
        if line["kind"] == "special"
        and line["evaluation_on"]
        and line["evaluation_on"] < TODAY < (contract["ends"] or FAR)
    }


def rate_above_portal(town: Town) -> Answer:
    answer: Answer = {}
    for line, contract in lines(town):
        pairs = [
            (rate["amount"] - portal["amount"], rate["amount"], shared)
            for rate in town.rows["rel_contract_rate"]
            for portal in town.rows["rel_portal_rate"]
            if rate["contract_line_id"] == line["contract_line_id"]
            and portal["provider_unit_id"] == contract["provider_unit_id"] is not None
            and portal["service"] == line["service"]
            and rate["amount"] > portal["amount"]
            and (
                shared := days(rate["valid_from"], rate["valid_to"])
                & days(portal["valid_from"], portal["valid_to"])
                & days(contract["starts"], contract["ends"])
            )
        ]
        if line["kind"] == "base" and pairs:
            over, price, shared = min(pairs, key=lambda pair: (-pair[0], min(pair[2])))
            cost = of_line(town, line, shared)
            answer[line["contract_line_id"]] = (
                None if cost is None else rounded(Fraction(over) * cost / Fraction(price))
            )
    return answer


REFERENCE: dict[str, Callable[[Town], Answer]] = {
    "duplicate_grant": lambda town: overlaps(town, "refuse"),
    "overlapping_grants": lambda town: overlaps(town, "warn"),
    "grant_without_contract": without_contract,
    "contract_expired": contract_expired,
    "supplier_differs": supplier_differs,
    "provider_not_approved": provider_not_approved,
    "sole_proprietor": sole_proprietor,
    "follow_up_overdue": follow_up_overdue,
    "grant_after_death": after_death,
    "grant_after_move": after_move,
    "account_missing": account_missing,
    "contract_unsigned": contract_unsigned,
    "contract_without_grant": contract_without_grant,
    "contract_outlives_grant": contract_outlives_grant,
    "contract_without_rates": contract_without_rates,
    "special_rate_unfounded": special_rate_unfounded,
    "special_rate_not_evaluated": special_rate_not_evaluated,
    "rate_above_portal": rate_above_portal,
}
