"""A municipality with one citizen at Solgården, whose invoices of 2026 are dearer than agreed but for the last."""

from calendar import monthrange
from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path
from shutil import copytree, ignore_patterns

import psycopg

from styr.access.core.roles import Role
from styr.access.models import Municipality
from styr.access.scope import service_scope
from styr.access.services import NewUser, create_user
from styr.integrations.services import import_paths
from styr.invoices.models import Document, Invoice
from styr.invoices.services import control_everything
from styr.kernel.ids import uuid7

NOW = datetime(2026, 11, 21, 12, tzinfo=UTC)
TOWN = Municipality(id=uuid7(), code="265", name="Landsbyen")
FILES = Path(__file__).parents[1] / "data" / "import"
DEAR, RIGHT = 10, 11


def build(
    folder: Path, administrator: psycopg.Connection, password: str, *, more: Callable[[Path], None] | None = None
) -> Municipality:
    """Import the files, and what `more` puts beside them, control them, and let in two economists and a caseworker."""
    administrator.execute(
        "INSERT INTO access_municipality (id, code, name) VALUES (%s, %s, %s) ON CONFLICT DO NOTHING",
        [TOWN.id, TOWN.code, TOWN.name],
    )
    copytree(FILES, folder, ignore=ignore_patterns("README.md", "*.xml", "fravær.csv"))
    suppliers = folder / "leverandører.csv"
    suppliers.write_text(suppliers.read_text("utf-8").replace("1234-0001234567", "0040-0440116243"), "utf-8")
    for month in range(1, RIGHT + 1):
        (folder / "fakturaer" / f"{month}.xml").write_bytes(invoice(month, dearer=100 if month <= DEAR else 0))
    if more is not None:
        more(folder)
    import_paths(paths=[folder], municipality_id=TOWN.id, actor="test", now=NOW, processes=0)
    with service_scope(TOWN.id, "test"):
        control_everything(municipality_id=TOWN.id, today=NOW.date(), now=NOW)
        for name, role in (("lone", Role.ECONOMIST), ("erik", Role.ECONOMIST), ("mette", Role.CASEWORKER)):
            person = NewUser(name, name.title(), password)
            create_user(municipality_id=TOWN.id, person=person, roles=[(role, None)], starts=date(2020, 1, 1))
    return TOWN


def invoice(month: int, *, dearer: int) -> bytes:
    """An invoice of one month's stay."""
    days = monthrange(2026, month)[1]
    price = (1950 if month < 7 else 1980.5) + dearer
    text = (FILES / "fakturaer" / "2026-001.xml").read_text("utf-8")
    for old, new in (
        ("2026-001", f"2026-1{month:02d}"),
        ("2026-01-31", f"2026-{month:02d}-{days}"),
        ("2026-01-01", f"2026-{month:02d}-01"),
        ("2026-03-03", f"2026-12-{month:02d}"),
        ("2026-02-01", f"2026-{month:02d}-{days}"),
        ("Ophold, januar 2026", "Ophold"),
        ('"DAY">31<', f'"DAY">{days}<'),
        ("1950.00", f"{price:.2f}"),
        ("60450.00", f"{price * days:.2f}"),
    ):
        text = text.replace(old, new)
    return text.encode()


def fill_queue(count: int) -> None:
    """Further invoices, so that a page of the queue is full."""
    documents = [
        Document(municipality_id=TOWN.id, sha256=f"{number:064d}", filename=f"{number}.xml", content=b"", size=0,
                 received_at=NOW)
        for number in range(count)
    ]  # fmt: skip
    Document.objects.bulk_create(documents)
    Invoice.objects.bulk_create(
        Invoice(municipality_id=TOWN.id, document=document, format="peppol3", kind="invoice", number=document.filename,
                supplier_name="Mange ApS", net_ore=100, tax_ore=0, payable_ore=100, status="deviating",
                due_date=NOW.date(), received_at=NOW)
        for document in documents
    )  # fmt: skip
