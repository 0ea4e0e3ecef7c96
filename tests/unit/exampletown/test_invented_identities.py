import re
from pathlib import Path

from lxml import etree
from stdnum import ean, iban
from stdnum.dk import cvr
from stdnum.iso7064 import mod_11_10

from unit.exampletown.answer_key import read_invoices
from unit.exampletown.town_files import TownFiles

CPR_SCHEME = re.compile(r'schemeID="DK:CPR">(\d{10})<')
WRITTEN_CPR = re.compile(r"(?<![\w-])(\d{6})[- ](\d{4})(?![\w-])")


def test_everybody_has_a_fictive_cpr_number(town: Path) -> None:
    citizens = TownFiles(town).rows("borgere.csv")
    assert len({row["cpr"] for row in citizens}) == len(citizens)
    assert all(61 <= int(row["cpr"][:2]) <= 91 for row in citizens)


def test_invoices_name_fictive_cpr_numbers_only(town: Path) -> None:
    found = 0
    for answer in read_invoices(town)[::3]:
        text = (town / answer.document).read_text("utf-8", errors="replace")
        written = CPR_SCHEME.findall(text) + [first for first, _ in WRITTEN_CPR.findall(text)]
        found += len(written)
        assert all(61 <= int(cpr[:2]) <= 91 for cpr in written), answer.document
    assert found > 200


def test_check_digits_are_right(town: Path) -> None:
    files = TownFiles(town)
    assert all(ean.is_valid(row["ean"]) for row in files.rows("enheder.csv"))
    assert all(cvr.is_valid(row["cvr"]) for row in files.rows("leverandører.xlsx"))
    assert all(mod_11_10.is_valid(number[1:].replace("-", "")) for number in files.grants)
    assert all(re.fullmatch(r"B\d{7}-\d", number) for number in files.grants)
    assert all(re.fullmatch(r"K-\d{4}-\d{4,5}", number) for number in files.contracts)
    assert all(re.fullmatch(r"(\d{16})?", row["kontostreng"]) for row in files.grants.values())


def test_iban_is_the_registered_account(town: Path) -> None:
    accounts = {row["konto"].replace(" ", "") for row in TownFiles(town).rows("leverandører.xlsx")}
    path = ".//{*}PayeeFinancialAccount/{*}ID"
    seen = 0
    for answer in read_invoices(town)[::2]:
        if answer.planted:
            continue
        found = etree.parse(town / answer.document).find(path)
        if found is not None and (found.text or "").startswith("DK"):
            seen += 1
            assert iban.is_valid(found.text)
            assert (found.text or "")[4:] in accounts
    assert seen > 50
