"""Which grant of ours a grant of the case system is, and which of its service lines.

A grant is found by its number: the case system's own, which our register keeps, or ours. Two systems may give one
number to two grants, so the citizen must be the same too, and the section where the number is not ours. What is left on
both sides is tied by citizen and section, where that leaves no choice. Within a grant, a service is tied to at most one
line of ours.
"""

from __future__ import annotations

from typing import Any, Final

import ibis

from styr.controls.core.horizon import FAR
from styr.grants.core.codes import GrantStatus
from styr.grants.core.relations import GRANT, GRANT_KEY, SERVICE
from styr.reconciliation.core.codes import MatchKey
from styr.reconciliation.core.relations import CASE_EXTRACT, CASE_GRANT

PROMISED: Final = (GrantStatus.GRANTED.value, GrantStatus.STOPPED.value)
"""What binds us: drafts, expectations and withdrawn grants do not."""

_ALWAYS: Final = 0


def promised_grants() -> ibis.Table:
    """Our grants that bind us, with `until`, an end never null."""
    grants = GRANT.table()
    return grants.filter(grants["status"].isin(PROMISED)).mutate(until=grants["ends"].fill_null(FAR))


def matched_grants() -> ibis.Table:
    """Return (system, source_id, grant_id, found_by): each grant of a case system with ours, where there is one."""
    by_number = _by_number()
    return by_number.union(_by_citizen(by_number), distinct=False)


def matched_lines() -> ibis.Table:
    """Return (case_grant_id, grant_id, found_by, service_id): a case system's services with our lines, null for none.

    Each line of ours belongs to one service at most.
    """
    of_grant = CASE_GRANT.table().join(matched_grants(), ["system", "source_id"])
    candidates = _candidates(of_grant)
    best = _first(candidates, "case_grant_id", _preference(candidates))
    mine = _first(best, "service_id", _preference(best)).select("case_grant_id", "service_id")
    return of_grant.left_join(mine, "case_grant_id").select("case_grant_id", "grant_id", "found_by", "service_id")


def matched_series() -> ibis.Table:
    """Return (case_grant_id, service_id): all our lines that a case system's service stands for.

    Besides the line that was tied, those before and after it of the same grant, service and contract line that are tied
    to nothing else: what we keep as two lines since a quantity changed, a case system keeps as one service.
    """
    tied = matched_lines().filter(lambda row: row["service_id"].notnull()).select("case_grant_id", "service_id")
    line = SERVICE.table()
    kind = line.select(
        "service_id",
        "line_no",
        "grant_id",
        "service",
        "unit",
        bought_on=line["contract_line_id"].cast("string").fill_null(""),
    )
    mine = tied.join(kind, "service_id")
    free = kind.anti_join(tied, "service_id")
    same = mine.drop("service_id", "line_no").join(
        free.select("grant_id", "service", "unit", "bought_on", free_id="service_id"),
        ["grant_id", "service", "unit", "bought_on"],
    )
    first = _first(same, "free_id", [same["case_grant_id"]])
    return tied.union(first.select("case_grant_id", service_id="free_id"), distinct=False)


def days_compared() -> ibis.Table:
    """Return (system, extracted_on): the day on which each case system's prices and quantities held."""
    extract = CASE_EXTRACT.table()
    return extract.group_by("system").agg(extracted_on=extract["extracted_on"].max())


def numbered_grants() -> ibis.Table:
    """Return (grant_id, citizen_id, section, name, rank): our promised grants by each number they are known by.

    `rank` 0 is our own number, 1 the case system's.
    """
    ours = promised_grants().select("grant_id", "citizen_id", "section", "number")
    own = ours.select("grant_id", "citizen_id", "section", name="number", rank=_int(0))
    kept = ours.join(GRANT_KEY.table(), "grant_id")
    theirs = kept.select("grant_id", "citizen_id", "section", name="source_id", rank=_int(1))
    return own.union(theirs, distinct=False).view()


def _sources() -> ibis.Table:
    """The grants of the case systems: their services taken together; of nobody where these are of several citizens."""
    case = CASE_GRANT.table()
    open_end = case["ends"].fill_null(FAR)
    citizen = case["citizen_id"].cast("string")
    of_one = (citizen.min() == citizen.max()) & (citizen.count() == case.count())
    return case.group_by("system", "source_id").agg(
        citizen_id=ibis.ifelse(of_one, citizen.min(), ibis.null("string")).cast("uuid"),
        section=case["section"].min(),
        starts=case["starts"].min(),
        until=open_end.max(),
    )


