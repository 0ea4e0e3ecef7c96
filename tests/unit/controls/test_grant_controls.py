"""Each control of grants: what it finds, what it leaves alone, what it is worth. Every day costs 1,000 kr."""

from datetime import date

import pytest

from unit.controls.town import TODAY, Town, days, sentence

YEAR, LAST_YEAR, NEXT_YEAR = date(2026, 1, 1), date(2025, 1, 1), date(2027, 1, 1)
A_DAY = 100_000


@pytest.fixture
def town() -> Town:
    return Town()


def test_the_same_service_twice_on_the_same_days_is_a_duplicate_of_the_later_grant(town: Town) -> None:
    citizen = town.citizen()
    first = town.grant(citizen, number="B0000001-1", section="SEL-85", ends=date(2026, 4, 1))
    second = town.grant(citizen, number="B0000002-2", section="SEL-85", starts=date(2026, 3, 1))
    town.service(first, service="stoette")
    town.service(second, service="stoette")
    (found,) = town.found("duplicate_grant")
    assert (found.subject_id, found.amount_ore) == (second, 31 * A_DAY)
    assert sentence(found) == (
        "Bevilling B0000002-2 (SEL § 85) dækker det samme som bevilling B0000001-1 (SEL § 85) i perioden "
        "1. mar. 2026 – 31. mar. 2026."
    )


@pytest.mark.parametrize(
    "second",
    [
        {"starts": date(2026, 4, 1)},  # begins when the first has ended
        {"status": "draft"},
        {"status": "stopped"},
        {"section": "SEL-97"},
    ],
)
def test_grants_that_share_no_day_section_or_force_are_no_duplicates(town: Town, second: dict[str, object]) -> None:
    citizen = town.citizen()
    town.service(town.grant(citizen, section="SEL-85", ends=date(2026, 4, 1)))
    town.service(town.grant(citizen, **{"section": "SEL-85", "starts": date(2026, 2, 1), **second}))
    town.service(town.grant(town.citizen(), section="SEL-85"))  # somebody else's
    assert town.found("duplicate_grant") == []


def test_two_services_under_one_section_are_no_duplicates_unless_a_rule_says_so(town: Town) -> None:
    citizen = town.citizen()
    town.service(town.grant(citizen, section="SEL-104"), service="aktivitet")
    later = town.grant(citizen, section="SEL-104", starts=date(2026, 2, 1))
    town.service(later, service="befordring")
    assert town.found("duplicate_grant") == []
    town.rule("SEL-104", "SEL-104", "refuse")
    assert [found.subject_id for found in town.found("duplicate_grant")] == [later]


@pytest.mark.parametrize(("verdict", "code"), [("refuse", "duplicate_grant"), ("warn", "overlapping_grants")])
def test_pairs_of_sections_follow_their_rule(town: Town, verdict: str, code: str) -> None:
    citizen = town.citizen()
    town.service(town.grant(citizen, section="SEL-108"))
    later = town.grant(citizen, section="SEL-107", starts=date(2026, 12, 1))
    town.service(later)
    town.rule("SEL-107", "SEL-108", verdict)
    (found,) = town.found(code)
    assert (found.subject_id, found.amount_ore) == (later, 31 * A_DAY)
    other = {"duplicate_grant", "overlapping_grants"} - {code}
    assert [town.found(one) for one in other] == [[]]


def test_an_allowing_rule_wins_over_the_same_service(town: Town) -> None:
    citizen = town.citizen()
    for starts in (date(2026, 1, 1), date(2026, 2, 1)):
        town.service(town.grant(citizen, section="SEL-97", starts=starts))
    assert len(town.found("duplicate_grant")) == 1
    town.rule("SEL-97", "SEL-97", "allow")
    assert town.found("duplicate_grant") == []


def test_a_rule_counts_on_its_own_days_only(town: Town) -> None:
    citizen = town.citizen()
    town.service(town.grant(citizen, section="SEL-107", ends=date(2026, 3, 1)))
    town.service(town.grant(citizen, section="SEL-110", starts=date(2026, 2, 1)))
    town.rule("SEL-107", "SEL-110", "refuse", valid_from=date(2026, 3, 1))
    assert town.found("duplicate_grant") == []


