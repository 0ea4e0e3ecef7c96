import pytest
from hypothesis import given
from hypothesis import strategies as st

from styr.people.core.names import normalised_name, sort_key


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Ida  Østergård", "ida østergaard"),
        ("Anne-Marie Åberg", "Anne Marie Aaberg"),
        ("Zoë D'Angelo", "Zoe D Angelo"),
        ("Björn Mädel", "Bjørn Mædel"),
        ("A\u030age Holm", "Åge Holm"),
    ],
)
def test_two_writings_of_one_name_are_equal(one: str, other: str) -> None:
    assert normalised_name(one) == normalised_name(other)


@pytest.mark.parametrize(("one", "other"), [("Ida Holm", "Ida Holme"), ("Bo Ær", "Bo Ær Å"), ("Ida Øst", "Ida Ost")])
def test_other_names_stay_other_names(one: str, other: str) -> None:
    assert normalised_name(one) != normalised_name(other)


def test_people_sort_as_danes_sort_them() -> None:
    names = ["Zander", "Ægidius", "Østergård", "Ågesen", "Aagaard", "Abel", "Adamsen", "Öhman", "Müller", "Mygind"]
    assert sorted(names, key=lambda last: sort_key(last, "Bo")) == [
        "Abel", "Adamsen", "Müller", "Mygind", "Zander", "Ægidius", "Öhman", "Østergård", "Ågesen", "Aagaard",
    ]  # fmt: skip


@given(st.text(max_size=40))
def test_normalising_twice_is_normalising_once(name: str) -> None:
    assert normalised_name(normalised_name(name)) == normalised_name(name)
