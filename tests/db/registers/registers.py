"""A tiny municipality as rows: two citizens, a supplier with a place, a contract with absence terms, two grants."""

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from uuid import UUID

from styr.contracts import bulk as contracts
from styr.contracts.core.rows import ClosingDayRow, ContractLineRow, ContractRateRow, ContractRow
from styr.grants import bulk as grants
from styr.grants.core.rows import AbsenceRow, GrantRow, ServiceLineRow
from styr.people import bulk as people
from styr.people.core.rows import CitizenRow, ConsentRow, GuardianRow
from styr.suppliers import bulk as suppliers
from styr.suppliers.core.rows import PortalRateRow, ProviderUnitRow, SupplierRow

IDA = CitizenRow(
    source_id="1001", cpr="6101801321", first_name="Ida", last_name="Østergård", unit_source_id="11",
    address="Ellevej 1", postal_code="9999", city="Eksempel", acting_municipality="999", paying_municipality="999",
)  # fmt: skip
BO = CitizenRow(source_id="1002", cpr="6202901432", first_name="Bo", last_name="Aagaard", unit_source_id="12")
GUARDIAN = GuardianRow(citizen_source_id="1001", name="Per Østergård", kind="værge", starts=date(2020, 1, 1))
CONSENT = ConsentRow(citizen_source_id="1001", purpose="flytning", given_by="Per Østergård", given_on=date(2026, 2, 3))
SUPPLIER = SupplierRow(
    source_id="L1", cvr="12345674", name="Bostedet Ærø ApS", kind="private", ean=None, account="12345678901234",
    account_from=date(2020, 1, 1),
)  # fmt: skip
PLACE = ProviderUnitRow(
    source_id="T1", supplier_source_id="L1", p_number="1012345678", name="Ærøhus", section="SEL-107",
    approved_from=date(2019, 1, 1), places=12,
)  # fmt: skip
PORTAL = PortalRateRow(
    provider_unit_source_id="T1", service="ophold", unit="day", valid_from=date(2026, 1, 1), amount=Decimal(2400)
)
CLOSED = ClosingDayRow(calendar="Værkstedet", day=date(2026, 7, 6))
CONTRACT = ContractRow(
    number="K-2026-0001", kind="individual", supplier_source_id="L1", provider_unit_source_id="T1",
    citizen_source_id="1001", section="SEL-107", starts=date(2026, 1, 1), ends=date(2027, 1, 1), notice_days=30,
    status="signed", signed_on=date(2025, 12, 15), absence_free_days=5, absence_billable=Decimal("0.5"),
)  # fmt: skip
FRAMEWORK = ContractRow(
    number="K-2026-0002", kind="framework", supplier_source_id="L1", section="SEL-103", starts=date(2026, 1, 1),
    status="signed", signed_on=date(2025, 12, 15),
)  # fmt: skip
BASE = ContractLineRow(contract_number="K-2026-0001", line_no=1, kind="base", service="ophold", unit="day")
EXTRA = ContractLineRow(
    contract_number="K-2026-0001", line_no=2, kind="special", service="saertakst", unit="day", purpose="Nattevagt",
    hours=Decimal(14), hourly_rate=Decimal(410), evaluation_on=date(2026, 6, 30),
)  # fmt: skip
WORK = ContractLineRow(
    contract_number="K-2026-0002", line_no=1, kind="base", service="beskaeftigelse", unit="opening_day"
)
RATES = (
    ContractRateRow(contract_number="K-2026-0001", line_no=1, valid_from=date(2026, 1, 1), amount=Decimal(2400)),
    ContractRateRow(contract_number="K-2026-0001", line_no=2, valid_from=date(2026, 1, 1), amount=Decimal(820)),
    ContractRateRow(contract_number="K-2026-0002", line_no=1, valid_from=date(2026, 1, 1), amount=Decimal("512.50")),
)
HOME = GrantRow(
    source_id="B0000017-9", citizen_source_id="1001", section="SEL-107", status="granted", starts=date(2026, 1, 1),
    case_number="S-1", caseworker="Mia", account_string="5 38 52 1 4 0001 001 4 0", contract_number="K-2026-0001",
    supplier_source_id="L1", provider_unit_source_id="T1", follow_up_on=date(2026, 12, 1),
)  # fmt: skip
HELP = GrantRow(
    source_id="SAG-77", citizen_source_id="1002", section="SEL-85", status="granted", starts=date(2026, 3, 1)
)
LINES = (
    ServiceLineRow(
        grant_source_id="B0000017-9", line_no=1, service="ophold", unit="day", quantity=Decimal(1), per="day",
        contract_line_no=1,
    ),
    ServiceLineRow(
        grant_source_id="B0000017-9", line_no=2, service="saertakst", unit="day", quantity=Decimal(1), per="day",
        contract_line_no=2, ends=date(2026, 7, 1),
    ),
    ServiceLineRow(
        grant_source_id="SAG-77", line_no=1, service="stoette", unit="hour", quantity=Decimal(5), per="week",
        price=Decimal("420.50"),
    ),
)  # fmt: skip
AWAY = AbsenceRow(grant_source_id="B0000017-9", starts=date(2026, 2, 1), ends=date(2026, 2, 15), reason="indlæggelse")


@dataclass
class Registers:
    """The rows of a tiny municipality; `load` writes them all."""

    municipality_id: UUID
    results: dict[str, object] = field(default_factory=dict)

    def load(self) -> "Registers":
        """Write every register in the order an import does."""
        to = {"municipality_id": self.municipality_id}
        self.results = {
            "citizens": people.upsert_citizens([IDA, BO], **to),
            "guardians": people.upsert_guardians([GUARDIAN], **to),
            "consents": people.upsert_consents([CONSENT], **to),
            "suppliers": suppliers.upsert_suppliers([SUPPLIER], **to),
            "provider_units": suppliers.upsert_provider_units([PLACE], **to),
            "portal_rates": suppliers.upsert_portal_rates([PORTAL], **to),
            "contracts": contracts.upsert_contracts([CONTRACT, FRAMEWORK], **to),
            "contract_lines": contracts.upsert_contract_lines([BASE, EXTRA, WORK], **to),
            "contract_rates": contracts.upsert_contract_rates(RATES, **to),
            "grants": grants.upsert_grants([HOME, HELP], **to),
            "service_lines": grants.upsert_service_lines(LINES, **to),
            "absences": grants.upsert_absences([AWAY], **to),
        }
        return self
