"""What somebody looks for in the contracts' texts, from the words that they wrote."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from styr.kernel.refusal import Refusal
from styr.texts.core.roots import roots

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

LONGEST: Final = 200
"""Letters that may be looked for."""

_MOST_TERMS: Final = 20
_PARTS: Final = re.compile(r'(?P<minus>-)?"(?P<phrase>[^"]*)"?|(?P<bare>\S+)')
_OR: Final = "eller"


class UnclearSearchError(Refusal):
    """What was written cannot be looked for; the message says why."""


@dataclass(frozen=True, slots=True)
class Term:
    """Words that must stand after one another, by their roots; `absent` when they must not stand anywhere."""

    roots: tuple[str, ...]
    absent: bool = False


@dataclass(frozen=True, slots=True)
class Asked:
    """Groups of terms: of each group one must hold."""

    groups: tuple[tuple[Term, ...], ...]

    @property
    def wanted(self) -> tuple[Term, ...]:
        """The terms that may stand in what is found, to mark them there."""
        return tuple(term for group in self.groups for term in group if not term.absent)


def asked(text: str) -> Asked:
    """Read words as one writes them: all must be there, `"in a row"`, `-without`, `this eller that`.

    Raises:
        UnclearSearchError: Nothing is left to look for, or there is too much of it.
    """
    groups: list[list[Term]] = []
    either = False
    for part in _parts(text[:LONGEST]):
        if part is None:
            either = bool(groups)
        elif either and not part.absent and not groups[-1][-1].absent:
            groups[-1].append(part)
            either = False
        else:
            groups.append([part])
            either = False
    if not any(not term.absent for group in groups for term in group):
        raise UnclearSearchError("Skriv mindst ét ord, der skal stå i kontrakten.")
    if sum(len(term.roots) for group in groups for term in group) > _MOST_TERMS:
        raise UnclearSearchError(f"Søg på højst {_MOST_TERMS} ord ad gangen.")
    return Asked(tuple(tuple(group) for group in groups))


def _parts(text: str) -> Iterator[Term | None]:
    """The terms in their order; None for an `eller` between two."""
    for found in _PARTS.finditer(text):
        bare = found["bare"]
        if bare is None:
            term = _term(found["phrase"], absent=bool(found["minus"]))
        elif bare.casefold() == _OR:
            yield None
            continue
        else:
            term = _term(bare.removeprefix("-"), absent=bare.startswith("-"))
        if term.roots:
            yield term


def _term(text: str, *, absent: bool) -> Term:
    return Term(tuple(word.root for word in roots(text)), absent)


def as_tsquery(wanted: Asked, hidden: Callable[[str], str]) -> str:
    """The question as PostgreSQL's `tsquery`, each root as `hidden` writes it (letters and digits only)."""
    return " & ".join(_either(_one(term, hidden) for term in group) for group in wanted.groups)


def _either(terms: Iterable[str]) -> str:
    return "(" + " | ".join(terms) + ")"


def _one(term: Term, hidden: Callable[[str], str]) -> str:
    row = " <-> ".join(hidden(one) for one in term.roots)
    return f"!({row})" if term.absent else f"({row})"
