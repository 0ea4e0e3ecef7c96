"""Payment files, their vouchers and the finance system's answer."""

from dataclasses import replace
from datetime import date, timedelta
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from styr.integrations.spreadsheets.core.reading import read_registers
from styr.kernel.calendar import is_banking_day
from styr.ledger.core.booking import booked
from styr.ledger.core.codes import LineState
from styr.ledger.core.formulas import guarded, unguarded
from styr.ledger.core.payment_answer import UnreadableAnswerError, read_answer
from styr.ledger.core.payment_file import (
    Payable,
    Share,
    bank_days,
    due_before,
    kroner,
    payment_csv,
    seal_of,
    voucher_csv,
)

JAN = date(2026, 1, 1)
ACCOUNT = "5385214000100140"


def payable(ore: int = 100_000, *shares: Share) -> Payable:
    return Payable(
        invoice_id=UUID(int=1),
        cvr="12345674",
        supplier="Bostedet; Ærø ApS",
        account="9912 0123456789",
        number="F-1",
        amount_ore=ore,
        due=date(2026, 2, 14),
        shares=shares,
    )


def share(ore: int, grant: str = "B0000017-9", account: str = ACCOUNT, month: date = JAN) -> Share:
    return Share(grant_number=grant, citizen_number="1001", account_string=account, month=month, amount_ore=ore)


def test_a_file_has_a_line_an_invoice() -> None:
    assert payment_csv(7, [payable(), payable(-5)]).decode().splitlines() == [
        "fil_nr;linje_nr;cvr;leverandør;konto;faktura_nr;beløb;forfald;art",
        '7;1;12345674;"Bostedet; Ærø ApS";9912 0123456789;F-1;1000,00;14-02-2026;faktura',
        '7;2;12345674;"Bostedet; Ærø ApS";9912 0123456789;F-1;-0,05;14-02-2026;kreditnota',
    ]


def test_vouchers_are_read_back_as_postings_to_the_ore() -> None:
    lines = [payable(100_000, share(60_000), share(30_000), share(9_000, "B1"), share(500, "B1"))]
    [table] = read_registers(voucher_csv(7, date(2026, 2, 13), lines), file="b.csv", workbook=False)
    assert [(r.voucher, r.line_no, int(r.amount * 100), r.grant_number) for _, r in table.rows] == [
        ("STYR-00007-00001", 1, 90_500, "B0000017-9"),
        ("STYR-00007-00001", 2, 9_500, "B1"),
    ]


@given(st.integers(-10_000_000, 10_000_000).filter(bool), st.lists(st.integers(-9_999, 99_999), max_size=5))
def test_a_voucher_sums_to_what_is_paid(ore: int, parts: list[int]) -> None:
    made = payable(ore, *(share(part, f"B{n}") for n, part in enumerate(parts)))
    rows = voucher_csv(1, JAN, [made]).decode().splitlines()[1:]
    amounts = [row.split(";")[5].replace(",", "") for row in rows]
    assert sum(int(amount) for amount in amounts) == ore


@given(st.text("='+-@\t\r\n 1A", max_size=6))
def test_a_guarded_text_comes_back_as_it_was_and_is_no_formula(text: str) -> None:
    assert unguarded(guarded(text)) == text
    assert guarded(text)[:1] not in {*"=+-@\t\r\n"}
    assert bool(guarded(text)) == bool(text)


@pytest.mark.parametrize("number", ["+123", "-123", "=1", "@1", "'+1", "F-1", "'68"])
def test_an_invoice_number_that_looks_like_a_formula_can_be_matched_when_it_is_read_back(number: str) -> None:
    line = replace(payable(100, share(100)), number=number, supplier="-2+3+cmd|' /C calc'!A0", account="")
    [_, told] = payment_csv(7, [line]).decode().splitlines()
    assert told.split(";")[3] == "'-2+3+cmd|' /C calc'!A0"
    assert told.split(";")[4] == ""
    [table] = read_registers(voucher_csv(7, date(2026, 2, 13), [line]), file="b.csv", workbook=False)
    assert [booked(row)["invoice_number"] for _, row in table.rows] == [number]


def test_days_that_were_missed_are_caught_up_one_by_one() -> None:
    assert bank_days(date(2026, 5, 12), date(2026, 5, 19)) == (
        date(2026, 5, 13),
        date(2026, 5, 18),
        date(2026, 5, 19),
    )
    assert bank_days(None, date(2026, 5, 17)) == (date(2026, 5, 13),)
    assert bank_days(date(2026, 5, 19), date(2026, 5, 19)) == ()


