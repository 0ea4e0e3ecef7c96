"""What follows from a text: prices in tables, places on a page, what risks cost, several contracts, other languages."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from styr.agreements.core.proposing import days_of, index_of, notice_days, price_of, proposal_of
from styr.agreements.core.reading.places import boxes
from styr.agreements.core.reading.several import beginnings, parts
from styr.agreements.core.reading.text import Line, Page, Table
from styr.agreements.core.review import costs
from styr.agreements.core.review.language import foreign_language
from styr.agreements.core.review.price_tables import priced_rows
from styr.agreements.core.review.sentences import sentences
from styr.agreements.reference.load import playbook
from styr.contracts.core.codes import IndexKind, NoticeFrom
from styr.kernel.units import Unit

DAY = costs.Price(2_450_00, "døgn")


def test_each_priced_row_of_a_table_is_a_price_with_its_unit() -> None:
    """From a unit's own column, from the heading, or from the cell; a row without a price or a unit is none."""
    tables = (
        Table(1, (("Ydelse", "Pris i kr.", "Enhed"), ("Botilbud", "2.450,00", "pr. døgn"), ("Bemærkning", "", ""))),
        Table(2, (("Ydelse", "Døgntakst"), ("Aflastning", "1.900 kr."))),
        Table(2, (("Ydelse", "Takst"), ("Kørsel", "3,79 kr. pr. km"), ("Oprettelse", "500"))),
        Table(3, (("Navn", "Telefon"), ("Kontoret", "70 10 10 10"))),
    )
    found = priced_rows(tables, sentences([Page(1, "Botilbud 2.450,00 pr. døgn.")]))
    assert [one.value for one in found] == ["2.450,00 kr. pr. døgn", "1.900 kr. pr. døgn", "3,79 kr. pr. km"]
    assert [one.sentence.page for one in found] == [1, 2, 2]
    assert "Botilbud" in found[0].quoted


@pytest.mark.parametrize(
    ("kind", "sentence", "price", "ore"),
    [
        ("special_rate_year", "Tillægstakst udgør 1.950 kr. pr. døgn.", None, 1_950_00 * 365),
        ("special_rate_year", "Der betales et tillæg på 4.000 kr. om måneden.", None, 48_000_00),
        ("special_rate_year", "Der betales 15.000 kr. pr. bruger pr. måned i dagtilbuddet.", None, 180_000_00),
        ("special_rate_year", "Der betales 100 kr. pr. bruger pr. døgn for 3 timer pr. uge.", None, 36_500_00),
        ("special_rate_year", "Et ugentligt tillæg på 700 kr.", None, 36_500_00),
        ("special_rate_year", "Tillægget er 700 kr. for hver bruger.", None, None),
        ("special_rate_year", "Tillægget løber indtil videre.", DAY, None),
        ("indexation_percent", "Prisen reguleres med minimum 3 %.", DAY, 26_827_50),
        ("indexation_percent", "Prisen reguleres med minimum 3 %.", costs.Price(300_00, "time"), None),
        ("absence_month", "Fuld takst betales uanset fravær.", DAY, 73_500_00),
        ("vacancy_month", "Tomgangsleje påhviler kommunen.", costs.Price(30_000_00, "måned"), 30_000_00),
        ("notice_days", "Aftalen opsiges med seks måneders varsel.", DAY, 119 * 2_450_00),
        ("notice_days", "Aftalen opsiges med 30 dages varsel.", DAY, 0),
        ("notice_days", "Aftalen er uopsigelig.", DAY, None),
        ("death_days", "Ved dødsfald betales i 30 dage.", DAY, 73_500_00),
        ("absence_month", "Fuld takst betales.", None, None),
    ],
)
def test_a_risk_costs_what_its_sum_says_or_tells_what_lacks(
    kind: str, sentence: str, price: costs.Price | None, ore: int | None
) -> None:
    """Øre, and the sum in words; None with "Kan ikke beregnes" and the reason."""
    cost = costs.cost_of(kind, sentence=sentence, price=price)
    assert cost is not None
    assert cost.ore == ore
    assert cost.reckoning.startswith("Kan ikke beregnes") is (ore is None)


def test_the_registers_price_and_notice_count_where_the_document_has_none() -> None:
    """The reckoning says whose price it is; a notice that is named in days is the document's own."""
    price = costs.Price(2_450_00, "døgn", registered=True)
    said = "Ved dødsfald betales i opsigelsesperioden."
    paid = costs.cost_of("death_days", sentence=said, price=price, notice_days=60)
    assert paid is not None
    assert (paid.ore, "(registrets pris)" in paid.reckoning) == (147_000_00, True)
    said = "Ved dødsfald betales i 10 dage af opsigelsen."
    named = costs.cost_of("death_days", sentence=said, price=price, notice_days=60)
    assert named is not None
    assert named.ore == 24_500_00


