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
            "verdict": self.verdict, "expected_quantity": Decimal(self.days), "expected_ore": self.ore,
        }  # fmt: skip
        return invoice, claim


def verified(duck: DuckEngine, bills: list[Bill], **given: Any) -> Row:
    town = Town()
    grant = town.grant(town.citizen())
    service = town.service(grant, None)
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


@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
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
    fewer = {"baseline": "400", "agreed": "400", "quantities": ("14", "10")}
    found = verified(duck, [Bill(5, "40", "400", verdict="as_expected")], **fewer)
    assert found["realised_ore"] == 16 * 40_000


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
