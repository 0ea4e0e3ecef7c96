"""Realised is what was invoiced afterwards, less the change in volume, held against the obvious way to reckon it."""

from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import Decimal
from fractions import Fraction
from typing import Any
from uuid import UUID

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from styr.controls.core.focus import WHOLE
from styr.controls.core.relations import TODAY
from styr.invoices.core.relations import CLAIM, INVOICE
from styr.kernel.engine import DuckEngine
from styr.kernel.money import round_half_away
from styr.kernel.period import Period, next_month
from styr.negotiations.core.leaking import old_price_billed
from styr.negotiations.core.verified import by_saving_and_year
from unit.controls.town import UNIT, Town
from unit.negotiations.savings import Saved, load

YEAR = Period(date(2026, 1, 1), date(2027, 1, 1))
Row = dict[str, Any]


@pytest.fixture(scope="module")
def duck() -> DuckEngine:
    return DuckEngine(threads=1)


@dataclass(frozen=True)
class Bill:
    """An invoice of one line for a month of 2026, of `days` units at a price."""

    month: int
    days: str
    price: str
    status: str = "approved"
    verdict: str = "rate_high"
    credit: bool = False
    of: int | None = None
    """The number of the bill that a credit note names."""
    expected: str | None = "as billed"
    """What the register expected of its days; "as billed", or None where nothing was expected."""

    @property
    def ore(self) -> int:
        amount = Fraction(self.days) * Fraction(self.price) * 100
        return round_half_away(amount.numerator, amount.denominator) * (-1 if self.credit else 1)

    def rows(self, number: int, service: UUID) -> tuple[Row, Row]:
        key, first = UUID(int=90_000 + number), date(2026, self.month, 1)
        invoice = dict.fromkeys(INVOICE.columns) | {
            "invoice_id": key, "unit_id": UNIT, "kind": "invoice", "number": f"F{number}", "issue_date": first,
            "currency": "DKK", "net_ore": self.ore, "status": self.status,
            "received_at": datetime(2026, 12, 1, tzinfo=UTC),
            "credits_invoice_id": None if self.of is None else UUID(int=90_000 + self.of),
        }  # fmt: skip
        claim = dict.fromkeys(CLAIM.columns) | {
            "claim_id": key, "invoice_id": key, "service_id": service, "period_start": first,
            "period_end": next_month(first), "lines": 1, "quantity": Decimal(self.days),
            "lowest_price": Decimal(self.price), "highest_price": Decimal(self.price), "claimed_ore": self.ore,
            "verdict": self.verdict, "expected_ore": self.ore,
            "expected_quantity": self.expected and Decimal(self.expected.replace("as billed", self.days)),
        }  # fmt: skip
        return invoice, claim


def verified(duck: DuckEngine, bills: list[Bill], **given: Any) -> Row:
    town = Town()
    grant = town.grant(town.citizen())
    service = town.service(grant, None, quantity=Decimal(given.pop("bought", "1")))
    known: dict[str, Any] = {"baseline": "1000", "agreed": "800", "starts": date(2026, 3, 1)}
    saved = Saved(1, grant, service, **known | given)
    load(duck, town, [saved], YEAR)
    rows = [bill.rows(number, service) for number, bill in enumerate(bills)]
    duck.load(INVOICE, [one for one, _ in rows])
    duck.load(CLAIM, [one for _, one in rows])
    duck.load(TODAY, [{"today": date(2026, 12, 20)}])
    found = duck.rows(by_saving_and_year, key="test verified")
    return found[0] if found else {}


BILLS = st.builds(
    Bill,
    month=st.integers(1, 12),
    days=st.decimals(2, 31, places=1).map(str),
    price=st.sampled_from(["1000", "800", "200"]) | st.decimals(500, 1200, places=2).map(str),
    status=st.sampled_from(["approved", "paid", "ready", "deviating", "rejected"]),
    credit=st.booleans(),
)


@settings(
    max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)
