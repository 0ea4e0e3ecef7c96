"""Contracts are found by what stands in them, by those who may see them, and the index tells nothing by itself."""

from datetime import UTC, datetime
from decimal import Decimal
from uuid import UUID

import pytest
from django.db import connection
from pytest_django import DjangoAssertNumQueries

from personas import Persona, persona
from styr.access.core.roles import Role
from styr.access.models import Municipality, Unit
from styr.access.scope import acting_as
from styr.agreements.models import AgreementDocument
from styr.agreements.services import HandedIn, take_document
from styr.texts import comparing, queries
from styr.texts.core.asking import asked
from styr.texts.models import ClauseFact, DocumentWords
from styr.texts.services import index_documents

NOW = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)
CONTRACT = """KONTRAKT
Aftalen angår borgeren 670160-1234 efter serviceloven § 107.

Opsigelse
Aftalen kan opsiges af begge parter med et opsigelsesvarsel på seks måneder.

Fravær
Fuld takst betales uanset fravær.
"""
FRAMEWORK = """RAMMEAFTALE

Opsigelse
Aftalen kan opsiges med 30 dages varsel til udgangen af en måned.
"""


@pytest.fixture
def mads(municipality: Municipality, contract_id: UUID) -> Persona:
    """A contract negotiator of the whole municipality, with two contract documents indexed."""
    mads = persona("mads", municipality, Role.NEGOTIATOR)
    for contract, text in ((contract_id, CONTRACT), (None, FRAMEWORK)):
        take_document(
            municipality_id=municipality.id, file=HandedIn(f"{text[:6]}.txt", text.encode()), contract_id=contract,
            actor_id=mads.user.id, now=NOW,
        )  # fmt: skip
    assert index_documents(municipality_id=municipality.id) == 2
    return mads


def names(words: str) -> list[str]:
    return sorted(hit.document.name for hit in queries.found_documents(asked(words), page=1)[0])


@pytest.mark.usefixtures("mads")
@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("varsel", ["KONTRA.txt", "RAMMEA.txt"]),
        ("varsler måned", ["KONTRA.txt", "RAMMEA.txt"]),
        ('"opsiges med"', ["RAMMEA.txt"]),
        ("varsel -fravær", ["RAMMEA.txt"]),
        ("fravær eller 30", ["KONTRA.txt", "RAMMEA.txt"]),
        ("opsigelsesvarsel", ["KONTRA.txt"]),
        ("hovedpine", []),
        ("670160", ["KONTRA.txt"]),
        ("1234", []),
    ],
)
def test_documents_are_found_by_their_words(words: str, found: list[str]) -> None:
    """Inflected, in compounds, in a row, without and either; the end of a CPR number is not there to find."""
    assert names(words) == found


@pytest.mark.usefixtures("mads")
def test_the_passage_is_shown_with_the_words_marked(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    with django_assert_num_queries(3):
        hits, total = queries.found_documents(asked("seks måneder"), page=1)
    (passage,) = hits[0].passages
    assert total == 1
    assert [piece.text for piece in passage.pieces if piece.marked] == ["seks", "måneder"]


@pytest.mark.usefixtures("mads")
def test_the_index_holds_no_word_in_clear() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT string_agg(words::text, ' ') FROM texts_documentwords")
        (kept,) = cursor.fetchone()
    assert not any(word in kept for word in ("vars", "opsig", "frav", "borger"))


def test_a_search_finds_nothing_of_another_units_contract(
    mads: Persona, municipality: Municipality, other_unit: Unit
) -> None:
    """The function looks in the whole municipality; the policies then keep what is not the caller's."""
    elsewhere = persona("eva", municipality, Role.NEGOTIATOR, unit=other_unit)
    with acting_as(elsewhere.token):
        assert names("varsel") == ["RAMMEA.txt"]
    with acting_as(mads.token):
        assert names("varsel") == ["KONTRA.txt", "RAMMEA.txt"]


def test_indexing_again_does_nothing_until_the_text_changes(mads: Persona) -> None:
    municipality_id = mads.user.municipality_id
    assert index_documents(municipality_id=municipality_id) == 0
    DocumentWords.objects.filter(contract_ref=None).update(source="an older text")
    assert index_documents(municipality_id=municipality_id) == 1
    assert DocumentWords.objects.count() == 2
    assert queries.documents_waiting() == 0


def test_a_text_that_cannot_be_opened_is_in_nobodys_way(mads: Persona, caplog: pytest.LogCaptureFixture) -> None:
    """It is told in the log and tried again when it changes; the others are found, and nothing is tried for ever."""
    municipality_id = mads.user.municipality_id
    sealed, whole = AgreementDocument.objects.order_by("received_at", "id")
    assert whole.text is not None
    AgreementDocument.objects.filter(id=sealed.id).update(text=bytes(whole.text))  # another row's text does not open
    DocumentWords.objects.filter(document=whole).update(source="an older text")
    assert index_documents(municipality_id=municipality_id) == 2
    assert index_documents(municipality_id=municipality_id) == 0
    assert names("varsel") == [whole.name]
    assert str(sealed.id) in caplog.text


@pytest.mark.usefixtures("mads")
def test_a_clause_is_compared_with_the_register(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    wanted = comparing.ComparisonFilter(clause="notice")
    with django_assert_num_queries(2):
        rows, _total = comparing.compared_contracts(wanted, sort="nummer", falling=False, page=1, size=50)
    row = next(row for row in rows if row.number == "K-2026-0001")
    assert (row.most_days, row.said) == (
        Decimal(180),
        "Aftalen kan opsiges af begge parter med et opsigelsesvarsel på seks måneder.",
    )
    assert row.differs is (row.registered_days not in {None, 180})
    longest = comparing.ComparisonFilter(clause="notice", least=1000)
    assert comparing.compared_contracts(longest, sort="dage", falling=True, page=1, size=50) == ([], 0)
    risky = comparing.ComparisonFilter(clause="absence", verdict="red")
    rows, total = comparing.compared_contracts(risky, sort="vurdering", falling=True, page=1, size=50)
    assert ([row.number for row in rows], total) == (["K-2026-0001"], 1)
    assert ClauseFact.objects.filter(clause="absence").exists()
