"""The kept numbers of open findings are what counting the findings gives, whatever becomes of them."""

from collections.abc import Callable
from datetime import UTC, date, datetime
from uuid import UUID

import pytest
from django.db import connection
from django.db.models import Count, Sum

from personas import persona
from placed_findings import place_finding
from styr.access.core.roles import Role
from styr.access.models import Municipality, Unit
from styr.access.scope import acting_as
from styr.access.services import block_from_case
from styr.controls import queries, tally
from styr.controls.core.verdict import Verdict
from styr.controls.filtering import OPEN, FindingFilter
from styr.controls.models import Finding, OpenCount
from styr.controls.services import decide_finding
from styr.kernel.cpr import Cpr
from styr.kernel.ids import uuid7

pytestmark = pytest.mark.django_db
NOW, TODAY = datetime(2026, 11, 21, 12, tzinfo=UTC), date(2026, 11, 21)
SEEN = "0" * 32
KINDS = ("control_code", "owner_role", "severity", "hard_stop", "supplier_id")
Place = Callable[..., UUID]


@pytest.fixture
def place(scope: str, municipality: Municipality, unit: Unit) -> Place:
    def placed(amount: int | None = 100, **more: object) -> UUID:
        number = f"B{Finding.objects.count():07}-1"
        made = {"unit_id": unit.id, "amount_ore": amount or 1, "number": number, **more}
        found = place_finding(municipality_id=municipality.id, **made)  # type: ignore[arg-type]  # by keyword, as given
        if amount is None:
            Finding.objects.filter(id=found).update(amount_ore=None)
        return found

    return placed


def counted() -> set[tuple[object, ...]]:
    groups = Finding.objects.filter(status="open").values_list(*KINDS)
    return set(groups.annotate(n=Count("id"), known=Count("amount_ore"), amount=Sum("amount_ore", default=0)))


def kept() -> set[tuple[object, ...]]:
    rows = tally.tallied(OPEN, "control_code", "owner_role", "severity", "hard_stop", "supplier_id")
    return {row[:-1] for row in rows or ()}


def test_the_numbers_follow_findings_through_all_that_can_happen_to_them(
    place: Place, municipality: Municipality, unit: Unit, other_unit: Unit
) -> None:
    first, second, third = place(100), place(None), place(300)
    assert kept() == counted()
    actor = persona("frida", municipality, Role.NEGOTIATOR)
    decide_finding(
        finding_id=first,
        verdict=Verdict.ACCEPT,
        reason="Aftalt",
        actor_id=actor.user.id,
        seen_fingerprint=SEEN,
        now=NOW,
    )
    assert kept() == counted()
    Finding.objects.filter(id=second).update(amount_ore=50, supplier_id=uuid7())
    Finding.objects.filter(id=third).update(unit=other_unit, severity="fatal")
    assert kept() == counted()
    Finding.objects.filter(id__in=[first, third]).update(status="open", hard_stop=True)
    assert kept() == counted()
    Finding.objects.filter(id=third).delete()
    assert kept() == counted()
    before = OpenCount.objects.count()
    tally.fold()
    assert kept() == counted()
    assert OpenCount.objects.count() < before
    Finding.objects.update(status="closed", closed_at=NOW)
    tally.fold()
    assert kept() == counted() == set()
    assert not OpenCount.objects.exists()


def test_a_whole_list_is_told_by_the_numbers_and_by_counting_alike(place: Place, unit: Unit, other_unit: Unit) -> None:
    for amount in (100, None, 300):
        place(amount)
    place(400, unit_id=other_unit.id)
    for wanted in (OPEN, FindingFilter(unit_id=unit.id), FindingFilter(owner_roles=("negotiator",))):
        page = queries.finding_page(wanted)
        assert page.total == len(page.rows)
        assert page.amount_ore == sum(row.amount_ore or 0 for row in page.rows)
        assert page.unknown == sum(row.amount_ore is None for row in page.rows)
        assert sum(kind.count for kind in queries.findings_by_kind(wanted)) == page.total
    assert tally.tallied(FindingFilter(least_ore=200)) is None


def test_a_unit_sees_its_own_numbers_and_nobody_writes_them(
    place: Place, municipality: Municipality, unit: Unit, other_unit: Unit
) -> None:
    place(100)
    place(400, unit_id=other_unit.id)
    sara = persona("sara", municipality, Role.CASEWORKER, unit)
    with acting_as(sara.token), connection.cursor() as cursor:
        assert queries.finding_page(OPEN).total == 1
        cursor.execute("SELECT has_table_privilege('controls_opencount', 'INSERT, UPDATE, DELETE')")
        assert cursor.fetchone() == (False,)


def test_whoever_is_kept_from_a_case_counts_what_is_left(place: Place, municipality: Municipality) -> None:
    place(100)
    rita = persona("rita", municipality, Role.MANAGER)
    cpr = Cpr.parse("6101701111")
    block_from_case(municipality_id=municipality.id, user_id=rita.user.id, cpr=cpr, reason="Søster", starts=TODAY)
    with acting_as(rita.token):
        assert not OpenCount.objects.exists()
        assert queries.finding_page(OPEN).total == 1
        assert kept() == counted()
