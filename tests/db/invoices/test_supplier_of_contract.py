"""An invoice from the grant's supplier is not paid when the contract was made with another."""

from styr.contracts.models import Contract
from styr.controls.queries import FindingFilter, findings_by_kind
from styr.invoices.core.codes import Status
from styr.invoices.services import control_everything
from styr.suppliers.models import Supplier

from .conftest import NOW, TODAY, Village


def test_the_contract_s_party_must_be_who_bills(village: Village) -> None:
    assert village.clean.status == Status.READY.value
    other = Supplier.objects.get(source_id="L2")
    Contract.objects.filter(number="K-2026-0001").update(supplier_id=other.id)
    control_everything(municipality_id=village.municipality_id, today=TODAY, now=NOW)
    village.clean.refresh_from_db()
    assert village.clean.status == Status.DEVIATING.value
    stops = findings_by_kind(FindingFilter(invoice_id=village.clean.id, hard_stop=True))
    assert [stop.title for stop in stops] == ["Leverandøren er ikke part"]
