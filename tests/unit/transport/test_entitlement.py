"""The thirty criteria: each has its law, a case that it grants and one that it refuses; and what nobody can tell."""

from datetime import date
from decimal import Decimal

import pytest

from styr.transport.core.distance import Basis, Point, Road, air_line, estimated, looks_danish
from styr.transport.core.entitlement import MEASURE, NO_ROAD, Verdict, km, leaves, payment_remark, road_text
from styr.transport.core.facts import QUESTIONS, Facts, UnknownFactError, age_on, read_answers
from styr.transport.core.limits import Limits, limit_of
from styr.transport.core.rules import ASKED, RULES, assessed
from styr.transport.reference.load import shipped_criteria, shipped_limits

DAY = date(2026, 11, 22)
LIMITS = Limits([limit_of(row) for row in shipped_limits()], day=DAY)
AT_THE_TIME = date(2021, 5, 3)


def way(metres: int) -> Road:
    """A measured way."""
    return Road.known(metres, Basis.MEASURED)


Case = tuple[dict[str, bool | int], int | None, int | None]
"""Answers, the citizen's age, metres of road."""

CASES: dict[str, tuple[Case, Case]] = {
    "K01": (({"pension": True}, 70, None), ({"pension": False}, 40, None)),
    "K02": (({"pension": False, "referral": True}, 40, 50_001), ({"pension": False, "referral": True}, 40, 50_000)),
    "K03": (({"public_transport": False}, 50, None), ({"public_transport": True}, 50, None)),
    "K04": (
        ({"lasting": True, "public_transport": False}, 50, None),
        ({"lasting": True, "public_transport": True}, 50, None),
    ),
    "K05": (
        ({"plan": True, "pension": False, "public_transport": False}, 40, None),
        ({"plan": False, "pension": True, "public_transport": False}, 70, None),
    ),
    "K06": (({"plan": True}, 40, 50_001), ({"plan": True}, 40, 50_000)),
    "K07": (
        ({"enrolled": True, "public_transport": False}, 80, None),
        ({"enrolled": True, "public_transport": True}, 80, None),
    ),
    "K08": (
        ({"enrolled": True, "public_transport": False}, 80, None),
        ({"enrolled": False, "public_transport": False}, 80, None),
    ),
    "K09": (
        ({"lasting": True, "public_transport": False}, 50, None),
        ({"lasting": False, "public_transport": False}, 50, None),
    ),
    "K10": (({"severe": True, "trips": 103}, 18, None), ({"severe": True, "trips": 0}, 17, None)),
    "K11": (({"blind": True, "trips": 0}, 60, None), ({"blind": True, "trips": 104}, 60, None)),
    "K12": (({"enrolled": True}, 5, None), ({"enrolled": True}, 18, None)),
    "K13": (({"decided": True}, 12, None), ({"decided": False}, 12, None)),
    "K14": (({"lasting": True, "documented": True}, 9, None), ({"lasting": True, "documented": False}, 9, None)),
    "K15": (({"decided": True}, 12, None), ({"decided": False}, 12, None)),
    "K16": (({"enrolled": True, "reduced": False}, 30, 10_001), ({"enrolled": True, "reduced": False}, 30, 10_000)),
    "K17": (({"enrolled": True, "reduced": True}, 30, None), ({"enrolled": True, "reduced": False}, 30, None)),
    "K18": (
        ({"enrolled": True, "public_transport": True}, 19, 11_000),
        ({"enrolled": True, "public_transport": True}, 19, 10_999),
    ),
    "K19": (({"district_school": True, "grade": 3}, 9, 2_501), ({"district_school": True, "grade": 3}, 9, 2_500)),
    "K20": (
        ({"district_school": True, "dangerous": True}, 8, 900),
        ({"district_school": True, "dangerous": False}, 8, 900),
    ),
    "K21": (({"ill": True}, 10, 100), ({"ill": False}, 10, 100)),
    "K22": (
        ({"referred": True, "grade": 5, "dangerous": False}, 11, 6_001),
        ({"referred": False, "grade": 5, "dangerous": False}, 11, 6_001),
    ),
    "K23": (
        ({"referred": True, "grade": 8, "dangerous": True}, 14, 500),
        ({"referred": True, "grade": 8, "dangerous": False}, 14, 7_000),
    ),
    "K24": (
        ({"referred": True, "ill": False, "public_transport": False}, 9, None),
        ({"referred": True, "ill": False, "public_transport": True}, 9, None),
    ),
    "K25": (({"enrolled": True}, 14, None), ({"enrolled": False}, 14, None)),
    "K26": (({"referred": True}, 4, None), ({"referred": False}, 4, None)),
    "K27": (({"enrolled": True, "attended": True}, 40, 12_001), ({"enrolled": True, "attended": True}, 40, 12_000)),
    "K28": (
        ({"enrolled": True, "reduced": True, "public_transport": False, "attended": True}, 40, None),
        ({"enrolled": True, "reduced": True, "public_transport": False, "attended": False}, 40, None),
    ),
    "K29": (({"enrolled": True}, 30, 11_001), ({"enrolled": True}, 30, 11_000)),
    "K30": (
        ({"enrolled": True, "need": True, "attended": True}, 30, None),
        ({"enrolled": True, "need": False, "attended": True}, 30, None),
    ),
}
CRITERIA = {row["code"]: row for row in shipped_criteria()}


