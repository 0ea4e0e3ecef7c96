"""The finance system's files as they come: each docstring-like text is a file, each test names the rule."""

from datetime import date
from decimal import Decimal

import pytest

from styr.integrations.core.problems import Problem, Severity
from styr.integrations.spreadsheets.core.dates import parse_month
from styr.integrations.spreadsheets.core.numbers import CellError, Style, parse_decimal
from styr.integrations.spreadsheets.core.reading import RegisterTable, read_registers
from styr.integrations.spreadsheets.core.table import Number
from styr.ledger.core.rows import BudgetRow, PostingRow

HEAD = "bilag_nr;linje_nr;bogført;periode;konto;beløb;tekst;borger_nr;cpr;cvr;faktura_nr;bevilling_nr;art\n"
ACCOUNT = "5385214000100140"


def read(text: str) -> RegisterTable:
    [table] = read_registers(text.encode(), file="p.csv", workbook=False)
    return table


def told(table: RegisterTable, severity: Severity) -> list[tuple[int | None, str]]:
    return [(one.row, one.code) for one in table.problems if one.severity is severity]


def only(table: RegisterTable, code: str) -> Problem:
    [found] = [one for one in table.problems if one.code == code]
    return found


def test_a_posting_is_read_with_everything_it_says() -> None:
    text = f"{HEAD}77;1;03-03-2026;02-2026;{ACCOUNT};1.234,50;Ophold;1001;;12345674;F-1;B0000017-9;betaling\n"
    [(_, row)] = read(text).rows
    assert row == PostingRow(
        voucher="77",
        line_no=1,
        posted_on=date(2026, 3, 3),
        month=date(2026, 2, 1),
        account_string=ACCOUNT,
        amount=Decimal("1234.50"),
        text="Ophold",
        citizen_source_id="1001",
        supplier_cvr="12345674",
        invoice_number="F-1",
        grant_number="B0000017-9",
        kind="payment",
    )


def test_other_words_for_the_columns_are_known() -> None:
    text = (
        "Bilagsnummer;Bilagslinje;Bogføringsdato;Regnskabsperiode;Kontostreng;Beløb kr.;Kreditor CVR;Reference\n"
        f"77;1;2026-03-03;2026003;{ACCOUNT};-12,00;12345674;F-1\n"
    )
    [(_, row)] = read(text).rows
    assert (row.voucher, row.month, row.amount) == ("77", date(2026, 3, 1), Decimal(-12))


@pytest.mark.parametrize(
    ("text", "amount"),
    [("1.234,50-", "-1234.50"), ("-1.234,50", "-1234.50"), ("−1 234,50", "-1234.50"), ("1,234.50-", "-1234.50")],
)
def test_less_is_read_whichever_way_a_ledger_writes_it(text: str, amount: str) -> None:
    assert parse_decimal(text, Style.UNTOLD, money=True) == Decimal(amount)


@pytest.mark.parametrize("text", ["--5", "-5-", "5 - 3", "-"])
def test_less_twice_is_no_number(text: str) -> None:
    with pytest.raises(CellError):
        parse_decimal(text, Style.UNTOLD, money=True)


@pytest.mark.parametrize(
    "text",
    ["2026-03", "03-2026", "3/2026", "202603", "2026003", "003.2026", "marts 2026", "Mar. 2026", "15-03-2026"],
)
def test_a_month_of_accounts_is_read_as_its_first_day(text: str) -> None:
    assert parse_month(text) == date(2026, 3, 1)


def test_periods_after_the_twelfth_are_the_years_december() -> None:
    assert parse_month("2026013") == parse_month("16-2026") == date(2026, 12, 1)
    assert parse_month(Number("202614")) == date(2026, 12, 1)


@pytest.mark.parametrize("text", ["3", "17-2026", "2026000", "marts", "00-2026", "03-26", "1753-02"])
def test_what_may_be_another_month_is_refused(text: str) -> None:
    with pytest.raises(CellError):
        parse_month(text)


def test_a_row_of_totals_is_passed_over_and_told_when_it_is_the_sum_of_its_rows() -> None:
    table = read(
        f"{HEAD}1;1;03-03-2026;;{ACCOUNT};1.000,00;;;;;;;\n2;1;04-03-2026;;{ACCOUNT};50,25-;;;;;;;\n"
        "Sum konto;;;;;949,75;;;;;;;\n"
        f"3;1;05-03-2026;;{ACCOUNT};100,00;;;;;;;\n"
        "I alt;;;;;100,00;;;;;;;\nHovedtotal;;;;;1.049,75;;;;;;;\n"
    )
    assert [row.voucher for _, row in table.rows] == ["1", "2", "3"]
    assert told(table, Severity.WARNING) == [(4, "total_row"), (6, "total_row"), (7, "total_row")]
    assert not table.has_errors


def test_a_total_that_is_not_the_sum_of_its_rows_keeps_the_file_out() -> None:
    table = read(f"{HEAD}1;1;03-03-2026;;{ACCOUNT};1.000,00;;;;;;;\nI alt;;;;;1.500,00;;;;;;;\n")
    assert table.has_errors
    assert only(table, "total_differs").message == (
        "I rækken står 1.500,00 i alt, men rækkerne over den giver 1.000,00."
    )


def test_a_posting_may_be_called_a_sum_in_its_text() -> None:
    table = read(f"{HEAD}1;1;03-03-2026;;{ACCOUNT};1.000,00;Total for marts;;;;;;\n")
    assert [row.voucher for _, row in table.rows] == ["1"]


def test_the_span_of_a_file_is_told_so_that_a_file_of_another_year_is_seen() -> None:
    table = read(f"{HEAD}1;1;03-03-2025;;{ACCOUNT};1,00;;;;;;;\n2;1;30-04-2025;;{ACCOUNT};1,00;;;;;;;\n")
    assert only(table, "span").message == "»bogført« går fra 03-03-2025 til 30-04-2025."
    table = read(f"{HEAD}1;1;03-03-2022;;{ACCOUNT};1,00;;;;;;;\n2;1;30-04-2025;;{ACCOUNT};1,00;;;;;;;\n")
    assert told(table, Severity.WARNING) == [(None, "years_apart")]


def test_every_wrong_row_is_told() -> None:
    table = read(
        f"{HEAD}1;1;03-03-1752;;{ACCOUNT};1,00;;;;;;;\n;1;03-03-2026;;{ACCOUNT};1,00;;;;;;;\n"
        f"3;x;03-03-2026;;123;1.234.5;;;;;;;indtægt\n"
    )
    assert [(one.row, one.column) for one in table.problems if one.severity is Severity.ERROR] == [
        (2, "bogført"),
        (3, "bilag_nr"),
        (4, "linje_nr"),
        (4, "konto"),
        (4, "beløb"),
        (4, "art"),
    ]


def test_a_budget_and_a_cost_centre_are_known_by_their_headings() -> None:
    table = read(f"år;måned;art;konto;beløb;borger_nr;bevilling_nr;enhed_nr;tekst\n2026;;tillæg;{ACCOUNT};-5;;;11;\n")
    [(_, row)] = table.rows
    assert row == BudgetRow(
        year=2026, kind="supplementary", account_string=ACCOUNT, amount=Decimal(-5), unit_source_id="11"
    )
    table = read("omkostningssted;enhed_nr;fra;til\n0010;11;01-01-2026;31-12-2026\n")
    assert (table.spec.name, table.rows[0][1].valid_to) == ("omkostningssteder", date(2027, 1, 1))
