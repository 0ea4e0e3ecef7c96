"""Paid for and not delivered, held against the obvious way to reckon it."""

from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from uuid import UUID

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from styr.controls.core.focus import WHOLE
from styr.controls.core.relations import TODAY
from styr.deliveries.core.agenda import Point, agenda_text
from styr.deliveries.core.relations import DELIVERY
from styr.deliveries.core.shortfall import LEAST_PERCENT, months_compared, paid_not_delivered
from styr.kernel.engine import DuckEngine
from unit.controls.town import UNIT, Town

MONTHS = [date(2026, month, 1) for month in range(1, 11)]
HOURS = st.decimals(0, 400, places=2)


@pytest.fixture(scope="module")
def duck() -> DuckEngine:
    return DuckEngine(threads=1)


def weekly(town: Town, price: str = "420.5", hours: str = "10") -> tuple[UUID, UUID]:
    """A grant of hours a week; its id and its service's."""
    grant = town.grant(town.citizen())
    service = town.service(grant, price, service="stoette", unit="hour", per="week", quantity=Decimal(hours))
    return grant, service


def load(engine: DuckEngine, town: Town, told: list[tuple[UUID, date, Decimal]]) -> None:
    from unit.controls.town import RELATIONS

    for relation in RELATIONS:
        engine.load(relation, town.rows[relation.name])
    engine.load(TODAY, [{"today": date(2026, 11, 21)}])
    engine.load(
        DELIVERY,
        [
            {
                "delivery_id": UUID(int=9000 + place),
                "service_id": service,
                "unit_id": UNIT,
                "month": month,
                "quantity": q,
            }
            for place, (service, month, q) in enumerate(told)
        ],
    )


@settings(
    max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)
@given(told=st.lists(st.tuples(st.sampled_from(MONTHS), HOURS), min_size=1, max_size=8, unique_by=lambda one: one[0]))
def test_each_month_lacks_its_share_and_the_finding_their_sum(
    duck: DuckEngine, told: list[tuple[date, Decimal]]
) -> None:
    town = Town()
    grant, service = weekly(town)
    load(duck, town, [(service, month, hours) for month, hours in told])
    missing, cost = 0, 0
    for month, hours in told:
        days = (month.replace(day=28) - month).days + 28 and _days(month)
        promised = (Decimal(10 * days) / 7).quantize(Decimal("0.0001"), ROUND_HALF_UP)
        ore = int((Decimal(42050 * 10 * days) / 7).quantize(Decimal(1), ROUND_HALF_UP))
        cost += ore
        if promised - hours >= Decimal("0.05"):
            missing += int((ore * (promised - hours) / promised).quantize(Decimal(1), ROUND_HALF_UP))
    rows = duck.rows(lambda: months_compared(DELIVERY.table()), key="test shortfall months")
    assert sum(row["missing_ore"] for row in rows) == missing
    found = duck.rows(lambda: paid_not_delivered(WHOLE), key="test shortfall")
    wanted = [(grant, missing, cost)] if missing > 0 and missing * 100 >= cost * LEAST_PERCENT else []
    assert [(row["subject_id"], row["amount_ore"], row["cost_ore"]) for row in found] == wanted


def _days(month: date) -> int:
    return (date(2026, month.month + 1, 1) - month).days


def test_a_month_of_plenty_makes_up_for_no_other(duck: DuckEngine) -> None:
    town = Town()
    _, service = weekly(town)
    load(duck, town, [(service, MONTHS[0], Decimal(200)), (service, MONTHS[1], Decimal(0))])
    (found,) = duck.rows(lambda: paid_not_delivered(WHOLE), key="test shortfall")
    assert found["amount_ore"] == 40 * 42_050
    assert found["delivered_months"] == 2


def test_the_agenda_has_what_is_open_first_and_then_the_dearest() -> None:
    points = [Point("Taksten er for høj", 1, 120_000), Point("Betalt, men ikke leveret", 3, 9_950_000)]
    text = agenda_text("Bostedet Ærø", points, ["Send timeregnskab"])
    assert text.splitlines()[:5] == [
        "Opfølgning med Bostedet Ærø",
        "",
        "1. Fra sidste møde",
        "",
        "   - Send timeregnskab",
    ]
    assert "2. Betalt, men ikke leveret: 3 sager, 99.500 kr." in text
    assert text.index("Betalt") < text.index("Taksten")
