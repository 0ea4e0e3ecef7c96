"""How the clause review does on sentences and contracts of another writer, which the rules are never tuned on.

Measured at version 1 of the playbook: of 180 sentences precision 0.87 and recall 0.78; of 22 risks planted in four
whole contracts twelve are found at the very sentence, and six of seven clauses that are left out are told. The floors
below are a little lower, so that a rule which harms the whole is seen. They are raised when the measure is, and never
by looking at a sentence.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import pytest

from styr.agreements.core.reading.document import Page, read_contract
from styr.agreements.core.review.reviewing import ClauseVerdict, Verdict, review
from styr.agreements.core.review.sentences import sentences
from styr.agreements.reference.load import lexicon, playbook

HERE = Path(__file__).parent
TITLES = {clause.code: clause.title for clause in playbook().clauses}
PRECISION, RECALL, PLANTED, LEFT_OUT = 0.82, 0.73, 0.50, 0.80


@dataclass(frozen=True)
class Labelled:
    """A sentence under its clause's heading, and whether it is a risk."""

    risk: bool
    clause: str
    text: str


def labelled() -> list[Labelled]:
    lines = (line.split("|", 2) for line in (HERE / "held_out.txt").read_text("utf-8").splitlines())
    return [Labelled(verdict == "red", clause, text) for verdict, clause, text in lines]


def reviewed(text: str) -> tuple[ClauseVerdict, ...]:
    return review(sentences([Page(1, text)]), playbook=playbook(), lexicon=lexicon())


def test_the_set_is_whole() -> None:
    """Every clause has risks and tempting wordings that are none; at least 120 sentences, none twice."""
    known = labelled()
    assert len({one.text for one in known}) == len(known) >= 120
    for clause in TITLES:
        assert {one.risk for one in known if one.clause == clause} == {True, False}


def test_risks_are_seen_and_the_rest_is_left_alone() -> None:
    """Precision counts every flag on a sentence that is none of its clause's risks; recall the risks that are seen."""
    hits = false = risks = 0
    for one in labelled():
        flags = [verdict.clause.code for verdict in reviewed(f"{TITLES[one.clause]}\n{one.text}") if verdict.flag]
        right = one.risk and one.clause in flags
        risks += one.risk
        hits += right
        false += len(set(flags) - {one.clause}) + (one.clause in flags and not one.risk)
    precision, recall = hits / (hits + false), hits / risks
    assert precision >= PRECISION, precision
    assert recall >= RECALL, recall


@pytest.fixture(scope="module")
def contracts() -> list[tuple[list[list[str]], tuple[ClauseVerdict, ...]]]:
    """Each whole contract's planted faults, and its review."""
    found = []
    for path in sorted((HERE / "contracts").glob("*.txt")):
        faults = [line.split("|", 2) for line in path.with_suffix(".faults").read_text("utf-8").splitlines() if line]
        pages = read_contract(path.read_bytes()).pages
        found.append((faults, review(sentences(pages), playbook=playbook(), lexicon=lexicon())))
    return found


def test_planted_risks_are_found_at_their_sentence(
    contracts: list[tuple[list[list[str]], tuple[ClauseVerdict, ...]]],
) -> None:
    """Under the right clause, at the very sentence."""
    planted = seen = 0
    for faults, verdicts in contracts:
        flagged = {(one.clause.code, one.sentence.text) for one in verdicts if one.flag and one.sentence}
        for kind, clause, *text in faults:
            if kind == "red":
                planted += 1
                seen += any(code == clause and (said in text[0] or text[0] in said) for code, said in flagged)
    assert planted >= 20
    assert seen / planted >= PLANTED, (seen, planted)


def test_clauses_that_are_left_out_are_told(
    contracts: list[tuple[list[list[str]], tuple[ClauseVerdict, ...]]],
) -> None:
    """Of what no sentence of the contract speaks of, most is told as missing."""
    absent = told = 0
    for faults, verdicts in contracts:
        missing = {one.clause.code for one in verdicts if one.verdict is Verdict.MISSING}
        for kind, clause, *_text in faults:
            if kind == "missing":
                absent += 1
                told += clause in missing
    assert told / absent >= LEFT_OUT, (told, absent)