@given(bills=st.lists(BILLS, max_size=8))
def test_realised_is_the_invoiced_volume_at_the_old_price_less_what_was_invoiced(
    duck: DuckEngine, bills: list[Bill]
) -> None:
    counted = [one for one in bills if one.month >= 3 and one.status in ("approved", "paid", "ready")]
    kept = worth = leaked = 0
    for bill in counted:
        billed = {Fraction(one.price) for one in bills if one.month == bill.month and not one.credit}
        difference = bill.credit and billed and Fraction(bill.price) not in billed
        sign = 0 if difference else -1 if bill.credit else 1
        at = {price: round_half_away(int(Fraction(bill.days) * price * 1000) * sign, 10) for price in (1000, 800)}
        kept += at[1000] - bill.ore
        worth += at[1000] - at[800]
        leaked += bill.ore - at[800]
    found = verified(duck, bills)
    assert (found.get("realised_ore", 0), found.get("leaked_ore", 0)) == (min(kept, worth), max(leaked, 0))
    assert found.get("claims", 0) == len(counted)


def test_fewer_days_than_before_save_nothing_by_themselves(duck: DuckEngine) -> None:
    full, half = (verified(duck, [Bill(5, days, "1000")]) for days in ("31", "15"))
    assert full["realised_ore"] == half["realised_ore"] == 0


def test_the_old_price_realises_nothing_and_leaks_all_of_it(duck: DuckEngine) -> None:
    found = verified(duck, [Bill(5, "31", "1000"), Bill(6, "30", "800")])
    assert (found["realised_ore"], found["leaked_ore"]) == (30 * 20_000, 31 * 20_000)
    (finding,) = duck.rows(lambda: old_price_billed(WHOLE), key="test leak")
    assert (finding["amount_ore"], finding["bills"], finding["old_from"]) == (31 * 20_000, 1, date(2026, 3, 1))


def test_billing_less_than_agreed_is_no_better_kept_agreement(duck: DuckEngine) -> None:
    assert verified(duck, [Bill(5, "31", "500")])["realised_ore"] == 31 * 20_000


def test_a_collective_price_tells_no_volume_unless_it_is_as_expected(duck: DuckEngine) -> None:
    lump = verified(duck, [Bill(5, "1", "24800")])
    assert (lump["realised_ore"], lump["unknown"]) == (0, 1)
    known = verified(duck, [Bill(5, "31", "800", verdict="as_expected")])
    assert (known["realised_ore"], known["unknown"]) == (31 * 20_000, 0)


def test_hours_agreed_away_are_realised_by_what_is_then_billed(duck: DuckEngine) -> None:
    fewer = {"baseline": "400", "agreed": "400", "quantities": ("14", "10"), "bought": "10"}
    found = verified(duck, [Bill(5, "40", "400", verdict="as_expected")], **fewer)
    assert found["realised_ore"] == 16 * 40_000


FEWER: dict[str, Any] = {"baseline": "400", "agreed": "380", "quantities": ("14", "10"), "bought": "10"}


@pytest.mark.parametrize(("bought", "expected"), [("10", "40"), ("14", "56")])
def test_the_old_quantity_billed_on_realises_nothing_and_leaks(duck: DuckEngine, bought: str, expected: str) -> None:
    """56 hours at 400 kr. as before, where 40 at 380 kr. were agreed: whichever quantity the register has."""
    given = FEWER | {"bought": bought}
    found = verified(duck, [Bill(5, "56", "400", expected=expected)], **given)
    assert (found["realised_ore"], found["leaked_ore"]) == (0, 56 * 40_000 - 40 * 38_000)
    (finding,) = duck.rows(lambda: old_price_billed(WHOLE), key="test leak")
    assert finding["amount_ore"] == 56 * 40_000 - 40 * 38_000


@pytest.mark.parametrize("month", [5, 6])
def test_hours_credited_are_taken_from_those_beyond_the_agreement_first(duck: DuckEngine, month: int) -> None:
    bills = [Bill(5, "56", "400", expected="40"), Bill(month, "16", "400", credit=True, of=0)]
    found = verified(duck, bills, **FEWER | {"agreed": "400"})
    assert (found["realised_ore"], found["leaked_ore"]) == (16 * 40_000, 0)


def test_less_than_the_agreed_hours_is_a_change_of_volume(duck: DuckEngine) -> None:
    """The citizen was away half the month: 20 of 40 hours at 380 kr., where 28 would have been bought at 400 kr."""
    found = verified(duck, [Bill(5, "20", "380", expected="40")], **FEWER)
    assert found["realised_ore"] == 28 * 40_000 - 20 * 38_000