def test_one_finding_for_each_of_three_at_once(town: Town) -> None:
    citizen = town.citizen()
    made = [town.grant(citizen, section="SEL-97", starts=date(2026, month, 1)) for month in (1, 2, 3)]
    for grant in made:
        town.service(grant)
    found = town.found("duplicate_grant")
    assert [(one.subject_id, one.evidence["pairs"]) for one in found] == [(made[1], 1), (made[2], 2)]


def test_narrowing_keeps_the_other_side_whole(town: Town) -> None:
    citizen = town.citizen()
    earlier, later = town.grant(citizen), town.grant(citizen, starts=date(2026, 2, 1))
    for grant in (earlier, later):
        town.service(grant)
    assert [one.subject_id for one in town.found("duplicate_grant", narrow=[later])] == [later]
    assert town.found("duplicate_grant", narrow=[earlier]) == []


def test_a_grant_that_buys_without_a_contract(town: Town) -> None:
    bare = town.grant(town.citizen(), supplier_id=town.supplier(), number="B0000007-7")
    town.service(bare)
    town.service(town.grant(town.citizen()))  # cash help: nobody is bought from
    town.service(town.grant(town.citizen(), supplier_id=town.supplier(), contract_id=town.contract()))
    (found,) = town.found("grant_without_contract")
    assert (found.subject_id, found.amount_ore) == (bare, 365 * A_DAY)
    assert sentence(found) == (
        "Bevilling B0000007-7 (SEL § 107) løber fra 1. jan. 2026 og indtil videre hos en leverandør, men der er ingen "
        "kontrakt, så pris og vilkår ikke er aftalt."
    )


def test_what_ended_before_last_year_is_let_be(town: Town) -> None:
    for ends in (LAST_YEAR, date(2025, 1, 2)):
        old = town.grant(town.citizen(), supplier_id=town.supplier(), starts=date(2020, 1, 1), ends=ends)
        town.service(old)
    (found,) = town.found("grant_without_contract")
    assert (found.subject_id, found.amount_ore) == (old, A_DAY)


def test_a_grant_that_goes_on_after_its_contract(town: Town) -> None:
    expired = town.contract(ends=date(2026, 11, 1), number="K-2024-0001")
    late = town.grant(town.citizen(), contract_id=expired, number="B0000001-1")
    town.service(late)
    town.service(town.grant(town.citizen(), contract_id=expired, ends=date(2026, 11, 1)))
    town.service(town.grant(town.citizen(), contract_id=town.contract(ends=date(2026, 11, 22))))
    town.service(town.grant(town.citizen(), contract_id=town.contract()))
    (found,) = town.found("contract_expired")
    assert (found.subject_id, found.amount_ore) == (late, 61 * A_DAY)
    assert sentence(found) == (
        "Kontrakt K-2024-0001 udløb 31. okt. 2026, men bevilling B0000001-1 (SEL § 107) løber "
        "fra 1. jan. 2026 og indtil videre."
    )


def test_a_grant_to_another_supplier_than_the_contracts(town: Town) -> None:
    one, two = town.supplier(cvr="11111111"), town.supplier(cvr="22222222")
    contract = town.contract(supplier_id=two, number="K-2024-0001")
    wrong = town.grant(town.citizen(), contract_id=contract, supplier_id=one, number="B0000001-1")
    town.grant(town.citizen(), contract_id=contract, supplier_id=two)
    town.grant(town.citizen(), contract_id=contract)
    (found,) = town.found("supplier_differs")
    assert (found.subject_id, found.amount_ore) == (wrong, None)
    assert sentence(found) == (
        "Bevilling B0000001-1 står til leverandøren med CVR 11111111, men kontrakt K-2024-0001 er indgået med "
        "CVR 22222222."
    )


@pytest.mark.parametrize(
    ("approval", "unapproved"),
    [
        ({"approved_to": date(2026, 12, 1)}, (date(2026, 12, 1), None, 31)),
        ({"approved_from": date(2026, 1, 11)}, (YEAR, date(2026, 1, 11), 10)),
        ({"approved_from": None}, (YEAR, None, 365)),
        ({"approved_to": date(2025, 6, 1)}, (YEAR, None, 365)),
        ({}, None),
        ({"approved_to": NEXT_YEAR}, None),  # next year is not looked at yet
    ],
)
def test_an_offer_must_be_approved_on_the_days_of_the_grant(
    town: Town, approval: dict[str, date | None], unapproved: tuple[date, date | None, int] | None
) -> None:
    grant = town.grant(town.citizen(), provider_unit_id=town.offer(**approval))
    town.service(grant)
    town.service(town.grant(town.citizen()))  # no offer at all
    found = town.found("provider_not_approved")
    told = [(one.evidence["unapproved_start"], one.evidence["unapproved_end"], one.amount_ore) for one in found]
    assert told == ([] if unapproved is None else [(unapproved[0], unapproved[1], unapproved[2] * A_DAY)])


