"""Decision support for the allocation criteria: what a rule asks, what is known, and what follows. A person decides.

A condition is met, not met, or cannot be told yet; what cannot be told is never counted as either. Every condition
carries the words, the facts and the source it rests on, so that the page shows the whole reasoning.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Sequence

    from styr.transport.core.distance import Road
    from styr.transport.core.facts import Facts
    from styr.transport.core.limits import Limit, Limits


class Verdict(StrEnum):
    """What the rule says of the facts."""

    MET = "met"
    NOT_MET = "not_met"
    OPEN = "open"

    @property
    def danish(self) -> str:
        """As the page says it."""
        return {"met": "Opfyldt", "not_met": "Ikke opfyldt", "open": "Kan ikke afgøres"}[self.value]


@dataclass(frozen=True)
class Condition:
    """Something that must hold. `met` None cannot be told; `fact` is what is known, `source` where the limit is from.

    With `parts`, all of them must hold, or any of them where `any_of`.
    """

    text: str
    met: bool | None
    fact: str = ""
    source: str = ""
    parts: tuple[Condition, ...] = ()
    any_of: bool = False
    about_road: bool = False

    @property
    def verdict(self) -> Verdict:
        """The condition by itself."""
        return Verdict.OPEN if self.met is None else Verdict.MET if self.met else Verdict.NOT_MET


@dataclass(frozen=True)
class Assessed:
    """A criterion held against what is known: the verdict, why, what to find out, and what follows if it is granted."""

    condition: Condition
    missing: tuple[str, ...]
    follows: tuple[str, ...]

    @property
    def verdict(self) -> Verdict:
        """Met, not met, or to be found out."""
        return self.condition.verdict


MEASURE: Final = "Mål vejen: skønnet kan ikke afgøre det."
NO_ROAD: Final = "Find vejens længde: et af stederne mangler, eller det har ingen koordinater."


def all_of(text: str, *parts: Condition) -> Condition:
    """Every part must hold: one that does not settles it, one that cannot be told leaves it open."""
    met = (
        False if any(part.met is False for part in parts) else None if any(part.met is None for part in parts) else True
    )
    return Condition(text, met, parts=parts)


def any_of(text: str, *parts: Condition) -> Condition:
    """One part must hold: one that does settles it, one that cannot be told leaves it open."""
    met = True if any(part.met for part in parts) else None if any(part.met is None for part in parts) else False
    return Condition(text, met, parts=parts, any_of=True)


def answered(facts: Facts, key: str, text: str, *, wanted: bool = True) -> Condition:
    """What a person says of the case."""
    answer = facts.yes(key)
    told = "ikke oplyst" if answer is None else "ja" if answer else "nej"
    return Condition(text, None if answer is None else answer is wanted, told, "Oplyst på bevillingen")


def longer(facts: Facts, limits: Limits, rule: str, text: str, *, ways: int = 1) -> Condition:
    """The road is strictly longer than a limit, metres; `ways` 2 is out and back."""
    limit = limits.get(rule)
    met = None if limit is None or facts.road is None else facts.road.longer_than(limit.value, ways=ways)
    wanted = "grænsen er ukendt" if limit is None else f"længere end {km(limit.value)}"
    return Condition(f"{text}: {wanted}", met, road_text(facts.road, ways), _told(limit), about_road=True)


def at_least(facts: Facts, limits: Limits, rule: str, text: str, *, ways: int = 1) -> Condition:
    """The road is at least as long as a limit."""
    limit = limits.get(rule)
    met = None if limit is None or facts.road is None else facts.road.at_least(limit.value, ways=ways)
    wanted = "grænsen er ukendt" if limit is None else f"mindst {km(limit.value)}"
    return Condition(f"{text}: {wanted}", met, road_text(facts.road, ways), _told(limit), about_road=True)


def aged(facts: Facts, limits: Limits, rule: str, *, below: bool = False) -> Condition:
    """The citizen has reached an age, or is below it."""
    limit = limits.get(rule)
    known = limit is not None and facts.age is not None
    met = ((facts.age or 0) < limit.value) is below if limit is not None and known else None
    value = limit.value if limit else "?"
    text = f"Under {value} år" if below else f"Fyldt {value} år"
    return Condition(text, met, "ikke oplyst" if facts.age is None else f"{facts.age} år", _told(limit))


def school_way(facts: Facts, limits: Limits) -> Condition:
    """The way to school is strictly longer than the limit of the grade."""
    grade = facts.number("grade")
    if grade is None:
        return Condition("Skolevejen er længere end klassetrinnets grænse", None, "klassetrin ikke oplyst")
    steps = ((3, "school_0_3"), (6, "school_4_6"), (9, "school_7_9"), (10, "school_10"))
    rule = next(name for last, name in steps if grade <= last)
    return longer(facts, limits, rule, f"Skolevej i {grade}. klasse")


def assess(rule: str, condition: Condition, facts: Facts, limits: Limits) -> Assessed:
    """What a rule's condition says of what is known, and what follows of it."""
    return Assessed(condition, missing(condition, facts), follows(rule, facts, limits))


