"""Words are placed with their roots, and compounds with their parts."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from styr.texts.core.indexing import as_tsvector, compound_parts, placed_words
from styr.texts.core.roots import root

KNOWN = frozenset(root(word) for word in ("opsigelse", "varsel", "takst", "regulering", "barn", "vederlag", "særlig"))


@pytest.mark.parametrize(
    ("word", "parts"),
    [
        ("opsigelsesvarsel", ("opsigelse", "varsel")),
        ("opsigelsesvarslet", ("opsigelse", "varsel")),
        ("takstreguleringer", ("takst", "regulering")),
        ("varsel", ()),
        ("takstens", ()),
        ("pærevarsel", ()),
    ],
)
def test_a_compound_of_known_words_is_parted(word: str, parts: tuple[str, ...]) -> None:
    assert compound_parts(word, KNOWN) == tuple(root(part) for part in parts)


def test_places_run_on_through_the_pages_and_parts_stand_where_their_word_does() -> None:
    places = placed_words(["Opsigelse sker skriftligt.", "Opsigelsesvarslet er varslet kort."], known={root("varslet")})
    assert places[root("opsigelse"), False] == [1]
    assert places[root("opsigelse"), True] == [4]
    assert places[root("kort"), False] == [7]


def test_a_vector_holds_only_what_postgres_takes() -> None:
    """At most 255 places a word, none above 16,383, and whole words weigh more."""
    places = placed_words(["ord " * 20_000], known=())
    word, _colon, at = as_tsvector(places, lambda _one: "wab").partition(":")
    assert (word, len(at.split(","))) == ("wab", 255)
    assert all(place.endswith("A") and int(place[:-1]) <= 16_383 for place in at.split(","))


@given(st.text(max_size=200))
def test_any_text_can_be_placed(text: str) -> None:
    places = placed_words([text], known=KNOWN)
    for (one, _is_part), at in places.items():
        assert one
        assert at == sorted(at)
