"""What people write is understood as they mean it."""

import pytest

from styr.texts.core.asking import LONGEST, Term, UnclearSearchError, as_tsquery, asked
from styr.texts.core.roots import root


def one(text: str) -> Term:
    return Term(tuple(root(word) for word in text.split()))


def test_all_words_must_be_there_whatever_their_inflection() -> None:
    assert asked("opsigelsens Varsel").groups == asked("opsigelse varsler").groups
    assert asked("opsigelse varsel").groups == ((one("opsigelse"),), (one("varsel"),))


def test_a_phrase_an_either_and_a_without() -> None:
    assert asked('"løbende måned" eller kvartal -tillæg').groups == (
        (one("løbende måned"), one("kvartal")),
        (Term((root("tillæg"),), absent=True),),
    )


@pytest.mark.parametrize("text", ["varsel eller", "eller varsel", '"varsel', "varsel -", 'varsel ""', "varsel - eller"])
def test_half_written_questions_ask_for_what_is_there(text: str) -> None:
    assert asked(text).groups == ((one("varsel"),),)


def test_an_either_never_joins_something_to_leave_out() -> None:
    """»a eller -b« would find nearly everything: the minus stands alone."""
    assert asked("pris eller -tillæg").groups == ((one("pris"),), (Term((root("tillæg"),), absent=True),))


@pytest.mark.parametrize("text", ["", "  ", "-tillæg", '""', "!!", "eller", " ".join(["ord"] * 21)])
def test_nothing_or_too_much_to_look_for_is_refused(text: str) -> None:
    with pytest.raises(UnclearSearchError):
        asked(text)


def test_what_is_too_long_is_cut() -> None:
    assert len(asked("a" * (LONGEST + 50)).groups[0][0].roots[0]) <= LONGEST


def test_the_question_holds_nothing_but_what_hides_its_words() -> None:
    """No quote, operator or word of the person's own reaches PostgreSQL."""
    written = as_tsquery(asked("""'); DROP "TABLE x" & | ! :* eller b"""), lambda _one: "w1")
    assert set(written) <= set("w1()|&!<-> ")
