"""The passage shown is the one that holds what was looked for, and nothing of the text is lost or invented."""

from hypothesis import given
from hypothesis import strategies as st

from styr.agreements.core.reading.document import Page
from styr.texts.core.asking import asked
from styr.texts.core.excerpts import Excerpt, excerpts

FILLER = "Parterne mødes efter aftale og drøfter hverdagen på stedet. " * 20


def shown(one: Excerpt) -> str:
    return "".join(piece.text for piece in one.pieces)


def marked(one: Excerpt) -> list[str]:
    return [piece.text for piece in one.pieces if piece.marked]


def test_the_passage_with_most_of_the_words_comes_with_its_page() -> None:
    pages = [
        Page(1, FILLER + "Varsel gives skriftligt. " + FILLER),
        Page(2, FILLER + "Aftalen kan opsiges med et varsel på\n  seks måneder. " + FILLER),
    ]
    (best,) = excerpts(pages, asked("varsel måneder opsiges").wanted, most=1)
    assert best.page == 2
    assert marked(best) == ["opsiges", "varsel", "måneder"]
    assert "opsiges med et varsel på seks måneder." in shown(best)


def test_a_compound_is_marked_by_its_part() -> None:
    (only,) = excerpts([Page(1, "Opsigelsesvarslet er kort.")], asked("varsel").wanted, most=2)
    assert marked(only) == ["Opsigelsesvarslet"]


def test_passages_do_not_overlap_and_stand_in_order() -> None:
    pages = [Page(1, "Varsel et. " + FILLER + "Varsel to. " + FILLER)]
    first, second = excerpts(pages, asked("varsel").wanted, most=5)
    assert "Varsel et." in shown(first)
    assert "Varsel to." in shown(second)


def test_nothing_found_is_no_passage() -> None:
    assert excerpts([Page(1, FILLER)], asked("opsigelse").wanted, most=2) == ()


@given(st.lists(st.sampled_from(["varsel", "måned", "og", "på\n", "§", "  "]), max_size=80))
def test_a_passage_is_a_stretch_of_the_page(parts: list[str]) -> None:
    text = " ".join(parts)
    for one in excerpts([Page(1, text)], asked("varsel måned").wanted, most=3):
        assert shown(one).removeprefix("… ").removesuffix(" …") in " ".join(text.split()) + " "
        assert marked(one)
