"""A supplement's changes: kept as they were written, told before and after, and read back from the text they make."""

from datetime import date
from decimal import Decimal

import pytest

from styr.agreements.core.proposing import proposal_of
from styr.agreements.core.reading.document import Page
from styr.agreements.core.review.fields import fields
from styr.agreements.core.review.sentences import sentences as sentences_of
from styr.contracts.core.agreement import Agreement
from styr.contracts.core.codes import IndexKind, NoticeFrom
from styr.drafting.core.before_after import Held, PricedLine, Row, rows, sentences
from styr.drafting.core.changes import Changes, NewPrice, NewSpecialRate, NewTerms, changes_of
from styr.kernel.units import Unit

STAY, NIGHT = "7d1f", "9c2e"
HELD = Held(
    last_day=date(2026, 12, 31),
    terms=Agreement(notice_days=30, free_days=14, billable=Decimal("0.75"), index_kind=IndexKind.PL),
    lines={
        STAY: PricedLine("Ophold", Unit.DAY, Decimal(2400)),
        NIGHT: PricedLine("Vågen nattevagt", Unit.DAY, Decimal(310)),
    },
)
ALL = Changes(
    starts=date(2026, 5, 1),
    prices=(NewPrice(STAY, Decimal(2350)), NewPrice(NIGHT, Decimal("312.50"))),
    special=NewSpecialRate(
        purpose="Ro ved måltider", hours=Decimal(10), hourly_rate=Decimal(400), evaluation_on=date(2026, 9, 1),
        last_day=date(2026, 10, 31),
    ),
    last_day=date(2027, 6, 30),
    terms=NewTerms(
        notice_days=60, notice_from=NoticeFrom.MONTH_END, free_days=7, billable=Decimal("0.5"),
        vacancy_billable=Decimal("0.25"), days_after_death=10, days_after_move=3, index_kind=IndexKind.PERCENT,
        index_percent=Decimal("2.5"), invoice_days=90,
    ),
)  # fmt: skip


@pytest.mark.parametrize("changes", [ALL, Changes(starts=date(2026, 5, 1), open_ended=True)])
def test_what_is_kept_is_what_was_written(changes: Changes) -> None:
    assert changes_of(changes.kept()) == changes


def test_every_term_is_told_before_and_after() -> None:
    assert rows(ALL, HELD) == (
        Row("Ophold", "2.400,00 kr. pr. døgn", "2.350,00 kr. pr. døgn"),
        Row("Vågen nattevagt", "310,00 kr. pr. døgn", "312,50 kr. pr. døgn"),
        Row("Særtakst", "Ingen", "Ro ved måltider, 10 timer om ugen til 400,00 kr. pr. time; den bortfalder "
            "31. oktober 2026 og evalueres 1. september 2026"),
        Row("Sidste dag", "31. dec. 2026", "30. jun. 2027"),
        Row("Opsigelsesvarsel", "30 dage fra den dag, der opsiges", "60 dage fra udgangen af den løbende måned"),
        Row("Fravær", "Fuld betaling i 14 dage, derefter 75 %", "Fuld betaling i 7 dage, derefter 50 %"),
        Row("Før indflytning", "Ikke aftalt", "25 % af prisen"),
        Row("Efter dødsfald", "Ikke aftalt", "10 dage"),
        Row("Efter fraflytning", "Ikke aftalt", "3 dage"),
        Row("Regulering", "KL's PL-fremskrivning", "fast procent om året, 2,5 %"),
        Row("Faktureres inden", "Ikke aftalt", "90 dage"),
    )  # fmt: skip


def test_the_text_says_what_the_register_will() -> None:
    """The reader of contracts finds in the sentences the values that they were written from."""
    text = "Fra 1. maj 2026 gælder: " + ". ".join(sentences(ALL, HELD)) + "."
    found = proposal_of((one.name, one.value) for one in fields(sentences_of((Page(1, text),))))
    assert (found.notice_days, found.notice_from) == (60, NoticeFrom.MONTH_END)
    assert (found.free_days, found.billable_percent) == (7, Decimal(50))
    assert (found.death_days, found.invoice_days) == (10, 90)
    assert (found.index_kind, found.index_percent) == (IndexKind.PERCENT, Decimal("2.5"))
    assert (found.starts, found.last_day) == (date(2026, 5, 1), date(2027, 6, 30))
    assert {one.amount for one in found.prices} == {Decimal("2350.00"), Decimal("312.50"), Decimal("400.00")}


def test_other_ways_to_say_it() -> None:
    """Notice from the day itself, a fixed price, KL's index with and without a cap, no end."""
    first = date(2026, 5, 1)

    def told(**terms: object) -> str:
        return ". ".join(sentences(Changes(starts=first, terms=NewTerms(**terms)), HELD))  # type: ignore[arg-type]  # by name

    assert told(notice_days=90) == "Begge parter kan skriftligt opsige kontrakten med 90 dages varsel"
    assert told(index_kind=IndexKind.FIXED) == "Prisen er fast og reguleres ikke"
    assert "dog højst 3 %" in told(index_kind=IndexKind.PL, index_percent=Decimal(3))
    assert told(index_kind=IndexKind.PL).endswith("KL's pris- og lønfremskrivning")
    open_ended = Changes(starts=first, open_ended=True)
    assert sentences(open_ended, HELD) == ("Kontrakten løber uden slutdato",)
    assert rows(open_ended, HELD) == (Row("Sidste dag", "31. dec. 2026", "Ingen slutdato"),)
    full = Changes(starts=first, terms=NewTerms(free_days=0, billable=Decimal(1)))
    assert rows(full, HELD)[0].after == "Fuld betaling"
    capped = Changes(starts=first, terms=NewTerms(index_kind=IndexKind.PL, index_percent=Decimal(3)))
    assert rows(capped, HELD)[0].after == "KL's PL-fremskrivning, højst 3 %"


def test_the_register_names_a_supplement_by_our_words_alone() -> None:
    assert ALL.title().startswith("Nye priser, ny særtakst, ny sidste dag, opsigelsesvarsel, fravær")
    assert ALL.title().endswith("regulering og faktureringsfrist")
    assert Changes(starts=date(2026, 5, 1)).title() == "Ændring i kontraktens tekst"
    assert Changes(starts=date(2026, 5, 1), prices=(NewPrice(STAY, Decimal(1)),)).title() == "Ny pris"
