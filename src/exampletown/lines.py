"""Turns what is owed for one service line and period into invoice lines whose nets sum to exactly that."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from itertools import pairwise
from typing import TYPE_CHECKING

from exampletown.days import month_start, months_between
from exampletown.documents import NOTHING, Line
from exampletown.habits import chance
from exampletown.reckoning import PERCENT, Share, daily_quantity, month_amount, shares

if TYPE_CHECKING:
    from collections.abc import Iterator
    from random import Random

    from exampletown.habits import Habits
    from exampletown.model import Grant, Service

LABELS = {
    "ophold": ("Ophold", "Døgnophold", "Botilbud, døgntakst", "Opholdsbetaling"),
    "stoette": ("Socialpædagogisk støtte", "Støttetimer", "Bostøtte"),
    "aktivitet": ("Aktivitets- og samværstilbud", "Dagaktivitet", "Åbningsdage i aktivitetscenter"),
    "beskaeftigelse": ("Beskyttet beskæftigelse", "Værkstedsplads"),
    "ledsagelse": ("Ledsagelse", "Ledsagertimer"),
    "nattevagt": ("Nattevagt", "Tillæg for vågen nattevagt"),
    "saertakst": ("Særtakst", "Tillægstakst efter aftale"),
    "tillaeg": ("Etablering", "Engangsbeløb ved opstart"),
    "befordring": ("Kørsel", "Befordring til og fra tilbud"),
    "behandling": ("Behandling", "Behandlingsforløb"),
    "aflastning": ("Aflastning", "Aflastningsdøgn"),
    "dagbehandling": ("Særligt dagtilbud", "Dagbehandling"),
}
Span = tuple[date, date]
UNIT_CODES = {"døgn": "DAY", "åbningsdag": "DAY", "time": "HUR", "uge": "WEE", "måned": "MON", "km": "KMT"}
CENT = Decimal("0.01")
FINEST = 5
MEAN_SHARE = 0.15


@dataclass(slots=True, eq=False)
class Entry:
    """One service line of one grant for a part of one month, with its lines and the amount that is right."""

    grant: Grant
    service: Service
    start: date
    end: date
    expected: Decimal
    lines: list[Line]
    by_units: bool
    """The lines tell units × contract price, so that a wrong price or quantity can be seen."""
    reduced: bool
    """Absence lowers what is owed."""


def net_of(quantity: Decimal, price: Decimal) -> Decimal:
    """Quantity × price to the øre, half away from zero."""
    return (quantity * price).quantize(CENT, ROUND_HALF_UP)


@dataclass(frozen=True, slots=True)
class Wording:
    """What a line is called, its unit code and the days it is about."""

    label: str
    code: str
    period: Span

    def line(self, quantity: Decimal, price: Decimal, more: str = "") -> Line:
        """A line with that quantity and price; ``more`` follows the label."""
        return Line(f"{self.label}{more}", quantity, self.code, price, net_of(quantity, price), self.period)


def representable(exact: Fraction, price: Decimal) -> Decimal | None:
    """``exact`` units as a decimal with at most five decimals that gives the right øre at ``price``."""
    owed = exact * Fraction(price) * PERCENT
    for places in range(FINEST + 1):
        quantity = Decimal(round(exact * 10**places)).scaleb(-places)
        if Fraction(quantity) == exact:
            return quantity
        if places == FINEST and abs(Fraction(quantity) * Fraction(price) * PERCENT - owed) < Fraction(1, 20):
            return quantity
    return None


def price_segments(service: Service, start: date, end: date) -> Iterator[tuple[date, date]]:
    """[start, end) cut where the contract's price changes."""
    cuts = sorted({rate.start for rate in service.line.rates if start < rate.start < end}) if service.line else []
    edges = [start, *cuts, end]
    yield from pairwise(edges)


