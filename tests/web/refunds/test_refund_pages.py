"""The pages of refunds: what they show, what they let one do, and how often they ask the database."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

import pytest
from django.db import connection
from django.urls import reverse

from db.refunds.conftest import ACCOUNT, NOW, STEPS, asked
from db.registers.registers import Registers
from loggedin import logged_in_client, send
from personas import PASSWORD, SINCE, Persona, persona
from styr.access.core.roles import Role
from styr.access.services import NewUser, create_user
from styr.access.web.login import issue_session_token
from styr.kernel import clock
from styr.ledger.bulk import upsert_postings
from styr.ledger.core.rows import PostingRow
from styr.people.bulk import upsert_citizens
from styr.people.core.rows import CitizenRow
from styr.refunds.core.limits import Scheme
from styr.refunds.limiting import enter_limits
from styr.refunds.requesting import compute_all

if TYPE_CHECKING:
    from uuid import UUID

    from django.test import Client
    from pytest_django import DjangoAssertNumQueries

    from styr.access.models import Municipality, Unit

pytestmark = pytest.mark.django_db
TODAY = date(2026, 7, 15)
MOST = 12 + 2
PAYMENT = {
    "grant": "B0000017-9",
    "kind": "lodging",
    "month": "3.100",
    "starts": "2026-01-01",
    "decided_on": "2025-12-01",
}
CHILD = {"household": "Ellevej 1", "citizen": "1001", "valid_from": "2026-03-17", "last": ""}
PER = CitizenRow(
    source_id="1003", cpr="6303851232", first_name="Per", last_name="Nabo", unit_source_id="11",
    acting_municipality="999", paying_municipality="998",
)  # fmt: skip


@pytest.fixture(autouse=True)
def in_july(monkeypatch: pytest.MonkeyPatch) -> None:
    """It is the middle of July 2026."""
    monkeypatch.setattr(clock, "today", lambda: TODAY)


@pytest.fixture
def lone(scope: str, municipality: Municipality) -> Client:
    """An economist over the whole municipality, with books and limits of 2026."""
    Registers(municipality.id).load()
    upsert_citizens([PER], municipality_id=municipality.id)
    booked = [
        PostingRow(
            voucher=f"{source_id}-{month}", line_no=1, posted_on=date(2026, month, 3), account_string=ACCOUNT,
            amount=Decimal(200_000), citizen_source_id=source_id,
        )
        for month in (1, 2)
        for source_id in ("1001", "1003")
    ]  # fmt: skip
    upsert_postings(booked, municipality_id=municipality.id, now=NOW)
    for scheme in (Scheme.ADULTS, Scheme.CHILDREN):
        enter_limits(municipality_id=municipality.id, scheme=scheme, year=2026, steps=STEPS, source="Opdigtet")
    compute_all(municipality_id=municipality.id, year=2026, today=TODAY, now=NOW)
    return logged_in_client(persona("lone", municipality, Role.ECONOMIST))


def citizen(source_id: str) -> UUID:
    ((found,),) = asked("SELECT citizen_id FROM key_citizen WHERE source_id = %s", source_id)
    return found


def page(client: Client, name: str, *args: object, query: str = "") -> str:
    answer = client.get(reverse(name, args=args) + query)
    assert answer.status_code == 200, name
    return answer.content.decode()


def test_the_cases_that_pass_a_limit_are_shown_with_their_refund(lone: Client) -> None:
    text = page(lone, "refunds")
    assert "Ida Østergård" in text
    assert "Over grænsen" in text
    assert "bogført til og med februar 2026" in text
    assert "Per Nabo" not in text, "another municipality pays"
    assert "Ida" not in page(lone, "refunds", query="?stand=near")
    case = page(lone, "refund_case", citizen("1001"))
    assert "52.917 kr." in case
    assert lone.get(reverse("refund_case", args=[citizen("1002")])).status_code == 404


def test_a_year_without_limits_says_so_and_can_be_given_them(lone: Client) -> None:
    assert "mangler" in page(lone, "refund_limits", query="?aar=2025")
    fields = {"scheme": "SEL-176", "year": "2025", "source": "Brev", "over1": "900.000", "percent1": "25"}
    assert send(lone, reverse("refund_limits"), fields).status_code == 302
    assert "900.000 kr." in page(lone, "refund_limits")
    wrong = send(lone, reverse("refund_limits"), {**fields, "over2": "800.000", "percent2": "50"})
    assert "skal stige" in wrong.content.decode()


def test_a_claim_is_made_read_and_taken_as_a_file(lone: Client) -> None:
    made = send(lone, reverse("refund_claim_new"), {"aar": "2026", "through": "2"})
    assert made.status_code == 302
    text = lone.get(made["Location"]).content.decode()
    assert "Plomben holder" in text
    assert "105.833,34 kr." in text or "105.833,33 kr." in text
    ((claim_id,),) = asked("SELECT id FROM refunds_refundclaim")
    file = reverse("refund_claim_file", args=[claim_id])
    assert lone.get(file).content.startswith(b"PK")
    rows = lone.get(f"{file}?format=csv").content.decode("utf-8-sig").splitlines()
    assert rows[0].startswith("Ordning;Borgernummer;Sag;Måned")
    assert len(rows) == 3
    assert "'" not in "".join(rows)
    assert "Nr. 1" in page(lone, "refunds")


def test_somebody_of_one_unit_makes_no_claim_of_the_whole_municipality(
    lone: Client, municipality: Municipality, unit: Unit
) -> None:
    of_unit = logged_in_client(persona("ole", municipality, Role.ECONOMIST, unit))
    send(of_unit, reverse("refund_claim_new"), {"aar": "2026", "through": "2"})
    assert asked("SELECT count(*) FROM refunds_refundclaim") == [(0,)]


def test_what_another_municipality_owes_is_raised_settled_and_gone_from_the_list(lone: Client) -> None:
    text = page(lone, "intermunicipal")
    assert "Per Nabo" in text
    assert "400.000 kr." in text
    assert "1. jan. 2029" in text
    assert "kontrollér" in text
    address = reverse("intermunicipal_raise", args=[citizen("1003")])
    other = send(lone, address, {"seen": "12345"})
    assert other["Location"] == address
    assert "Kravet er nu på 400.000" in lone.get(address).content.decode()
    assert 'name="seen" value="40000000"' in lone.get(address).content.decode()
    raised = send(lone, address, {"seen": "40000000"})
    assert raised.status_code == 302
    assert "M-2026-0001" in lone.get(raised["Location"]).content.decode()
    assert "Per Nabo" not in page(lone, "intermunicipal")
    assert "Rejst" in page(lone, "intermunicipal_claims")
    send(lone, raised["Location"], {"handling": "frafald", "note": "Forkert kommune"})
    assert "Per Nabo" in page(lone, "intermunicipal"), "a claim given up can be raised anew"


def test_user_payment_is_registered_followed_and_ended(lone: Client) -> None:
    fields = {
        "grant": "B0000017-9",
        "kind": "lodging",
        "month": "3.100",
        "starts": "2026-01-01",
        "decided_on": "2025-12-01",
    }
    assert send(lone, reverse("user_payment_new"), fields).status_code == 302
    text = page(lone, "user_payments")
    assert "6.200 kr." in text, "two booked months"
    assert "Mangler" in text
    again = send(lone, reverse("user_payment_new"), fields)
    assert "allerede" in again.content.decode()
    ((payment_id,),) = asked("SELECT id FROM refunds_userpayment")
    end = reverse("user_payment_end", args=[payment_id])
    assert send(lone, end, {"last": "2026-01-31"}).status_code == 302
    assert asked("SELECT ends FROM refunds_userpayment") == [(date(2026, 2, 1),)]
    assert "B0000017-9" in page(lone, "user_payments"), "what has ended and not come in is followed on"


def test_a_child_is_counted_with_a_household_and_no_longer(lone: Client) -> None:
    fields = {"household": "Ellevej 1", "citizen": "1002", "valid_from": "2026-03-17", "last": ""}
    assert send(lone, reverse("refund_households"), fields).status_code == 302
    assert "1. mar. 2026" in page(lone, "refund_households")
    assert "findes ikke" in send(lone, reverse("refund_households"), {**fields, "citizen": "9"}).content.decode()
    ((member,),) = asked("SELECT id FROM refunds_householdmember")
    send(lone, reverse("refund_household_leave", args=[member]))
    assert asked("SELECT valid_to FROM refunds_householdmember") == [(date(2026, 7, 1),)]


def test_every_page_asks_twelve_times_at_most(
    lone: Client, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    names = (
        *("refunds", "refund_limits", "refund_households", "refund_seniors"),
        *("intermunicipal", "intermunicipal_claims", "user_payments", "user_payment_new"),
    )
    for name in names:
        with django_assert_max_num_queries(MOST, connection=connection):
            page(lone, name)


def test_one_who_only_sees_may_change_nothing(lone: Client, municipality: Municipality) -> None:
    reader = logged_in_client(persona("revisor", municipality, Role.AUDITOR))
    assert "Beregn igen" not in page(reader, "refunds")
    for name in ("refunds_compute", "refund_claim_new", "refund_limits", "refund_households", "user_payment_new"):
        assert send(reader, reverse(name)).status_code == 403, name


def test_a_role_in_another_unit_writes_nothing_here(
    lone: Client, municipality: Municipality, unit: Unit, other_unit: Unit
) -> None:
    """An economist elsewhere who is caseworker where the citizens are sees them and may write nothing of theirs."""
    raised = send(lone, reverse("intermunicipal_raise", args=[citizen("1003")]))
    send(lone, reverse("user_payment_new"), PAYMENT)
    send(lone, reverse("refund_households"), CHILD)
    ((payment,),) = asked("SELECT id FROM refunds_userpayment")
    ((member,),) = asked("SELECT id FROM refunds_householdmember")
    part = NewUser(username="to", name="To", password=PASSWORD)
    roles = [(Role.ECONOMIST, other_unit.id), (Role.CASEWORKER, unit.id)]
    user = create_user(municipality_id=municipality.id, person=part, roles=roles, starts=SINCE)
    token = issue_session_token(user_id=user.id, municipality_id=municipality.id)
    client = logged_in_client(Persona(user, token))
    limits = {"scheme": "SEL-176", "year": "2025", "source": "mig", "over1": "900.000", "percent1": "25"}
    for address, fields in (
        (raised["Location"], {"handling": "betalt"}),
        (reverse("intermunicipal_raise", args=[citizen("1003")]), {}),
        (reverse("user_payment_new"), {**PAYMENT, "kind": "board"}),
        (reverse("user_payment_end", args=[payment]), {"last": "2026-01-31"}),
        (reverse("refund_households"), {**CHILD, "valid_from": "2027-01-01"}),
        (reverse("refund_household_leave", args=[member]), {}),
        (reverse("refund_limits"), limits),
        (reverse("refunds_compute"), {"aar": "2026"}),
        (reverse("refund_claim_new"), {"aar": "2026", "through": "2"}),
    ):
        assert send(client, address, fields).status_code == 403, address
    assert asked("SELECT state FROM refunds_municipalclaim") == [("raised",)]


def test_who_sees_a_part_of_a_claim_is_told_so_and_gets_no_file(
    lone: Client, municipality: Municipality, unit: Unit
) -> None:
    made = send(lone, reverse("refund_claim_new"), {"aar": "2026", "through": "2"})
    part = logged_in_client(persona("ole", municipality, Role.ECONOMIST, unit))
    text = part.get(made["Location"]).content.decode()
    assert "Plomben er brudt" not in text
    assert "Du ser en del" in text
    ((claim_id,),) = asked("SELECT id FROM refunds_refundclaim")
    assert part.get(reverse("refund_claim_file", args=[claim_id])).status_code == 404
