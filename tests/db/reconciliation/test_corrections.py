"""A grant's start, account and supplier taken over from the case system: within limits, told, and taken back."""

from dataclasses import replace
from datetime import date

import pytest

from db.reconciliation.test_taking_over import HELP, TODAY, House, _actor, _take, house  # noqa: F401 - a fixture
from personas import persona
from styr.access.core.roles import Role
from styr.access.models import Limit
from styr.grants.approving import UnableToApproveError
from styr.grants.models import Grant
from styr.reconciliation import services
from styr.reconciliation.taking_back import UnableToTakeBackError, take_correction_back

pytestmark = pytest.mark.django_db
OTHER_ACCOUNT = "5385214000100240"


def test_an_earlier_start_is_taken_over_with_its_price_and_taken_back(house: House) -> None:  # noqa: F811 - as above
    house.says(replace(HELP, starts=date(2026, 2, 1)))
    [finding_id] = house.found("case_period_differs")
    actor = _actor(house.municipality)
    known = services.difference(finding_id, today=TODAY)
    assert known.what == "startdatoen"
    assert services.effect(finding_id=finding_id, day=None, actor=actor).this_year_ore > 0
    grant_id = _take(house, finding_id, actor, None)
    assert Grant.objects.get(id=grant_id).starts == date(2026, 2, 1)
    house.control()
    assert house.found("case_period_differs") == []
    [taken] = services.difference(finding_id, today=TODAY).taken
    assert take_correction_back(taken_id=taken.id, actor=actor) == finding_id
    assert Grant.objects.get(id=grant_id).starts == date(2026, 3, 1)
    house.control()
    assert house.found("case_period_differs") == [finding_id]
    with pytest.raises(UnableToTakeBackError, match="allerede"):
        take_correction_back(taken_id=taken.id, actor=actor)


def test_an_earlier_start_takes_a_limit_that_reaches_the_whole_grant(house: House) -> None:  # noqa: F811 - as above
    house.says(replace(HELP, starts=date(2026, 2, 1)))
    [finding_id] = house.found("case_period_differs")
    actor = _actor(house.municipality, Role.CASEWORKER)
    Limit.objects.filter(role=Role.CASEWORKER.value, act="approve_grant").delete()
    Limit.objects.create(
        municipality=house.municipality, role=Role.CASEWORKER.value, act="approve_grant", amount_ore=1_000_00,
        valid_from=date(2020, 1, 1),
    )  # fmt: skip
    assert services.effect(finding_id=finding_id, day=None, actor=actor).beyond
    with pytest.raises(UnableToApproveError, match="En leder skal godkende"):
        _take(house, finding_id, actor, None)


def test_another_account_is_taken_over_and_not_taken_back_once_it_is_changed(house: House) -> None:  # noqa: F811 - as above
    Grant.objects.filter(source_id="SAG-77").update(account_string="5385214000100140")
    house.says(replace(HELP, account_string=OTHER_ACCOUNT))
    [finding_id] = house.found("case_account_differs")
    actor = _actor(house.municipality)
    grant_id = _take(house, finding_id, actor, None)
    assert Grant.objects.get(id=grant_id).account_string == OTHER_ACCOUNT
    [taken] = services.difference(finding_id, today=TODAY).taken
    Grant.objects.filter(id=grant_id).update(account_string="5385214000100340")
    with pytest.raises(Exception, match="ændret siden"):
        take_correction_back(taken_id=taken.id, actor=actor)
    Grant.objects.filter(id=grant_id).update(account_string=OTHER_ACCOUNT)
    take_correction_back(taken_id=taken.id, actor=actor)
    assert Grant.objects.get(id=grant_id).account_string == "5385214000100140"


def test_a_role_in_another_unit_corrects_nothing(house: House, unit: object) -> None:  # noqa: F811 - as above
    house.says(replace(HELP, starts=date(2026, 2, 1)))
    [finding_id] = house.found("case_period_differs")
    other = persona("fremmed", house.municipality, Role.MANAGER, unit).user.id  # type: ignore[arg-type]  # Bo is of another
    actor = replace(_actor(house.municipality), id=other)
    with pytest.raises(UnableToApproveError, match="i den enhed"):
        _take(house, finding_id, actor, None)