def test_sole_proprietors_are_found_from_2025_on(town: Town) -> None:
    owned = town.supplier(kind="sole_proprietor")
    grant = town.grant(town.citizen(), supplier_id=owned, starts=date(2024, 6, 1), ends=date(2025, 1, 11))
    town.service(grant)
    town.service(town.grant(town.citizen(), supplier_id=owned, starts=date(2024, 6, 1), ends=LAST_YEAR))
    town.service(town.grant(town.citizen(), supplier_id=town.supplier()))
    (found,) = town.found("sole_proprietor")
    assert (found.subject_id, found.amount_ore) == (grant, 10 * A_DAY)
    assert town.found("sole_proprietor", today=date(2024, 12, 31)) == []


def test_follow_up_is_overdue_the_day_after_its_date(town: Town) -> None:
    due = {"follow_up_on": date(2026, 11, 20)}
    late = town.grant(town.citizen(), **due)
    town.service(late)
    town.grant(town.citizen(), follow_up_on=TODAY)
    town.grant(town.citizen(), **due, ends=TODAY)  # ended yesterday
    town.grant(town.citizen())
    (found,) = town.found("follow_up_overdue")
    assert (found.subject_id, found.amount_ore) == (late, 42 * A_DAY)


def test_a_grant_ends_with_the_day_of_death(town: Town) -> None:
    dead = town.citizen(died_on=date(2026, 11, 30))
    late = town.grant(dead)
    town.service(late)
    town.service(town.grant(dead, ends=date(2026, 12, 1)))
    town.service(town.grant(town.citizen()))
    (found,) = town.found("grant_after_death")
    assert (found.subject_id, found.amount_ore) == (late, days(date(2026, 12, 1), NEXT_YEAR) * A_DAY)
    assert "fra 1. dec. 2026" in sentence(found)


def test_nothing_is_bought_once_after_the_death(town: Town) -> None:
    """Also where the grant was stopped afterwards; what was bought before the death, or lies in a grant that runs on
    and is found as such, is not told here."""
    dead, once = town.citizen(died_on=date(2026, 11, 30)), {"unit": "once", "per": "total"}
    late = town.grant(dead, ends=date(2026, 12, 10), status="stopped")
    town.service(late, **once, starts=date(2026, 12, 5))
    in_time = town.grant(dead, ends=date(2026, 12, 1))
    town.service(in_time, **once, starts=date(2026, 11, 29))
    runs_on = town.grant(dead)
    town.service(runs_on, **once, starts=date(2026, 12, 5))
    (found,) = town.found("once_after_death")
    assert found.subject_id == late
    assert "køber en engangsydelse 5. dec. 2026, men borgeren døde 30. nov. 2026" in sentence(found)


def test_a_grant_ends_the_day_before_the_citizen_lives_elsewhere(town: Town) -> None:
    gone = town.citizen(moved_out=date(2026, 12, 1))
    late = town.grant(gone)
    town.service(late)
    town.service(town.grant(gone, ends=date(2026, 12, 1)))
    town.service(town.grant(town.citizen(moved_out=date(2026, 3, 1), moved_in=date(2026, 6, 1))))  # came back
    (found,) = town.found("grant_after_move")
    assert (found.subject_id, found.amount_ore) == (late, 31 * A_DAY)


@pytest.mark.parametrize("account", [None, "", "   ", "15385211", "1538521123456001x9"])
def test_a_grant_without_a_whole_account_string(town: Town, account: str | None) -> None:
    bare = town.grant(town.citizen(), account_string=account)
    town.grant(town.citizen(), account_string="1.53.52.1.1.2345.600.1.1")
    assert [found.subject_id for found in town.found("account_missing")] == [bare]


def test_what_cannot_be_priced_is_worth_an_unknown_amount(town: Town) -> None:
    for amount in (None, "0"):
        town.service(town.grant(town.citizen(), account_string=""), amount)
    assert [found.amount_ore for found in town.found("account_missing")] == [None, 0]
