"""The expected payment told line by line: "28 døgn × 1.480 kr. = 41.440 kr.".

A claim's days are cut wherever something changes: at a month's end, a new price, absence, and where the service begins
or ends. What each part costs is asked of the one expected-cost relation, as what the month costs up to the part's end
less what it costs up to its beginning; so the lines add up to what was expected, to the øre, however each would round
by itself.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Final
from uuid import UUID

from styr.kernel.danish import danish_month, danish_number, kroner
from styr.kernel.period import ONE_DAY, Period
from styr.kernel.units import Unit

_MOST_PARTS: Final = 400
_WORDS: Final = {
    Unit.DAY: ("døgn", "døgn"),
    Unit.OPENING_DAY: ("åbningsdag", "åbningsdage"),
    Unit.HOUR: ("time", "timer"),
    Unit.WEEK: ("uge", "uger"),
    Unit.MONTH: ("måned", "måneder"),
    Unit.ONCE: ("gang", "gange"),
    Unit.TRIP: ("tur", "ture"),
    Unit.KM: ("km", "km"),
}


@dataclass(frozen=True, slots=True)
class Span:
    """Days [starts, ends) with a figure: a price in kr. (the factor included), or the share of a day that is paid."""

    starts: date
    ends: date | None
    figure: Decimal

    def holds(self, day: date) -> bool:
        """Whether the day is among them."""
        return self.starts <= day and (self.ends is None or day < self.ends)


@dataclass(frozen=True, slots=True)
class Asked:
    """What is asked about: the days of one claim, and all that can change within them."""

    claim_id: UUID
    service_id: UUID
    starts: date
    ends: date
    unit: str
    runs_from: date
    runs_to: date | None
    prices: tuple[Span, ...] = ()
    absence: tuple[Span, ...] = ()


@dataclass(frozen=True, slots=True)
class Window:
    """A question to the expected cost: what the claim costs from `first_day` up to `end_day`, within one month."""

    claim_id: UUID
    service_id: UUID
    month_start: date
    month_end: date
    first_day: date
    end_day: date


@dataclass(frozen=True, slots=True)
class CostLine:
    """A part of the claim's days with one price: what it costs (øre), and why where that is not the plain price."""

    starts: date
    ends: date
    quantity: Decimal
    unit: str
    price: Decimal | None
    amount_ore: int
    note: str = ""

    @property
    def text(self) -> str:
        """The reckoning in words: "28 døgn × 1.480 kr."."""
        counted = f"{danish_number(self.quantity.normalize())} {counted_in(self.unit, self.quantity)}"
        return f"{counted} × {price_text(self.price)}" if self.price is not None else counted

    @property
    def when(self) -> str:
        """The days: "1.–28. oktober 2026", or the month where it is whole."""
        return days_text(self.starts, self.ends)


def windows(asked: Asked) -> tuple[Window, ...]:
    """Cut a claim's days: one window for each part, from the month's first claimed day up to the part's end."""
    if asked.unit == Unit.ONCE.value:
        day = asked.runs_from
        month = Period.month_of(day)
        return (Window(asked.claim_id, asked.service_id, month.start, month.until, day, day + ONE_DAY),)
    found: list[Window] = []
    marks = _marks(asked)
    for part in Period(asked.starts, asked.ends).months() if asked.starts < asked.ends else ():
        month = Period.month_of(part.start)
        ends = [*sorted(mark for mark in marks if part.start < mark < part.until), part.until]
        found += [
            Window(asked.claim_id, asked.service_id, month.start, month.until, part.start, end)
            for end in (ends if len(ends) <= _MOST_PARTS else ends[-1:])
        ]
    return tuple(found)


def cost_lines(
    asked: Asked, cut: Sequence[Window], costs: Mapping[tuple[date, date], tuple[Decimal, int]]
) -> tuple[CostLine, ...]:
    """Make the lines of a claim from what each window costs.

    Args:
        asked: the claim.
        cut: its windows, in order.
        costs: by month and end of window, (quantity, øre); a window in which the service does not run may be missing.
    """
    lines: list[CostLine] = []
    before, quantity, amount = None, Decimal(0), 0
    for window in cut:
        if before is None or before.month_start != window.month_start:
            quantity, amount, starts = Decimal(0), 0, window.first_day
        else:
            starts = before.end_day
        upto, cost = costs.get((window.month_start, window.end_day), (quantity, amount))
        lines.append(_line(asked, starts, window.end_day, upto - quantity, cost - amount))
        before, quantity, amount = window, upto, cost
    return tuple(lines)


def total_ore(lines: Iterable[CostLine]) -> int:
    """What the lines come to."""
    return sum(line.amount_ore for line in lines)


def _marks(asked: Asked) -> set[date]:
    ends = [*_ends(asked.prices), *_ends(asked.absence), asked.runs_from]
    return {*ends, *((asked.runs_to,) if asked.runs_to else ())}


def _ends(spans: Iterable[Span]) -> Iterator[date]:
    for span in spans:
        yield span.starts
        if span.ends is not None:
            yield span.ends


def _line(asked: Asked, starts: date, ends: date, quantity: Decimal, amount_ore: int) -> CostLine:
    price = next((span.figure for span in asked.prices if span.holds(starts)), None)
    away = next((span.figure for span in asked.absence if span.holds(starts)), None)
    running = asked.runs_from <= starts and (asked.runs_to is None or starts < asked.runs_to)
    note = ""
    if asked.unit == Unit.ONCE.value:
        running = True
    if not running:
        note = "uden for bevillingen, betales ikke"
    elif price is None:
        note = "der er ingen pris"
    elif away is not None:
        note = f"fravær, {_share(away)}"
    return CostLine(starts, ends, quantity, asked.unit, price if running else None, amount_ore, note)


def _share(share: Decimal) -> str:
    if share == 0:
        return "betales ikke"
    return f"betales med {danish_number((share * 100).normalize())} %"


def counted_in(unit: str, quantity: Decimal | None) -> str:
    """The unit's word after a quantity: "time" after 1, "timer" after 2."""
    if unit not in set(Unit):
        return "stk."
    one, many = _WORDS[Unit(unit)]
    return one if quantity is not None and abs(quantity) == 1 else many


def price_text(price: Decimal) -> str:
    """A price with no more decimals than it needs: "1.480 kr.", "1.480,50 kr."."""
    ore = price * 100
    if ore != ore.to_integral_value():
        return f"{danish_number(price.normalize())} kr."
    return amount_text(int(ore))


def amount_text(ore: int) -> str:
    """An amount with øre only where there are any."""
    return kroner(ore, whole=ore % 100 == 0)


def days_text(starts: date, ends: date) -> str:
    """Days as short as can be: "oktober 2026", "1.–28. oktober 2026", "29. okt. 2026 – 3. nov. 2026"."""
    last = ends - ONE_DAY
    if (starts.year, starts.month) != (last.year, last.month):
        return f"{starts.day}. {danish_month(starts)} – {last.day}. {danish_month(last)}"
    if starts.day == 1 and ends.day == 1:
        return danish_month(starts)
    if starts == last:
        return f"{starts.day}. {danish_month(starts)}"
    return f"{starts.day}.–{last.day}. {danish_month(starts)}"
