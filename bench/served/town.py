"""A large municipality straight into the registers, by the bulk services that the import uses; no files for them.

Every citizen has two grants, one bought on a contract of their own and one with a price of its own. A few hundred
invoices come as documents by the ordinary way in, so that their pages have all there is to show; the rest are rows of
the queue alone. The controls run over all of it.
"""

import tempfile
import time
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from uuid import UUID

from styr.access.scope import service_scope
from styr.access.services import create_municipality, save_units
from styr.contracts import bulk as contracts
from styr.contracts.core.rows import ContractLineRow, ContractRateRow, ContractRow
from styr.grants import bulk as grants
from styr.grants.core.rows import GrantRow, ServiceLineRow
from styr.integrations.services import import_paths
from styr.invoices.models import Document, Invoice
from styr.invoices.services import control_everything
from styr.kernel.grant_number import GrantNumber
from styr.people import bulk as people
from styr.people.core.rows import CitizenRow
from styr.suppliers import bulk as suppliers
from styr.suppliers.core.rows import SupplierRow

TODAY = date(2026, 11, 21)
NOW = datetime(2026, 11, 21, 12, tzinfo=UTC)
INVOICE = Path(__file__).parents[2] / "tests" / "data" / "import" / "fakturaer" / "2026-001.xml"
SUPPLIERS, UNITS, READ_INVOICES, QUEUED = 300, 8, 200, 5_000
_FIRST = ("Anne", "Bo", "Carl", "Dorte", "Emil", "Frida", "Gert", "Hanne", "Ivan", "Jytte", "Karl", "Lene", "Mogens")
_LAST = ("Aagaard", "Bech", "Dam", "Friis", "Holm", "Juul", "Krogh", "Lund", "Møller", "Ravn", "Skov", "Toft", "Øster")


def build(count: int) -> UUID:
    """Make the municipality with that many grants; gives its id."""
    municipality_id = create_municipality(code="899", name="Storbyen", using="owner").id
    with service_scope(municipality_id, "test"):
        save_units(municipality_id=municipality_id, units=[(str(n), f"Enhed {n}", "") for n in range(1, UNITS + 1)])
        for make in (_suppliers, _citizens, _contracts, _grants):
            began = time.perf_counter()
            make(count, municipality_id)
            print(f"{make.__name__.strip('_')}: {time.perf_counter() - began:.0f} s", flush=True)
    with tempfile.TemporaryDirectory() as folder:
        for index in range(READ_INVOICES):
            (Path(folder) / f"{index}.xml").write_bytes(_invoice(index))
        import_paths(paths=[Path(folder)], municipality_id=municipality_id, actor="bench", now=NOW, processes=0)
    with service_scope(municipality_id, "test"):
        _queue(municipality_id)
        began = time.perf_counter()
        control_everything(municipality_id=municipality_id, today=TODAY, now=NOW)
        print(f"controls: {time.perf_counter() - began:.0f} s", flush=True)
    return municipality_id


def _suppliers(_: int, municipality_id: UUID) -> None:
    rows = [
        SupplierRow(source_id=f"L{n}", cvr=_cvr(n), name=f"Botilbud {n} ApS", kind="private") for n in range(SUPPLIERS)
    ]
    suppliers.upsert_suppliers(rows, municipality_id=municipality_id)


