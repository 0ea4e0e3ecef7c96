"""Each control of contracts: what it finds, what it leaves alone, what it is worth. Every day costs 1,000 kr."""

from datetime import date
from decimal import Decimal
from uuid import UUID

import pytest

from unit.controls.town import TODAY, Town, sentence

A_DAY = 100_000
START = date(2024, 1, 1)


@pytest.fixture
def town() -> Town:
    return Town()


def bought(town: Town, contract: UUID, line: UUID | None = None, **given: object) -> UUID:
    grant = town.grant(town.citizen(), contract_id=contract, **given)
    town.service(grant, contract_line_id=line)
    return grant


def test_a_contract_that_is_leant_on_must_be_signed(town: Town) -> None:
    sent = town.contract(status="sent", signed_on=None, number="K-2024-0001")
    bought(town, sent, ends=date(2026, 2, 1))
    bought(town, sent)
    bought(town, sent, starts=date(2026, 12, 1))  # has not begun
    unleant = town.contract(status="draft", signed_on=None)
    bought(town, unleant, status="draft")
    bought(town, town.contract())
    (found,) = town.found("contract_unsigned")
    assert (found.subject_id, found.amount_ore) == (sent, (31 + 365 + 31) * A_DAY)
    assert sentence(found) == (
        "Kontrakt K-2024-0001 er ikke underskrevet (status: sendt), men 2 bevillinger løber på den."
    )


def test_a_signed_contract_without_a_date_of_signature_counts_as_unsigned(town: Town) -> None:
    odd = town.contract(signed_on=None)
    bought(town, odd)
    assert [found.subject_id for found in town.found("contract_unsigned")] == [odd]


def test_an_individual_contract_must_have_a_grant(town: Town) -> None:
    alone = town.contract(ends=date(2027, 1, 1), number="K-2024-0001")
    bought(town, town.contract())
    bought(town, town.contract(), ends=date(2026, 2, 1), status="stopped")
    town.contract(kind="framework")
    town.contract(status="draft")
    town.contract(ends=TODAY)
    (found,) = town.found("contract_without_grant")
    assert (found.subject_id, found.amount_ore) == (alone, None)
    assert sentence(found) == (
        "Kontrakt K-2024-0001 løber 1. jan. 2024 – 31. dec. 2026, men ingen bevilling hører til den."
    )


def test_a_contract_that_outlives_its_grants_should_be_ended(town: Town) -> None:
    left = town.contract(ends=date(2027, 1, 1), number="K-2024-0001")
    bought(town, left, ends=date(2026, 2, 1))
    bought(town, left, status="stopped")
    town.contract()  # nobody ever leant on it: another control's matter
    bought(town, town.contract(), ends=date(2026, 12, 1))
    (found,) = town.found("contract_outlives_grant")
    assert (found.subject_id, found.amount_ore) == (left, None)
    assert sentence(found) == (
        "Kontrakt K-2024-0001 løber 1. jan. 2024 – 31. dec. 2026, men alle bevillinger på den er ophørt; "
        "opsig den, hvis borgeren ikke skal tilbage."
    )


@pytest.mark.parametrize(
    ("rates", "gap"),
    [
        ((), (START, None)),
        (((START, None, "1"),), None),
        (((START, date(2026, 1, 1), "1"),), (date(2026, 1, 1), None)),
        (((START, date(2026, 1, 1), "1"), (date(2026, 3, 1), None, "1")), (date(2026, 1, 1), date(2026, 3, 1))),
        (((START, date(2026, 1, 1), "1"), (date(2026, 1, 1), None, "1")), None),
        (((date(2025, 2, 1), None, "1"),), (START, date(2025, 2, 1))),
        (((START, date(2026, 12, 1), "1"),), None),  # next month's price is not agreed yet
        (((date(2024, 2, 1), None, "1"),), None),  # a gap before last year is let be
    ],
)
def test_every_day_up_to_today_must_have_a_rate(
    town: Town, rates: tuple[tuple[date, date | None, str], ...], gap: tuple[date, date | None] | None
) -> None:
    contract = town.contract()
    town.line(contract, (START, None, "1"))
    town.line(contract, *rates, line_no=2)
    found = town.found("contract_without_rates")
    told = [(one.subject_id, *(one.evidence[name] for name in ("line_no", "gap_start", "gap_end"))) for one in found]
    assert told == ([] if gap is None else [(contract, 2, *gap)])


