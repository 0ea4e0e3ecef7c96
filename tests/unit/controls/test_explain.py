from datetime import date
from decimal import Decimal

import pytest

from styr.controls.core.explain import Value, explain


@pytest.mark.parametrize(
    ("template", "evidence", "sentence"),
    [
        (
            "Bevilling {n} udløb {e:last}.",
            {"n": "B1234567-8", "e": date(2026, 11, 1)},
            "Bevilling B1234567-8 udløb 31. okt. 2026.",
        ),
        ("{e:last}", {"e": None}, "indtil videre"),
        ("{s}", {"s": date(2026, 5, 1)}, "1. maj 2026"),
        ("{s:period e}", {"s": date(2026, 1, 1), "e": date(2027, 1, 1)}, "1. jan. 2026 – 31. dec. 2026"),
        ("{s:period e}", {"s": date(2026, 1, 1), "e": date(2026, 1, 2)}, "1. jan. 2026"),
        ("{s:period e}", {"s": date(2026, 1, 1), "e": None}, "fra 1. jan. 2026 og indtil videre"),
        ("{s:period e}", {"s": None, "e": date(2026, 1, 1)}, "til og med 31. dec. 2025"),
        ("{s:period e}", {"s": None, "e": None}, "en ukendt periode"),
        ("{d:dag|dage}", {"d": 1}, "1 dag"),
        ("{d:dag|dage}", {"d": 0}, "0 dage"),
        ("{d:dag|dage}", {"d": 1200}, "1.200 dage"),
        ("{d:dag|dage}", {"d": None}, "ukendt"),
        ("{t:time|timer}", {"t": Decimal("1.0000")}, "1 time"),
        ("{t:time|timer}", {"t": Decimal("12.5000")}, "12,5 timer"),
        ("{amount_ore}", {"amount_ore": 123450}, "1.234,50 kr."),
        ("{p:kr}", {"p": Decimal("1234.5000")}, "1.234,50 kr."),
        ("{p:kr}", {"p": Decimal("0.0050")}, "0,01 kr."),
        ("{p:kr}", {"p": 5}, "0,05 kr."),
        ("{p}", {"p": Decimal("1234567.1250")}, "1.234.567,125"),
        ("{x}", {"x": True}, "ja"),
        ("{x}", {"x": False}, "nej"),
        ("{x}", {}, "ukendt"),
        ("{p:section}", {"p": "SEL-107"}, "SEL § 107"),
        ("{u:unit}", {"u": "opening_day"}, "åbningsdag"),
        ("{u:unit}", {"u": "EA"}, "EA"),
        ("{u:unit}", {"u": None}, "ukendt"),
        ("100 {{pct}}", {}, "100 {pct}"),
    ],
)
def test_evidence_is_written_in_danish(template: str, evidence: dict[str, Value], sentence: str) -> None:
    assert explain(template, evidence) == sentence