def test_what_is_no_longer_bought_at_all_realises_nothing_while_it_is_billed(duck: DuckEngine) -> None:
    found = verified(duck, [Bill(5, "14", "400", expected="14")], **FEWER | {"quantities": ("14", "0")})
    assert (found["realised_ore"], found["leaked_ore"]) == (0, 14 * 40_000)


def test_hours_that_nothing_was_expected_of_are_unknown(duck: DuckEngine) -> None:
    found = verified(duck, [Bill(5, "40", "380", expected=None)], **FEWER)
    assert (found["realised_ore"], found["unknown"]) == (0, 1)


HOURS = st.builds(
    Bill,
    month=st.integers(3, 6),
    days=st.integers(2, 80).map(str),
    price=st.just("400"),
    credit=st.booleans(),
    expected=st.sampled_from(["40", "38"]),
)


@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)
@given(bills=st.lists(HOURS, max_size=7), bought=st.sampled_from(["10", "14"]))
def test_agreed_quantities_are_held_against_the_obvious_way_to_reckon_them(
    duck: DuckEngine, bills: list[Bill], bought: str
) -> None:
    found = verified(duck, bills, **FEWER | {"bought": bought})
    kept, worth, over = quantities_slowly(bills, Fraction(bought))
    billed = sum(one.ore for one in bills)
    near = len(bills) + 1
    assert abs(found.get("realised_ore", 0) - min(worth, kept - billed)) <= near
    assert abs(found.get("leaked_ore", 0) - max(over, 0)) <= near
    assert found.get("realised_ore", 0) <= max(Fraction(0), kept - billed) + near, (
        "never more than no longer was invoiced"
    )


def quantities_slowly(bills: list[Bill], bought: Fraction) -> tuple[Fraction, Fraction, Fraction]:
    """(cost before, what the agreement is worth, what leaks) of all bills at 400 kr., øre: month by month in fractions.

    Of a month's hours no more count than were agreed for it; credited hours are first taken from what was beyond.
    """
    counts, beyond = Fraction(0), Fraction(0)
    for month in {one.month for one in bills if not one.credit}:
        own = [one for one in bills if one.month == month and not one.credit]
        hours = sum(Fraction(one.days) for one in own)
        agreed = max(Fraction(one.expected or 0) for one in own) * 10 / bought
        agreed = Fraction(round_half_away(int(agreed * 10**12), 10**8), 10**4)
        counts += min(hours, agreed)
        beyond += max(hours - agreed, Fraction(0))
    back = sum((Fraction(one.days) for one in bills if one.credit), Fraction(0))
    counts -= max(back - beyond, Fraction(0))
    before, after = counts * 14 / 10 * 40_000, counts * 38_000
    return before, before - after, sum(one.ore for one in bills) - after


def test_a_bill_counts_for_the_saving_of_its_last_day_alone(duck: DuckEngine) -> None:
    assert verified(duck, [Bill(5, "31", "800")], ends=date(2026, 5, 31)) == {}


@pytest.mark.parametrize("kind", ["relocation", "avoided_cost"])
def test_what_no_invoice_can_show_is_never_realised(duck: DuckEngine, kind: str) -> None:
    found = verified(duck, [Bill(5, "31", "800"), Bill(6, "30", "900")], kind=kind, baseline="3000")
    assert (found["claims"], found["realised_ore"], found["leaked_ore"]) == (2, 0, 30 * 10_000)


@pytest.mark.parametrize("of", [0, None])
def test_a_credit_of_the_price_difference_keeps_the_agreement(duck: DuckEngine, of: int | None) -> None:
    """31 days billed at 1,000 kr., 200 kr. a day credited, 800 kr. agreed: 6,200 kr. are saved and nothing leaks."""
    found = verified(duck, [Bill(5, "31", "1000"), Bill(5, "31", "200", credit=True, of=of)])
    assert (found["realised_ore"], found["leaked_ore"], found["unknown"]) == (6_200_00, 0, 0)
    assert duck.rows(lambda: old_price_billed(WHOLE), key="test leak") == []


@pytest.mark.parametrize("of", [0, None])
def test_days_credited_at_the_price_billed_are_days_given_back(duck: DuckEngine, of: int | None) -> None:
    """31 days billed at 800 kr., 10 of them credited: 21 days at 200 kr. less."""
    found = verified(duck, [Bill(5, "31", "800"), Bill(5, "10", "800", credit=True, of=of)])
    assert (found["realised_ore"], found["leaked_ore"]) == (4_200_00, 0)
