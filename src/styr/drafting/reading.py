"""A version's file read beside this process: its sentences and the playbook's verdicts, kept sealed with it."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING

from styr.access.crypto import unseal
from styr.agreements.core.reading.apart import read_apart
from styr.agreements.core.review.reviewing import Verdict, review
from styr.agreements.core.review.sentences import sentences
from styr.agreements.reference.load import lexicon, playbook
from styr.drafting.sealed import place_of

if TYPE_CHECKING:
    from styr.agreements.core.reading.document import ContractText
    from styr.agreements.core.review.reviewing import ClauseVerdict
    from styr.drafting.models import DraftVersion


@dataclass(frozen=True, slots=True)
class Line:
    """A sentence of the text."""

    text: str
    page: int
    is_heading: bool


@dataclass(frozen=True, slots=True)
class Deviation:
    """A clause that is missing or a risk: why, and what to propose; `sentence` is its number in the text."""

    title: str
    verdict: str
    risk: str
    proposal: str
    sentence: int | None

    @property
    def is_risk(self) -> bool:
        """Whether a sentence is a risk; otherwise the clause is missing."""
        return self.verdict == Verdict.RED.value


@dataclass(frozen=True, slots=True)
class Read:
    """What a file says: its sentences, its deviations from the playbook, and which version of that they are from."""

    kind: str
    lines: tuple[Line, ...]
    deviations: tuple[Deviation, ...]
    playbook: str
    scanned: int

    @property
    def red(self) -> int:
        """How many risks."""
        return sum(one.is_risk for one in self.deviations)

    @property
    def missing(self) -> int:
        """How many clauses are missing."""
        return len(self.deviations) - self.red

    def texts(self) -> list[str]:
        """The sentences alone."""
        return [line.text for line in self.lines]

    def stored(self) -> bytes:
        """As it is kept before it is sealed."""
        return json.dumps(asdict(self), ensure_ascii=False).encode()


def read(data: bytes) -> Read:
    """Read a PDF, Word or text file and judge its clauses.

    Raises:
        UnreadableDocumentError: it cannot be read; the message is fit to show.
    """
    return judged(read_apart(data))


def judged(text: ContractText) -> Read:
    """The sentences and verdicts of a text."""
    found = sentences(text.pages)
    verdicts = review(found, playbook=playbook(), lexicon=lexicon())
    return Read(
        kind=text.kind.value,
        lines=tuple(Line(one.text, one.page, one.is_heading) for one in found),
        deviations=tuple(_deviation(one) for one in verdicts if one.verdict is not Verdict.OK),
        playbook=playbook().version,
        scanned=len(text.scanned),
    )


def read_of(version: DraftVersion) -> Read:
    """What was read in a version when it came."""
    told = json.loads(unseal(version.read, place=place_of("draftversion", "read", version.id)))
    return Read(
        kind=told["kind"],
        lines=tuple(Line(**line) for line in told["lines"]),
        deviations=tuple(Deviation(**one) for one in told["deviations"]),
        playbook=told["playbook"],
        scanned=told["scanned"],
    )


def _deviation(one: ClauseVerdict) -> Deviation:
    flag = one.flag
    return Deviation(
        title=one.clause.title,
        verdict=one.verdict.value,
        risk=one.clause.missing if flag is None else flag.risk,
        proposal=one.clause.preferred if flag is None else flag.proposal,
        sentence=None if one.sentence is None else one.sentence.number,
    )