def _citizens(count: int, municipality_id: UUID) -> None:
    rows = [
        CitizenRow(
            source_id=f"C{n}", cpr=_cpr(n), first_name=_FIRST[n % 13], last_name=f"{_LAST[n // 13 % 13]} {n}",
            unit_source_id=str(1 + n % UNITS), acting_municipality="899", paying_municipality="899",
        )
        for n in range(count // 2)
    ]  # fmt: skip
    people.upsert_citizens(rows, municipality_id=municipality_id)


def _contracts(count: int, municipality_id: UUID) -> None:
    numbers = range(count // 2)
    to = {"municipality_id": municipality_id}
    contracts.upsert_contracts(
        [
            ContractRow(number=_contract(n), kind="individual", supplier_source_id=f"L{n % SUPPLIERS}",
                        citizen_source_id=f"C{n}", section="SEL-107", starts=_start(n), status="signed",
                        signed_on=_start(n) - timedelta(days=20), notice_days=30)
            for n in numbers
        ], **to,
    )  # fmt: skip
    contracts.upsert_contract_lines(
        [
            ContractLineRow(contract_number=_contract(n), line_no=1, kind="base", service="ophold", unit="day")
            for n in numbers
        ],
        **to,
    )
    contracts.upsert_contract_rates(
        [
            ContractRateRow(contract_number=_contract(n), line_no=1, valid_from=_start(n), amount=_price(n))
            for n in numbers
        ],
        **to,
    )


def _grants(count: int, municipality_id: UUID) -> None:
    to = {"municipality_id": municipality_id}
    rows, lines = [], []
    for n in range(count // 2):
        stay, support = _number(2 * n), _number(2 * n + 1)
        rows += [
            GrantRow(source_id=stay, citizen_source_id=f"C{n}", section="SEL-107", status="granted", starts=_start(n),
                     caseworker=f"Sagsbehandler {n % 60}", contract_number=_contract(n),
                     supplier_source_id=f"L{n % SUPPLIERS}", follow_up_on=TODAY + timedelta(days=n % 400)),
            GrantRow(source_id=support, citizen_source_id=f"C{n}", section="SEL-85", status="granted",
                     starts=_start(n + 7), ends=_start(n + 7) + timedelta(days=730) if n % 3 else None,
                     caseworker=f"Sagsbehandler {n % 60}"),
        ]  # fmt: skip
        lines += [
            ServiceLineRow(grant_source_id=stay, line_no=1, service="ophold", unit="day", quantity=Decimal(1),
                           per="day", contract_line_no=1),
            ServiceLineRow(grant_source_id=support, line_no=1, service="stoette", unit="hour",
                           quantity=Decimal(1 + n % 12), per="week", price=Decimal(380 + n % 90)),
        ]  # fmt: skip
    grants.upsert_grants(rows, **to)
    grants.upsert_service_lines(lines, **to)


def _queue(municipality_id: UUID) -> None:
    documents = [
        Document(municipality_id=municipality_id, sha256=f"{n:064d}", filename=f"{n}.xml", content=b"", size=0,
                 received_at=NOW)
        for n in range(QUEUED)
    ]  # fmt: skip
    Document.objects.bulk_create(documents, batch_size=2_000)
    Invoice.objects.bulk_create(
        [
            Invoice(municipality_id=municipality_id, document=document, format="peppol3", kind="invoice",
                    number=f"K{n}", supplier_cvr=_cvr(n % SUPPLIERS), supplier_name=f"Botilbud {n % SUPPLIERS} ApS",
                    net_ore=100_000 + n, tax_ore=0, payable_ore=100_000 + n, status="deviating",
                    due_date=TODAY + timedelta(days=n % 40), received_at=NOW)
            for n, document in enumerate(documents)
        ],
        batch_size=2_000,
    )  # fmt: skip


def _invoice(index: int) -> bytes:
    text = INVOICE.read_text("utf-8").replace("2026-001", f"F-{index}").replace("B1000001-2", _number(2 * index))
    return text.replace("12345674", _cvr(index % SUPPLIERS)).encode()


def _start(n: int) -> date:
    return date(2024, 1, 1) + timedelta(days=n % 720)


def _price(n: int) -> Decimal:
    return Decimal(1500 + n % 1500)


def _contract(n: int) -> str:
    return f"K-{2024 + n // 50_000}-{n % 50_000:05d}"


def _number(n: int) -> str:
    return str(GrantNumber(1_000_000 + n))


def _cpr(n: int) -> str:
    """An invented number: its day has 60 added, so that nobody bears it."""
    return f"{61 + n % 28:02d}{1 + n // 28 % 12:02d}{40 + n // 336 % 50:02d}{1000 + n // 16_800:04d}"


def _cvr(n: int) -> str:
    """A number whose check digit is right."""
    weights = (2, 7, 6, 5, 4, 3, 2)
    number, found = 1_000_000, -1
    while found < n:
        number += 1
        if sum(int(digit) * weight for digit, weight in zip(str(number), weights, strict=True)) % 11 > 1:
            found += 1
    check = 11 - sum(int(digit) * weight for digit, weight in zip(str(number), weights, strict=True)) % 11
    return f"{number}{check}"
