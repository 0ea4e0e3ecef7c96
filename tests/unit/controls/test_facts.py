from datetime import date
from decimal import Decimal

from styr.controls.core.facts import LABELS, PERIODS, UNSHOWN, Fact, facts
from styr.controls.core.registry import REGISTRY


def test_every_evidence_column_of_every_control_has_a_danish_label() -> None:
    named = UNSHOWN | set(LABELS) | set(PERIODS) | {end for end, _ in PERIODS.values()}
    assert {name for control in REGISTRY.controls for name in REGISTRY[control.code].evidence} - named == set()


def test_a_start_and_its_end_are_one_period_with_the_last_day_inclusive() -> None:
    shown = facts({"period_start": date(2026, 10, 1), "period_end": date(2026, 11, 1), "claimed_ore": 4780200})
    assert shown == (Fact("Periode", "1. okt. 2026 – 31. okt. 2026"), Fact("Krævet", "47.802,00 kr."))


def test_what_is_unknown_is_left_out_and_sections_read_as_law() -> None:
    assert facts({"section": "SEL-107", "quantity": Decimal("30.5"), "why": None}) == (
        Fact("Paragraf", "SEL § 107"),
        Fact("Antal", "30,5"),
    )
