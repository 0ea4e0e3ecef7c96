"""What was paid comes back, on a small example municipality: imported, matched, then its postings are believed."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID

import psycopg
import pytest
from django.db import connection, transaction
from pytest_django import DjangoDbBlocker

from db.invoices.conftest import TOWN
from db.ledger.slow_months import ask, months_day_by_day
from exampletown.generate import generate
from styr.access.scope import service_scope
from styr.config.postgres.address import Address
from styr.config.postgres.passwords import ADMIN
from styr.controls.services import run_controls
from styr.grants.models import Adjustment
from styr.integrations.services import import_paths
from styr.invoices.services import approve_touchless, rematch
from styr.kernel.ids import uuid7
from styr.ledger.balances import balance_totals, month_balances
from styr.ledger.models import InvoicePayment, PaidPart
from styr.ledger.services import Noted, note_payments, place_figures, take_back_payments

TODAY = date(2026, 11, 21)
NOW = datetime(2026, 11, 21, 12, tzinfo=UTC)


@pytest.fixture(scope="module")
def imported(
    address: Address,
    django_db_setup: None,
    django_db_blocker: DjangoDbBlocker,
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[None]:
    """A transaction that is never committed, with the town in it: imported, matched, its figures placed."""
    folder = tmp_path_factory.mktemp("books") / "files"
    generate(folder, seed=11, scale=0.01, today=TODAY)
    with django_db_blocker.unblock():
        with psycopg.connect(**address.parameters(ADMIN, connection.settings_dict["NAME"])) as administrator:
            administrator.execute(
                "INSERT INTO access_municipality (id, code, name) VALUES (%s, %s, %s) ON CONFLICT DO NOTHING",
                [TOWN.id, TOWN.code, TOWN.name],
            )
        with _rolled_back():
            import_paths(paths=[folder], municipality_id=TOWN.id, actor="test", now=NOW, processes=0)
            with service_scope(TOWN.id, "test"):
                rematch(municipality_id=TOWN.id)
                approve_touchless(municipality_id=TOWN.id, today=TODAY)
                place_figures()
            yield


@pytest.fixture
def town(imported: None) -> Iterator[None]:
    with _rolled_back(), service_scope(TOWN.id, "test"):
        yield


def note() -> Noted:
    return note_payments(municipality_id=TOWN.id, now=NOW)


def test_every_posting_of_the_town_lands_and_most_find_their_grant(town: None) -> None:
    [(rows, placed, named)] = ask("SELECT count(*), count(grant_id), count(invoice_id) FROM rel_posting")
    assert rows > 200
    assert placed > 0.6 * rows
    assert named > 0.3 * rows


def test_ready_invoices_that_were_posted_in_full_are_paid_and_the_others_are_left(town: None) -> None:
    posted = dict(
        ask(
            "SELECT invoice_id, sum(amount_ore)::bigint FROM rel_posting "
            "WHERE invoice_id IS NOT NULL AND kind IN ('payment', 'correction') GROUP BY 1"
        )
    )
    before = {row[0]: row[1:] for row in ask("SELECT invoice_id, status, payable_ore FROM rel_invoice")}
    found = note()
    after = dict(ask("SELECT invoice_id, status FROM rel_invoice"))
    paid = {one for one, status in after.items() if status == "paid"}
    assert paid == {
        one
        for one, (status, payable) in before.items()
        if status == "ready" and one in posted and abs(posted[one]) >= abs(payable) and posted[one] * payable > 0
    }
    assert found.invoices == len(paid) > 20
    assert note() == Noted(0, found.held, 0)


def test_months_are_recorded_as_the_days_of_paid_claims_say(town: None) -> None:
    note()
    recorded = {
        (row[0], row[1]): row[2] for row in ask("SELECT service_line_id, month, amount_ore FROM grants_paidperiod")
    }
    assert recorded == months_day_by_day()
    assert len(recorded) > 15


def test_paid_and_adjustments_are_what_was_expected(town: None) -> None:
    """All that was paid as expected needs no adjustment; what was not has exactly the difference."""
    note()
    adjusted = ask("SELECT count(*) FROM grants_adjustment")[0][0]
    assert adjusted < 0.15 * len(ask("SELECT 1 FROM grants_paidperiod"))


def test_what_is_paid_later_settles_the_months_adjustments(town: None) -> None:
    note()
    month_of = "SELECT service_line_id, unit_id, month FROM ledger_recordedmonth ORDER BY id LIMIT 1"
    service_id, unit_id, month = ask(month_of)[0]
    Adjustment.objects.create(
        municipality_id=TOWN.id, unit_id=unit_id, service_line_id=service_id, month=month, amount_ore=500,
        reason="rate", made_at=NOW,
    )  # fmt: skip
    mine = "FROM rel_month_balance WHERE service_id = %s AND month = %s"
    assert ask(f"SELECT later_ore, open_ore {mine}", service_id, month) == [(0, 500)]
    _later_part(service_id, month, 600)
    assert ask(f"SELECT later_ore, open_ore {mine}", service_id, month) == [(600, -100)]
    _later_part(service_id, month, -100)
    assert ask(f"SELECT later_ore, open_ore {mine}", service_id, month) == [(500, 0)]
    (settled,) = month_balances(state="udlignede", by="open", falling=True, page=1, size=50)[0]
    assert (settled.month, settled.open_ore, settled.later_ore) == (month, 0, 500)
    assert balance_totals().settled == 1


def test_an_import_that_is_taken_back_leaves_everything_as_it_was(town: None) -> None:
    before = _state()
    note()
    assert _state() != before
    ids = [row[0] for row in ask("SELECT posting_id FROM rel_posting")]
    assert take_back_payments(posting_ids=ids) > 20
    assert _state() == before
    assert note().invoices > 20


def test_taking_one_posting_back_takes_its_invoice_only_and_its_months(town: None) -> None:
    note()
    [(posting, invoice)] = ask(
        "SELECT p.posting_id, p.invoice_id FROM rel_posting p JOIN ledger_invoicepayment n USING (invoice_id) "
        "JOIN ledger_paidpart q ON q.payment_id = n.id "
        "JOIN ledger_recordedmonth r ON r.service_line_id = q.service_line_id AND r.month = q.month "
        "ORDER BY 1 LIMIT 1"
    )
    months = len(ask("SELECT 1 FROM grants_paidperiod"))
    assert take_back_payments(posting_ids=[posting]) == 1
    assert ask("SELECT status FROM rel_invoice WHERE invoice_id = %s", invoice) == [("ready",)]
    assert len(ask("SELECT 1 FROM grants_paidperiod")) < months
    assert note().invoices == 1
    assert len(ask("SELECT 1 FROM grants_paidperiod")) == months


def test_an_invoice_that_is_booked_back_is_reopened_with_the_months_it_alone_paid(town: None) -> None:
    before = _state()
    note()
    noted = [row[0] for row in ask("SELECT invoice_id FROM ledger_invoicepayment")]
    months = len(ask("SELECT 1 FROM grants_paidperiod"))
    [(one,)] = ask(
        "SELECT n.invoice_id FROM ledger_invoicepayment n JOIN ledger_paidpart q ON q.payment_id = n.id "
        "JOIN ledger_recordedmonth r ON r.service_line_id = q.service_line_id AND r.month = q.month "
        "WHERE q.amount_ore > 0 ORDER BY 1 LIMIT 1"
    )
    _book_back([one])
    found = note()
    assert (found.invoices, found.reopened) == (0, 1)
    assert ask("SELECT status FROM rel_invoice WHERE invoice_id = %s", one) == [("ready",)]
    assert 0 < len(ask("SELECT 1 FROM grants_paidperiod")) < months
    _book_back([other for other in noted if other != one])
    assert note().reopened == len(noted) - 1
    assert _state() == before
    assert note().reopened == 0


def test_a_month_that_another_payment_pays_in_full_outlives_the_one_that_is_taken_back(town: None) -> None:
    """A second invoice held a supplement of one krone for the month: without it, the month is as it would have been."""
    note()
    [(first, service, month, payment, second)] = ask(
        "SELECT q.payment_id, q.service_line_id, q.month, n.id, n.invoice_id FROM ledger_paidpart q "
        "JOIN ledger_recordedmonth r ON r.service_line_id = q.service_line_id AND r.month = q.month "
        "JOIN ledger_invoicepayment n ON n.id <> q.payment_id "
        "WHERE (SELECT count(*) FROM ledger_paidpart z WHERE z.service_line_id = q.service_line_id "
        "       AND z.month = q.month) = 1 "
        "  AND NOT EXISTS (SELECT FROM ledger_paidpart z WHERE z.payment_id = n.id "
        "                  AND z.service_line_id = q.service_line_id) ORDER BY q.id, n.id LIMIT 1"
    )
    paid = "SELECT amount_ore FROM grants_paidperiod WHERE service_line_id = %s AND month = %s"
    told = ask(paid, service, month)
    part = PaidPart.objects.get(payment_id=first, service_line_id=service, month=month)
    part.id, part.payment_id, part.origin_id, part.amount_ore = uuid7(), payment, second, 100
    part.save(force_insert=True)
    assert take_back_payments(posting_ids=_postings_of([second])) == 1
    assert ask(paid, service, month) == []
    ask("DELETE FROM ledger_posting WHERE invoice_id = %s RETURNING id", second)
    assert note().invoices == 0
    assert ask(paid, service, month) == told


def test_months_that_others_told_paid_cannot_be_taken_back_from_here(town: None) -> None:
    note()
    ask("DELETE FROM ledger_recordedmonth RETURNING id")
    months = len(ask("SELECT 1 FROM grants_paidperiod"))
    take_back_payments(posting_ids=[row[0] for row in ask("SELECT posting_id FROM rel_posting")])
    assert len(ask("SELECT 1 FROM grants_paidperiod")) == months


def test_what_was_paid_though_nobody_stands_by_it_is_found_and_holds_nothing_back(town: None) -> None:
    run_controls(municipality_id=TOWN.id, today=TODAY, now=NOW, codes=["paid_unapproved"])
    posted = dict(
        ask(
            "SELECT invoice_id, sum(amount_ore)::bigint FROM rel_posting "
            "WHERE invoice_id IS NOT NULL AND kind IN ('payment', 'correction') GROUP BY 1"
        )
    )
    wrong = [row[0] for row in ask("SELECT invoice_id FROM rel_invoice WHERE status IN ('deviating', 'rejected')")]
    found = ask("SELECT subject_id, amount_ore, invoice_id FROM rel_finding WHERE control_code = 'paid_unapproved'")
    assert {row[0]: row[1] for row in found} == {one: posted[one] for one in wrong if posted.get(one, 0) > 0}
    assert found
    assert {row[2] for row in found} == {None}


def _later_part(service_id: UUID, month: date, ore: int) -> None:
    """What another invoice paid or gave back for the month, noted a day after."""
    like = PaidPart.objects.filter(service_line_id=service_id, month=month).select_related("payment").first()
    assert like is not None
    free = ask(
        "SELECT invoice_id, unit_id FROM rel_invoice i WHERE NOT EXISTS (SELECT FROM ledger_invoicepayment n "
        "WHERE n.invoice_id = i.invoice_id) AND unit_id = %s LIMIT 1",
        like.unit_id,
    )[0]
    payment = InvoicePayment.objects.create(
        municipality_id=TOWN.id, unit_id=free[1], invoice_id=free[0], paid_on=TODAY, posted_ore=ore,
        noted_at=NOW + timedelta(days=1),
    )  # fmt: skip
    like.pk, like.payment, like.amount_ore, like.origin_id = uuid7(), payment, ore, free[0]
    like.save(force_insert=True)


def _postings_of(invoices: list[UUID]) -> list[UUID]:
    return [row[0] for row in ask("SELECT posting_id FROM rel_posting WHERE invoice_id = ANY (%s)", invoices)]


def _book_back(invoices: list[UUID]) -> None:
    """Postings of the same voucher with the money the other way."""
    ask(
        "INSERT INTO ledger_posting (id, municipality_id, unit_id, year, voucher, line_no, posted_on, month, "
        "  account_string, amount_ore, kind, text, citizen_number, citizen_index, grant_number, supplier_cvr, "
        "  invoice_number, citizen_id, grant_id, supplier_id, invoice_id) "
        "SELECT gen_random_uuid(), municipality_id, unit_id, year, voucher, line_no + 5000, posted_on, month, "
        "  account_string, -amount_ore, kind, text, citizen_number, citizen_index, grant_number, supplier_cvr, "
        "  invoice_number, citizen_id, grant_id, supplier_id, invoice_id "
        "FROM ledger_posting WHERE invoice_id = ANY (%s) RETURNING id",
        invoices,
    )


def _state() -> list[Any]:
    return [
        ask("SELECT invoice_id, status FROM rel_invoice ORDER BY 1"),
        ask("SELECT service_line_id, month, amount_ore FROM grants_paidperiod ORDER BY 1, 2"),
        ask("SELECT service_line_id, month, amount_ore FROM grants_adjustment ORDER BY 1, 2"),
        ask("SELECT count(*) FROM ledger_paidpart"),
    ]


@contextmanager
def _rolled_back() -> Iterator[None]:
    with transaction.atomic():
        yield
        transaction.set_rollback(True)
