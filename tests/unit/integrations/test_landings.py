from styr.integrations.core.landings import Landing, to_land_again


def landing(sha256: str, *kinds: str) -> Landing:
    return Landing(sha256, frozenset(kinds))


OLD, NEW = landing("old", "enheder"), landing("new", "enheder")
BOOK = landing("book", "enheder", "borgere")
CITIZENS = landing("citizens", "borgere")


def test_older_files_are_known_when_the_newest_of_their_register_is_handed_in_too() -> None:
    assert to_land_again([OLD, NEW], {"old", "new"}) == {}
    assert to_land_again([OLD, NEW], {"new"}) == {}


def test_an_older_file_without_the_newest_is_a_correction() -> None:
    assert to_land_again([OLD, NEW], {"old"}) == {"old": 0}
    assert to_land_again([OLD, NEW, OLD], {"old"}) == {}


def test_corrections_land_in_their_former_order() -> None:
    newest = landing("newest", "enheder")
    assert to_land_again([OLD, NEW, newest], {"new", "old"}) == {"old": 0, "new": 1}
    assert to_land_again([OLD, NEW, OLD, newest], {"new", "old"}) == {"new": 1, "old": 2}


def test_a_file_of_two_registers_that_lands_again_draws_the_newer_ones_of_both_along() -> None:
    assert to_land_again([BOOK, NEW, CITIZENS], {"book", "citizens"}) == {"book": 0, "citizens": 2}
    assert to_land_again([BOOK, NEW, CITIZENS], {"book", "new", "citizens"}) == {}


def test_files_that_never_landed_are_nobodys_siblings() -> None:
    assert to_land_again([], {"old", "new"}) == {}
