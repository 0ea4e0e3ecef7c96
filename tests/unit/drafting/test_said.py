"""What a text says of the terms that compute is held against the register: the same, other, or not said at all."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from styr.contracts.core.agreement import Agreement
from styr.contracts.core.codes import IndexKind, NoticeFrom
from styr.drafting.core.said import Difference, Registered, differences, said_in
from styr.kernel.units import Unit

TEXT = (
    "Kontrakten gælder fra 1. marts 2026 til og med 31. december 2026.",
    "Prisen er 2.400,00 kr. pr. døgn og svarer til taksten på Tilbudsportalen.",
    "Prisen reguleres én gang om året pr. 1. januar med KL's pris- og lønfremskrivning, op som ned.",
    "Ved fravær ud over 14 dage nedsættes prisen med 25 % for hver dag.",
    "Der betales fra den dag, borgeren faktisk flytter ind.",
    "Begge parter kan skriftligt opsige kontrakten med løbende måned plus 30 dage.",
    "De første 3 måneder er prøvetid, hvor begge parter kan opsige med 14 dages varsel.",
    "Der betales i højst 14 dage efter dødsfaldet til rydning af værelset.",
    "Krav, som ikke er faktureret inden 12 måneder efter leveringen, er bortfaldet.",
)
TERMS = Agreement(
    notice_days=30, notice_from=NoticeFrom.MONTH_END, free_days=14, billable=Decimal("0.75"),
    vacancy_billable=Decimal(0), days_after_death=14, index_kind=IndexKind.PL, invoice_days=365,
)  # fmt: skip
STAY = (Decimal(2400), Unit.DAY)
HELD = Registered(terms=TERMS, prices=(STAY,), base=STAY, starts=date(2026, 3, 1), last_day=date(2026, 12, 31))


def test_our_own_text_says_what_the_register_holds() -> None:
    said = said_in(TEXT)
    assert differences(said, HELD) == ()
    assert said.agreement() == replace(TERMS, notice_days=None, free_days=None, billable=None)


@pytest.mark.parametrize(("sentence", "instead", "told"), [
    ("løbende måned plus 30 dage", "løbende måned plus 90 dage",
     Difference("Opsigelsesvarsel", "90 dage fra udgangen af den løbende måned",
                "30 dage fra udgangen af den løbende måned")),
    ("25 %", "50 %", Difference("Betaling ved fravær derefter", "50 %", "75 %")),
    ("over 14 dage", "over 30 dage", Difference("Fraværsdage med fuld betaling", "30 dage", "14 dage")),
    ("højst 14 dage", "højst 90 dage", Difference("Efter dødsfald", "90 dage", "14 dage")),
    ("12 måneder efter", "3 måneder efter", Difference("Faktureres inden", "90 dage", "365 dage")),
    ("31. december 2026", "30. juni 2027", Difference("Sidste dag", "30. jun. 2027", "31. dec. 2026")),
    ("1. marts 2026", "1. april 2026", Difference("Første dag", "1. apr. 2026", "1. mar. 2026")),
    ("reguleres én gang om året pr. 1. januar med KL's pris- og lønfremskrivning, op som ned",
     "reguleres hvert år med 4 %", Difference("Regulering", "fast procent om året, 4 %", "KL's PL-fremskrivning")),
    ("Der betales fra den dag, borgeren faktisk flytter ind",
     "Indtil borgeren faktisk flytter ind, betales 50 % af prisen", Difference("Før indflytning", "50 %", "0 %")),
])  # fmt: skip
def test_a_text_that_says_otherwise_is_told(sentence: str, instead: str, told: Difference) -> None:
    said = said_in(line.replace(sentence, instead) for line in TEXT)
    assert differences(said, HELD) == (told,)


def test_what_the_register_lacks_is_a_difference_too() -> None:
    found = {
        one.name: one.register for one in differences(said_in(TEXT), replace(HELD, terms=Agreement(notice_days=30)))
    }
    assert found["Efter dødsfald"] == "Ikke aftalt"
    assert found["Opsigelsesvarsel"] == "30 dage fra den dag, der opsiges"


def test_another_price_stands_on_both_sides() -> None:
    found = differences(said_in(line.replace("2.400", "2.650") for line in TEXT), HELD)
    assert found == (
        Difference("Pris", "Står ikke i teksten", "2.400 kr. pr. døgn"),
        Difference("Pris", "2.650 kr. pr. døgn", "Ingen linje har den pris"),
    )


def test_a_supplements_text_must_say_what_it_changes() -> None:
    """The contract's other terms are not in it, and need not be."""
    must = replace(HELD, base=None, starts=date(2026, 7, 1), must=frozenset({"notice_days", "last_day"}))
    said = said_in(["Fra 1. juli 2026 gælder: Kontrakten løber til og med 31. december 2026."])
    assert differences(said, must) == (
        Difference("Opsigelsesvarsel", "Står ikke i teksten", "30 dage fra udgangen af den løbende måned"),
    )
    assert [one.name for one in differences(said_in(["Fra 1. juli 2026 gælder: intet."]), must)] == [
        "Opsigelsesvarsel", "Sidste dag",
    ]  # fmt: skip


def test_other_ways_to_say_it() -> None:
    said = said_in([
        "Kontrakten ophører, hvis borgeren dør eller flytter.", "Betalingen stopper samme dag.",
        "Der betales i højst 5 dage efter fraflytning.", "Prisen er fast og reguleres ikke.",
    ])  # fmt: skip
    assert (said.death, said.move, said.indexes) == ((0,), (5,), ((IndexKind.FIXED, None),))
    capped = Registered(
        terms=Agreement(index_kind=IndexKind.PL, index_percent=Decimal(3)),
        prices=(),
        base=None,
        starts=None,
        last_day=None,
    )
    assert differences(said_in([TEXT[2]]), capped) == ()
