"""Duplicate grants (dobbeltbevillinger): two grants to one citizen, on the same days, for what is given once.

Whether two sections may overlap is data (`rel_duplicate_rule`, dated). Where no rule speaks, the same service under the
same section on the same days is a duplicate. The finding is about the later grant of the pair: the former was there.
"""

from typing import Final

import ibis

from styr.controls.core.focus import Focus
from styr.controls.core.horizon import FAR, first_row
from styr.grants.core.codes import Verdict
from styr.grants.core.concerned import grant_findings, granted
from styr.grants.core.relations import DUPLICATE_RULE, GRANT, SERVICE

_STRICTNESS: Final = {Verdict.ALLOW.value: 1, Verdict.WARN.value: 2, Verdict.REFUSE.value: 3}
_EVIDENCE: Final = ("number", "section", "other_number", "other_section", "overlap_start", "overlap_end", "pairs")


def duplicate_grants(focus: Focus) -> ibis.Table:
    """Find grants that may not overlap an earlier one. At stake: the later grant's cost of the overlapping days."""
    return _found(focus, Verdict.REFUSE)


def doubtful_overlaps(focus: Focus) -> ibis.Table:
    """Find grants that should hardly overlap an earlier one. At stake: as for duplicates."""
    return _found(focus, Verdict.WARN)


def _found(focus: Focus, verdict: Verdict) -> ibis.Table:
    judged = _judged(_pairs(focus))
    broken = judged.filter(judged["strictness"] == _STRICTNESS[verdict.value])
    return grant_findings(_first_of_each(broken), _EVIDENCE)


def _pairs(focus: Focus) -> ibis.Table:
    """Pair each grant in focus with every earlier grant of its citizen that shares a day with it."""
    later = granted(focus(GRANT.table(), "grant_id"))
    earlier = granted(GRANT.table()).select(
        "citizen_id",
        other_id="grant_id",
        other_number="number",
        other_section="section",
        other_starts="starts",
        other_until="until",
    )
    pairs = later.join(earlier, "citizen_id")
    began_before = pairs["other_starts"] < pairs["starts"]
    began_together = (pairs["other_starts"] == pairs["starts"]) & (pairs["other_number"] < pairs["number"])
    shared = pairs.mutate(
        from_day=pairs["starts"],  # the later of the two starts
        to_day=ibis.least(pairs["until"], pairs["other_until"]),
        precedes=(pairs["other_id"] != pairs["grant_id"]) & (began_before | began_together),
    )
    return shared.filter(shared["precedes"] & (shared["from_day"] < shared["to_day"]))


def _judged(pairs: ibis.Table) -> ibis.Table:
    """Add `strictness`: the strictest rule of the pair's sections on the shared days, else that of the same service."""
    rule = _rules_both_ways()
    ruled = pairs.join(
        rule,
        [
            pairs["section"] == rule["one"],
            pairs["other_section"] == rule["two"],
            pairs["from_day"] < rule["rule_until"],
            pairs["to_day"] > rule["rule_from"],
        ],
    )
    strictest = ruled.group_by("grant_id", "other_id").agg(rule=ruled["strictness"].max())
    same = _same_service(pairs.filter(pairs["section"] == pairs["other_section"]))
    known = pairs.left_join(strictest, ["grant_id", "other_id"]).drop("grant_id_right", "other_id_right")
    both = known.left_join(same, ["grant_id", "other_id"]).drop("grant_id_right", "other_id_right")
    return both.mutate(strictness=both["rule"].fill_null(both["by_service"]))


def _rules_both_ways() -> ibis.Table:
    rule = DUPLICATE_RULE.table()
    known = rule.mutate(
        rule_from="valid_from",
        rule_until=rule["valid_to"].fill_null(FAR),
        strictness=rule["verdict"].cases(*((name, _int(rank)) for name, rank in _STRICTNESS.items()), else_=_int(0)),
    )
    kept = ("rule_from", "rule_until", "strictness")
    one_way = known.select(*kept, one="section_a", two="section_b")
    other_way = known.select(*kept, one="section_b", two="section_a")
    return one_way.union(other_way.select(one_way.columns), distinct=True)


def _same_service(pairs: ibis.Table) -> ibis.Table:
    """Return the pairs that have a service in common on a day in common."""
    lines = SERVICE.table().select("grant_id", "service", line_from="starts", line_ends="ends")
    mine = pairs.select("grant_id", "other_id").join(lines, "grant_id")
    theirs = lines.select(other_id="grant_id", service="service", other_from="line_from", other_ends="line_ends")
    both = mine.join(theirs, ["other_id", "service"])
    at_once = both.filter(
        (both["line_from"] < both["other_ends"].fill_null(FAR))
        & (both["other_from"] < both["line_ends"].fill_null(FAR))
    )
    return at_once.select("grant_id", "other_id", by_service=_int(_STRICTNESS[Verdict.REFUSE.value])).distinct()


def _first_of_each(pairs: ibis.Table) -> ibis.Table:
    """Keep one pair a grant, that with the longest overlap, and count the pairs."""
    counted = pairs.mutate(pairs=pairs.count().over(group_by=pairs["grant_id"]).cast("int64"))
    first = first_row(counted, "grant_id", [counted["to_day"].desc(), counted["other_number"].asc()])
    return first.mutate(
        overlap_start=first["from_day"],
        overlap_end=ibis.ifelse(first["to_day"] == FAR, ibis.null("date"), first["to_day"]),
    )


def _int(value: int) -> ibis.Value:
    return ibis.literal(value, type="int64")
