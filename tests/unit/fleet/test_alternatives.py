"""What a vehicle costs and what else could be done, held against fractions."""

from dataclasses import replace
from datetime import date
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from styr.fleet.core.alternatives import Kept, alternatives, day_ore, due_year
from styr.fleet.core.codes import Alternative
from styr.fleet.reference.load import shipped_assumptions
from styr.transport.requirements import PURCHASE, TENDER, requirements_on

GIVEN = {row["rule"]: row["value"] for row in shipped_assumptions()}
BUS = Kept("diesel", 2014, 450_000, 1_200_000, 900_000, 1_250, 214, 1_234_567, 640)


def half_away(value: Fraction) -> int:
    return int(value + Fraction(1, 2))


@given(
    st.sampled_from(("diesel", "petrol", "electric")),
    st.tuples(
        st.integers(0, 2_000_000), st.integers(0, 5_000_000), st.integers(0, 5_000), st.integers(0, 600),
        st.integers(0, 10_000_000), st.integers(0, 5_000),
    ),
)  # fmt: skip
def test_each_alternative_is_its_parts_to_the_oere(fuel: str, told: tuple[int, ...]) -> None:
    """Slow: km and litres as fractions; each part rounded once."""
    leasing, year, use, co2, km, runs = told
    kept = Kept(fuel, 2014, leasing, year, year, use, co2, km, runs)
    price = GIVEN[{"diesel": "diesel_ore", "petrol": "petrol_ore", "electric": "kwh_ore"}[fuel]]
    far, for_100 = Fraction(km, 100), Fraction(use, 100)
    grammes = Fraction(GIVEN["kwh_co2_g"]) * for_100 / 100 if fuel == "electric" else Fraction(co2)
    keep, share, electric, drop = alternatives(kept, GIVEN, shareable=True)
    assert keep.cost_ore == 12 * leasing + 2 * year + half_away(far * for_100 / 100 * price)
    assert keep.co2_g == half_away(far * grammes)
    assert share.cost_ore == half_away(far * Fraction(110, 100) * for_100 / 100 * price) + GIVEN["share_year_ore"]
    assert share.co2_g == half_away(far * Fraction(110, 100) * grammes)
    assert drop.cost_ore == runs * GIVEN["bought_start_ore"] + half_away(far * GIVEN["bought_km_ore"])
    assert drop.co2_g == half_away(far * GIVEN["bought_co2_g_km"])
    if fuel == "electric":
        assert not electric.possible
    else:
        fixed = GIVEN["electric_insurance_year_ore"] + GIVEN["electric_service_year_ore"]
        current = half_away(far * Fraction(GIVEN["electric_wh_km"], 1000) * GIVEN["kwh_ore"])
        assert electric.cost_ore == 12 * GIVEN["electric_leasing_month_ore"] + fixed + current


@pytest.mark.parametrize(
    ("missing", "unknown"),
    [
        ("leasing_month_ore", {Alternative.KEEP}),
        ("service_year_ore", {Alternative.KEEP}),
        ("hundredths_100km", {Alternative.KEEP, Alternative.SHARE}),
        ("hundredths_km_year", set(Alternative)),
        ("runs_year", {Alternative.DROP}),
    ],
)
def test_what_is_not_known_makes_a_sum_unknown_and_never_nought(missing: str, unknown: set[Alternative]) -> None:
    told = alternatives(replace(BUS, **{missing: None}), GIVEN, shareable=True)  # type: ignore[arg-type]
    assert {one.alternative for one in told if one.cost_ore is None} == unknown


def test_a_day_with_a_driver_the_year_of_replacement_and_what_cannot_be_had() -> None:
    fixed = 12 * 450_000 + 1_200_000 + 900_000
    assert day_ore(BUS, GIVEN) == GIVEN["driver_day_ore"] + half_away(Fraction(fixed, GIVEN["open_days"]))
    assert day_ore(replace(BUS, service_year_ore=None), GIVEN) is None
    assert due_year(BUS, GIVEN) == 2022
    assert due_year(replace(BUS, first_year=None), GIVEN) is None
    gas = replace(BUS, fuel="gas", co2_g_km=None)
    keep, share, *_ = alternatives(gas, GIVEN, shareable=False)
    assert (keep.cost_ore, keep.co2_g, share.possible) == (None, None, False)
    assert "ledig" in share.why_not
    assert alternatives(replace(BUS, fuel="electric", hundredths_100km=None), GIVEN, shareable=True)[0].co2_g is None


def test_the_requirements_are_one_list_for_purchases_and_tenders() -> None:
    every = requirements_on(date(2026, 6, 15))
    purchase, tender = (requirements_on(date(2026, 6, 15), use=use) for use in (PURCHASE, TENDER))
    assert len({one.code for one in every}) == len(every) >= 25
    assert {one.code for one in purchase} | {one.code for one in tender} == {one.code for one in every}
    assert all(one.law and one.source and one.proof and one.level in {"skal", "bør"} for one in every)
    assert not requirements_on(date(2010, 1, 1))
