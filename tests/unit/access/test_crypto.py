import pytest
from hypothesis import given
from hypothesis import strategies as st
from pytest_django import Settings

from styr.access.crypto import UnreadableValueError, blind_index, decrypt, encrypt, key_version
from styr.access.keys import Keys, MissingKeyError, keys

PLACE = "people_citizen|cpr|1"
OLD, NEW, INDEX, TOKEN = (letter * 32 for letter in (b"a", b"b", b"c", b"d"))


@given(st.text(max_size=40), st.text(max_size=40))
def test_what_is_encrypted_opens_at_its_place(plain: str, place: str) -> None:
    assert decrypt(encrypt(plain, place=place), place=place) == plain


def test_the_same_value_never_looks_the_same_twice() -> None:
    assert len({encrypt("6101011234", place=PLACE) for _ in range(50)}) == 50


def test_a_value_moved_to_another_row_does_not_open() -> None:
    stored = encrypt("6101011234", place=PLACE)
    with pytest.raises(UnreadableValueError, match="forkert række"):
        decrypt(stored, place="people_citizen|cpr|2")


@pytest.mark.parametrize("at", range(0, 40, 3))
def test_one_altered_bit_does_not_open(at: int) -> None:
    stored = bytearray(encrypt("6101011234", place=PLACE))
    stored[at] ^= 1
    with pytest.raises(UnreadableValueError) as refused:
        decrypt(bytes(stored), place=PLACE)
    assert "6101011234" not in str(refused.value)


def test_a_value_too_short_to_be_one_is_refused() -> None:
    with pytest.raises(UnreadableValueError, match="for kort"):
        decrypt(b"\0\1", place=PLACE)


def test_a_new_key_encrypts_and_the_old_one_still_opens(settings: Settings) -> None:
    settings.STYR_KEYS = Keys(cpr={1: OLD}, cpr_index=INDEX, token=TOKEN)
    stored = encrypt("6101011234", place=PLACE)
    settings.STYR_KEYS = Keys(cpr={1: OLD, 2: NEW}, cpr_index=INDEX, token=TOKEN)
    assert (key_version(stored), key_version(encrypt("x", place=PLACE))) == (1, 2)
    assert decrypt(stored, place=PLACE) == "6101011234"
    settings.STYR_KEYS = Keys(cpr={2: NEW}, cpr_index=INDEX, token=TOKEN)
    with pytest.raises(UnreadableValueError, match="nøgleversion 1"):
        decrypt(stored, place=PLACE)


def test_the_blind_index_finds_equals_and_needs_its_key(settings: Settings) -> None:
    before = blind_index("6101011234")
    assert before == blind_index("6101011234")
    assert before != blind_index("6101011235")
    assert len(before) == 64
    settings.STYR_KEYS = Keys(cpr={1: OLD}, cpr_index=INDEX, token=TOKEN)
    assert blind_index("6101011234") != before


@pytest.mark.parametrize(
    ("made", "told"),
    [
        ({"cpr": {1: b"short"}, "cpr_index": INDEX, "token": TOKEN}, "32 byte"),
        ({"cpr": {}, "cpr_index": INDEX, "token": TOKEN}, "mindst én"),
        ({"cpr": {0: OLD}, "cpr_index": INDEX, "token": TOKEN}, "tælles fra 1"),
        ({"cpr": {1: OLD}, "cpr_index": OLD, "token": TOKEN}, "to formål"),
    ],
)
def test_unfit_keys_are_refused_without_being_shown(made: dict[str, object], told: str) -> None:
    with pytest.raises(MissingKeyError, match=told):
        Keys(**made)  # type: ignore[arg-type]  # the cases are given by name


def test_keys_are_never_shown() -> None:
    assert "aaaa" not in repr(Keys(cpr={1: OLD}, cpr_index=INDEX, token=TOKEN))


def test_a_program_without_keys_says_so(settings: Settings) -> None:
    settings.STYR_KEYS = None
    with pytest.raises(MissingKeyError, match="STYR_CPR_KEYS"):
        keys()
