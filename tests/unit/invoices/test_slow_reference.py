from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from uuid import UUID

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from styr.invoices.core.pipeline import run_in_duckdb
from styr.invoices.core.relations import CLAIM, LINE_MATCH
from styr.kernel.engine import DuckEngine
from unit.invoices import slow_reference as slow
from unit.invoices.slow_reference import Grant, Invoice, Line
from unit.invoices.small_town import ident, load

Town = tuple[list[Grant], list[Invoice]]
CITIZENS, SUPPLIERS, CONTRACTS = ("ane", "bo"), ("nord", "syd"), ("K-2026-0001", "K-2026-0002", None)
PRICES = (Decimal(1000), Decimal("1250.50"), Decimal(800))
NEW_YEAR = date(2026, 1, 1)
days = st.integers(0, 119).map(lambda number: NEW_YEAR + timedelta(days=number))


@pytest.fixture(scope="module")
def engine() -> DuckEngine:
    return DuckEngine(threads=1)


@st.composite
def grants(draw: st.DrawFn, name: str) -> Grant:
    start = draw(days)
    change = draw(st.none() | days)
    first, second = draw(st.sampled_from(PRICES)), draw(st.sampled_from(PRICES))
    rates = [(date(2025, 1, 1), change, first)] + ([(change, None, second)] if change else [])
    away = draw(st.none() | st.tuples(days, st.integers(1, 9), st.sampled_from([Decimal(0), Decimal("0.5")])))
    return Grant(
        name=name,
        citizen=draw(st.sampled_from(CITIZENS)),
        supplier=draw(st.sampled_from(SUPPLIERS)),
        contract=draw(st.sampled_from(CONTRACTS)),
        starts=start,
        ends=draw(st.none() | st.integers(1, 120).map(lambda length: start + timedelta(days=length))),
        service=draw(st.sampled_from(["ophold", "aktivitet"])),
        rates=tuple(rates),
        absence=((away[0], away[0] + timedelta(days=away[1]), away[2]),) if away else (),
        granted=draw(st.sampled_from([True, True, True, False])),
    )


@st.composite
def invoices(draw: st.DrawFn, place: int, names: list[str]) -> Invoice:
    key = st.sampled_from(
        [*(("grant", name) for name in names), *(("contract", c) for c in CONTRACTS if c),
         *(("cpr", citizen) for citizen in CITIZENS), *(("name", citizen) for citizen in CITIZENS)]
    )  # fmt: skip
    start = draw(days)
    length = draw(st.integers(1, 31))
    line = Line(
        name=f"{place}",
        start=start,
        end=start + timedelta(days=length),
        service=draw(st.sampled_from([None, "ophold", "aktivitet"])),
        quantity=Decimal(draw(st.sampled_from([length, length, length + 1, 1]))),
        price=draw(st.sampled_from(PRICES)),
        keys=frozenset(draw(st.sets(key, max_size=2))),
    )
    return Invoice(
        f"F{place}", draw(st.sampled_from(SUPPLIERS)), place, (line,), frozenset(draw(st.sets(key, max_size=2)))
    )


@st.composite
def towns(draw: st.DrawFn) -> Town:
    names = [f"B{number}" for number in range(draw(st.integers(1, 4)))]
    granted = [draw(grants(name)) for name in names]
    return granted, [draw(invoices(place, names)) for place in range(draw(st.integers(1, 4)))]


@settings(max_examples=4, deadline=None, suppress_health_check=[*HealthCheck])
@given(drawn=st.lists(towns(), min_size=8, max_size=8))
def test_the_set_operations_say_what_the_slow_reference_says(engine: DuckEngine, drawn: list[Town]) -> None:
    """Eight towns that share nothing are one run of the set operations, whose time is that of their planning."""
    apart = [_renamed(f"{number}:", *town) for number, town in enumerate(drawn)]
    load(engine, [one for granted, _ in apart for one in granted], [one for _, sent in apart for one in sent])
    run_in_duckdb(engine)
    matches = {row["invoice_line_id"]: row for row in engine.rows(LINE_MATCH.table())}
    claims = {row["claim_id"]: row for row in engine.rows(CLAIM.table())}
    for granted, sent in apart:
        for invoice in sent:
            for line in invoice.lines:
                _compare(line, invoice, granted, matches, claims)


