"""What a risky wording may cost, in kroner, with how it was reckoned: from the price and the notice of the contract.

The playbook names for each risk how it is reckoned (`cost`). What cannot be told is said to be so, and why.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING, Final

from styr.agreements.core.review.quantities import quantities
from styr.agreements.core.review.words import words
from styr.kernel.danish import kroner
from styr.kernel.money import round_half_away

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

YEAR: Final = 365
MONTH: Final = 30
OUR_NOTICE: Final = 61
"""Our own notice at its longest: the running month and 30 days."""
_DAYS: Final = {"døgn": 1, "dag": 1, "uge": 7, "måned": 30}
_PER: Final = re.compile(
    r"\b(?:pr\.?|per|om|i|hver)\s*(måned|uge|døgn|dag)(?:en|et|n)?\b|\b(månedlig|ugentlig|daglig)t?\b"
)
_ADVERBS: Final = {"månedlig": "måned", "ugentlig": "uge", "daglig": "dag"}


@dataclass(frozen=True, slots=True)
class Price:
    """A price in øre and what it is per ("døgn", "måned"); only what runs with time can be reckoned for a period.

    `registered`: the document has none, and it is the register's.
    """

    ore: int
    unit: str
    registered: bool = False

    @property
    def day(self) -> Fraction | None:
        """Øre a day; None for what is paid by the hour, the trip or once."""
        days = _DAYS.get(self.unit)
        return None if days is None else Fraction(self.ore, days)


@dataclass(frozen=True, slots=True)
class Cost:
    """What a risk may cost in øre, None when it cannot be reckoned; `reckoning` is the sum, or what is lacking."""

    ore: int | None
    reckoning: str


def cost_of(kind: str, *, sentence: str, price: Price | None, notice_days: int | None = None) -> Cost | None:
    """The price of a risk of that kind in that sentence; None where the playbook names no way to reckon it.

    `notice_days` are the register's, for sentences that speak of the notice without saying how long it is.
    """
    reckon = _WAYS.get(kind)
    if reckon is None:
        return None
    if kind == "death_days" and notice_days is not None and _in_notice(sentence):
        return _days_of(notice_days, price, "Betaling efter dødsfald i registrets opsigelsesvarsel")
    return reckon(sentence, price)


def _in_notice(sentence: str) -> bool:
    """Whether the sentence speaks of the notice without saying how long it is."""
    return "opsig" in sentence.lower() and _largest(sentence, "days") is None


def _lacking(what: str) -> Cost:
    return Cost(None, f"Kan ikke beregnes: {what}.")


def _largest(sentence: str, kind: str) -> Fraction | None:
    found = [one.value for one in quantities(words(sentence)) if one.kind == kind]
    return max(found, default=None)


def _ore(amount: Fraction) -> int:
    return round_half_away(amount.numerator, amount.denominator)


def _written(ore: Fraction | int) -> str:
    return kroner(_ore(Fraction(ore)))


def _days_of(days: int, price: Price | None, why: str) -> Cost:
    daily = None if price is None else price.day
    if daily is None:
        return _lacking("aftalen har ingen pris pr. døgn, dag, uge eller måned")
    amount = _ore(daily * days)
    return Cost(amount, f"{why}: {days} døgn à {_written(daily)} = {kroner(amount)}{_whose(price)}")


def _whose(price: Price | None) -> str:
    return " (registrets pris)" if price is not None and price.registered else ""


def _per(sentence: str) -> str | None:
    """What an amount is per: the first unit of time after "kr", else the last that is named ("pr. bruger" is none)."""
    lower = sentence.lower()
    found = [(one.start(), one.group(1) or _ADVERBS[one.group(2)]) for one in _PER.finditer(lower)]
    after = [unit for at, unit in found if at > lower.find("kr")]
    return after[0] if after else found[-1][1] if found else None


def _special_rate_year(sentence: str, _price: Price | None) -> Cost:
    amount = _largest(sentence, "kr")
    if amount is None:
        return _lacking("sætningen nævner intet beløb")
    per = _per(sentence)
    if per is None:
        return _lacking("sætningen angiver ikke, hvad beløbet er pr.")
    times = Fraction(YEAR, _DAYS[per]) if per != "måned" else Fraction(12)
    total = _ore(amount * 100 * times)
    how = {"måned": "12 måneder", "uge": "365/7 uger"}.get(per, "365 døgn")
    return Cost(total, f"Tillægget i et år: {_written(amount * 100)} × {how} = {kroner(total)}")


def _indexation_percent(sentence: str, price: Price | None) -> Cost:
    percent = _largest(sentence, "percent")
    if percent is None:
        return _lacking("sætningen nævner ingen procent")
    daily = None if price is None else price.day
    if daily is None:
        return _lacking("aftalen har ingen pris pr. døgn, dag, uge eller måned")
    year = daily * YEAR
    rise = _ore(year * percent / 100)
    shown = f"{float(percent):g}".replace(".", ",")
    return Cost(rise, f"Stigning i det første år: {shown} % af {_written(year)} = {kroner(rise)}{_whose(price)}")


def _death_days(sentence: str, price: Price | None) -> Cost:
    days = _largest(sentence, "days")
    if days is None:
        return _lacking("sætningen nævner ikke, hvor længe der betales")
    return _days_of(int(days), price, "Betaling efter dødsfald eller flytning")


def _notice_days(sentence: str, price: Price | None) -> Cost:
    days = _largest(sentence, "days")
    if days is None:
        return _lacking("sætningen nævner ikke, hvor længe der betales")
    more = int(days) - OUR_NOTICE
    if more <= 0:
        return Cost(0, f"Varslet på {int(days)} døgn er ikke længere end vores eget på højst {OUR_NOTICE} døgn.")
    return _days_of(more, price, f"{int(days)} døgn mod højst {OUR_NOTICE} efter vores vilkår")


_WAYS: Final[Mapping[str, Callable[[str, Price | None], Cost]]] = {
    "special_rate_year": _special_rate_year,
    "indexation_percent": _indexation_percent,
    "notice_days": _notice_days,
    "death_days": _death_days,
    "absence_month": lambda _sentence, price: _days_of(MONTH, price, "En måneds fravær uden nedsættelse"),
    "vacancy_month": lambda _sentence, price: _days_of(MONTH, price, "En måned uden borger på pladsen"),
}
"""The ways to reckon, by the names that the playbook uses."""


def price_of(written: str) -> Price | None:
    """A price as a field has it: "2.450,00 kr. pr. døgn"; None for other words."""
    amount, _, unit = written.partition(" kr. pr. ")
    bare = amount.replace(".", "")
    whole, _, rest = bare.partition(",")
    if not whole.isdecimal() or (rest and not rest.isdecimal()) or not unit:
        return None
    return Price(int(whole) * 100 + int(rest[:2].ljust(2, "0") or "0"), unit.strip())