def test_every_way_that_the_playbook_names_is_known() -> None:
    """A flag without a way has no price; one with a way that nobody knows is a slip."""
    named = {flag.cost for clause in playbook().clauses for flag in clause.red if flag.cost}
    assert named
    assert all(costs.cost_of(one, sentence="", price=None) is not None for one in named)
    assert costs.cost_of("", sentence="", price=None) is None


def test_prices_are_read_as_fields_write_them() -> None:
    """Øre and unit; other words are none."""
    assert costs.price_of("2.450,5 kr. pr. døgn") == costs.Price(2_450_50, "døgn")
    assert costs.price_of("efter aftale") is None


def test_words_are_found_over_the_ends_of_lines() -> None:
    """Parted words and other spaces do not matter; what stands nowhere is marked nowhere."""
    page = Page(
        1, "", (Line("Fuld takst betales uan-", 100, 50, 500, 65), Line("set fravær. Andet.", 100, 70, 420, 85))
    )
    first, second = boxes(page, "takst betales uanset fravær.")
    assert 150 < first.left < 220
    assert (second.left, second.top) == (100, 68)
    assert 150 < second.width < 250
    assert boxes(page, "står her ikke") == ()
    assert boxes(page, " ") == ()


def test_several_contracts_begin_where_a_title_and_parties_stand() -> None:
    """A page that only speaks of a contract begins none; what stands before the first goes with it."""
    title = Page(1, "KONTRAKT OM BOTILBUD\n\nmellem Hvidbjerg Kommune og Bostedet Engen ApS, CVR 13585628")
    other = Page(2, "Kontrakten omfatter støtte mellem kl. 8 og 16.")
    again = Page(3, "Samarbejdsaftale\nAftalen er indgået mellem parterne")
    assert beginnings((title, other, again)) == (1, 3)
    assert parts((1, 3), pages=4) == ((1, 2), (3, 4))
    assert parts((2, 3), pages=3) == ((1, 2), (3, 3))


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("This agreement shall be made by and between the parties and is not to be changed. " * 8, "en"),
        ("Der Vertrag ist mit dem Anbieter und der Gemeinde auf ein Jahr nicht zu kündigen. " * 8, "de"),
        ("Aftalen er indgået mellem kommunen og leverandøren og kan ikke opsiges af den ene part. " * 8, ""),
        ("Not much.", ""),
    ],
)
def test_another_language_than_danish_is_told(text: str, code: str) -> None:
    """A few words say too little to tell."""
    assert foreign_language(text) == code


def test_confirmed_facts_are_read_into_the_registers_own_values() -> None:
    """The first of a kind counts; all prices and CVR numbers do."""
    said = proposal_of(
        [
            ("cvr", "13 58 56 28"), ("cvr", "98187839"), ("starts", "2026-03-01"), ("ends", "28.2.2027"),
            ("notice", "løbende måned + 30 dage"), ("absence", "20 %"), ("absence_days", "14"),
            ("indexation", "KL's PL-regulering"), ("death_days", "7 dage"), ("invoice_deadline", "12 måneder"),
            ("price", "2.450,00 kr. pr. døgn"), ("price", "310 kr. pr. time"), ("price", "efter aftale"),
        ]
    )  # fmt: skip
    assert said.cvr == ("13585628", "98187839")
    assert (said.starts, said.last_day) == (date(2026, 3, 1), date(2027, 2, 28))
    assert (said.notice_days, said.free_days, said.billable_percent) == (30, 14, Decimal(80))
    assert (said.notice_from, said.index_kind, said.index_percent) == (NoticeFrom.MONTH_END, IndexKind.PL, None)
    assert (said.death_days, said.invoice_days) == (7, 365)
    assert index_of("minimum 3 %") == (IndexKind.PERCENT, Decimal(3))
    assert index_of("KL's PL-regulering, dog højst 3 %") == (IndexKind.PL, Decimal(3))
    assert index_of("PL-regulering, dog mindst 2 %") == (None, None)
    assert [index_of("nettoprisindeks"), days_of("snart"), days_of("3 måneder")] == [(None, None), None, 90]
    assert [(one.amount, one.unit) for one in said.prices] == [(Decimal(2450), Unit.DAY), (Decimal(310), Unit.HOUR)]
    assert notice_days("tre måneders varsel") == 90
    assert notice_days("efter aftale") is None
    assert price_of("10 kr. pr. stk") is None
