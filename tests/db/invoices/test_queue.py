"""The queue and the case of an invoice; the expected payment told line by line adds up to what was expected."""

from datetime import date
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from styr.access.core.roles import Role
from styr.access.models import Municipality
from styr.invoices.case import invoice_case
from styr.invoices.core.breakdown import total_ore
from styr.invoices.expecting import expected_lines
from styr.invoices.models import Claim, Invoice
from styr.invoices.queries import Asker, QueueFilter, View, my_work, queue_page, recovered
from styr.kernel.ids import uuid7

from .conftest import TODAY, Village


def asker(*roles: Role, decides: bool = True) -> Asker:
    return Asker(user_id=uuid7(), roles=frozenset(roles), decides=decides, today=TODAY)


def numbers(wanted: QueueFilter, who: Asker) -> set[str]:
    return {row.number for row in queue_page(wanted, asker=who).rows}


class TestQueue:
    def test_each_tab_holds_its_own(self, village: Village) -> None:
        economist, negotiator = asker(Role.ECONOMIST), asker(Role.NEGOTIATOR, decides=False)
        assert numbers(QueueFilter(view=View.READY), economist) == {"2026-001", "2026-002"}
        assert "2026-003" in numbers(QueueFilter(view=View.DEVIATING), economist)
        assert "2026-003" in numbers(QueueFilter(view=View.MINE), negotiator)
        assert "2026-003" not in numbers(QueueFilter(view=View.MINE), asker(Role.LAWYER, decides=False))

    def test_the_counts_are_of_the_same_filter(self, village: Village) -> None:
        page = queue_page(QueueFilter(view=View.ALL, words="2026-00"), asker=asker(Role.ECONOMIST))
        assert page.counts[View.ALL] == page.total == len(page.rows) == 3
        assert page.sum_ore == sum(row.payable_ore for row in page.rows)

    @pytest.mark.parametrize(
        "wanted",
        [
            QueueFilter(view=View.ALL, words="B1000004-5"), QueueFilter(view=View.ALL, words="%"),
            QueueFilter(view=View.ALL, kind="no_contract"), QueueFilter(view=View.ALL, section="SEL-107"),
            QueueFilter(view=View.ALL, month=date(2026, 1, 5)), QueueFilter(view=View.ALL, least_ore=1, most_ore=10**9),
            QueueFilter(view=View.ALL, month=date(2024, 1, 5)),
        ],
    )  # fmt: skip
    def test_every_filter_can_be_asked(self, village: Village, wanted: QueueFilter) -> None:
        found = numbers(wanted, asker(Role.ECONOMIST))
        assert ("2026-003" in found) == (wanted.words != "%" and wanted.month != date(2024, 1, 5))

    def test_a_page_takes_one_statement(self, town: Municipality) -> None:
        with CaptureQueriesContext(connection) as asked:
            page = queue_page(QueueFilter(view=View.ALL), asker=asker(Role.ECONOMIST), size=200)
        assert len(asked) == 1
        assert len(page.rows) > 100

    def test_my_work_counts_what_the_queue_shows(self, village: Village) -> None:
        who = asker(Role.NEGOTIATOR)
        work = my_work(who)
        page = queue_page(QueueFilter(view=View.MINE), asker=who)
        assert (work.mine, work.mine_ore) == (page.total, page.sum_ore)
        assert recovered(since=TODAY, until=TODAY, today=TODAY).open_count == 0


class TestExpectedPayment:
    def test_the_lines_of_every_claim_add_up_to_what_was_expected(self, town: Municipality) -> None:
        ids = Invoice.objects.filter(claims__expected_ore__isnull=False).distinct().values_list("id", flat=True)[:150]
        told = 0
        for invoice_id in ids:
            case = invoice_case(invoice_id)
            asked = {claim.id: claim for claim in case.claims if claim.asked is not None}
            lines = expected_lines([claim.asked for claim in asked.values() if claim.asked is not None])
            for claim_id, found in lines.items():
                claim = asked[claim_id]
                if claim.expected_ore is None or not found:
                    continue
                assert total_ore(found) == claim.expected_ore, (case.number, found)
                assert sum((line.quantity for line in found), Decimal(0)) == claim.expected_quantity
                told += 1
        assert told > 100

    def test_a_line_says_how_it_is_reckoned(self, village: Village) -> None:
        case = invoice_case(village.clean.id)
        (claim,) = case.claims
        assert claim.asked is not None
        (line,) = expected_lines([claim.asked])[claim.id]
        assert (line.when, line.text, line.amount_ore) == ("januar 2026", "31 døgn × 1.950 kr.", 6_045_000)

    def test_a_case_takes_one_query(self, town: Municipality) -> None:
        claim = Claim.objects.first()
        assert claim is not None
        with CaptureQueriesContext(connection) as asked:
            invoice_case(claim.invoice_id)
        assert len(asked) == 1
