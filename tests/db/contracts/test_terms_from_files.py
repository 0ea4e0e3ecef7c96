"""Terms in a file of contracts: written with the contract, written again without a change, never over others."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from uuid import UUID

from db.registers.registers import CONTRACT, FRAMEWORK
from styr.access.models import Municipality
from styr.contracts import bulk
from styr.contracts.agreed import agreed_card
from styr.contracts.core.agreement import Agreement
from styr.contracts.core.codes import IndexKind, NoticeFrom
from styr.contracts.models import AgreedTerms, Contract, Supplement
from styr.kernel.upsert import UpsertResult

AGREED = replace(
    CONTRACT, days_after_death=14, vacancy_billable=Decimal(0), notice_from="month_end", index_kind="pl",
    index_percent=Decimal("2.5"), invoice_days=365, moved_in_on=date(2026, 1, 4),
)  # fmt: skip


def written(municipality: Municipality, *rows: object) -> UpsertResult:
    return bulk.upsert_contracts(rows, municipality_id=municipality.id)  # type: ignore[arg-type]  # contract rows


def test_terms_of_a_file_are_the_contracts_from_its_first_day(contract_id: UUID, municipality: Municipality) -> None:
    """Once is a change, twice is none, and a file without the columns leaves them alone."""
    assert written(municipality, AGREED).changed == 1
    again = written(municipality, AGREED)
    assert (again.inserted, again.changed, again.unchanged, again.errors) == (0, 0, 1, ())
    assert written(municipality, CONTRACT).changed == 0
    card = agreed_card(contract_id)
    assert [(one.valid_from, one.valid_to) for one in card.periods] == [(CONTRACT.starts, None)]
    assert card.periods[0].terms == Agreement(
        days_after_death=14, vacancy_billable=Decimal("0.0000"), notice_from=NoticeFrom.MONTH_END,
        index_kind=IndexKind.PL, index_percent=Decimal("2.5000"), invoice_days=365,
    )  # fmt: skip
    assert card.moved_in_on == date(2026, 1, 4)


def test_what_a_supplement_changed_stays_when_the_file_comes_again(
    contract_id: UUID, municipality: Municipality
) -> None:
    """The file's terms end where the supplement's begin."""
    contract = Contract.objects.get(id=contract_id)
    day = date(2026, 7, 1)
    common = {"municipality_id": municipality.id, "unit_id": contract.unit_id, "contract": contract, "valid_from": day}
    tied = Supplement.objects.create(supplement_no=1, title="Død", signed_on=day, **common)
    AgreedTerms.objects.create(supplement=tied, days_after_death=7, **common)
    assert written(municipality, AGREED).errors == ()
    periods = agreed_card(contract_id).periods
    assert [(one.valid_from, one.valid_to, one.terms.days_after_death) for one in periods] == [
        (CONTRACT.starts, day, 14), (day, None, 7),
    ]  # fmt: skip


def test_a_call_off_is_placed_and_what_cannot_be_is_told(contract_id: UUID, municipality: Municipality) -> None:
    """The framework may stand in the same file; each error names its column and says the mend."""
    right = written(municipality, FRAMEWORK, replace(CONTRACT, framework_number="K-2026-0002"))
    assert (right.changed, right.errors) == (1, ())
    placed = agreed_card(contract_id).framework
    assert placed is not None
    assert placed.number == "K-2026-0002"
    wrong = written(
        municipality,
        replace(CONTRACT, framework_number="K-2026-0099", days_after_death=9000),
        replace(FRAMEWORK, framework_number="K-2026-0002", moved_in_on=date(2026, 1, 1)),
    )
    assert [(one.row, one.column) for one in wrong.errors] == [
        (0, "dage_efter_død"), (1, "flyttet_ind"), (1, "rammeaftale_nr"),
    ]  # fmt: skip
    unfit = written(municipality, replace(AGREED, index_kind="fixed", framework_number="K-2026-0099"))
    assert [one.column for one in unfit.errors] == ["indeksering"]
    assert not AgreedTerms.objects.exists()
