"""Follow-ups of wrong invoices on the citizen's timeline."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID

import pytest
from django.apps import apps
from django.test import Client

# The same citizen, with the same page open: fixtures.
from db.workspace.test_citizen_pages import ida as ida  # noqa: PLC0414 -- a fixture
from db.workspace.test_citizen_pages import invoice as invoice  # noqa: PLC0414 -- a fixture
from db.workspace.test_citizen_pages import manager as manager  # noqa: PLC0414 -- a fixture
from db.workspace.test_citizen_pages import page as page  # noqa: PLC0414 -- a fixture
from db.workspace.test_citizen_pages import registers as registers  # noqa: PLC0414 -- a fixture
from db.workspace.test_citizen_pages import the_day as the_day  # noqa: PLC0414 -- a fixture
from personas import persona
from styr.access.core.roles import Role
from styr.access.models import Municipality
from styr.kernel.period import Period

pytestmark = pytest.mark.django_db


def test_the_follow_up_of_a_wrong_invoice_stands_on_the_timeline_until_it_is_settled(
    page: Client, ida: UUID, invoice: Callable[..., Any], municipality: Municipality
) -> None:
    made = invoice("F-88", 50_000_00, Period(date(2026, 3, 1), date(2026, 4, 1)), "rejected")
    whole = {"municipality": municipality, "unit_id": made.unit_id, "invoice": made}
    owner = persona("frida", municipality, Role.ECONOMIST).user
    at = datetime(2026, 5, 2, 12, tzinfo=UTC)
    decision = apps.get_model("invoices", "Decision").objects.create(
        **whole, outcome="rejected", decided_by=owner, decided_at=at, reason="For meget"
    )
    follow_up = apps.get_model("invoices", "FollowUp").objects.create(
        **whole, decision=decision, cause="For meget", claimed_ore=8_000_00, owner=owner, due_on=date(2026, 5, 20),
        opened_at=at,
    )  # fmt: skip
    told = page.get(f"/borgere/{ida}/?vis=opfoelgning").content.decode()
    assert "Opfølgning på faktura åbnet" in told
    assert "Frist for opfølgning er overskredet" in told
    assert "faktura F-88" in told
    follow_up.state, follow_up.settled_at, follow_up.settled_by = "settled", at + timedelta(30), owner
    follow_up.recovery, follow_up.recovered_ore, follow_up.evidence = "credit_note", 8_000_00, "K-1"
    follow_up.save()
    told = page.get(f"/borgere/{ida}/?vis=opfoelgning").content.decode()
    assert "Opfølgning på faktura afsluttet" in told
    assert "8.000 kr. er hentet hjem" in told
