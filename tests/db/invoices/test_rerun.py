"""A change in a register moves the invoices that it touches, and no others."""

from datetime import date, timedelta

from styr.contracts.services import sign_contract
from styr.controls.queries import FindingFilter, finding_page
from styr.controls.rerunning import rerun
from styr.grants.bulk import upsert_absences
from styr.grants.core.rows import AbsenceRow
from styr.invoices.core.codes import Status
from styr.invoices.models import Claim, Invoice, LineMatch
from styr.invoices.services import approve_invoice

from .conftest import CLEAN_GRANT, NOW, TODAY, Village

LATER = NOW + timedelta(days=1)


def statuses(village: Village) -> tuple[str, str]:
    found = dict(Invoice.objects.values_list("id", "status"))
    return found[village.clean.id], found[village.stopped.id]


def codes(invoice: Invoice) -> set[str]:
    return {found.code for found in finding_page(FindingFilter(invoice_id=invoice.id)).rows}


def absence(village: Village) -> object:
    """All of January, of which the contract lets fourteen days be paid in full; gives the grant's id."""
    away = AbsenceRow(grant_source_id=CLEAN_GRANT, starts=date(2026, 1, 1), ends=date(2026, 2, 1), reason="indlæggelse")
    upsert_absences([away], municipality_id=village.municipality_id)
    return LineMatch.objects.get(invoice=village.clean).grant_id


def test_as_imported_one_is_ready_and_one_is_stopped(village: Village) -> None:
    assert statuses(village) == (Status.READY, Status.DEVIATING)
    assert codes(village.clean) == set()
    assert codes(village.stopped) == {"invoice_contract_unsigned"}


def test_an_absence_recorded_later_makes_a_ready_invoice_deviate(village: Village) -> None:
    grant_id = absence(village)
    rerun(municipality_id=village.municipality_id, today=TODAY, now=LATER, changed=[grant_id])
    assert statuses(village) == (Status.DEVIATING, Status.DEVIATING)
    assert codes(village.clean) == {"invoice_absence_not_deducted"}
    claim = Claim.objects.get(invoice=village.clean)
    assert (claim.claimed_ore, claim.expected_ore) == (6_045_000, 14 * 195_000 + 17 * 97_500)


def test_a_signed_contract_makes_a_stopped_invoice_ready_and_closes_the_finding(village: Village) -> None:
    contract_id = LineMatch.objects.get(invoice=village.stopped).contract_id
    sign_contract(contract_id=contract_id, signed_on=date(2025, 12, 20))
    rerun(municipality_id=village.municipality_id, today=TODAY, now=LATER, changed=[contract_id])
    assert statuses(village) == (Status.READY, Status.READY)
    assert codes(village.stopped) == set()


def test_a_change_elsewhere_moves_nothing(village: Village) -> None:
    absence(village)
    other = LineMatch.objects.get(invoice=village.stopped).grant_id
    rerun(municipality_id=village.municipality_id, today=TODAY, now=LATER, changed=[other])
    assert statuses(village) == (Status.READY, Status.DEVIATING)


def test_what_a_person_approved_stays_approved_but_the_deviation_is_told(village: Village) -> None:
    approve_invoice(invoice_id=village.clean.id, reason="Set", actor_id=village.clerk.id, seen=None, now=NOW)
    rerun(municipality_id=village.municipality_id, today=TODAY, now=LATER, changed=[absence(village)])
    assert statuses(village)[0] == Status.APPROVED
    assert codes(village.clean) == {"invoice_absence_not_deducted"}
