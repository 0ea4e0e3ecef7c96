"""A grant costs, before it is kept, what it costs afterwards; the register's rules warn at once."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from uuid import UUID

import pytest
from django.db import connection

from styr.access.models import Municipality
from styr.contracts.models import ContractLine
from styr.grants.core.codes import GrantStatus
from styr.grants.costing import cost_of
from styr.grants.drafting import Draft, change_draft, create_draft, preview
from styr.grants.lines import NewLine, UnableToRegisterGrantError
from styr.grants.locked import GrantChangedMeanwhileError
from styr.grants.models import Grant, OwnRate, ServiceLine
from styr.kernel.period import Period
from styr.kernel.units import Per, Unit
from styr.people.models import Citizen

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 22)
ONE = Decimal(1)
SUPPORT = NewLine(
    service="stoette", unit=Unit.HOUR, per=Per.WEEK, quantity=Decimal("4.5"), factor=ONE, price=Decimal("431.75")
)


@pytest.fixture
def draft(home: UUID) -> Draft:
    """Support for Bo, at a price of the grant's own."""
    return Draft(
        citizen_id=Citizen.objects.get(source_id="1002").id,
        section="SEL-97",
        period=Period(date(2026, 12, 1), None),
        lines=(SUPPORT,),
        account_string="5385214000100140",
        professional_reason="Bo magter ikke at handle alene.",
        economic_reason="Billigst af to tilbud.",
    )


def stay(citizen: str = "1002", **more: object) -> Draft:
    """A stay on the contract of Ida."""
    line = ContractLine.objects.get(contract__number="K-2026-0001", line_no=1)
    draft = Draft(
        citizen_id=Citizen.objects.get(source_id=citizen).id,
        section="SEL-107",
        period=Period(date(2026, 12, 1), date(2027, 6, 1)),
        lines=(
            NewLine(service="ophold", unit=Unit.DAY, per=Per.DAY, quantity=ONE, factor=ONE, contract_line_id=line.id),
        ),
        contract_id=line.contract_id,
        account_string="5385214000100140",
    )
    return replace(draft, **more)  # type: ignore[arg-type] # fields of several types


def codes(municipality: Municipality, draft: Draft) -> set[str]:
    shown = preview(municipality_id=municipality.id, draft=draft, grant_id=None, today=TODAY)
    return {one.code for one in shown.warnings}


def test_two_lines_that_are_one_are_not_kept(municipality: Municipality, draft: Draft) -> None:
    with pytest.raises(UnableToRegisterGrantError, match="samme ydelse"):
        create_draft(municipality_id=municipality.id, draft=replace(draft, lines=(SUPPORT, SUPPORT)))


@pytest.mark.parametrize(
    "line",
    [
        SUPPORT,
        replace(SUPPORT, per=Per.TOTAL, quantity=Decimal(100), starts=date(2026, 12, 3), ends=date(2027, 11, 4)),
        replace(SUPPORT, unit=Unit.ONCE, per=Per.TOTAL, price=Decimal("12345.67")),
        replace(SUPPORT, unit=Unit.OPENING_DAY, per=Per.DAY, factor=Decimal("1.25")),
    ],
)
def test_the_price_before_saving_is_the_price_after_it(municipality: Municipality, draft: Draft, line: NewLine) -> None:
    written = replace(draft, lines=(line, replace(SUPPORT, service="ledsagelse")))
    before = preview(municipality_id=municipality.id, draft=written, grant_id=None, today=TODAY)
    grant_id = create_draft(municipality_id=municipality.id, draft=written)
    after = cost_of(grant_id=grant_id, today=TODAY)
    assert replace(before.cost, counted=False) == after
    assert after.next_year_ore > 0
    assert not after.counted


def test_a_preview_keeps_nothing(municipality: Municipality, draft: Draft) -> None:
    def held() -> list[int]:
        with connection.cursor() as cursor:
            cursor.execute("SELECT last_value FROM grants_serial UNION ALL SELECT count(*) FROM procrastinate_jobs")
            kept = [count for (count,) in cursor.fetchall()]
        return [Grant.objects.count(), ServiceLine.objects.count(), OwnRate.objects.count(), *kept]

    before = held()
    preview(municipality_id=municipality.id, draft=draft, grant_id=None, today=TODAY)
    assert held() == before