def test_a_contract_that_was_over_before_last_year_needs_no_rates(town: Town) -> None:
    town.line(town.contract(ends=date(2025, 1, 1)))
    assert town.found("contract_without_rates") == []


@pytest.mark.parametrize(
    ("given", "lacks"),
    [
        ({}, None),
        ({"hours": None}, "timer og timepris"),
        ({"hours": Decimal(0)}, "timer og timepris"),
        ({"hourly_rate": None}, "timer og timepris"),
        ({"purpose": " "}, "formål"),
        ({"purpose": None, "evaluation_on": None}, "formål, evaluering"),
    ],
)
def test_a_special_rate_needs_hours_purpose_and_evaluation(
    town: Town, given: dict[str, object], lacks: str | None
) -> None:
    contract = town.contract(number="K-2024-0001")
    sound = {
        "kind": "special",
        "service": "saertakst",
        "hours": Decimal(10),
        "hourly_rate": Decimal(500),
        "purpose": "Nattevagt under indkøring",
        "evaluation_on": date(2026, 12, 1),
    }
    special = town.line(contract, **{**sound, **given})
    town.line(contract, line_no=2)
    bought(town, contract, special)
    found = town.found("special_rate_unfounded")
    assert [(one.evidence["lacks"], one.amount_ore) for one in found] == (
        [] if lacks is None else [(lacks, 365 * A_DAY)]
    )
    if lacks is not None:
        assert sentence(found[0]) == f"Særtaksten på kontrakt K-2024-0001, linje 1, mangler {lacks}."


def test_a_special_rate_is_overdue_the_day_after_its_evaluation(town: Town) -> None:
    contract = town.contract(number="K-2024-0001")
    late = town.line(contract, kind="special", evaluation_on=date(2026, 11, 20))
    bought(town, contract, late)
    town.line(town.contract(), kind="special", evaluation_on=TODAY)
    town.line(town.contract(), kind="base", evaluation_on=date(2026, 11, 20))
    town.line(town.contract(ends=TODAY), kind="special", evaluation_on=date(2026, 11, 20))
    (found,) = town.found("special_rate_not_evaluated")
    assert (found.subject_id, found.links["contract_id"], found.amount_ore) == (late, contract, 42 * A_DAY)
    assert sentence(found) == "Særtaksten på kontrakt K-2024-0001, linje 1, skulle have været evalueret 20. nov. 2026."


def test_a_base_rate_above_the_portals(town: Town) -> None:
    offer = town.offer()
    town.portal_rate(offer, "900", valid_to=date(2026, 11, 1))
    town.portal_rate(offer, "750", valid_from=date(2026, 11, 1))
    contract = town.contract(provider_unit_id=offer, number="K-2024-0001")
    line = town.line(contract, (START, date(2026, 12, 1), "800"), (date(2026, 12, 1), None, "1000"))
    grant = town.grant(town.citizen(), contract_id=contract)
    town.service(grant, "1000", contract_line_id=line)
    (found,) = town.found("rate_above_portal")
    # December is worst: 31 days at 1,000 kr., a quarter of which is above the portal's 750 kr.
    assert (found.subject_id, found.amount_ore) == (line, 31 * 25_000)
    assert sentence(found) == (
        "Kontrakt K-2024-0001 koster 1.000,00 kr. på linje 1 (ophold), men på Tilbudsportalen er prisen 750,00 kr. "
        "(fra 1. dec. 2026)."
    )


def test_a_rate_at_or_below_the_portals_or_of_another_kind_is_let_be(town: Town) -> None:
    offer = town.offer()
    town.portal_rate(offer, "800")
    contract = town.contract(provider_unit_id=offer)
    town.line(contract, (START, None, "800"))
    town.line(contract, (START, None, "900"), line_no=2, unit="month")
    town.line(contract, (START, None, "900"), line_no=3, kind="special")
    town.line(contract, (START, None, "900"), line_no=4, service="aktivitet")
    town.line(town.contract(), (START, None, "900"))
    assert town.found("rate_above_portal") == []
