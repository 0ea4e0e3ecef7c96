from __future__ import annotations

from datetime import date

import pytest
import stdnum.dk.cvr
import stdnum.ean
import stdnum.iso7064.mod_11_10
from hypothesis import given
from hypothesis import strategies as st

from styr.kernel import ean, grant_number
from styr.kernel.account import Account, InvalidAccountError
from styr.kernel.cpr import Cpr, InvalidCprError
from styr.kernel.cvr import Cvr, InvalidCvrError
from styr.kernel.ean import Ean, InvalidEanError
from styr.kernel.grant_number import GrantNumber, InvalidGrantNumberError


@pytest.mark.parametrize(
    ("text", "born"),
    [
        ("610203-0123", date(1903, 2, 1)),
        ("6102033123", date(1903, 2, 1)),
        ("610236 4123", date(2036, 2, 1)),
        ("610237-4123", date(1937, 2, 1)),
        ("610236-9123", date(2036, 2, 1)),
        ("610237-9123", date(1937, 2, 1)),
        ("610257-5123", date(2057, 2, 1)),
        ("610258-8123", date(1858, 2, 1)),
        ("010203-0123", date(1903, 2, 1)),
    ],
)
def test_the_century_follows_from_the_seventh_digit_and_the_year(text: str, born: date) -> None:
    assert Cpr.parse(text).birth_date == born


def test_a_cpr_number_is_masked_wherever_it_is_printed() -> None:
    cpr = Cpr.parse(" 610203-4123 ")
    assert str(cpr) == cpr.masked == "610203-••••"
    assert "4123" not in f"{cpr} {cpr!r} {[cpr]}"
    assert cpr.written == "610203-4123"


def test_day_plus_sixty_is_a_fictive_number() -> None:
    assert Cpr.parse("610203-4123").fictive
    assert not Cpr.parse("010203-4123").fictive


def test_modulus_eleven_only_warns() -> None:
    assert Cpr.parse("070761-4285").mod11_ok
    assert not Cpr.parse("070761-4286").mod11_ok


@pytest.mark.parametrize(
    "text", ["", "010203", "010203-12345", "320203-1234", "923203-1234", "010299 x123", "290201-0123"]
)
def test_what_is_no_cpr_number_is_refused_without_repeating_it(text: str) -> None:
    with pytest.raises(InvalidCprError) as refused:
        Cpr.parse(text)
    assert text == "" or text not in str(refused.value)


def test_a_cpr_number_has_ten_digits() -> None:
    with pytest.raises(InvalidCprError):
        Cpr("010203-1234")


@given(st.integers(0, 10**7 - 1))
def test_a_grant_number_survives_how_people_write_it(serial: int) -> None:
    number = GrantNumber(serial)
    written = str(number)
    for text in (written, written.lower(), written.replace("-", ""), written.replace("-", " "), f" {written} "):
        assert GrantNumber.parse(text) == number
    assert GrantNumber.find_all(f"Vedr. {written}, se også {written.lower()}.") == [number]


@given(st.integers(0, 10**7 - 1), st.integers(1, 8), st.integers(1, 9))
def test_any_single_wrong_digit_is_found(serial: int, place: int, shift: int) -> None:
    digits = str(GrantNumber(serial))[1:].replace("-", "")
    wrong = digits[: place - 1] + str((int(digits[place - 1]) + shift) % 10) + digits[place:]
    with pytest.raises(InvalidGrantNumberError, match="Kontrolcifferet"):
        GrantNumber.parse(f"B{wrong}")
    assert GrantNumber.find_all(f"B{wrong}") == []


@given(st.integers(0, 10**7 - 1))
def test_the_check_digit_is_iso_7064_mod_11_10(serial: int) -> None:
    digits = f"{serial:07d}"
    assert stdnum.iso7064.mod_11_10.calc_check_digit(digits) == str(grant_number.check_digit(digits))


@pytest.mark.parametrize("text", ["", "B123456", "X12345678", "B123456789", "12345678"])
def test_what_is_no_grant_number_is_refused(text: str) -> None:
    with pytest.raises(InvalidGrantNumberError, match="B1234567-8"):
        GrantNumber.parse(text)


def test_a_grant_number_inside_another_word_is_none() -> None:
    written = str(GrantNumber(1234567)).replace("-", "")
    assert GrantNumber.find_all(f"A{written} {written}9") == []


@pytest.mark.parametrize("serial", [-1, 10**7])
def test_serials_have_seven_digits(serial: int) -> None:
    with pytest.raises(InvalidGrantNumberError):
        GrantNumber(serial)


@given(st.integers(10_000_000, 99_999_999))
def test_cvr_agrees_with_the_standard_library_of_numbers(number: int) -> None:
    try:
        assert str(Cvr.parse(f"DK {number}")) == str(number)
    except InvalidCvrError:
        assert not stdnum.dk.cvr.is_valid(str(number))
    else:
        assert stdnum.dk.cvr.is_valid(str(number))


@pytest.mark.parametrize("text", ["", "1234567", "01234567", "1358562x"])
def test_what_is_no_cvr_number_is_refused(text: str) -> None:
    with pytest.raises(InvalidCvrError):
        Cvr.parse(text)


@given(st.integers(0, 10**12 - 1))
def test_ean_check_digit_is_gs1(number: int) -> None:
    digits = f"{number:012d}"
    check = ean.check_digit(digits)
    assert stdnum.ean.calc_check_digit(digits) == str(check)
    assert str(Ean.parse(f" {digits}{check} ")) == f"{digits}{check}"
    with pytest.raises(InvalidEanError, match="tastefejl"):
        Ean.parse(f"{digits}{(check + 1) % 10}")


def test_an_ean_number_has_thirteen_digits() -> None:
    with pytest.raises(InvalidEanError, match="tretten"):
        Ean.parse("579000")


def test_an_account_string_is_split_into_its_parts() -> None:
    account = Account.parse("5.28.20.1.4.1234.001.4.0")
    assert (account.function_number, account.operation, account.ownership) == ("5.28.20", "1", "4")
    assert (account.cost_centre, account.grouping, account.main_type, account.type) == ("1234", "001", "4", "0")
    assert str(account) == "5282014123400140"


@pytest.mark.parametrize("text", ["", "528201412340014", "528201412340014x", "52820141234001400"])
def test_what_is_no_account_string_is_refused(text: str) -> None:
    with pytest.raises(InvalidAccountError, match="seksten"):
        Account.parse(text)


def test_a_part_of_an_account_string_has_its_width() -> None:
    with pytest.raises(InvalidAccountError, match="2 cifre"):
        Account("5", "2", "20", "1", "4", "1234", "001", "4", "0")