class LineWriter:
    """Writes the lines as one supplier does."""

    def __init__(self, rng: Random, habits: Habits, closed: dict[str, frozenset[date]]) -> None:
        self.rng, self.habits, self.closed = rng, habits, closed

    def entry(self, grant: Grant, service: Service, start: date, end: date, *, register: bool = True) -> Entry | None:
        """The entry for [start, end) within one month, or None when nothing is owed."""
        month = month_start(start)
        parts = shares(grant, service, (start, end), self.closed, register=register)
        expected = month_amount(service, month, parts)
        if not parts or not expected:
            return None
        lower = max(d for d in (start, grant.start if register else None, service.start) if d)
        upper = min(d for d in (end, grant.end if register else None, service.end) if d)
        lines: list[Line] | None = None
        if self.habits.splits_sum:
            lines = self.unit_lines(grant, service, (lower, upper), register=register)
            if lines is not None and sum((line.net for line in lines), NOTHING) != expected:
                lines = None
        by_units = lines is not None
        if lines is None:
            code = "MON" if self.habits.unit_code == "own" else self.habits.unit_code
            lines = [Line(self.label(service), Decimal(1), code, expected, expected, (lower, upper))]
        reduced = any(part.percent < PERCENT for part in parts)
        return Entry(grant, service, lower, upper, expected, lines, by_units, reduced)

    def label(self, service: Service) -> str:
        """What this supplier calls the service."""
        return self.rng.choice(LABELS[service.service])

    def code(self, service: Service) -> str:
        """The line's unit code."""
        return UNIT_CODES.get(service.unit, "EA") if self.habits.unit_code == "own" else self.habits.unit_code

    def unit_lines(self, grant: Grant, service: Service, span: Span, *, register: bool) -> list[Line] | None:
        """Units × price for each price of the span, or None when a quantity cannot be written as a decimal."""
        lines: list[Line] = []
        per_day = daily_quantity(service, month_start(span[0]))
        label, code, plain = self.label(service), self.code(service), True
        for segment in price_segments(service, *span):
            parts = shares(grant, service, segment, self.closed, register=register)
            written = self.segment_lines(parts, per_day, Wording(label, code, segment))
            if written is None:
                return None
            lines += written
            plain = plain and all(part.percent == PERCENT for part in parts)
        mean = plain and len(lines) > 1 and chance(self.rng, MEAN_SHARE)
        return self.at_mean_price(lines, span) if mean else lines

    @staticmethod
    def at_mean_price(lines: list[Line], span: Span) -> list[Line]:
        """One line at the mean of two prices, where that gives the same sum."""
        quantity = sum((line.quantity for line in lines), Decimal(0))
        net = sum((line.net for line in lines), NOTHING)
        if quantity <= 0 or any(line.quantity < 0 or line.allowance for line in lines):
            return lines
        mean = (net / quantity).quantize(Decimal("0.0001"), ROUND_HALF_UP)
        return (
            [Line(lines[0].name, quantity, lines[0].code, mean, net, span)] if net_of(quantity, mean) == net else lines
        )

    def segment_lines(self, parts: list[Share], per_day: Fraction, wording: Wording) -> list[Line] | None:
        """At most one full and one reduced share, as one price holds."""
        if not parts:
            return []
        price = parts[0].price
        full = sum(part.days for part in parts if part.percent == PERCENT) * per_day
        away = sum(part.days for part in parts if part.percent < PERCENT) * per_day
        if away:
            return self.reduced_lines(wording, price, (full, away), min(part.percent for part in parts))
        quantity = representable(full, price)
        return None if quantity is None else [wording.line(quantity, price)]

    def reduced_lines(
        self, wording: Wording, price: Decimal, units: tuple[Fraction, Fraction], percent: int
    ) -> list[Line] | None:
        """Four ways that suppliers show absence: fewer units, a reduced price, a deduction or a negative line."""
        full, away = units
        whole, part = representable(full + away, price), representable(away, price)
        fewer = representable(full + away * percent / PERCENT, price)
        if whole is None or part is None:
            return None
        kept = price * percent / PERCENT
        way = self.rng.choice(("fewer", "fewer", "reduced", "negative", "deducted"))
        if way == "deducted" and self.habits.format == "oioubl2":
            way = "negative"  # OIOUBL 2 wants quantity × price in the line's amount, deductions or not
        if way == "fewer" and fewer is not None:
            return [wording.line(fewer, price)] if fewer else []
        if way == "reduced" and percent:
            away_line = wording.line(part, kept, f", fravær {percent} %")
            return [wording.line(whole - part, price), away_line] if whole != part else [away_line]
        full_line = wording.line(whole, price)
        if way == "deducted":
            full_line.allowance, full_line.allowance_reason = net_of(part, price - kept), "Fradrag for fravær"
            full_line.net -= full_line.allowance
            return [full_line]
        return [full_line, wording.line(-part, price - kept, ", fradrag for fravær")]


def month_spans(start: date, end: date) -> list[tuple[date, date]]:
    """[start, end) cut at the months."""
    return [(max(start, m), min(end, month_start(m, 1))) for m in months_between(start, end)]
