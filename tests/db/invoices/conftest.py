"""Two municipalities, imported once for all tests here: each test works on top of them and is rolled back.

They stand in one transaction that is never committed. So no test may ask for pytest-django's own database fixtures,
which close the connection that this transaction is on.
"""

import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from uuid import UUID

import psycopg
import pytest
from django.db import connection, transaction
from pytest_django import DjangoDbBlocker

from exampletown.generate import generate
from personas import persona
from styr.access import queries as access
from styr.access.core.roles import Role
from styr.access.models import Municipality, User
from styr.access.scope import service_scope
from styr.config.postgres.address import Address
from styr.config.postgres.passwords import ADMIN
from styr.integrations.services import import_paths
from styr.invoices.models import Invoice
from styr.invoices.services import control_everything, rematch

TODAY = date(2026, 11, 21)
NOW = datetime(2026, 11, 21, 12, tzinfo=UTC)
TOWN = Municipality(id=UUID("00000000-0000-7000-8000-000000000899"), code="899", name="Eksempelbyen")
VILLAGE = Municipality(id=UUID("00000000-0000-7000-8000-000000000265"), code="265", name="Landsbyen")
FILES = Path(__file__).parents[2] / "data" / "import"
CLEAN_GRANT, UNSIGNED_GRANT = "B1000001-2", "B1000004-5"
ADDED = {
    "kontrakter.csv": "K-2026-0003;individuel;L1;T1;1002;SEL § 107;01-01-2026;;30;sendt;;;;\n",
    "kontraktlinjer.csv": "K-2026-0003;1;basis;ophold;døgn;;;;\n",
    "kontrakttakster.csv": "K-2026-0003;1;01-01-2026;;1.000,00\n",
    "bevillinger.csv": f"{UNSIGNED_GRANT};;1002;SEL § 107;bevilget;01-01-2026;;12;;;;K-2026-0003;T1;L1\n",
    "bevillingsydelser.csv": f"{UNSIGNED_GRANT};1;ophold;døgn;1;dag;1;1;;;\n",
}
"""Another grant of the same supplier, in another unit, whose contract is sent but not signed."""


Limits = Callable[..., None]


@dataclass(frozen=True)
class Village:
    """The municipality written by hand, controlled: all holds of `clean`, the contract behind `stopped` is unsigned."""

    municipality_id: UUID
    clean: Invoice
    stopped: Invoice
    clerk: User


@pytest.fixture(autouse=True)
def limits(monkeypatch: pytest.MonkeyPatch) -> Limits:
    """Everybody's limits by act, in øre: none unless the test puts some."""
    held: dict[str, int] = {}

    def limit_for(*, user_id: UUID, act: str, on: date, unit_id: UUID | None) -> int | None:
        return held.get(act)

    monkeypatch.setattr(access, "limit_for", limit_for, raising=False)
    return held.update


@pytest.fixture(scope="package")
def transaction_of_all(address: Address, django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """The transaction that both municipalities stand in; they are let in by the administrator, as at a customer's."""
    with django_db_blocker.unblock():
        told = address.parameters(ADMIN, connection.settings_dict["NAME"])
        with psycopg.connect(**told, autocommit=True) as administrator:
            for one in (TOWN, VILLAGE):
                administrator.execute(
                    "INSERT INTO access_municipality (id, code, name) VALUES (%s, %s, %s) ON CONFLICT DO NOTHING",
                    [one.id, one.code, one.name],
                )
            with _rolled_back():
                yield
            # Another test's municipality may have the same code.
            administrator.execute("DELETE FROM access_municipality WHERE id = ANY(%s)", [[TOWN.id, VILLAGE.id]])


@pytest.fixture(scope="package")
def matched_town(transaction_of_all: None, tmp_path_factory: pytest.TempPathFactory) -> Municipality:
    """A small example municipality, imported and matched; the seed is one that nobody developed on."""
    folder = tmp_path_factory.mktemp("town") / "files"
    generate(folder, seed=104, scale=0.02, today=TODAY)
    import_paths(paths=[folder], municipality_id=TOWN.id, actor="test", now=NOW, processes=0)
    with service_scope(TOWN.id, "test"):
        rematch(municipality_id=TOWN.id)
    return TOWN


@pytest.fixture
def town(matched_town: Municipality) -> Iterator[Municipality]:
    """The example municipality; the test is in its scope."""
    with _rolled_back(), service_scope(matched_town.id, "test"):
        yield matched_town


@pytest.fixture(scope="package")
def controlled_village(transaction_of_all: None, tmp_path_factory: pytest.TempPathFactory) -> Village:
    """The municipality of `tests/data/import`, imported and controlled, with someone who may decide."""
    folder = tmp_path_factory.mktemp("village") / "files"
    shutil.copytree(FILES, folder, ignore=shutil.ignore_patterns("README.md"))
    for name, lines in ADDED.items():
        with (folder / name).open("a", encoding="utf-8") as file:
            file.write(lines)
    suppliers = folder / "leverandører.csv"
    text = suppliers.read_text(encoding="utf-8")
    suppliers.write_text(text.replace("1234-0001234567", "0040-0440116243"), encoding="utf-8")
    (folder / "fakturaer" / "2026-003.xml").write_bytes(invoice_xml("2026-003", grant=UNSIGNED_GRANT, price=1000))
    import_paths(paths=[folder], municipality_id=VILLAGE.id, actor="test", now=NOW, processes=0)
    with service_scope(VILLAGE.id, "test"):
        control_everything(municipality_id=VILLAGE.id, today=TODAY, now=NOW)
        return Village(
            VILLAGE.id,
            clean=Invoice.objects.get(number="2026-001"),
            stopped=Invoice.objects.get(number="2026-003"),
            clerk=persona("regnskab", VILLAGE, Role.ECONOMIST).user,
        )


@pytest.fixture
def village(controlled_village: Village) -> Iterator[Village]:
    """The municipality written by hand; the test is in its scope."""
    with _rolled_back(), service_scope(controlled_village.municipality_id, "test"):
        yield controlled_village


def invoice_xml(number: str, *, grant: str = CLEAN_GRANT, price: int = 1950, ean: str = "5798000000117") -> bytes:
    """An invoice of 31 days in January 2026."""
    text = (FILES / "fakturaer" / "2026-001.xml").read_text(encoding="utf-8")
    for old, new in (
        ("2026-001", number),
        (CLEAN_GRANT, grant),
        ("1950.00", f"{price}.00"),
        ("60450.00", f"{31 * price}.00"),
        ("5798000000117", ean),
    ):
        text = text.replace(old, new)
    return text.encode()


@contextmanager
def _rolled_back() -> Iterator[None]:
    with transaction.atomic():
        yield
        transaction.set_rollback(True)
