"""Two versions beside each other: nothing is lost, and what changed is told word by word."""

from hypothesis import given
from hypothesis import strategies as st

from styr.drafting.core.compare import Change, changes_in, compare

BEFORE = ["Pris", "Prisen er 2.400 kr. pr. døgn.", "Begge parter kan opsige med 30 dages varsel.", "Tak."]
SENTENCES = st.lists(st.sampled_from(["a b c d", "a b c e", "x y", "z", "a b q r s t", "Pris"]), max_size=9)


def test_a_changed_sentence_is_told_word_by_word() -> None:
    after = [BEFORE[0], BEFORE[1], "Begge parter kan opsige med 90 dages varsel.", "Tak."]
    compared = compare(BEFORE, after)
    assert changes_in(compared) == 1
    changed = next(one for one in compared if one.change is Change.CHANGED)
    assert [part.text for part in changed.parts if part.change is Change.GONE] == ["30"]
    assert [part.text for part in changed.parts if part.change is Change.NEW] == ["90"]


def test_new_and_removed_sentences_are_told_as_such() -> None:
    after = [BEFORE[0], BEFORE[1], "Leverandørens standardvilkår har forrang.", BEFORE[2]]
    told = [(one.change, one.text) for one in compare(BEFORE, after) if one.change is not Change.KEPT]
    assert told == [(Change.NEW, "Leverandørens standardvilkår har forrang."), (Change.GONE, "Tak.")]


def test_spaces_are_no_change() -> None:
    assert changes_in(compare(["Prisen  er 10 kr."], ["Prisen er\n10 kr."])) == 0


@given(SENTENCES, SENTENCES)
def test_both_versions_can_be_read_from_what_is_told(before: list[str], after: list[str]) -> None:
    """The slow check: what is kept and new makes the later text, what is kept and gone the earlier."""
    compared = compare(before, after)
    assert [one.text for one in compared if one.change is not Change.GONE] == after
    old = [
        "".join(part.text for part in one.parts if part.change is not Change.NEW) if one.parts else one.text
        for one in compared
        if one.change is not Change.NEW
    ]
    assert old == before


@given(SENTENCES)
def test_a_text_does_not_differ_from_itself(text: list[str]) -> None:
    assert changes_in(compare(text, text)) == 0
