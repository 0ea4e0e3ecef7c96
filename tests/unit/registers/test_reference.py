import re
from itertools import pairwise

from styr.contracts.opening import SPAN, standard_days
from styr.contracts.reference.load import sections, service_kinds
from styr.grants.core.codes import GrantStatus, Verdict
from styr.grants.reference.load import duplicate_rules
from styr.kernel.calendar import opening_days
from styr.kernel.period import Period

CODE = re.compile(r"[A-ZÆØÅ]+-[0-9]+[a-z]?")


def test_every_section_has_a_code_a_law_a_name_and_a_source() -> None:
    rows = sections()
    assert all(CODE.fullmatch(row["code"]) and row["law"] and row["name"] and row["source"] for row in rows)
    assert {"SEL-107", "SEL-85", "BL-46", "ÆL-9", "SUL-170", "FSL-26"} <= {row["code"] for row in rows}


def test_a_section_never_means_two_things_on_one_day() -> None:
    rows = sorted(sections(), key=lambda row: (row["code"], row["valid_from"]))
    for one, other in pairwise(rows):
        if one["code"] == other["code"]:
            assert one["valid_to"] is not None
            assert one["valid_to"] <= other["valid_from"]


def test_what_a_section_replaces_is_known_and_ended_by_then() -> None:
    rows = sections()
    children = [row for row in rows if row["law"] == "Barnets lov" and row["replaces"]]
    by_code = {row["code"]: row for row in rows}
    for row in children:
        for old in row["replaces"].split(", "):
            assert by_code[old]["valid_to"] in {row["valid_from"], None}


def test_rules_for_pairs_are_in_order_with_a_known_verdict_and_section() -> None:
    known = {row["code"] for row in sections()}
    for rule in duplicate_rules():
        assert rule["section_a"] <= rule["section_b"]
        assert {rule["section_a"], rule["section_b"]} <= known
        assert rule["verdict"] in Verdict.values()


def test_the_standard_days_count_opening_days() -> None:
    days = dict(standard_days())
    first, last = SPAN.start, SPAN.end
    assert last is not None
    assert days[first] == 0
    assert days[last] == opening_days(SPAN)
    year = Period(first.replace(year=2026), first.replace(year=2027))
    assert days[first.replace(year=2027)] - days[first.replace(year=2026)] == opening_days(year)


def test_codes_are_found_by_their_value_and_know_their_danish_word() -> None:
    assert GrantStatus("granted") is GrantStatus.GRANTED
    assert GrantStatus.GRANTED.danish == "bevilget"
    assert f"{GrantStatus.GRANTED}" == "granted"


def test_every_kind_of_service_has_a_name() -> None:
    assert len({row["code"] for row in service_kinds()}) == len(service_kinds()) == 12
