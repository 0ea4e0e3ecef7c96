"""What an imported register changes in months that were paid before is settled with the import."""

from collections.abc import Callable
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from styr.access.models import Municipality
from styr.access.scope import service_scope
from styr.grants.payments import PaidMonth, record_paid_months
from styr.integrations.services import import_and_control

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 4, 1, 12, tzinfo=UTC)


def test_a_price_that_a_register_file_changes_is_settled_in_the_months_that_are_paid(
    folder: Path, municipality: Municipality, seen: Callable[[str], list[tuple[Any, ...]]]
) -> None:
    def bring_in() -> None:
        given = {"actor": "test", "now": NOW, "today": date(2026, 4, 1)}
        import_and_control(paths=[folder], municipality_id=municipality.id, **given)  # type: ignore[arg-type]  # a dict of several types

    for invoice in (folder / "fakturaer").iterdir():
        invoice.unlink()
    bring_in()
    [(line,)] = seen(
        "SELECT l.id FROM grants_serviceline l JOIN grants_grant g ON g.id = l.grant_id "
        "WHERE g.number = 'B1000001-2' AND l.line_no = 1"
    )
    with service_scope(municipality.id, "test"):
        paid = PaidMonth(
            service_line_id=line,
            month=date(2026, 1, 1),
            quantity=Decimal(31),
            amount_ore=31 * 195_000,
            paid_on=date(2026, 2, 15),
        )
        record_paid_months(months=[paid])
    rates = folder / "kontrakttakster.csv"
    rates.write_text(rates.read_text().replace("1.950,00", "1.960,00"))
    bring_in()
    own = f"SELECT reason, amount_ore FROM grants_adjustment WHERE service_line_id = '{line}' AND month = '2026-01-01'"  # noqa: S608 - an id
    assert seen(own) == [("register", 31 * 1_000)]
    bring_in()
    assert seen(own) == [("register", 31 * 1_000)]
