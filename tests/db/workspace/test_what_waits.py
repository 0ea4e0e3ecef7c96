"""Prices, drafts of contracts and budgets that wait: who is told, who finds them on Start, and the answer."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.urls import reverse

from db.drafting.journey import NOW, at, office
from db.registers.registers import Registers
from loggedin import logged_in_client
from personas import Persona, persona
from styr.access import tokens
from styr.access.core.permissions import permissions_of
from styr.access.core.roles import Role
from styr.access.models import Limit, Municipality
from styr.access.role_requests import give_or_ask
from styr.access.staff import NewRole
from styr.contracts.models import ContractLine
from styr.drafting import approving
from styr.grants.acting import Actor
from styr.grants.models import ServiceLine
from styr.grants.price_requests import change_or_ask, refuse_price, waiting_prices
from styr.grants.windows import dearest_of, years_of
from styr.planning.models import BudgetVersion
from styr.workspace import happenings, notices
from styr.workspace.core.work_kinds import KINDS
from styr.workspace.paths import work_path
from styr.workspace.start import start_picture, work_of

pytestmark = pytest.mark.django_db
TODAY = NOW.date()
SOON = TODAY + timedelta(days=30)


def told(who: Persona) -> list[str]:
    before = tokens.present(who.token)
    found = [f"{one.kind.url_name}: {one.text}" for one in notices.latest(user_id=who.user.id)]
    tokens.present(before)
    return sorted(found)


def waits_for(who: Persona, role: Role) -> set[str]:
    before = tokens.present(who.token)
    found = work_of(user_id=who.user.id, roles={role}, permissions=permissions_of({role}), today=TODAY)
    tokens.present(before)
    return {one.url_name for one in found if "godkendelse" in one.title or "bekræfte" in one.title}


def look() -> None:
    for _ in range(2):
        happenings.tell_what_happened(now=NOW + timedelta(hours=1))


def test_what_waits_is_told_to_whoever_may_answer_it_and_the_answer_comes_back(
    municipality: Municipality, scope: str
) -> None:
    Registers(municipality.id).load()
    desk = office(municipality)
    mia = persona("mia", municipality, Role.CASEWORKER)
    bought = ServiceLine.objects.filter(grant_id=desk.grant_id, contract_line__isnull=False).first()
    assert bought is not None
    assert bought.contract_line_id is not None
    cost = dearest_of(years_of(grant_id=desk.grant_id, also=(TODAY, SOON)))
    for role, ore in ((Role.CASEWORKER, cost), (Role.MANAGER, 10 * cost)):
        Limit.objects.create(
            municipality=municipality, role=role, act="approve_grant", amount_ore=ore, valid_from=date(2020, 1, 1)
        )
    mads = Actor(desk.mads.user.id, TODAY, NOW)
    asked = change_or_ask(contract_line_id=bought.contract_line_id, valid_from=SOON, amount=Decimal(9000), actor=mads)
    assert asked.asked is not None
    draft_id = desk.draft()
    approving.submit(draft_id=draft_id, actor=at(desk.mads, 1))
    budget = BudgetVersion.objects.create(
        municipality=municipality, name="Budget", year=2027, state="awaiting", made_by=mia.user, made_at=NOW,
        sent_by=mia.user, sent_at=NOW,
    )  # fmt: skip
    look()
    number = ContractLine.objects.get(id=bought.contract_line_id).contract.number
    (of_budget, of_price, of_draft) = told(desk.henrik)
    assert of_budget == "budget_version: Budgettet »Budget 2027« er sendt til godkendelse"
    assert of_price.startswith(f"contract: En ny pris på kontrakt {number} fra 1. maj 2026 gør en bevilling så dyr som")
    assert of_draft.startswith(f"draft: Udkastet til kontrakt {number}")
    assert told(mia) == told(desk.mads) == []  # beyond her limit; his own
    assert waits_for(desk.henrik, Role.MANAGER) == {"prices_asked", "drafts", "budget_versions"}
    assert waits_for(desk.mads, Role.NEGOTIATOR) == set()
    henrik = logged_in_client(desk.henrik)
    page = henrik.get(reverse("prices_asked")).content.decode()
    assert [number in page, "9.000" in page] == [True, True]
    refuse_price(request_id=asked.asked, reason="Forhandl igen", actor=Actor(desk.henrik.user.id, TODAY, NOW))
    later = {1: "Forhandl igen", 31: ""}
    for days, reason in later.items():
        on = TODAY + timedelta(days=days)
        assert "".join(one.reason for one in waiting_prices([bought.contract_line_id], today=on)) == reason
    approving.send_back(draft_id=draft_id, reason="Ret prisen", actor=at(desk.henrik, 5))
    BudgetVersion.objects.filter(id=budget.id).update(state="approved", decided_by=desk.henrik.user, decided_at=NOW)
    look()
    assert told(desk.mads) == [
        f"contract: Den nye pris på kontrakt {number} er afvist; begrundelsen står på kontrakten",
        f"draft: Udkastet til kontrakt {number} er sendt tilbage til dig",
    ]
    assert told(mia) == ["budget_version: Budgettet »Budget 2027« er godkendt"]
    assert "Ingen nye priser venter" in henrik.get(reverse("prices_asked")).content.decode()
    assert "Forhandl igen" in henrik.get(reverse("prices_asked") + "?svar=refused").content.decode()


def test_an_administrator_finds_the_roles_to_confirm_on_start(municipality: Municipality, scope: str) -> None:
    first, second = (persona(name, municipality, Role.ADMINISTRATOR) for name in ("anne", "bent"))
    mia = persona("mia", municipality, Role.ECONOMIST)
    tokens.present(first.token)
    new = NewRole(Role.CASEWORKER, None, TODAY)
    assert give_or_ask(user_id=mia.user.id, new=new, actor_id=first.user.id, now=NOW)
    tokens.present(second.token)
    roles = {Role.ADMINISTRATOR}
    for who, waits in ((second, [("users", 1)]), (first, [])):
        shown = start_picture(user_id=who.user.id, roles=roles, permissions=permissions_of(roles), today=TODAY)
        assert [(one.url_name, one.count) for one in shown.work] == waits


def test_every_kind_of_work_leads_to_a_page_and_somebody_has_it() -> None:
    given = {one for role in Role for one in permissions_of({role})}
    assert all(work_path(kind.line).startswith("/") for kind in KINDS)
    assert {kind.needs for kind in KINDS} <= given
