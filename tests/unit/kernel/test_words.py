from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from styr.kernel import clock
from styr.kernel.danish import danish_date, danish_month, danish_number, danish_period, kroner
from styr.kernel.ids import uuid7, uuid7_at
from styr.kernel.period import Period
from styr.kernel.units import Per, Unit, UnknownUnitError, per_from_danish, unit_from_danish


@pytest.mark.parametrize(
    ("ore", "text", "whole"),
    [
        (123_456_750, "1.234.567,50 kr.", "1.234.568 kr."),
        (-5, "-0,05 kr.", "0 kr."),
        (-150, "-1,50 kr.", "-2 kr."),
        (0, "0,00 kr.", "0 kr."),
    ],
)
def test_amounts_are_written_the_danish_way(ore: int, text: str, whole: str) -> None:
    assert kroner(ore) == text
    assert kroner(ore, whole=True) == whole


def test_numbers_dates_and_periods_are_written_the_danish_way() -> None:
    assert danish_number(Decimal("1234.5000")) == "1.234,5"
    assert danish_number(Decimal("31.0000")) == "31"
    assert danish_number(1200) == "1.200"
    assert danish_date(date(2026, 11, 21)) == "21. nov. 2026"
    assert danish_month(date(2026, 11, 21)) == "november 2026"
    assert danish_period(Period(date(2026, 1, 1), date(2026, 2, 1))) == "1. jan. 2026 – 31. jan. 2026"
    assert danish_period(Period(date(2026, 1, 1))) == "fra 1. jan. 2026"


@pytest.mark.parametrize("unit", Unit)
def test_a_unit_is_read_from_its_danish_word(unit: Unit) -> None:
    assert unit_from_danish(f" {unit.danish.upper()} ") is unit


@pytest.mark.parametrize("per", Per)
def test_per_is_read_from_its_danish_word(per: Per) -> None:
    assert per_from_danish(per.danish.replace(" ", "  ")) is per


def test_unknown_words_are_refused_with_the_known_ones() -> None:
    with pytest.raises(UnknownUnitError, match=r"»kvartal«.*døgn, åbningsdag"):
        unit_from_danish("kvartal")
    with pytest.raises(UnknownUnitError, match=r"Pr. år.*dag, uge, måned, i alt"):
        per_from_danish("år")


@given(st.integers(0, 2**60), st.integers(0, 2**62 - 1))
def test_ids_are_uuid_version_7_and_sort_by_time(unix_ns: int, randomness: int) -> None:
    one = uuid7_at(unix_ns, randomness)
    assert (one.version, one.variant) == (7, "specified in RFC 4122")
    assert one.int >> 80 == unix_ns // 1_000_000
    assert uuid7_at(unix_ns + 1_000, 0) > uuid7_at(unix_ns, 2**62 - 1)


def test_ids_are_new_each_time() -> None:
    ids = [uuid7() for _ in range(1_000)]
    assert len(set(ids)) == 1_000
    assert all(isinstance(each, UUID) for each in ids)


def test_today_is_the_date_in_denmark(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "now", lambda: datetime(2026, 6, 30, 22, 30, tzinfo=UTC))
    assert clock.today() == date(2026, 7, 1)


def test_now_is_aware() -> None:
    assert clock.now().tzinfo is UTC
