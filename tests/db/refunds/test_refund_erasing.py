"""A citizen who is erased leaves the refunds too: what was computed goes along, claims and user payment are erased."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from django.apps import apps

from db.refunds.conftest import ACCOUNT, STEPS, asked
from db.workspace.test_citizen_erasing import NOW, TODAY, approved, load
from styr.access.models import Municipality
from styr.access.scope import service_scope
from styr.ledger.bulk import upsert_postings
from styr.ledger.core.rows import PostingRow
from styr.refunds.computing import compute_owed, compute_year
from styr.refunds.core.codes import PaymentKind
from styr.refunds.core.limits import Scheme
from styr.refunds.limiting import enter_limits, join_household, set_covered
from styr.refunds.municipal import raise_claim
from styr.refunds.user_payments import charge
from styr.workspace.citizens_erasing import erase_citizen

JANUARY = date(2026, 1, 1)


@pytest.mark.django_db(transaction=True)
def test_nothing_in_the_refunds_keeps_a_citizen_from_being_erased(municipality: Municipality) -> None:
    to = {"municipality_id": municipality.id}
    with service_scope(municipality.id, "test"):
        ida = load(municipality)
        enter_limits(scheme=Scheme.ADULTS, year=2026, steps=STEPS, source="Opdigtet", **to)
        booked = PostingRow(
            voucher="1", line_no=1, posted_on=JANUARY, account_string=ACCOUNT, amount=Decimal(200_000),
            citizen_source_id="1001",
        )  # fmt: skip
        upsert_postings([booked], now=datetime(2026, 7, 15, tzinfo=UTC), **to)
        compute_year(year=2026, today=date(2026, 7, 15), now=NOW, **to)
        assert asked("SELECT count(*) FROM refunds_refundmember") == [(1,)]
        apps.get_model("people", "Citizen").objects.filter(id=ida).update(paying_municipality="998")
        compute_owed(today=date(2026, 7, 15), **to)
        raise_claim(citizen_id=ida, today=date(2026, 7, 15), **to)
        charge(
            grant_number="B0000017-9", kind=PaymentKind.BOARD, month_ore=1, starts=JANUARY, ends=None,
            decided_on=JANUARY, **to,
        )  # fmt: skip
        join_household(household="H", citizen_id=ida, valid_from=JANUARY, valid_to=None, **to)
        set_covered(citizen_id=ida, covered=True, **to)
        made, person = approved(ida, municipality)
    erase_citizen(erasure_id=made, actor_id=person.id, today=TODAY, now=NOW, **to)
    with service_scope(municipality.id, "report"):
        left = {model.__name__: model.objects.count() for model in apps.get_app_config("refunds").get_models()}
    kept = ("DefaultLimit", "DefaultTreatment", "Limit", "Household", "RefundRun", "RefundMonth")
    assert {name for name, count in left.items() if count and not name.endswith("Event")} == set(kept)
