from datetime import date

import pytest

from styr.access.crypto import blind_index
from styr.invoices.core.einvoice.found import Found, Place
from styr.invoices.core.einvoice.parties import IdentifierKind
from styr.invoices.core.extract.keys import InvoiceKey, KeyKind, contract_numbers_in, extract_keys
from styr.invoices.core.extract.people import births_in, cprs_in, names_in
from styr.invoices.core.extract.services import services_in, unit_of
from styr.invoices.core.intake import HmacIndex
from styr.kernel.grant_number import GrantNumber
from styr.kernel.units import Unit
from styr.people.core.names import normalised_name

INDEX = HmacIndex(b"k" * 32)
ISSUED = date(2025, 11, 3)
GRANT = str(GrantNumber(1234567))


def keys(*found: Found) -> set[tuple[KeyKind, str]]:
    return {(key.kind, key.value) for key in extract_keys(found, issued=ISSUED, index=INDEX)}


@pytest.mark.parametrize(
    "written", [GRANT, GRANT.lower(), GRANT.replace("-", ""), f"Bev.nr. {GRANT}, oktober", GRANT.replace("-", " ")]
)
def test_grant_numbers_are_found_however_they_are_written(written: str) -> None:
    assert (KeyKind.GRANT, GRANT) in keys(Found(Place.ORDER, written))


def test_a_wrong_check_digit_is_no_key() -> None:
    wrong = GRANT[:-1] + str((int(GRANT[-1]) + 1) % 10)
    assert keys(Found(Place.ORDER, wrong)) == set()


def test_contract_numbers_are_normalised() -> None:
    assert list(contract_numbers_in("k 2026 0123, K-2025/00012 og K20260123")) == [
        "K-2026-0123",
        "K-2025-00012",
        "K-2026-0123",
    ]


def test_a_cpr_number_and_a_name_leave_only_as_blind_indexes() -> None:
    found = Found(Place.NOTE, "Vedr. Per Møller Hansen, 610280-1234")
    values = {value for _, value in keys(found)}
    assert INDEX.cpr("6102801234") in values
    assert INDEX.name("Per Møller Hansen") in values
    assert not any("1234" in value and len(value) < 64 for value in values)


def test_the_blind_index_is_that_of_the_citizen_register() -> None:
    from styr.access.keys import keys as program_keys

    index = HmacIndex(program_keys().cpr_index)
    assert index.cpr("6102801234") == blind_index("6102801234")
    assert index.name("Per  HANSEN") == blind_index(normalised_name("Per Hansen"))


def test_a_company_identifier_is_no_cpr_number() -> None:
    assert keys(Found(Place.DELIVERY_PARTY, "6102801234", IdentifierKind.GLN)) == set()


def test_a_key_is_told_once_a_level_with_its_place() -> None:
    found = [Found(Place.ORDER, GRANT), Found(Place.NOTE, GRANT), Found(Place.ITEM, GRANT, line=1)]
    assert extract_keys(found, issued=ISSUED, index=INDEX) == (
        InvoiceKey(KeyKind.GRANT, GRANT, Place.ORDER, None),
        InvoiceKey(KeyKind.GRANT, GRANT, Place.ITEM, 1),
    )


def test_names_are_every_row_of_capitalised_words_also_turned() -> None:
    assert "Per Møller Hansen" in set(names_in("Ophold for Per Møller Hansen i oktober"))
    assert "Per Møller" in set(names_in("Møller, Per"))
    assert "Elżbieta Dahl" in set(names_in("Elżbieta Dahl (101066)"))
    assert not set(names_in("Faktura Oktober"))


def test_birth_dates_are_read_after_their_word_in_brackets_and_from_masked_cprs() -> None:
    assert list(births_in("født 01.02.1980", issued=ISSUED)) == [date(1980, 2, 1)]
    assert list(births_in("f. 1. februar 1980", issued=ISSUED)) == [date(1980, 2, 1)]
    assert date(1966, 10, 10) in set(births_in("Eva Dahl (101066)", issued=ISSUED))
    assert date(1980, 2, 1) in set(births_in("610280-xxxx", issued=ISSUED))
    assert not list(births_in("ordre 101066", issued=ISSUED))


def test_only_valid_cprs_are_candidates() -> None:
    assert [cpr.digits for cpr in cprs_in("610280-1234, 993280-1234 og 6102801234567")] == ["6102801234"]


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("Socialpædagogisk støtte", "stoette"),
        ("Vågen nattevagt", "nattevagt"),
        ("Beskyttet beskæftigelse", "beskaeftigelse"),
        ("Aktivitets- og samværstilbud", "aktivitet"),
        ("Botilbud efter § 107", "ophold"),
        ("Dagbehandling", "dagbehandling"),
        ("Administrationsgebyr", None),
    ],
)
def test_the_service_is_guessed_from_the_text(text: str, first: str | None) -> None:
    assert next(iter(services_in(text)), None) == first


def test_the_unit_is_read_from_the_code_and_else_from_the_text() -> None:
    assert unit_of("HUR", "") is Unit.HOUR
    assert unit_of("DAY", "åbningsdage") is Unit.OPENING_DAY
    assert unit_of("EA", "31 døgn") is Unit.DAY
    assert unit_of("EA", "Ydelse") is None