def _renamed(prefix: str, granted: list[Grant], sent: list[Invoice]) -> Town:
    """The same town under other names, so that it can stand beside others."""
    grants = [
        replace(
            one,
            name=prefix + one.name,
            citizen=prefix + one.citizen,
            supplier=prefix + one.supplier,
            contract=one.contract and prefix + one.contract,
        )
        for one in granted
    ]
    return grants, [
        replace(
            one,
            name=prefix + one.name,
            supplier=prefix + one.supplier,
            keys=_prefixed(prefix, one.keys),
            lines=tuple(
                replace(line, name=prefix + line.name, keys=_prefixed(prefix, line.keys)) for line in one.lines
            ),
        )
        for one in sent
    ]


def _prefixed(prefix: str, keys: frozenset[tuple[str, str]]) -> frozenset[tuple[str, str]]:
    return frozenset((kind, prefix + value) for kind, value in keys)


def _compare(
    line: Line,
    invoice: Invoice,
    granted: list[Grant],
    matches: dict[UUID, dict[str, object]],
    claims: dict[UUID, dict[str, object]],
) -> None:
    key = ident("line", line.name)
    answer = slow.matched(invoice, granted)[line.name]
    found = matches[key]
    if answer.step == "nothing":
        assert found["step"] in {"nothing", "no_grant"}
    else:
        assert (found["step"], found["contradicted"]) == (answer.step, answer.contradicted)
    assert found["grant_id"] == (ident("grant", answer.grant) if answer.grant else None)
    claim = claims[key]
    if answer.grant is None or answer.contradicted:
        assert claim["verdict"] in {"citizen_unclear", "no_grant"}
        return
    grant = next(one for one in granted if one.name == answer.grant)
    wanted = slow.expected(grant, line.start, line.end)
    assert claim["expected_ore"] == wanted
    if not grant.granted:
        assert claim["verdict"] == "no_grant"
    elif claim["verdict"] == "as_expected" and claim["other_invoice_id"] is None:
        total = sum(other.ore for sent in claims.values() for other in [line] if sent["claim_id"] == key)
        alone = abs(total - wanted) <= 1
        shared = any(c["service_id"] == claim["service_id"] and c["claim_id"] != key for c in claims.values())
        assert alone or shared


CAUSES: list[tuple[dict[str, object], str]] = [
    ({}, "as_expected"),
    ({"price": Decimal(1001)}, "rate_high"),
    ({"price": Decimal(999)}, "rate_low"),
    ({"quantity": Decimal(32)}, "quantity"),
    ({"quantity": Decimal(30)}, "quantity"),
    ({"quantity": Decimal(1), "price": Decimal(31000)}, "as_expected"),
    ({"start": date(2026, 4, 1), "end": date(2026, 5, 1), "quantity": Decimal(30)}, "outside_period"),
    ({"start": date(2026, 3, 1), "end": date(2026, 4, 1)}, "outside_period"),
    ({"service": "befordring", "price": Decimal(75), "quantity": Decimal(3)}, "uncontracted_extra"),
]


@pytest.fixture(scope="module")
def told(engine: DuckEngine) -> list[object]:
    """The verdict of each of `CAUSES`; one run of them all, as towns that share nothing."""
    given_line = {"name": "1", "start": date(2026, 1, 1), "end": date(2026, 2, 1), "service": "ophold",
                  "quantity": Decimal(31), "price": Decimal(1000)}  # fmt: skip
    lines = [Line(**{**given_line, **change}) for change, _ in CAUSES]  # type: ignore[arg-type] # the test's own values
    apart = [_renamed(f"{number}:", [_grant()], [_invoice(1, line)]) for number, line in enumerate(lines)]
    return _verdicts(
        engine, [one for granted, _ in apart for one in granted], [one for _, sent in apart for one in sent]
    )


