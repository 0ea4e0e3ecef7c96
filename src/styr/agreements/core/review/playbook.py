"""The clause playbook (vilkårshåndbog): what each clause of a contract should say, and what is a risk, as data."""

from __future__ import annotations

import operator
import re
from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from datetime import date

_COMPARED: Final = re.compile(r"(days|percent|kr|hours)(?:([<>])(\d+(?:[.,]\d+)?))?$")
_COMPARE: Final[Mapping[str, Callable[[Fraction, Fraction], bool]]] = {"<": operator.lt, ">": operator.gt}
_CONCEPT: Final = re.compile(r"(!?)([~+-]?)([A-ZÆØÅ_]+)$")


class PlaybookError(ValueError):
    """The playbook is written wrongly; the message names clause, rule and condition."""


@dataclass(frozen=True, slots=True)
class Speaks:
    """The sentence speaks of a concept.

    `how`: "" affirmed or denied, "+" affirmed, "-" denied, "~" in the sentence, its heading or its neighbours.
    `absent`: the opposite holds.
    """

    concept: str
    how: str
    absent: bool


@dataclass(frozen=True, slots=True)
class Counts:
    """The sentence holds a quantity (days, percent, kr, hours), and, if `compare`, one above or below `limit`."""

    kind: str
    compare: str
    limit: Fraction
    absent: bool

    def holds(self, values: Sequence[Fraction]) -> bool:
        """Whether any of the values is as asked."""
        found = any(not self.compare or _COMPARE[self.compare](value, self.limit) for value in values)
        return found is not self.absent


Condition = Speaks | Counts


@dataclass(frozen=True, slots=True)
class RedFlag:
    """A wording that is a risk: it stands when all conditions of any of `when` hold in one sentence.

    `cost` names how its price is reckoned (`core/review/costs.py`), "" when it cannot be told from the contract alone.
    """

    code: str
    when: tuple[tuple[Condition, ...], ...]
    risk: str
    proposal: str
    cost: str


@dataclass(frozen=True, slots=True)
class Clause:
    """One clause (vilkår) of the playbook, in the words of the municipality.

    `topic` is the concept whose words name the clause, in a heading or in a sentence under another clause's heading.
    """

    code: str
    title: str
    topic: str
    preferred: str
    acceptable: str
    questions: tuple[str, ...]
    missing: str
    present: tuple[tuple[Condition, ...], ...]
    red: tuple[RedFlag, ...]


@dataclass(frozen=True)
class Playbook:
    """All clauses in their order; a version holds from a day on. A sentence that fits `harmless` is never a risk."""

    version: str
    valid_from: date
    clauses: tuple[Clause, ...]
    harmless: tuple[tuple[Condition, ...], ...] = ()


def playbook_of(written: Mapping[str, Any], *, known: frozenset[str]) -> Playbook:
    """Read a playbook as it stands in `reference/playbook.toml`; PlaybookError when a rule is wrong."""
    clauses = tuple(_clause(one, known) for one in written["clause"])
    codes = [clause.code for clause in clauses]
    if len(set(codes)) != len(codes):
        raise PlaybookError("To vilkår har samme kode.")
    harmless = _alternatives(written.get("harmless", ()), "harmless", known)
    return Playbook(written["version"], written["valid_from"], clauses, harmless)


def _clause(one: Mapping[str, Any], known: frozenset[str]) -> Clause:
    where = one["code"]
    return Clause(
        code=where,
        title=one["title"],
        topic=_topic(one["topic"], where, known),
        preferred=one["preferred"],
        acceptable=one["acceptable"],
        questions=tuple(one["questions"]),
        missing=one["missing"],
        present=_alternatives(one["present"], where, known),
        red=tuple(_flag(flag, where, known) for flag in one["red"]),
    )


def _topic(name: str, where: str, known: frozenset[str]) -> str:
    if name not in known:
        raise PlaybookError(f"{where}: begrebet {name} findes ikke i ordlisten.")
    return name


def _flag(one: Mapping[str, Any], clause: str, known: frozenset[str]) -> RedFlag:
    where = f"{clause}.{one['code']}"
    return RedFlag(where, _alternatives(one["when"], where, known), one["risk"], one["proposal"], one.get("cost", ""))


def _alternatives(written: Sequence[str], where: str, known: frozenset[str]) -> tuple[tuple[Condition, ...], ...]:
    return tuple(tuple(_condition(word, where, known) for word in line.split()) for line in written)


def _condition(word: str, where: str, known: frozenset[str]) -> Condition:
    absent, bare = word.startswith("!"), word.removeprefix("!")
    if compared := _COMPARED.match(bare):
        kind, compare, limit = compared.groups()
        return Counts(kind, compare or "", Fraction((limit or "0").replace(",", ".")), absent)
    spoken = _CONCEPT.match(word)
    if spoken is None:
        raise PlaybookError(f"{where}: »{word}« er ikke en betingelse.")
    if spoken[3] not in known:
        raise PlaybookError(f"{where}: begrebet {spoken[3]} findes ikke i ordlisten.")
    return Speaks(spoken[3], spoken[2], bool(spoken[1]))
