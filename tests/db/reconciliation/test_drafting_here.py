"""A grant that only the case system has becomes a draft with all its services, by a role of the citizen's unit."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from uuid import UUID

import pytest

from db.reconciliation.test_taking_over import HELP, NOW, TODAY, House, house  # noqa: F401 - a fixture
from personas import persona
from styr.access.core.roles import Role
from styr.access.models import Unit
from styr.grants.acting import Actor
from styr.grants.approving import UnableToApproveError
from styr.grants.lines import UnableToRegisterGrantError
from styr.grants.models import Grant, OwnRate
from styr.reconciliation import services
from styr.reconciliation.models import CaseGrant

pytestmark = pytest.mark.django_db
NEW = replace(HELP, source_id="S-9", section="SEL-97", service="ledsagelse", per="month")
MORE = replace(NEW, service="stoette", amount=Decimal(900), starts=date(2026, 4, 1), ends=date(2026, 9, 1))


def _draft(house: House, actor_id: UUID) -> Grant:  # noqa: F811 - the fixture
    [finding_id] = house.found("case_grant_unknown")
    made = services.draft_here(
        finding_id=finding_id, municipality_id=house.municipality.id, today=TODAY, now=NOW, actor_id=actor_id
    )
    return Grant.objects.get(id=made)


def _manager(house: House, unit: Unit | None = None) -> UUID:  # noqa: F811 - the fixture
    return persona("leder", house.municipality, Role.MANAGER, unit).user.id


def test_every_service_of_the_grant_comes_along_with_its_price_and_days(house: House) -> None:  # noqa: F811 - the fixture
    house.says(HELP, NEW, MORE)
    grant = _draft(house, _manager(house))
    assert (grant.starts, grant.ends) == (date(2026, 3, 1), None)
    lines = grant.lines.order_by("line_no").values_list("service", "starts", "ends")
    assert list(lines) == [("ledsagelse", None, None), ("stoette", date(2026, 4, 1), date(2026, 9, 1))]
    prices = OwnRate.objects.filter(service_line__grant=grant).order_by("service_line__line_no")
    assert list(prices.values_list("amount", flat=True)) == [Decimal("420.50"), 900]


@pytest.mark.parametrize(
    ("other", "told"),
    [
        ({"cvr": "12345674"}, "forskellige leverandører"),
        ({"account_string": "5385214001005540"}, "forskellige konti"),
        ({"amount": None}, "ydelsen eller prisen"),
    ],
)
def test_services_that_cannot_be_one_grant_are_refused_and_none_is_dropped(
    house: House,  # noqa: F811 - the fixture
    other: dict[str, object],
    told: str,
) -> None:
    house.says(HELP, NEW, replace(MORE, **other))  # type: ignore[arg-type]  # fields of the row
    before = Grant.objects.count()
    with pytest.raises(services.UnableToTakeOverError, match=told):
        _draft(house, _manager(house))
    assert Grant.objects.count() == before


def test_a_role_in_another_unit_neither_drafts_nor_takes_over(
    house: House,  # noqa: F811 - the fixture
    unit: Unit,
) -> None:
    house.says(replace(HELP, amount=Decimal(450)), NEW)
    elsewhere = _manager(house, unit)
    assert not CaseGrant.objects.filter(unit=unit).exists(), "Bo is of the other unit"
    with pytest.raises(UnableToRegisterGrantError, match="den enhed, borgeren hører til"):
        _draft(house, elsewhere)
    [finding_id] = house.found("case_price_differs")
    known = services.difference(finding_id, today=TODAY)
    assert known.grant is not None
    with pytest.raises(UnableToApproveError, match="den enhed, bevillingen hører til"):
        services.take_over(
            finding_id=finding_id, day=TODAY, seen_fingerprint=known.finding.fingerprint,
            seen_version=known.grant.version, actor=Actor(elsewhere, TODAY, NOW),
        )  # fmt: skip
