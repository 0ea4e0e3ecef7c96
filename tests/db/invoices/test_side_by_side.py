"""Grant, contract and invoice side by side: each cell tells what that one says, and not what another does."""

from datetime import date
from decimal import Decimal

from styr.contracts.models import AgreedTerms, Contract
from styr.grants.models import OwnRate, ServiceLine
from styr.invoices.case import invoice_case
from styr.invoices.comparing import Row, compared

from .conftest import CLEAN_GRANT, Village


def price_row(village: Village) -> Row:
    case = invoice_case(village.clean.id)
    (claim,) = case.claims
    return next(row for row in compared(case, claim, (), case.services).rows if row.key == "price")


def bought() -> ServiceLine:
    return ServiceLine.objects.get(grant__number=CLEAN_GRANT, service="ophold")


def test_a_service_on_the_contract_has_the_contract_s_price(village: Village) -> None:
    row = price_row(village)
    assert (row.grant.text, row.contract.text, row.contract.tone) == ("1.950 kr.", "1.950 kr.", "")


def test_a_price_of_the_grant_s_own_is_not_told_as_the_contract_s(village: Village) -> None:
    line = bought()
    ServiceLine.objects.filter(id=line.id).update(contract_line=None)
    OwnRate.objects.create(
        municipality_id=line.municipality_id, unit_id=line.unit_id, service_line=line, valid_from=date(2026, 1, 1),
        amount=Decimal(1800),
    )  # fmt: skip
    row = price_row(village)
    assert (row.grant.text, row.contract.text) == ("1.800 kr.", "–")


def test_a_grant_priced_at_another_than_the_contract_s_is_marked(village: Village) -> None:
    ServiceLine.objects.filter(id=bought().id).update(factor=Decimal("1.5"))
    row = price_row(village)
    assert (row.grant.text, row.contract.text) == ("2.925 kr.", "1.950 kr.")
    assert (row.contract.tone, row.contract.note) == ("warning", "en anden end bevillingens")


def test_the_terms_of_absence_are_those_of_the_days_asked_for(village: Village) -> None:
    """A supplement in force before the period is what explains the deduction, and not what the contract first said."""
    contract = bought().grant.contract
    assert contract is not None

    def terms() -> str:
        (claim,) = invoice_case(village.clean.id).claims
        assert claim.contract is not None
        return f"{claim.contract.free_days} {claim.contract.absence_share.normalize()}"

    (claim,) = invoice_case(village.clean.id).claims
    assert claim.starts is not None
    assert claim.ends is not None
    Contract.objects.filter(id=contract.id).update(absence_free_days=14, absence_billable=Decimal("0.5"))
    assert terms() == "14 0.5"
    held = {"municipality_id": contract.municipality_id, "unit_id": contract.unit_id, "contract": contract}
    AgreedTerms.objects.create(**held, valid_from=claim.ends, absence_free_days=3)
    assert terms() == "14 0.5", "what is agreed later says nothing of these days"
    AgreedTerms.objects.update(valid_from=claim.starts)
    assert terms() == "3 0.5"