def missing(condition: Condition, facts: Facts) -> tuple[str, ...]:
    """What would have to be found out before the condition could be told."""
    found: list[str] = []
    for leaf in _open_leaves(condition):
        if not leaf.about_road:
            found.append(f"Oplys: {leaf.text[0].lower()}{leaf.text[1:]}.")
        else:
            found.append(NO_ROAD if facts.road is None else MEASURE)
    return tuple(dict.fromkeys(found))


def follows(rule: str, facts: Facts, limits: Limits) -> tuple[str, ...]:
    """What the law attaches to a grant by the rule: the citizen's own part of the way, user payment, trips a year."""
    told: list[str] = []
    own = limits.get("own_way")
    if rule == "sheltered_work" and own is not None:
        told.append(f"Borgeren betaler selv de første {km(own.value)} hver vej.")
        if facts.road is not None and facts.road.least == facts.road.most:
            told.append(f"Kommunen betaler for {km(max(0, facts.road.metres - own.value))} hver vej.")
    if rule in USER_PAYMENT:
        told.append(USER_PAYMENT[rule])
    trips = limits.get("disability_trips")
    if rule.startswith("disability_rides") and trips is not None:
        told.append(f"Retten er mindst {trips.value} enkeltture om året.")
    return tuple(told)


USER_PAYMENT: Final = {
    "day_centre": "Kommunen kan tage egenbetaling for kørslen.",
    "training": "Kommunen kan tage egenbetaling for kørslen.",
    "rehabilitation": "Der kan være egenbetaling efter befordringsbekendtgørelsen.",
    "rehabilitation_far": "Der kan være egenbetaling efter befordringsbekendtgørelsen.",
    "disability_rides": "Borgeren betaler trafikselskabets takst pr. tur.",
    "disability_rides_blind": "Borgeren betaler trafikselskabets takst pr. tur.",
}
"""Rules under which the citizen may be asked to pay for a trip; under any other, user payment has no ground."""


def payment_remark(rule: str, user_payment_ore: int | None) -> str:
    """What is odd about the user payment agreed; "" where nothing is."""
    if user_payment_ore and rule not in USER_PAYMENT:
        return "Der er aftalt egenbetaling, men kriteriet giver ikke grundlag for det."
    return ""


def km(metres: int) -> str:
    """Metres as Danes write kilometres: `2,5 km`."""
    whole, rest = divmod(metres, 1000)
    decimals = f"{rest:03d}".rstrip("0")
    return f"{whole},{decimals} km" if decimals else f"{whole} km"


def road_text(road: Road | None, ways: int = 1) -> str:
    """The road as known; an estimate is named one, with the span it stands for."""
    if road is None:
        return "ukendt"
    back = " frem og tilbage" if ways > 1 else ""
    if road.least == road.most:
        return f"{km(road.metres * ways)}{back} ({road.basis.danish})"
    return f"{km(road.least * ways)}-{km(road.most * ways)}{back} (skønnet ud fra luftlinjen)"


def _told(limit: Limit | None) -> str:
    return limit.told if limit else ""


def leaves(condition: Condition) -> Sequence[Condition]:
    """The conditions that have no parts, from left to right."""
    if not condition.parts:
        return [condition]
    return [leaf for part in condition.parts for leaf in leaves(part)]


def _open_leaves(condition: Condition) -> list[Condition]:
    """What leaves a condition open; parts that are settled otherwise need not be found out."""
    if condition.met is not None:
        return []
    if not condition.parts:
        return [condition]
    return [leaf for part in condition.parts for leaf in _open_leaves(part)]
