"""The municipality's own sections, services and account rules: dated, kept, used where grants are written."""

from datetime import date

import pytest
from django.db import connection
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from loggedin import logged_in_client, send
from personas import Persona, persona
from styr.access.core.roles import Role
from styr.access.models import Municipality
from styr.contracts import local_terms
from styr.contracts.core.codes import TermKind
from styr.contracts.models import LocalTerm
from styr.grants import account_rules as rules
from styr.grants.models import AccountRule
from styr.kernel import clock

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 21)
LATER = date(2027, 1, 1)
ACCOUNT = "5" + "28" + "20" + "1" + "1" + "0001" + "001" + "4" + "0"
OWN = 2  # the request's transaction, which inside a test's own is a savepoint and its release


@pytest.fixture
def lone(scope: str, municipality: Municipality) -> Persona:
    return persona("lone", municipality, Role.ECONOMIST)


def word(who: Persona, *, starts: date = TODAY, in_use: bool = True, name: str = "", checked: bool = False) -> None:
    local_terms.set_term(
        municipality_id=who.user.municipality_id, what=TermKind.SECTION, code="SEL-107", in_use=in_use, name=name,
        checked=checked, starts=starts, actor_id=who.user.id, today=TODAY,
    )  # fmt: skip


def rule(who: Persona, account: str = ACCOUNT, *, starts: date = TODAY, service: str = "", kind: str = "") -> None:
    coding = rules.Coding(section="SEL-107", service=service, supplier_kind=kind, account_string=account)
    rules.set_account_rule(municipality_id=who.user.municipality_id, coding=coding, starts=starts, today=TODAY)


def test_a_section_is_taken_out_of_use_from_a_day_and_the_old_word_is_kept(lone: Persona) -> None:
    word(lone, name="Midlertidigt ophold", checked=True)
    word(lone, starts=LATER, in_use=False)
    assert local_terms.on_offer(TODAY).sections["SEL-107"].name == "Midlertidigt ophold"
    assert "SEL-107" not in local_terms.on_offer(LATER).sections
    assert "SEL-107" in local_terms.on_offer(LATER, also={"SEL-107"}).sections
    later, first = local_terms.words_about(TermKind.SECTION, "SEL-107")
    assert (first.valid_to, first.checked_on, first.checked_by) == (LATER, TODAY, "Lone")
    assert later.checked_on == TODAY  # who looked it up has looked it up


def test_a_word_on_the_past_or_on_what_the_program_does_not_know_is_refused(lone: Persona) -> None:
    with pytest.raises(local_terms.UnableToSetTermError):
        word(lone, starts=date(2026, 11, 20))
    with pytest.raises(local_terms.UnableToSetTermError):
        local_terms.set_term(
            municipality_id=lone.user.municipality_id, what=TermKind.SERVICE, code="SEL-107", in_use=True, name="",
            checked=False, starts=TODAY, actor_id=lone.user.id, today=TODAY,
        )  # fmt: skip


def test_the_narrowest_rule_is_proposed_and_the_one_before_it_is_kept(lone: Persona) -> None:
    rule(lone)
    rule(lone, ACCOUNT[:-1] + "1", kind="private")
    rule(lone, ACCOUNT[:-1] + "2", starts=LATER)

    def proposed(kind: str, on: date) -> str:
        found = rules.proposed_account(section="SEL-107", services=["ophold"], supplier_kind=kind, on=on)
        return found.account_string[-1] if found else ""

    assert [proposed("", TODAY), proposed("private", LATER), proposed("", LATER)] == ["0", "1", "2"]
    assert AccountRule.objects.count() == 3


def test_an_account_string_that_is_none_is_refused(lone: Persona) -> None:
    with pytest.raises(rules.UnableToSetAccountRuleError):
        rule(lone, "123")


