"""Danish words, quantities and sentences."""

from __future__ import annotations

from fractions import Fraction

import pytest

from styr.agreements.core.reading.document import Page
from styr.agreements.core.review.quantities import number, quantities
from styr.agreements.core.review.sentences import sentences
from styr.agreements.core.review.words import Term, TermIndex, words


@pytest.mark.parametrize(
    ("term", "text", "found"),
    [
        ("takst", "taksterne stiger", True),
        ("*takst", "døgntaksten stiger", True),
        ("takst", "døgntaksten stiger", False),
        ("fuld takst*", "den fulde takst", True),
        ("kan … opsige", "kan med 14 dages varsel opsige", True),
        ("kan … opsige", "kan en to tre fire fem seks syv opsige", False),
        ("# dag", "i 14 dage", True),
        ("mad|kost", "kosten er med", True),
    ],
)
def test_a_term_finds_inflections_compounds_and_gaps(term: str, text: str, *, found: bool) -> None:
    """As the lexicon's own words say."""
    assert bool(list(TermIndex([("x", Term.parse(term))]).found_in(words(text)))) is found


def test_a_term_neither_begins_nor_ends_with_a_gap() -> None:
    """It would stand for anything."""
    with pytest.raises(ValueError, match="begynde og slutte"):
        Term.parse("… takst")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("6 måneders varsel", [("days", 180)]),
        ("seks måneders varsel", [("days", 180)]),
        ("et kvartals udgang", [("days", 91)]),
        ("halvandet år", [("days", Fraction(1095, 2))]),
        ("5 hverdage", [("days", 7)]),
        ("1.950,50 kr. pr. døgn", [("kr", Fraction(3901, 2))]),
        ("kr. 900", [("kr", 900)]),
        ("toogtyve procent", [("percent", 22)]),
        ("12 timer om ugen", [("hours", 12)]),
        ("løbende måned plus 30 dage", [("days", 30)]),
        ("i 2026", []),
    ],
)
def test_quantities_in_figures_and_in_words(text: str, expected: list[tuple[str, Fraction | int]]) -> None:
    """A month is 30 days, a working day 7/5 of a day."""
    assert [(one.kind, one.value) for one in quantities(words(text))] == expected


def test_what_can_mean_two_things_is_no_number() -> None:
    """ "1.95" is no Danish figure."""
    assert number("1.95") is None
    assert number("takst") is None


def test_abbreviations_end_no_sentence_and_bullets_stand_alone() -> None:
    """Words parted by a line's end are one word; headings are told apart and known by what follows."""
    text = "5. Fravær\nPrisen er 2.450 kr. pr. døgn, jf. bilag 1. Den nedsæt-\ntes ved fravær.\n- Kost\n- Ferie"
    read = sentences([Page(3, text)])
    assert [one.text for one in read] == [
        "Fravær",
        "Prisen er 2.450 kr. pr. døgn, jf. bilag 1.",
        "Den nedsættes ved fravær.",
        "Kost",
        "Ferie",
    ]
    assert {one.page for one in read} == {3}
    assert [word.text for word in read[2].heading] == ["fravær"]