@pytest.mark.parametrize(
    "number", range(len(CAUSES)), ids=[f"{verdict}-{number}" for number, (_, verdict) in enumerate(CAUSES)]
)
def test_one_cause_gives_one_verdict(told: list[object], number: int) -> None:
    assert len(told) == len(CAUSES)
    assert told[number] == CAUSES[number][1]


def test_absence_that_is_not_deducted_is_told_from_a_wrong_number(engine: DuckEngine) -> None:
    grant = _grant(absence=((date(2026, 1, 10), date(2026, 1, 15), Decimal(0)),))
    assert _verdicts(engine, [grant], [_invoice(1, _month(31))]) == ["absence_not_deducted"]
    assert _verdicts(engine, [grant], [_invoice(1, _month(26))]) == ["as_expected"]
    assert _verdicts(engine, [grant], [_invoice(1, _month(40))]) == ["quantity"]


def test_the_second_of_two_equal_invoices_is_the_duplicate(engine: DuckEngine) -> None:
    assert _verdicts(engine, [_grant()], [_invoice(1, _month(31)), _invoice(2, _month(31))]) == [
        "as_expected",
        "duplicate",
    ]


def test_two_invoices_that_share_a_month_explain_each_other(engine: DuckEngine) -> None:
    assert _verdicts(engine, [_grant()], [_invoice(1, _month(11)), _invoice(2, _month(20))]) == [
        "as_expected",
        "as_expected",
    ]


def test_a_month_at_two_prices_is_as_expected(engine: DuckEngine) -> None:
    rates = ((date(2025, 1, 1), date(2026, 1, 16), Decimal(1000)), (date(2026, 1, 16), None, Decimal(1100)))
    lines = (_month(15), Line("1b", date(2026, 1, 1), date(2026, 2, 1), "ophold", Decimal(16), Decimal(1100)))
    invoice = Invoice("F1", "nord", 1, lines, frozenset({("grant", "B1")}))
    assert _verdicts(engine, [_grant(rates=rates)], [invoice]) == ["as_expected"]
    assert _verdicts(engine, [_grant(rates=rates)], [_invoice(1, _month(31))]) == ["rate_low"]


def test_the_same_key_for_two_grants_is_never_a_guess(engine: DuckEngine) -> None:
    twins = [_grant(), _grant(name="B2")]
    invoice = Invoice("F1", "nord", 1, (_month(31),), frozenset({("cpr", "ane")}))
    assert _verdicts(engine, twins, [invoice]) == ["citizen_unclear"]


def test_a_cpr_number_of_another_citizen_beside_the_grant_number_is_unclear(engine: DuckEngine) -> None:
    invoice = Invoice("F1", "nord", 1, (_month(31),), frozenset({("grant", "B1"), ("cpr", "bo")}))
    other = _grant(name="B2", citizen="bo")
    assert _verdicts(engine, [_grant(), other], [invoice]) == ["citizen_unclear"]


def _grant(**changes: object) -> Grant:
    plain: dict[str, object] = {
        "name": "B1", "citizen": "ane", "supplier": "nord", "contract": "K-2026-0001", "starts": date(2025, 1, 1),
        "ends": date(2026, 3, 16), "service": "ophold", "rates": ((date(2025, 1, 1), None, Decimal(1000)),),
    }  # fmt: skip
    return Grant(**{**plain, **changes})  # type: ignore[arg-type] # the test's own values


def _month(quantity: int) -> Line:
    return Line("1", date(2026, 1, 1), date(2026, 2, 1), "ophold", Decimal(quantity), Decimal(1000))


def _invoice(place: int, line: Line) -> Invoice:
    named = Line(f"{place}", line.start, line.end, line.service, line.quantity, line.price)
    return Invoice(f"F{place}", "nord", place, (named,), frozenset({("grant", "B1")}))


def _verdicts(engine: DuckEngine, granted: list[Grant], sent: list[Invoice]) -> list[object]:
    load(engine, granted, sent)
    run_in_duckdb(engine)
    claims = {row["claim_id"]: row["verdict"] for row in engine.rows(CLAIM.table())}
    return [claims[key] for one in sent for line in one.lines if (key := ident("line", line.name)) in claims]