def _verdict(code: str, case: Case) -> Verdict:
    answers, age, metres = case
    day = AT_THE_TIME if code == "K03" else DAY
    facts = Facts(day, read_answers(answers), age, None if metres is None else way(metres))
    limits = Limits([limit_of(row) for row in shipped_limits()], day=day)
    found = assessed(CRITERIA[code]["rule"], facts, limits)
    assert found is not None
    assert leaves(found.condition)
    return found.verdict


def test_there_are_thirty_criteria_each_with_its_law_and_a_computation_that_exists() -> None:
    assert list(CRITERIA) == [f"K{n:02d}" for n in range(1, 31)] == list(CASES)
    assert {row["area"] for row in CRITERIA.values()} == set(range(1, 16))
    for row in CRITERIA.values():
        assert all(row[name] for name in ("law", "target_group", "form", "terms", "source", "section")), row["code"]
        assert row["rule"] in RULES
        assert set(ASKED[row["rule"]]) <= set(QUESTIONS)
    assert {row["rule"] for row in CRITERIA.values()} == set(RULES) == set(ASKED)


@pytest.mark.parametrize("code", CASES)
def test_a_criterion_grants_one_case_and_refuses_another(code: str) -> None:
    granted, refused = CASES[code]
    assert _verdict(code, granted) is Verdict.MET
    assert _verdict(code, refused) is Verdict.NOT_MET


@pytest.mark.parametrize("code", CASES)
def test_a_criterion_settles_nothing_of_what_nobody_knows(code: str) -> None:
    found = assessed(
        CRITERIA[code]["rule"], Facts(AT_THE_TIME), Limits([limit_of(row) for row in shipped_limits()], day=AT_THE_TIME)
    )
    assert found is not None
    assert found.verdict is Verdict.OPEN
    assert found.missing


@pytest.mark.parametrize(
    ("grade", "metres", "verdict"),
    [
        *((0, 2_501, Verdict.MET), (3, 2_500, Verdict.NOT_MET), (4, 6_000, Verdict.NOT_MET), (6, 6_001, Verdict.MET)),
        *((7, 7_000, Verdict.NOT_MET), (9, 7_001, Verdict.MET), (10, 9_000, Verdict.NOT_MET), (10, 9_001, Verdict.MET)),
    ],
)
def test_the_way_to_school_must_be_strictly_longer_than_its_grade_s_limit(
    grade: int, metres: int, verdict: Verdict
) -> None:
    facts = Facts(DAY, {"district_school": True, "grade": grade}, road=way(metres))
    found = assessed("school_distance", facts, LIMITS)
    assert found is not None
    assert found.verdict is verdict