@given(st.dates(date(2025, 1, 1), date(2030, 12, 31)), st.integers(0, 60))
def test_every_bank_day_is_made_once_however_the_runs_fall(start: date, days: int) -> None:
    at_once = bank_days(start, start + timedelta(days=days))
    latest, one_by_one = start, []
    for n in range(days + 1):
        for day in bank_days(latest, start + timedelta(days=n)):
            one_by_one.append(day)
            latest = day
    assert tuple(one_by_one) == at_once
    assert all(is_banking_day(day) for day in at_once)


def test_what_is_due_before_the_next_bank_day_goes_with_this_one() -> None:
    assert due_before(date(2026, 5, 13)) == date(2026, 5, 18)
    assert due_before(date(2026, 5, 18)) == date(2026, 5, 19)


def test_a_seal_hangs_on_everything_and_on_the_seal_before() -> None:
    one = seal_of(1, JAN, b"a", b"b", "")
    assert len({one, *(seal_of(*given) for given in (
        (2, JAN, b"a", b"b", ""), (1, JAN, b"x", b"b", ""), (1, JAN, b"a", b"x", ""), (1, JAN, b"a", b"b", one),
    ))}) == 5  # fmt: skip


@pytest.mark.parametrize(("ore", "told"), [(0, "0,00"), (5, "0,05"), (-100_001, "-1000,01")])
def test_amounts_are_kroner_with_a_comma(ore: int, told: str) -> None:
    assert kroner(ore) == told


HEAD = "fil_nr;linje_nr;status;årsag\n"
STATES = {1: LineState.SENT, 2: LineState.SENT, 3: LineState.ACCEPTED}


def test_an_answer_is_read_line_by_line_and_may_come_in_parts() -> None:
    found = read_answer(f"{HEAD}7;2;Afvist;Ukendt konto\n7;3;modtaget;\n".encode(), number=7, states=STATES)
    assert [(one.line_no, one.state, one.reason) for one in found] == [
        (2, LineState.REFUSED, "Ukendt konto"),
        (3, LineState.ACCEPTED, ""),
    ]


@pytest.mark.parametrize(
    ("rows", "told"),
    [
        ("8;1;modtaget;\n", "Række 2: filnummeret er »8«, men filen har nummer 7."),
        ("7;9;modtaget;\n", "filen har ingen linje »9«"),
        ("7;1;modtaget;\n7;1;modtaget;\n", "Række 3: linje 1 står flere gange."),
        ("7;1;måske;\n", "status »måske« kendes ikke. Brug modtaget eller afvist."),
        ("7;1;afvist;\n", "linje 1 er afvist uden årsag"),
        ("7;٢;modtaget;\n", "filen har ingen linje »٢«"),
        (f"7;{'9' * 5_000};modtaget;\n", f"filen har ingen linje »{'9' * 40}…«"),
        (f"7;1;afvist;{'x' * 200_000}\n", "en celle er alt for lang"),
        ("7;1;afvist;a\0b\n", "tegn, der ikke er tekst"),
        ("7;1;150687-1234;\n", "status »150687-••••« kendes ikke"),
        ("7;3;afvist;Lukket\n", "linje 3 er allerede besvaret: modtaget"),
        ("", "mindst én række"),
    ],
)
def test_an_answer_that_may_mean_something_else_is_refused(rows: str, told: str) -> None:
    with pytest.raises(UnreadableAnswerError, match=told.replace("(", r"\(")):
        read_answer(f"{HEAD}{rows}".encode(), number=7, states=STATES)
    with pytest.raises(UnreadableAnswerError, match="UTF-8"):
        read_answer(b"\xff\xfe", number=7, states=STATES)


def test_no_cpr_number_is_kept_of_an_answer() -> None:
    reason = "x" * 288 + " 150687-1234"
    for told, kept in (
        ("CPR 150687-1234 kendes ikke", "CPR 150687-•••• kendes ikke"),
        (reason, "x" * 288 + " 150687-••••"),
    ):
        [one] = read_answer(f"{HEAD}7;1;afvist;{told}\n".encode(), number=7, states=STATES)
        assert one.reason == kept[:300]


def test_a_reason_may_have_two_lines() -> None:
    [one] = read_answer(f'{HEAD}7;1;afvist;"Lukket\nkonto"\n'.encode(), number=7, states=STATES)
    assert one.reason == "Lukket\nkonto"