def test_a_clean_draft_warns_of_nothing(municipality: Municipality, draft: Draft) -> None:
    assert codes(municipality, draft) == set()


def test_a_second_stay_is_a_duplicate_and_is_told_of_this_grant(municipality: Municipality, home: UUID) -> None:
    draft = stay("1001")
    shown = preview(municipality_id=municipality.id, draft=draft, grant_id=None, today=TODAY)
    duplicate = shown.warnings[0]
    assert duplicate.code == "duplicate_grant"
    assert duplicate.sentence.startswith("Bevillingen (SEL § 107) dækker det samme som bevilling B0000017-9")


def test_a_grant_that_comes_before_another_is_told_as_well(municipality: Municipality, home: UUID) -> None:
    draft = stay("1001", period=Period(date(2025, 12, 1), date(2026, 2, 1)))
    shown = preview(municipality_id=municipality.id, draft=draft, grant_id=None, today=TODAY)
    assert "denne bevilling" in shown.warnings[0].sentence


def test_a_contract_that_ends_first_is_told_before_it_does(municipality: Municipality, home: UUID) -> None:
    shown = preview(municipality_id=municipality.id, draft=stay(), grant_id=None, today=TODAY)
    expiry = next(one for one in shown.warnings if one.code == "contract_expired")
    assert expiry.title == "Kontrakten udløber før bevillingen"
    assert "udløber 31. dec. 2026" in expiry.sentence


def test_missing_contract_account_and_a_dead_citizen_are_told(
    municipality: Municipality, draft: Draft, home: UUID
) -> None:
    supplier = Grant.objects.get(id=home).supplier_id
    Citizen.objects.filter(id=draft.citizen_id).update(died_on=date(2026, 11, 1))
    found = codes(municipality, replace(draft, supplier_id=supplier, account_string=""))
    assert found == {"grant_after_death", "grant_without_contract", "account_missing"}


def test_a_rate_above_the_portal_and_a_missing_signature_are_told(municipality: Municipality, home: UUID) -> None:
    with connection.cursor() as cursor:
        cursor.execute("UPDATE contracts_contractrate SET amount = 2500 WHERE amount = 2400")
        cursor.execute("UPDATE contracts_contract SET status = 'sent', signed_on = NULL WHERE number = 'K-2026-0001'")
    assert {"rate_above_portal", "contract_unsigned"} <= codes(municipality, stay())


def test_a_draft_is_written_anew_only_as_it_was_shown(municipality: Municipality, draft: Draft) -> None:
    grant_id = create_draft(municipality_id=municipality.id, draft=draft)
    more = replace(draft, lines=(replace(SUPPORT, quantity=Decimal(6)), replace(SUPPORT, service="ledsagelse")))
    change_draft(grant_id=grant_id, draft=more, seen_version=1)
    lines = ServiceLine.objects.filter(grant_id=grant_id).order_by("line_no")
    assert [(line.quantity, line.service) for line in lines] == [(6, "stoette"), (Decimal("4.5"), "ledsagelse")]
    with pytest.raises(GrantChangedMeanwhileError):
        change_draft(grant_id=grant_id, draft=draft, seen_version=1)


def test_what_is_granted_is_not_written_anew(municipality: Municipality, home: UUID, draft: Draft) -> None:
    grant = Grant.objects.get(id=home)
    assert grant.status == GrantStatus.GRANTED
    with pytest.raises(UnableToRegisterGrantError):
        change_draft(grant_id=home, draft=draft, seen_version=grant.version)


def test_two_lines_of_one_service_are_refused_in_words(municipality: Municipality, draft: Draft) -> None:
    with pytest.raises(UnableToRegisterGrantError, match="Læg antallene sammen"):
        preview(
            municipality_id=municipality.id, draft=replace(draft, lines=(SUPPORT, SUPPORT)), grant_id=None, today=TODAY
        )
