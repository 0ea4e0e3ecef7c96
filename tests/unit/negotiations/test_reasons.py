"""Each reason of the potential on a grant of its own, with the kroner told beside it by hand."""

from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

import pytest

from styr.contracts.core.relations import PRICE_INDEX
from styr.controls.core.relations import TODAY
from styr.deliveries.core.relations import DELIVERY
from styr.grants.core.cost_relations import MONTH, month_rows
from styr.grants.core.relations import ABSENCE
from styr.invoices.core.relations import CLAIM, INVOICE
from styr.kernel.engine import DuckEngine, compile_duckdb
from styr.kernel.relation import Relation
from styr.negotiations.core.codes import Reason
from styr.negotiations.core.potential.bought import bought
from styr.negotiations.core.potential.ranking import Found, ranked, read
from styr.negotiations.core.potential.reasons import large, reasons
from styr.negotiations.core.potential.telling import told
from styr.negotiations.core.potential.working import keep_bought, year_ahead
from styr.negotiations.reference.load import shares
from unit.controls.town import RELATIONS, UNIT, Town

NOW = date(2026, 11, 21)
SINCE = date(2024, 1, 1)
YEAR = 36_500_000
"""A year at 1,000 kr. a day, in øre."""
Rows = dict[str, list[dict[str, Any]]]


class Market(Town):
    """A town whose grants each have a supplier of their own."""

    def __init__(self) -> None:
        super().__init__()
        self.more: Rows = {relation.name: [] for relation in (ABSENCE, DELIVERY, CLAIM, INVOICE, PRICE_INDEX)}

    def bought(self, price: str = "1000", *, section: str = "SEL-107", terms: Any = None, **line: Any) -> UUID:
        """A grant at a price a day under a contract with one line; its id."""
        supplier, citizen = self.supplier(), self.citizen()
        contract = self.contract(
            supplier_id=supplier, section=section, citizen_id=citizen, absence_billable=Decimal("0.5"), **(terms or {})
        )
        rates = [(SINCE, None, price)]
        held = self.line(contract, *rates, **line)
        grant = self.grant(citizen, supplier_id=supplier, section=section, contract_id=contract, starts=SINCE)
        self.service(grant, price, contract_line_id=held)
        return grant

    def also(self, relation: Relation, **row: Any) -> None:
        self.more[relation.name].append(dict.fromkeys(relation.columns) | row)

    def service_of(self, grant: UUID) -> UUID:
        return next(UUID(str(row["service_id"])) for row in self.rows["rel_service"] if row["grant_id"] == grant)

    def contract_of(self, grant: UUID) -> UUID:
        return next(UUID(str(row["contract_id"])) for row in self.rows["rel_grant"] if row["grant_id"] == grant)


def found_in(market: Market) -> tuple[dict[tuple[UUID, Reason], Found], list[dict[str, Any]]]:
    rows = market.registers() | market.more
    with DuckEngine(threads=1) as engine:
        for relation in (*RELATIONS, ABSENCE, DELIVERY, CLAIM, INVOICE, PRICE_INDEX):
            engine.load(relation, rows[relation.name])
        engine.load(TODAY, [{"today": NOW}])
        engine.load(MONTH, month_rows(year_ahead(NOW)))
        keep_bought(engine, compile_duckdb(bought, key="negotiations.bought"))
        found = read(engine.rows(lambda: reasons(shares()), key="negotiations.reasons"))
        return {(one.grant_id, one.reason): one for one in found}, engine.rows(
            lambda: large(shares()), key="negotiations.large"
        )


