from collections import Counter
from pathlib import Path

import pytest

from unit.exampletown.answer_key import InvoiceAnswer, read_invoices, read_registers
from unit.exampletown.town_files import TownFiles, day

EXCEPTION_CODES = {
    *("citizen_unclear", "no_grant", "no_contract", "outside_period", "duplicate", "rate_high", "rate_low"),
    *("quantity", "absence_not_deducted", "uncontracted_extra", "wrong_payer", "document_error"),
}
HARD_STOPS = {
    *("duplicate", "grant_ended", "citizen_dead_or_moved", "contract_unsigned", "new_bank_account"),
    *("supplier_not_party", "already_paid", "document_fatal"),
}
REGISTER_DEFECTS = {
    *("paid_not_delivered", "undue_indexation"),
    *("duplicate_grant", "grant_without_contract", "contract_without_grant", "contract_expired", "contract_unsigned"),
    *("contract_without_rates", "special_rate_incomplete", "rate_above_portal", "provider_not_approved"),
    *("follow_up_overdue", "grant_after_death", "grant_after_move", "account_coding_missing"),
}


@pytest.fixture(scope="module")
def answers(town: Path) -> list[InvoiceAnswer]:
    return read_invoices(town)


@pytest.fixture(scope="module")
def files(town: Path) -> TownFiles:
    return TownFiles(town)


def test_every_exception_code_and_hard_stop_is_planted(answers: list[InvoiceAnswer]) -> None:
    assert set().union(*(answer.must for answer in answers)) == EXCEPTION_CODES
    assert set().union(*(answer.hard_stop for answer in answers)) == HARD_STOPS
    assert set().union(*(answer.may | answer.one_of for answer in answers)) <= EXCEPTION_CODES
    assert set().union(*(answer.hard_stop_may for answer in answers)) <= HARD_STOPS


def test_every_register_defect_is_planted(town: Path) -> None:
    assert {answer.defect for answer in read_registers(town)} == REGISTER_DEFECTS


def test_the_key_has_one_row_for_each_document(town: Path, answers: list[InvoiceAnswer]) -> None:
    names = [answer.document for answer in answers]
    assert len(set(names)) == len(names)
    assert set(names) == {path.relative_to(town).as_posix() for path in town.rglob("*.xml")}


def test_trouble_is_as_rare_as_in_practice(answers: list[InvoiceAnswer]) -> None:
    share = Counter(answer.touchless for answer in answers)
    assert 0.05 < share["no"] / share.total() < 0.09
    assert share["yes"] / share.total() > 0.82


def test_what_may_not_be_approved_has_a_reason(answers: list[InvoiceAnswer]) -> None:
    assert all(answer.clean == (answer.touchless != "no") for answer in answers)


def test_a_clean_invoice_bills_what_is_owed(answers: list[InvoiceAnswer]) -> None:
    assert [a.document for a in answers if a.touchless == "yes" and a.expected != a.invoiced] == []


def test_a_number_is_used_again_only_by_a_resend(answers: list[InvoiceAnswer]) -> None:
    used = Counter((a.supplier_cvr, a.invoice_number) for a in answers if a.invoice_number)
    resent = {(a.supplier_cvr, a.invoice_number) for a in answers if a.planted == "resend"}
    assert {key for key, times in used.items() if times > 1} == resent


def test_a_resend_comes_after_the_first(answers: list[InvoiceAnswer]) -> None:
    first: dict[tuple[str, str], str] = {}
    for answer in sorted(answers, key=lambda a: a.document):
        key = (answer.supplier_cvr, answer.invoice_number)
        if answer.planted == "resend":
            assert key in first
        first.setdefault(key, answer.document)


def test_register_defects_agree_with_the_files(town: Path, files: TownFiles) -> None:
    keyed: dict[str, set[str]] = {}
    for answer in read_registers(town):
        keyed.setdefault(answer.defect, set()).add(answer.subject)
    granted = {n: g for n, g in files.grants.items() if g["status"] in {"bevilget", "stoppet"}}
    assert keyed["account_coding_missing"] == {n for n, g in granted.items() if not g["kontostreng"]}
    assert keyed["grant_without_contract"] == {
        n for n, g in granted.items() if g["leverandør_nr"] and not g["kontrakt_nr"]
    }
    used = {g["kontrakt_nr"] for g in files.grants.values()}
    assert keyed["contract_without_grant"] == {
        n for n, c in files.contracts.items() if c["type"] == "individuel" and n not in used
    }
    unsigned = {n for n, c in files.contracts.items() if c["status"] in {"kladde", "sendt"}}
    assert keyed["contract_unsigned"] == unsigned & {g["kontrakt_nr"] for g in granted.values()}
    assert all(files.contracts[n]["underskrevet"] == "" for n in unsigned)
    lines = {(r["kontrakt_nr"], r["linje_nr"]) for r in files.rows("kontraktlinjer.csv")}
    assert keyed["contract_without_rates"] == {
        contract for contract, line in lines if (contract, line) not in files.rates
    }


def test_prices_that_rose_against_a_fixed_one_are_keyed(town: Path, files: TownFiles) -> None:
    """Nobody promises a fixed price whose price has not risen, so the files alone tell which are wrong."""
    fixed = {number for number, one in files.contracts.items() if one["indeksering"] == "fast pris"}
    priced = {contract for contract, _line in files.rates}
    assert {a.subject for a in read_registers(town) if a.defect == "undue_indexation"} == fixed & priced
    assert fixed
    assert {one["varsel_fra"] for one in files.contracts.values()} == {"dag", "månedsslut"}


def test_grants_after_death_are_those_that_run_past_the_day(town: Path, files: TownFiles) -> None:
    died = {row["borger_nr"]: day(row["død"]) for row in files.rows("borgere.csv") if row["død"]}
    found = set()
    for number, grant in files.grants.items():
        death, last = died.get(grant["borger_nr"]), day(grant["slut"])
        if death and grant["status"] in {"bevilget", "stoppet"} and (last is None or last > death):
            found.add(number)
    assert found == {a.subject for a in read_registers(town) if a.defect == "grant_after_death"}


def test_an_invoice_on_an_unsigned_contract_is_always_a_hard_stop(
    answers: list[InvoiceAnswer], files: TownFiles
) -> None:
    unsigned = {
        n
        for n, g in files.grants.items()
        if files.contracts.get(g["kontrakt_nr"], {}).get("status") in {"kladde", "sendt"}
    }
    concerned = [a for a in answers if a.grant_numbers & unsigned]
    assert concerned
    assert all("contract_unsigned" in a.hard_stop for a in concerned)