def test_an_estimate_never_settles_what_lies_near_the_limit() -> None:
    def verdict_of(line: int) -> tuple[Verdict, tuple[str, ...]]:
        road = estimated(line, likely_percent=130, most_percent=200)
        found = assessed("school_distance", Facts(DAY, {"district_school": True, "grade": 1}, road=road), LIMITS)
        assert found is not None
        return found.verdict, found.missing

    assert verdict_of(2_501) == (Verdict.MET, ()), "no road is shorter than the air line"
    assert verdict_of(2_500) == (Verdict.OPEN, (MEASURE,))
    assert verdict_of(1_251) == (Verdict.OPEN, (MEASURE,))
    assert verdict_of(1_250) == (Verdict.NOT_MET, ())
    assert "skønnet" in road_text(estimated(2_000, likely_percent=130, most_percent=200))
    assert assessed("school_distance", Facts(DAY, {"district_school": True, "grade": 1}), LIMITS).missing == (NO_ROAD,)  # type: ignore[union-attr]  # a rule of the program


def test_what_is_settled_otherwise_need_not_be_found_out() -> None:
    found = assessed("specialist", Facts(DAY, {"pension": True}), LIMITS)
    assert found is not None
    assert (found.verdict, found.missing) == (Verdict.MET, ())


def test_a_limit_is_dated_and_the_municipality_s_own_stands_before_the_program_s() -> None:
    row = next(row for row in shipped_limits() if row["rule"] == "school_0_3")
    own = limit_of(row | {"value": 2_000, "valid_from": date(2026, 8, 1), "source": "Byrådet"}, own=True)
    both = [own, limit_of(row)]
    facts = Facts(DAY, {"district_school": True, "grade": 2}, road=way(2_200))
    assert assessed("school_distance", facts, Limits(both, day=DAY)).verdict is Verdict.MET  # type: ignore[union-attr]  # a rule of the program
    before = assessed("school_distance", facts, Limits(both, day=date(2026, 7, 31)))
    assert before is not None
    assert before.verdict is Verdict.NOT_MET
    assert assessed("school_distance", facts, Limits([], day=DAY)).verdict is Verdict.OPEN  # type: ignore[union-attr]  # a rule of the program
    vaccination = assessed("vaccination", Facts(DAY, {"public_transport": False}), LIMITS)
    assert vaccination is not None
    assert vaccination.verdict is Verdict.NOT_MET, "the scheme is over"


def test_the_first_ten_kilometres_to_sheltered_work_are_the_citizen_s_own() -> None:
    found = assessed("sheltered_work", Facts(DAY, {"enrolled": True}, road=way(14_500)), LIMITS)
    assert found is not None
    assert found.follows == (
        "Borgeren betaler selv de første 10 km hver vej.",
        "Kommunen betaler for 4,5 km hver vej.",
    )


def test_a_trip_is_paid_by_the_citizen_only_where_the_law_has_it() -> None:
    assert payment_remark("school_distance", 1_250)
    assert not payment_remark("day_centre", 1_250)
    assert not payment_remark("school_distance", None)
    assert assessed("day_centre", Facts(DAY), LIMITS).follows  # type: ignore[union-attr]  # a rule of the program
    assert assessed("own judgement", Facts(DAY), LIMITS) is None


def test_answers_of_another_kind_are_refused() -> None:
    for told in ({"grade": 11}, {"grade": True}, {"ill": 1}, {"weather": True}, {"trips": -1}):
        with pytest.raises(UnknownFactError):
            read_answers(told)


def test_years_are_whole_and_kilometres_danish() -> None:
    assert age_on(date(2008, 2, 29), date(2026, 2, 28)) == 17
    assert age_on(date(2008, 2, 29), date(2026, 3, 1)) == 18
    assert (km(2_500), km(10_000), km(999)) == ("2,5 km", "10 km", "0,999 km")


def test_the_air_line_is_symmetric_nought_at_home_and_right_to_the_per_mille() -> None:
    round_tower = Point(Decimal("55.681389"), Decimal("12.575833"))
    aarhus = Point(Decimal("56.157200"), Decimal("10.210700"))
    assert air_line(round_tower, round_tower) == 0
    assert air_line(round_tower, aarhus) == air_line(aarhus, round_tower)
    assert 156_000 < air_line(round_tower, aarhus) < 157_500
    assert looks_danish(round_tower)
    assert not looks_danish(Point(Decimal("12.5"), Decimal("55.7")))