@pytest.fixture(scope="module")
def market() -> tuple[dict[str, UUID], dict[tuple[UUID, Reason], Found], list[dict[str, Any]]]:
    town = Market()
    for price in range(900, 1100, 20):
        town.bought(str(price), section="SEL-104")
    named = {
        "dear": town.bought("2000", section="SEL-104"),
        "hours": town.bought(kind="special", evaluation_on=date(2026, 1, 31)),
        "sum": town.bought(kind="special", hours=Decimal(2), hourly_rate=Decimal(400), evaluation_on=date(2027, 1, 1)),
        "notice": town.bought(terms={"notice_days": 133}),
        "away": town.bought(terms={"absence_free_days": None}),
        "index": town.bought(),
        "vacant": town.bought(),
        "wrong": town.bought(),
        "short": town.bought(),
        "rich": town.bought("50000"),
    }
    town.rows["rel_contract"][[row["contract_id"] for row in town.rows["rel_contract"]].index(
        town.contract_of(named["away"]))]["absence_billable"] = None  # fmt: skip
    town.also(ABSENCE, absence_id=UUID(int=1), grant_id=named["away"], starts=date(2026, 3, 1), ends=date(2026, 4, 10))
    town.terms(town.contract_of(named["index"]), index_kind="percent", index_percent=Decimal(5))
    town.also(PRICE_INDEX, year=2026, percent=Decimal("3.5"))
    town.terms(town.contract_of(named["vacant"]), vacancy_billable=Decimal(1))
    for number in range(3):
        invoice, first = UUID(int=800 + number), date(2026, 5 + number, 1)
        town.also(INVOICE, invoice_id=invoice, issue_date=first, status="deviating", currency="DKK",
                  received_at=datetime(2026, 9, 1, tzinfo=UTC))  # fmt: skip
        town.also(CLAIM, claim_id=invoice, invoice_id=invoice, service_id=town.service_of(named["wrong"]),
                  verdict="rate_high", difference_ore=100_000)  # fmt: skip
    town.also(DELIVERY, delivery_id=UUID(int=9), service_id=town.service_of(named["short"]), unit_id=UNIT,
              month=date(2026, 9, 1), quantity=Decimal(15))  # fmt: skip
    bare = town.grant(town.citizen(), supplier_id=town.supplier(), starts=SINCE)
    town.service(bare, "1000")
    return {**named, "bare": bare}, *found_in(town)


@pytest.mark.parametrize(
    ("name", "reason", "amounts"),
    [
        ("hours", Reason.SPECIAL_NO_HOURS, (0, YEAR * 30 // 100, YEAR)),
        ("hours", Reason.SPECIAL_OVERDUE, (0, YEAR * 25 // 100, YEAR)),
        ("hours", Reason.SPECIAL_CONSTANT, (0, YEAR * 20 // 100, YEAR // 2)),
        ("sum", Reason.SPECIAL_SUM, (YEAR // 5,) * 3),
        ("notice", Reason.TERMS_NOTICE, (0, 73 * 100_000 // 5, 73 * 100_000)),
        ("away", Reason.TERMS_ABSENCE, (40 * 20_000, 40 * 50_000, 40 * 80_000)),
        ("index", Reason.TERMS_INDEX, (YEAR * 15 // 1000,) * 3),
        ("vacant", Reason.TERMS_VACANCY, (0, 30 * 25_000, 30 * 100_000)),
        ("wrong", Reason.INVOICES_WRONG, (0, 75_000, 300_000)),
        ("short", Reason.NOT_DELIVERED, (15 * 100_000, YEAR // 2, YEAR // 2)),
        ("bare", Reason.NO_CONTRACT, (0, YEAR * 3 // 100, YEAR * 8 // 100)),
    ],
)
def test_a_reason_is_worth_what_it_says(
    market: tuple[dict[str, UUID], dict[tuple[UUID, Reason], Found], Any],
    name: str,
    reason: Reason,
    amounts: tuple[int, int, int],
) -> None:
    named, found, _ = market
    one = found[named[name], reason]
    assert (one.low_ore, one.likely_ore, one.high_ore) == amounts
    assert "None" not in told(one, shares())


def test_an_offer_is_dear_beyond_two_robust_deviations_of_the_median(market: Any) -> None:
    """Eleven offers, 900 to 1,080 and 2,000 kr.: median 1,000, MAD 60, edge 1,178 (two robust deviations: 2.9652)."""
    named, found, _ = market
    one = found[named["dear"], Reason.PRICE_PEERS]
    assert (one.usual, one.peers, one.alike) == (Decimal(1000), 11, False)
    away = sorted(abs(price - 1000) for price in (*range(900, 1100, 20), 2000))[5]
    assert one.edge == max(1000 + Decimal(away) * Decimal("2.9652"), Decimal(1150))
    assert one.high_ore == 2 * YEAR // 2
    assert sum(key[1] is Reason.PRICE_PEERS for key in found) == 1


def test_nothing_is_said_of_few_offers_and_reasons_of_a_line_are_never_added(market: Any) -> None:
    named, found, _ = market
    # A single offer of 50,000 kr. among ten others of the section: seven are too few once those of lines are special.
    mine = [one for (grant, _), one in found.items() if grant == named["hours"]]
    (candidate,) = ranked(mine)
    assert candidate.likely_ore == YEAR * 30 // 100
    assert len(candidate.reasons) == 3


def test_large_suppliers_have_many_grants(market: Any) -> None:
    assert market[2] == []
