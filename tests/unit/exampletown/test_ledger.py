"""The town's books: what they promise to whoever tries a program on them."""

import csv
from collections import Counter, defaultdict
from datetime import date
from decimal import Decimal
from pathlib import Path
from random import Random

import pytest

from exampletown.generate import make_town
from exampletown.ledger_budget import budget_rows
from exampletown.ledger_files import open_books
from unit.exampletown.town_files import TownFiles

Row = dict[str, str]


def rows(path: Path) -> list[Row]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter=";"))


def kroner(text: str) -> Decimal:
    return Decimal(text.replace(",", "."))


@pytest.fixture(scope="module")
def postings(town: Path) -> list[Row]:
    return [row for path in sorted(town.glob("posteringer-*.csv")) for row in rows(path)]


@pytest.fixture(scope="module")
def key(town: Path) -> list[Row]:
    return rows(town.with_name("kommune-facit") / "ledger.csv")


def test_a_voucher_and_line_stand_once_in_an_accounting_year(postings: list[Row]) -> None:
    assert len({(row["periode"][3:], row["bilag_nr"], row["linje_nr"]) for row in postings}) == len(postings)


def test_accounts_have_sixteen_digits_and_months_belong_to_the_year_of_booking_or_the_one_before(
    postings: list[Row],
) -> None:
    assert all(len(row["konto"]) == 16 and row["konto"].isdigit() for row in postings)
    assert all(int(row["bogført"][6:]) - int(row["periode"][3:]) in {0, 1} for row in postings)


def test_an_invoice_that_was_paid_was_paid_to_the_ore(town: Path, postings: list[Row]) -> None:
    paid: defaultdict[tuple[str, str], Decimal] = defaultdict(Decimal)
    for row in postings:
        if row["faktura_nr"]:
            paid[row["cvr"], row["faktura_nr"]] += kroner(row["beløb"])
    sent: defaultdict[tuple[str, str], set[Decimal]] = defaultdict(set)
    for row in rows(town.with_name("kommune-facit") / "invoices.csv"):
        sent[row["supplier_cvr"], row["invoice_number"]].add(kroner(row["invoiced"]))
    once = {one: amount for one, amount in paid.items() if amount in sent[one]}
    assert len(once) > 0.98 * len(paid)


def test_most_of_what_is_right_and_much_of_what_is_wrong_has_been_paid(town: Path, postings: list[Row]) -> None:
    paid = {(row["cvr"], row["faktura_nr"]) for row in postings if row["faktura_nr"]}
    shares = Counter[tuple[bool, bool]]()
    for row in rows(town.with_name("kommune-facit") / "invoices.csv"):
        if row["issued"] and row["issued"][3:] in {"01-2026", "02-2026", "03-2026"}:
            shares[row["codes"] == "clean", (row["supplier_cvr"], row["invoice_number"]) in paid] += 1
    assert shares[True, True] > 0.95 * (shares[True, True] + shares[True, False])
    assert 0.5 < shares[False, True] / (shares[False, True] + shares[False, False]) < 0.95


def test_the_key_names_lines_and_grants_that_are_there(town: Path, postings: list[Row], key: list[Row]) -> None:
    places = {f"{row['periode'][3:]}/{row['bilag_nr']}/{row['linje_nr']}" for row in postings}
    grants = {row["bevilling_nr"] for row in rows(town / "bevillingsydelser.csv")}
    named = {"posting": places, "grant": grants}
    assert all(row["subject"] in named[row["subject_kind"]] for row in key)
    assert {row["defect"] for row in key} == {
        "duplicate_posting",
        "grant_without_payment",
        "payment_without_grant",
        "wrong_account",
    }


def test_a_grant_that_the_key_calls_unpaid_has_no_payment_under_its_number(postings: list[Row], key: list[Row]) -> None:
    paid = {row["bevilling_nr"] for row in postings if row["art"] == "betaling"}
    assert not [row for row in key if row["defect"] == "grant_without_payment" and row["subject"] in paid]


def test_budgets_are_believable_beside_what_was_spent(town: Path, postings: list[Row]) -> None:
    spent = sum(kroner(row["beløb"]) for row in postings if row["periode"].endswith("2026") and row["periode"] < "10")
    budget = Decimal(0)
    for row in TownFiles(town).rows("budgetter.xlsx"):
        if row["år"] == "2026" and row["art"] != "korrigeret":
            budget += Decimal(row["beløb"])
    assert Decimal("0.93") < spent / (budget * 9 / 12) < Decimal("1.07")


def test_a_small_town_shares_small_costs_that_it_has_budgeted() -> None:
    town = make_town(seed=1, scale=0.05, today=date(2026, 11, 22))
    books = open_books(1, town)
    books.book_by_hand()
    lines = [line for voucher in books.vouchers for line in voucher.lines if line.month.year == 2026]
    shared = sum(line.amount for line in lines if line.kind == "korrektion")
    rng = Random(1)  # noqa: S311 - the town's own way to draw
    budgeted = [row for row in budget_rows(rng, books) if row[0] == 2026]
    whole = sum(row[4] for row in budgeted if row[2] == "oprindelig" and row[4] > 0)
    assert shared < whole / 50
    meant = sum(row[4] for row in budgeted if row[-1] == "Fælles drift")
    assert Decimal("0.8") < shared / (meant * 10 / 12) < Decimal("1.25")
