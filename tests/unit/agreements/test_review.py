"""The playbook on sentences that its rules were written with; how it does on others is measured in test_held_out."""

from __future__ import annotations

from pathlib import Path

import pytest

from styr.agreements.core.reading.document import Page
from styr.agreements.core.review.playbook import PlaybookError, playbook_of
from styr.agreements.core.review.reviewing import Verdict, review
from styr.agreements.core.review.sentences import sentences
from styr.agreements.reference.load import lexicon, playbook

KNOWN = [
    tuple(line.split("|")) for line in (Path(__file__).parent / "known_sentences.txt").read_text("utf-8").splitlines()
]
TITLES = {clause.code: clause.title for clause in playbook().clauses}


def flags(text: str) -> set[str]:
    found = review(sentences([Page(1, text)]), playbook=playbook(), lexicon=lexicon())
    return {one.flag.code for one in found if one.flag is not None}


@pytest.mark.parametrize(("verdict", "clause", "sentence"), KNOWN, ids=[f"{k[1]}-{n}" for n, k in enumerate(KNOWN)])
def test_a_sentence_is_a_risk_or_it_is_not(verdict: str, clause: str, sentence: str) -> None:
    """Under its clause's heading each known sentence raises a flag of its clause alone, or none at all."""
    raised = {code.split(".")[0] for code in flags(f"{TITLES[clause]}\n{sentence}")}
    assert raised == ({clause} if verdict == "red" else set())


def test_an_empty_contract_lacks_every_clause() -> None:
    """All 18 clauses are judged, in the playbook's order, also when nothing stands there."""
    found = review((), playbook=playbook(), lexicon=lexicon())
    assert [one.clause.code for one in found] == [clause.code for clause in playbook().clauses]
    assert len(found) == 18
    assert {one.verdict for one in found} == {Verdict.MISSING}


def test_denying_twice_affirms() -> None:
    """ "Ikke uden" is no denial."""
    assert flags("Fravær\nTaksten nedsættes ikke ved fravær.") == {"absence.full_pay"}
    assert flags("Flytning\nBorgeren kan ikke flyttes til en anden afdeling uden borgerens samtykke.") == set()


def test_a_rule_with_an_unknown_concept_is_refused() -> None:
    """A slip in the playbook is told with clause, rule and word, not passed over."""
    clause = {
        "code": "price",
        "title": "Pris",
        "topic": "PRIS",
        "preferred": "",
        "acceptable": "",
        "questions": [],
        "missing": "",
        "present": ["PRIS"],
        "red": [{"code": "x", "when": ["PRUS"], "risk": "", "proposal": ""}],
    }
    written = {"version": "1", "valid_from": None, "clause": [clause]}
    with pytest.raises(PlaybookError, match=r"price\.x.*PRUS"):
        playbook_of(written, known=frozenset({"PRIS"}))


def test_every_clause_has_a_heading_a_wording_and_a_reason() -> None:
    """The playbook's 18 rows are whole: what we prefer, what to ask, and for each flag why and what instead."""
    for clause in playbook().clauses:
        assert all((clause.title, clause.preferred, clause.acceptable, clause.missing, clause.questions)), clause.code
        assert all(flag.risk and flag.proposal for flag in clause.red), clause.code
        assert clause.red, clause.code
