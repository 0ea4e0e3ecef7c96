"""Who sees and writes what in the refunds: each in their units, a family by whoever sees all of it."""

from dataclasses import replace
from datetime import date
from uuid import UUID

import pytest
from django.db import connection

from db.refunds.conftest import NOW, STEPS, TODAY, Booker, asked
from personas import persona
from styr.access.core.roles import Role
from styr.access.models import Municipality, Unit
from styr.access.scope import acting_as
from styr.people.bulk import upsert_citizens
from styr.people.core.rows import CitizenRow
from styr.refunds import cases
from styr.refunds.claiming import make_claim
from styr.refunds.computing import compute_owed, compute_year
from styr.refunds.core.limits import Scheme
from styr.refunds.limiting import UnableToSetError, enter_limits, join_household
from styr.refunds.municipal import raise_claim
from styr.refunds.queries import households

pytestmark = pytest.mark.django_db
JANUARY, SINCE = date(2026, 1, 1), date(2025, 1, 1)
CHILDREN = "5282101000000040"
EVA = CitizenRow(
    source_id="2001", cpr="6101154321", first_name="Eva", last_name="Holm", unit_source_id="11",
)  # fmt: skip
KAI = replace(EVA, source_id="2002", cpr="6201164321", first_name="Kai", unit_source_id="12")
PER = CitizenRow(
    source_id="1003", cpr="6303851232", first_name="Per", last_name="Nabo", unit_source_id="11",
    acting_municipality="999", paying_municipality="998",
)  # fmt: skip
OLE = replace(PER, source_id="1004", cpr="6403851232", first_name="Ole", unit_source_id="12")


def citizen(source_id: str) -> UUID:
    ((found,),) = asked("SELECT citizen_id FROM key_citizen WHERE source_id = %s", source_id)
    return found


@pytest.fixture
def family(municipality: Municipality, book: Booker, limits: None, unit: Unit, other_unit: Unit) -> UUID:
    """Two children of one household, served by two units, whose cost together passes the limit; it is claimed."""
    to = {"municipality_id": municipality.id}
    upsert_citizens([EVA, KAI], **to)
    house = join_household(household="Holm", citizen_id=citizen("2001"), valid_from=SINCE, valid_to=None, **to)
    join_household(household=house, citizen_id=citizen("2002"), valid_from=SINCE, valid_to=None, **to)
    for source_id in ("2001", "2002"):
        book(source_id, JANUARY, 150_000, account_string=CHILDREN)
    compute_year(year=2026, today=TODAY, now=NOW, **to)
    actor = persona("lone", municipality, Role.ECONOMIST).user.id
    make_claim(year=2026, through=JANUARY, actor_id=actor, now=NOW, **to)
    return house


SEEN = """
SELECT (SELECT count(*) FROM refunds_household), (SELECT count(*) FROM refunds_householdmember),
       (SELECT count(*) FROM refunds_refundmonth WHERE pooled),
       (SELECT count(*) FROM refunds_refundmember WHERE case_id = %s),
       (SELECT count(*) FROM refunds_refundclaimline), (SELECT count(*) FROM refunds_householdevent)
"""


def test_a_family_over_two_units_is_seen_by_whoever_sees_both_alone(
    family: UUID, municipality: Municipality, unit: Unit
) -> None:
    assert all(asked(SEEN, family)[0])
    with acting_as(persona("del", municipality, Role.ECONOMIST, unit=unit).token):
        assert asked(SEEN, family) == [(0, 0, 0, 0, 0, 0)]
        found, _ = cases.case_lines(
            cases.CaseFilter(2026), cases.Slice("year", falling=True, offset=0, size=20), today=TODAY
        )
        assert not [line for line in found if line.pooled]
        assert households() == []


def test_who_is_kept_from_one_child_is_kept_from_the_family(family: UUID, municipality: Municipality) -> None:
    kept = persona("sus", municipality, Role.ECONOMIST)
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO access_caseblock (id, municipality_id, user_id, citizen_id, cpr_index, starts, reason)"
            " SELECT gen_random_uuid(), municipality_id, %s, id, '', '2020-01-01', 'Familie' FROM people_citizen"
            " WHERE source_id = '2001'",
            [kept.user.id],
        )
    with acting_as(kept.token):
        assert asked(SEEN, family) == [(0, 0, 0, 0, 0, 0)]


def test_two_families_of_one_name_stay_two(
    municipality: Municipality, book: Booker, limits: None, unit: Unit, other_unit: Unit
) -> None:
    to = {"municipality_id": municipality.id}
    upsert_citizens([EVA, KAI], **to)
    houses = []
    for name, where, source_id in (("en", unit, "2001"), ("to", other_unit, "2002")):
        with acting_as(persona(name, municipality, Role.ECONOMIST, unit=where).token):
            child = citizen(source_id)
            houses.append(join_household(household="Holm", citizen_id=child, valid_from=SINCE, valid_to=None, **to))
    assert len(set(houses)) == 2
    third = persona("tre", municipality, Role.ECONOMIST, unit=unit)
    with acting_as(third.token), pytest.raises(UnableToSetError, match="ikke adgang"):
        join_household(household=houses[1], citizen_id=citizen("2001"), valid_from=SINCE, valid_to=None, **to)


def test_claims_of_two_units_are_numbered_in_one_row(
    municipality: Municipality, book: Booker, unit: Unit, other_unit: Unit
) -> None:
    to = {"municipality_id": municipality.id}
    upsert_citizens([PER, OLE], **to)
    for source_id in ("1003", "1004"):
        book(source_id, JANUARY, 10_000)
    compute_owed(today=TODAY, **to)
    raise_claim(citizen_id=citizen("1003"), today=TODAY, **to)
    with acting_as(persona("del", municipality, Role.ECONOMIST, unit=other_unit).token):
        raise_claim(citizen_id=citizen("1004"), today=TODAY, **to)
        assert asked("SELECT number FROM refunds_municipalclaim") == [("M-2026-0002",)]


def test_limits_are_written_by_whoever_sees_the_whole_municipality(
    municipality: Municipality, scope: str, unit: Unit
) -> None:
    part = persona("del", municipality, Role.ECONOMIST, unit=unit)
    with acting_as(part.token), pytest.raises(UnableToSetError, match="alle enheder"):
        enter_limits(municipality_id=municipality.id, scheme=Scheme.ADULTS, year=2026, steps=STEPS, source="Opdigtet")
