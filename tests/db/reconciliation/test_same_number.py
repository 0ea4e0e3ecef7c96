"""Two case systems give one number to two citizens' grants: neither is the other, and nothing is taken over between."""

from dataclasses import replace
from decimal import Decimal

import pytest
from django.db import connection

from db.reconciliation.test_taking_over import CODES, HELP, TODAY, House, _actor, house  # noqa: F401 - a fixture
from styr.controls.queries import evidence_of
from styr.grants.models import OwnRate
from styr.people.models import Citizen
from styr.reconciliation import services
from styr.reconciliation.models import CaseGrant

pytestmark = pytest.mark.django_db
IDA = "6101801321"
OF_IDA = replace(HELP, system="dubu", cpr=IDA, section="BL-46", amount=Decimal(999))


def test_the_same_number_of_another_citizen_is_another_grant(house: House) -> None:  # noqa: F811 - the fixture
    house.says(HELP, OF_IDA)
    assert {code: len(house.found(code)) for code in CODES if house.found(code)} == {"case_grant_unknown": 1}
    [finding_id] = house.found("case_grant_unknown")
    assert evidence_of(finding_id)["status_word"] == "findes ikke her (samme nummer, anden borger)"
    assert services.difference(finding_id, today=TODAY).grant is None


def test_the_same_number_of_another_section_is_another_grant_unless_it_is_ours(
    house: House,  # noqa: F811 - the fixture
) -> None:
    house.says(replace(HELP, section="SEL-97"))
    [finding_id] = house.found("case_grant_unknown")
    assert evidence_of(finding_id)["status_word"] == "findes ikke her (samme nummer, anden paragraf)"
    number = OwnRate.objects.get(amount=Decimal("420.50")).service_line.grant.number
    house.says(replace(HELP, source_id=number, section="SEL-97"))
    assert house.found("case_grant_unknown") == []


def test_nothing_is_taken_over_from_another_citizens_grant(house: House) -> None:  # noqa: F811 - the fixture
    house.says(replace(HELP, amount=Decimal(450)))
    [finding_id] = house.found("case_price_differs")
    seen = services.difference(finding_id, today=TODAY)
    assert seen.grant is not None
    ida = Citizen.objects.get(source_id="1001")
    CaseGrant.objects.update(citizen_id=ida.id, unit=ida.unit_id)
    with pytest.raises(services.UnableToTakeOverError, match="en anden borgers"):
        services.take_over(
            finding_id=finding_id, day=TODAY, seen_fingerprint=seen.finding.fingerprint,
            seen_version=seen.grant.version, actor=_actor(house.municipality),
        )  # fmt: skip
    assert services.difference(finding_id, today=TODAY).grant is None
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM grants_ownrate WHERE amount = 450")
        assert cursor.fetchall() == [(0,)]
