from datetime import date

import pytest

from styr.invoices.core.extract.text_periods import period_in

ISSUED = date(2025, 11, 3)
OCTOBER = ("2025-10-01", "2025-11-01")


@pytest.mark.parametrize(
    "text",
    [
        "1.-31. oktober 2025",
        "1. - 31. oktober",
        "Ophold 01.10.2025 - 31.10.2025",
        "01/10-31/10 2025",
        "1/10 - 31/10-2025",
        "1/10-31/10",
        "01.10-31.10.2025",
        "1.10.-31.10.",
        "01-10-2025 til 31-10-2025",
        "fra den 1. oktober til den 31. oktober",
        "Periode: 2025-10-01 – 2025-10-31",
        "20251001-20251031",
        "fra 1. okt t.o.m. 31. okt.",
        "1-31/10 2025",
        "1.10.25 - 31.10.25",
        "Botilbud oktober 2025",
        "okt. 2025",
        "Okt '25",
        "10/2025",
        "2025-10",
        "oktober måned 2025",
        "31 døgn á 2.150,00 kr. oktober",
        "Jf. kontrakt af 1. januar 2024, ophold oktober",
        "CPR 010380-1234 oktober 2025",
        "Per Hansen, f. 18.03.2011, oktober 2025",
    ],
)
def test_a_month_is_read_however_it_is_written(text: str) -> None:
    period = period_in([text], issued=ISSUED)
    assert period is not None
    assert (str(period.start), str(period.end)) == OCTOBER


@pytest.mark.parametrize(
    ("text", "start", "end"),
    [
        ("1. oktober til og med 15. november 2025", "2025-10-01", "2025-11-16"),
        ("oktober-november 2025", "2025-10-01", "2025-12-01"),
        ("okt/nov 2025", "2025-10-01", "2025-12-01"),
        ("december 2024 - januar 2025", "2024-12-01", "2025-02-01"),
        ("Perioden 15. december 2024 - 14. januar 2025", "2024-12-15", "2025-01-15"),
        ("15/12-14/1", "2024-12-15", "2025-01-15"),
        ("uge 40-43", "2025-09-29", "2025-10-27"),
        ("uge 40, 41 og 42", "2025-09-29", "2025-10-20"),
        ("uge 40/2025", "2025-09-29", "2025-10-06"),
        ("uge 40/25", "2025-09-29", "2025-10-06"),
        ("uge 52-1", "2024-12-23", "2025-01-06"),
        ("4. kvartal 2025", "2025-10-01", "2026-01-01"),
        ("Q3 2025", "2025-07-01", "2025-10-01"),
        ("1. halvår 2025", "2025-01-01", "2025-07-01"),
        ("ledsagelse d. 14.10.2025", "2025-10-14", "2025-10-15"),
        ("3/10, 10/10 og 17/10", "2025-10-03", "2025-10-18"),
        ("Maj Hansen, juni 2025", "2025-06-01", "2025-07-01"),
    ],
)
def test_ranges_weeks_and_quarters_are_read(text: str, start: str, end: str) -> None:
    period = period_in([text], issued=ISSUED)
    assert period is not None
    assert (str(period.start), str(period.end)) == (start, end)


@pytest.mark.parametrize(
    "text", ["5 timer á 450,50", "født 14.03.1980", "1/2 time", "Støtte", "K-2026-0123", "31. juni 2025"]
)
def test_what_is_no_period_is_none(text: str) -> None:
    assert period_in([text], issued=ISSUED) is None


def test_the_year_is_inferred_from_the_issue_date() -> None:
    december = period_in(["december"], issued=date(2026, 1, 5))
    january = period_in(["januar"], issued=date(2025, 12, 28))
    assert december is not None
    assert january is not None
    assert december.start == date(2025, 12, 1)
    assert january.start == date(2026, 1, 1)


def test_without_an_issue_date_only_written_years_are_read() -> None:
    assert period_in(["oktober"], issued=None) is None
    written = period_in(["oktober 2025"], issued=None)
    assert written is not None
    assert written.start == date(2025, 10, 1)


def test_weeks_over_new_year_belong_to_the_year_that_has_begun() -> None:
    period = period_in(["uge 49-1 2026"], issued=date(2026, 1, 5))
    assert period is not None
    assert (period.start, period.end) == (date(2025, 12, 1), date(2026, 1, 5))


def test_weeks_cut_by_the_turn_of_a_month_can_mean_the_month() -> None:
    june = period_in(["uge 23-27 2026"], issued=date(2026, 7, 1))
    whole = period_in(["uge 24-26 2026"], issued=date(2026, 7, 1))
    assert june is not None
    assert june.other_reading == (date(2026, 6, 1), date(2026, 7, 1))
    assert whole is not None
    assert whole.other_reading is None


def test_the_most_exact_writing_wins() -> None:
    period = period_in(["Faktura oktober 2025", "1.-15. oktober 2025"], issued=ISSUED)
    assert period is not None
    assert period.end == date(2025, 10, 16)


def test_a_single_day_can_mean_its_month() -> None:
    day = period_in(["leveret d. 31.10.2025"], issued=ISSUED)
    assert day is not None
    assert day.other_reading == (date(2025, 10, 1), date(2025, 11, 1))


def test_a_text_that_was_cut_off_says_nothing_beside_the_whole_one() -> None:
    whole = "Behandlingsforløb for perioden 1/11-30/11 2025"
    found = period_in([whole[:40], whole], issued=date(2025, 12, 9))
    assert found is not None
    assert (found.start, found.end) == (date(2025, 11, 1), date(2025, 12, 1))