def test_a_rule_ends_on_a_day_and_one_that_has_not_begun_is_taken_away(lone: Persona) -> None:
    rule(lone)
    rule(lone, starts=LATER, kind="private")
    for one in rules.account_rules():
        rules.end_account_rule(rule_id=one.id, ends=date(2026, 12, 1), today=TODAY)
    (left,) = rules.account_rules()
    assert left.valid_to == date(2026, 12, 1)


def test_the_pages_write_once_show_their_history_and_keep_to_twelve_queries(
    lone: Persona, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    client, today = logged_in_client(lone), clock.today()
    of_section, of_service = reverse("section_term", args=["SEL-107"]), reverse("service_term", args=["ophold"])
    given = {"in_use": "on", "name": "Vores navn", "checked": "on", "starts": str(today), "_once": "den samme"}
    for _ in range(2):
        assert client.post(of_section, given).status_code == 302
    assert LocalTerm.objects.get().name == "Vores navn"
    assert send(client, of_service, {"name": "", "starts": str(today)}).status_code == 302
    coding = {"law": "SEL-107", "account_string": ACCOUNT, "starts": str(today), "vat_note": "Momsfri"}
    assert send(client, reverse("account_rules"), coding).status_code == 302
    of_rule = reverse("account_rule", args=[AccountRule.objects.get().id])
    for page, words in (
        (reverse("sections"), "Vores navn"),
        (of_section, "Historik"),
        (of_service, "Ikke i brug"),
        (reverse("account_rules"), "5 28 20 1 1 0001 001 4 0"),
        (of_rule, "Momsfri"),
    ):
        with django_assert_max_num_queries(12 + OWN, connection=connection, info=page):
            answer = client.get(page)
        assert answer.status_code == 200, page
        assert words in answer.content.decode(), page
    assert send(client, reverse("account_rule_end", args=[AccountRule.objects.get().id]), {"ends": str(today)})
    assert not AccountRule.objects.exists()


def test_an_auditor_reads_the_settings_and_changes_none(lone: Persona, municipality: Municipality) -> None:
    rule(lone)
    client = logged_in_client(persona("rita", municipality, Role.AUDITOR))
    assert client.get(reverse("account_rules")).status_code == 200
    for page in (reverse("section_term", args=["SEL-107"]), reverse("account_rules")):
        assert send(client, page, {"starts": str(TODAY)}).status_code == 403


def test_a_service_is_added_named_and_retired_on_its_page_and_offered_on_a_new_grant(
    lone: Persona, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    client, today = logged_in_client(lone), clock.today()
    given = {"name": "Specialundervisning", "starts": str(today), "words": "Spec.", "reason": "Skoleområdet"}
    answer = send(client, reverse("service_new"), given)
    page = reverse("service_term", args=["specialundervisning"])
    assert answer["Location"] == page
    law = {"short": "FSL", "paragraph": "§ 20", "law": "Folkeskoleloven"}
    assert send(client, reverse("section_new"), given | law)["Location"] == reverse("section_term", args=["FSL-20"])
    for address in (page, reverse("section_term", args=["FSL-20"]), reverse("sections"), reverse("service_new")):
        with django_assert_max_num_queries(12 + OWN, connection=connection, info=address):
            assert client.get(address).status_code == 200
    assert "jeres egen" in client.get(reverse("sections")).content.decode()
    filters = client.get(reverse("grants")).content.decode()
    assert "FSL § 20" in filters
    refused = client.post(reverse("service_new"), given | {"name": "Ophold", "_once": "igen"})
    assert "Der er allerede en ydelse" in refused.content.decode()
    assert send(client, reverse("service_own", args=["specialundervisning"]), {"ends": "2099-01-01"}).status_code == 302
    assert "Tilføjet og rettet" in client.get(page).content.decode()
    assert local_terms.on_offer(today).services["specialundervisning"] == "Specialundervisning"
    assert "specialundervisning" not in local_terms.on_offer(date(2099, 1, 1)).services