def _by_number() -> ibis.Table:
    """Tie what has the number and the citizen of one of ours; a number that is not ours is of its section alone."""
    sources = _sources().select("system", "source_id", "citizen_id", "section")
    ours = numbered_grants().rename(holder="citizen_id", our_section="section")
    pairs = sources.join(ours, [sources["source_id"] == ours["name"], sources["citizen_id"] == ours["holder"]])
    found = pairs.filter((pairs["rank"] == _ALWAYS) | (pairs["section"] == pairs["our_section"]))
    ranked = found.mutate(
        place=ibis.row_number().over(
            group_by=[found["system"], found["source_id"]], order_by=[found["rank"], found["grant_id"]]
        )
    )
    first = ranked.filter(ranked["place"] == _ALWAYS)
    return first.select("system", "source_id", "grant_id", found_by=_text(MatchKey.NUMBER))


def _by_citizen(by_number: ibis.Table) -> ibis.Table:
    """Tie what no number ties, where citizen and section leave one of each."""
    sources = _sources().anti_join(by_number, ["system", "source_id"])
    grants = promised_grants().anti_join(by_number, "grant_id")
    ours = grants.select("grant_id", "citizen_id", "section", our_starts="starts", our_until="until")
    pairs = sources.join(ours, ["citizen_id", "section"])
    at_once = pairs.filter((pairs["starts"] < pairs["our_until"]) & (pairs["our_starts"] < pairs["until"]))
    counted = at_once.mutate(
        theirs=at_once.count().over(group_by="grant_id"), ours=at_once.count().over(group_by=["system", "source_id"])
    )
    alone = counted.filter((counted["theirs"] == 1) & (counted["ours"] == 1))
    return alone.select("system", "source_id", "grant_id", found_by=_text(MatchKey.CITIZEN))


def _candidates(of_grant: ibis.Table) -> ibis.Table:
    """Every pair of a service and a line of the same grant that may be the same."""
    lines = SERVICE.table().select(
        "service_id", "grant_id", our_service="service", our_unit="unit", our_line="line_no", our_starts="starts",
        our_ends="ends",
    )  # fmt: skip
    alone_here = lines.group_by("grant_id").agg(lines=lines.count())
    alone_there = of_grant.group_by("grant_id").agg(services=of_grant.count())
    day = days_compared()
    joined = (
        of_grant.join(lines, "grant_id").join(alone_here, "grant_id").join(alone_there, "grant_id").join(day, "system")
    )
    only = (joined["lines"] == 1) & (joined["services"] == 1)
    holds = (joined["our_starts"] <= joined["extracted_on"]) & (
        joined["extracted_on"] < joined["our_ends"].fill_null(FAR)
    )
    fits = joined.mutate(
        same_service=_no(joined["service"] == joined["our_service"]),
        same_line=_no(joined["line_no"] == joined["our_line"]),
        same_unit=_no(joined["unit"] == joined["our_unit"]),
        holds=_no(holds),
    )
    return fits.filter((fits["service"] == fits["our_service"]) | only | fits["service"].isnull())


def _preference(rows: ibis.Table) -> list[Any]:
    """The order among candidates, the best first; ids make it the same every time."""
    told = [rows[name] for name in ("same_service", "same_line", "same_unit", "holds")]
    return [*told, rows["our_line"], rows["line_no"], rows["service_id"], rows["case_grant_id"]]


def _first(rows: ibis.Table, by: str, order: list[Any]) -> ibis.Table:
    ranked = rows.mutate(place=ibis.row_number().over(group_by=rows[by], order_by=order))
    return ranked.filter(ranked["place"] == _ALWAYS).drop("place")


def _no(holds: Any) -> Any:
    """0 where it holds, 1 where it does not or is unknown: what holds comes first."""
    return ibis.ifelse(holds.fill_null(False), _int(0), _int(1))  # noqa: FBT003 - Ibis's own signature


def _int(value: int) -> Any:
    return ibis.literal(value, type="int64")


def _text(key: MatchKey) -> Any:
    return ibis.literal(key.value, type="string")
