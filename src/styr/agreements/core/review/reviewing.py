"""Review of a contract's text by the playbook: which clauses stand there, are missing, or are a risk.

Every verdict points at the sentence and the rule behind it: there is no hidden model.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from styr.agreements.core.review.playbook import Counts, Speaks
from styr.agreements.core.review.quantities import quantities

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from fractions import Fraction

    from styr.agreements.core.review.concepts import Found, Lexicon
    from styr.agreements.core.review.playbook import Clause, Condition, Playbook, RedFlag
    from styr.agreements.core.review.sentences import Sentence


class Verdict(StrEnum):
    """What the review says of a clause."""

    OK = "ok"
    MISSING = "missing"
    RED = "red"


@dataclass(frozen=True, slots=True)
class ClauseVerdict:
    """One verdict; a red clause has one for each risky sentence. `flag` is the rule that saw the risk."""

    clause: Clause
    verdict: Verdict
    sentence: Sentence | None
    flag: RedFlag | None


@dataclass(frozen=True, slots=True)
class _Read:
    """A sentence with what it speaks of, and what its heading and neighbours do."""

    sentence: Sentence
    spoken: Mapping[str, frozenset[bool]]
    heading: frozenset[str]
    around: frozenset[str]
    counted: Mapping[str, tuple[Fraction, ...]]

    def meets(self, condition: Condition) -> bool:
        if isinstance(condition, Counts):
            return condition.holds(self.counted.get(condition.kind, ()))
        return self._speaks(condition) is not condition.absent

    def _speaks(self, condition: Speaks) -> bool:
        denials = self.spoken.get(condition.concept, frozenset())
        match condition.how:
            case "+":
                return False in denials
            case "-":
                return True in denials
            case "~":
                return bool(denials) or condition.concept in self.around
            case _:
                return bool(denials)

    def fits(self, alternatives: Sequence[Sequence[Condition]]) -> bool:
        return any(all(self.meets(condition) for condition in conditions) for conditions in alternatives)


def review(text: Sequence[Sentence], *, playbook: Playbook, lexicon: Lexicon) -> tuple[ClauseVerdict, ...]:
    """Judge every clause of the playbook, in its order. A clause with a risky sentence is never also missing."""
    read = tuple(_read(text, lexicon))
    risky = tuple(
        (one, _risks(playbook.clauses, one))
        for one in read
        if not one.sentence.is_heading and not one.fits(playbook.harmless)
    )
    return tuple(verdict for clause in playbook.clauses for verdict in _judged(clause, read, risky))


def _risks(clauses: Sequence[Clause], one: _Read) -> Mapping[str, RedFlag]:
    """What one sentence risks: clause → its flag.

    Under a heading that names a clause the sentence is read as that clause. Another clause is at risk only when the
    sentence itself speaks of that clause's topic and is no risk to the one that the heading names.
    """
    named = {clause.code for clause in clauses if clause.topic in one.heading}
    found = {clause.code: flag for clause in clauses for flag in _worst(clause, one)}
    own = {code: flag for code, flag in found.items() if code in named}
    if not named or own:
        return own or found
    return {
        clause.code: found[clause.code] for clause in clauses if clause.code in found and clause.topic in one.spoken
    }


def _judged(
    clause: Clause, read: Sequence[_Read], risky: Sequence[tuple[_Read, Mapping[str, RedFlag]]]
) -> Iterator[ClauseVerdict]:
    red = [
        ClauseVerdict(clause, Verdict.RED, one.sentence, flags[clause.code])
        for one, flags in risky
        if clause.code in flags
    ]
    if red:
        yield from red
        return
    found = next((one.sentence for one in read if not one.sentence.is_heading and one.fits(clause.present)), None)
    yield ClauseVerdict(clause, Verdict.MISSING if found is None else Verdict.OK, found, None)


def _worst(clause: Clause, one: _Read) -> Sequence[RedFlag]:
    """The first of the clause's flags that the sentence raises: they stand with the gravest first."""
    return next(((flag,) for flag in clause.red if one.fits(flag.when)), ())


def _read(text: Sequence[Sentence], lexicon: Lexicon) -> Iterator[_Read]:
    spoken = [_spoken(lexicon.concepts(sentence.words)) for sentence in text]
    headings = [frozenset(_spoken(lexicon.concepts(sentence.heading))) for sentence in text]
    for at, sentence in enumerate(text):
        near = [spoken[other] for other in (at - 1, at + 1) if _beside(text, at, other)]
        counted: defaultdict[str, tuple[Fraction, ...]] = defaultdict(tuple)
        for quantity in quantities(sentence.words):
            counted[quantity.kind] += (quantity.value,)
        yield _Read(sentence, spoken[at], headings[at], headings[at].union(*near), counted)


def _beside(text: Sequence[Sentence], at: int, other: int) -> bool:
    """Whether the other sentence stands under the same heading; headings themselves are read apart."""
    return 0 <= other < len(text) and not text[other].is_heading and text[other].heading == text[at].heading


def _spoken(found: Sequence[Found]) -> dict[str, frozenset[bool]]:
    spoken: dict[str, frozenset[bool]] = {}
    for one in found:
        spoken[one.concept] = spoken.get(one.concept, frozenset()) | {one.denied}
    return spoken
