"""How fast payment plans are made from grants as `styr plan` reads them, beside OS2bos and our reference.

Run: python bench/payment_plan.py [GRANTS]. Processor time, the best of several rounds.
"""

import json
import sys
import time
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT / "tests"))

from styr.grants.core.plan_file import PlanFile, read_plan  # noqa: E402 - after the path is set
from styr.grants.core.plan_run import make_plan  # noqa: E402 - the same
from styr.grants.core.plan_text import plan_json  # noqa: E402 - the same
from unit.grants_core import plan_reference  # noqa: E402 - the tests are no package
from unit.grants_core.cost_reference import Line  # noqa: E402 - the same

ROUNDS = 3
FIRST, END = date(2026, 1, 1), date(2028, 1, 1)
SAMPLE = 15

# Design, section 6: payments a second, measured on OS2bos with a fixed price and with dated rates.
OS2BOS_FIXED, OS2BOS_RATES = 3_645, 733

_PAYMENTS: tuple[dict[str, Any], ...] = (
    {"frequency": "monthly", "day_of_month": 31},
    {"frequency": "weekly"},
    {"frequency": "biweekly"},
    {"frequency": "daily"},
    {"frequency": "monthly", "day_of_month": 1},
)
_UNITS = (("day", "day"), ("hour", "week"), ("month", "month"), ("day", "day"), ("trip", "month"))


def main() -> None:
    grants = int(sys.argv[1]) if len(sys.argv) > 1 else 1_000
    print(f"{'':34}{'payments':>10}{'per cpu s':>12}{'x OS2bos fixed':>16}{'x OS2bos rates':>16}")
    _show("fixed price, monthly", _file(grants, rates=1, payment=_PAYMENTS[4]))
    _show("three rates, absence, monthly", _file(grants, rates=3, payment=_PAYMENTS[0]))
    mixed = _file(grants, rates=3, payment=None)
    rate = _show("three rates, absence, all kinds", mixed)
    text, plan = json.dumps(mixed), make_plan(_read(mixed))
    _line("  reading the file alone", len(plan.payments), _seconds(lambda: read_plan(text)))
    _line("  writing the answer alone", len(plan.payments), _seconds(lambda: plan_json(plan)))
    _reference(mixed, rate)


def _read(file: dict[str, Any]) -> PlanFile:
    return read_plan(json.dumps(file))


def _show(name: str, file: dict[str, Any]) -> float:
    read = _read(file)
    payments = len(make_plan(read).payments)
    return _line(name, payments, _seconds(lambda: make_plan(read)))


def _line(name: str, payments: int, seconds: float) -> float:
    rate = payments / seconds
    print(f"{name:34}{payments:10,}{rate:12,.0f}{rate / OS2BOS_FIXED:16,.1f}{rate / OS2BOS_RATES:16,.1f}")
    return rate


def _seconds(work: Callable[[], Any]) -> float:
    best = float("inf")
    for _ in range(ROUNDS):
        started = time.process_time()
        work()
        best = min(best, time.process_time() - started)
    return best


def _file(grants: int, *, rates: int, payment: dict[str, Any] | None) -> dict[str, Any]:
    made = [_grant(number, rates, payment or _PAYMENTS[number % 5]) for number in range(grants)]
    return {"from": FIRST.isoformat(), "to": END.isoformat(), "grants": made}


def _grant(number: int, rates: int, payment: dict[str, Any]) -> dict[str, Any]:
    unit, per = _UNITS[number % 5]
    starts = FIRST + timedelta(days=number % 60)
    cuts = [date(2025, 1, 1), date(2026, 7, 15), date(2027, 2, 10)][:rates]
    dated = [
        {"from": cut.isoformat(), "to": after and after.isoformat(), "amount": f"{1000 + number % 977}.50"}
        for cut, after in zip(cuts, [*cuts[1:], None], strict=True)
    ]
    service = {"id": "1", "unit": unit, "quantity": 2, "per": per, "factor": 1.25, "rates": dated, "payment": payment}
    away = [{"from": "2026-05-03", "to": "2026-05-14", "billable_factor": 0.5}] if rates > 1 else []
    return {"id": f"B{number}", "start": starts.isoformat(), "end": None, "services": [service], "absence": away}


def _reference(file: dict[str, Any], rate: float) -> None:
    """A sample of the grants by the day-by-day reference: the same payments, and how much slower."""
    some = {**file, "grants": file["grants"][:SAMPLE]}
    plan = make_plan(_read(some))
    started = time.process_time()
    slow = [row for grant in some["grants"] for row in _slow(grant)]
    seconds = time.process_time() - started
    assert slow == [(row.date, row.amount) for row in plan.payments], "the reference disagrees"
    slow_rate = _line("day-by-day reference", len(slow), seconds)
    print(f"{'ours to the reference':34}{'':10}{rate / slow_rate:12,.0f} x; {len(slow):,} payments agree to the øre")


def _slow(grant: dict[str, Any]) -> list[tuple[date, int]]:
    (service,) = _read({"from": FIRST.isoformat(), "to": END.isoformat(), "grants": [grant]}).grants[0].services
    starts = date.fromisoformat(grant["start"])
    absence = tuple(
        (date.fromisoformat(away["from"]), date.fromisoformat(away["to"]), away["billable_factor"])
        for away in grant["absence"]
    )
    rates = tuple((rate.period.start, rate.period.end, rate.value) for rate in service.rates)
    line = Line(service.unit, service.per, starts, None, service.quantity, service.factor, rates, absence)
    payment = grant["services"][0]["payment"]
    first = max(starts, FIRST)
    return plan_reference.payments(line, plan_reference.dates(payment, starts, first, END), first, END)


if __name__ == "__main__":
    main()
