"""What a case system says, taken over as a real change of the grant: limits and locks hold, and the pages show it."""

from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal
from uuid import UUID

import pytest

from db.registers.registers import Registers
from loggedin import logged_in_client, send
from personas import persona
from styr.access.core.roles import Role
from styr.access.models import Municipality
from styr.access.scope import acting_as, service_scope
from styr.controls.queries import FindingFilter, finding_page
from styr.controls.services import run_controls
from styr.grants.acting import Actor
from styr.grants.approving import UnableToApproveError
from styr.grants.locked import GrantChangedMeanwhileError
from styr.grants.models import Grant, OwnRate
from styr.kernel import clock
from styr.reconciliation import services
from styr.reconciliation.bulk import upsert_case_grants
from styr.reconciliation.controls import CASE_CONTROLS
from styr.reconciliation.core.rows import CaseGrantRow
from styr.reconciliation.models import CaseExtract, CaseGrant

pytestmark = pytest.mark.django_db
NOW, TODAY = datetime(2026, 4, 1, 12, tzinfo=UTC), date(2026, 4, 1)
CODES = [control.code for control in CASE_CONTROLS]
HELP = CaseGrantRow(
    system="sensum", source_id="SAG-77", cpr="6202901432", section="SEL-85", starts=date(2026, 3, 1), service="stoette",
    unit="hour", per="week", quantity=Decimal(5), amount=Decimal("420.50"), extracted_on=TODAY,
)  # fmt: skip


class House:
    """The tiny municipality with its case system's extract."""

    def __init__(self, municipality: Municipality) -> None:
        self.municipality = municipality

    def says(self, *rows: CaseGrantRow) -> None:
        result = upsert_case_grants(rows, municipality_id=self.municipality.id, now=NOW)
        assert result.errors == ()
        self.control()

    def control(self) -> None:
        ran = run_controls(municipality_id=self.municipality.id, today=TODAY, now=NOW, codes=CODES)
        assert ran.failures == ()

    def found(self, code: str) -> list[UUID]:
        return [row.id for row in finding_page(FindingFilter(codes=(code,))).rows]


@pytest.fixture
def house(municipality: Municipality, scope: str) -> House:
    Registers(municipality.id).load()
    return House(municipality)


def _actor(municipality: Municipality, role: Role = Role.MANAGER) -> Actor:
    return Actor(persona(role.value, municipality, role).user.id, TODAY, NOW)


def _take(house: House, finding_id: UUID, actor: Actor, day: date | None, **others: object) -> UUID:
    known = services.difference(finding_id, today=TODAY)
    assert known.grant is not None
    given = {"seen_fingerprint": known.finding.fingerprint, "seen_version": known.grant.version, **others}
    return services.take_over(finding_id=finding_id, day=day, actor=actor, **given)  # type: ignore[arg-type]  # of the test


def test_another_price_becomes_a_change_of_the_grant_and_the_difference_closes(house: House) -> None:
    house.says(replace(HELP, amount=Decimal("450.00")))
    [finding_id] = house.found("case_price_differs")
    actor = _actor(house.municipality)
    effect = services.effect(finding_id=finding_id, day=date(2026, 4, 1), actor=actor)
    assert effect.this_year_ore > 0
    grant_id = _take(house, finding_id, actor, date(2026, 3, 1))
    assert list(OwnRate.objects.filter(service_line__grant_id=grant_id).values_list("amount", flat=True))[-1] == 450
    changed = run_controls(
        municipality_id=house.municipality.id, today=TODAY, now=NOW, codes=CODES, narrow_ids=[grant_id]
    )
    assert changed.failures == ()
    assert house.found("case_price_differs") == [], "a run narrowed to the grant looks at its case grants too"


def test_a_later_end_is_taken_over(house: House) -> None:
    house.says(replace(HELP, ends=date(2026, 10, 1)))
    [finding_id] = house.found("case_period_differs")
    grant_id = _take(house, finding_id, _actor(house.municipality), None)
    assert Grant.objects.get(id=grant_id).ends == date(2026, 10, 1)


def test_another_quantity_is_taken_over_from_a_day(house: House) -> None:
    house.says(replace(HELP, quantity=Decimal("7.5")))
    [finding_id] = house.found("case_quantity_differs")
    grant_id = _take(house, finding_id, _actor(house.municipality), date(2026, 5, 1))
    lines = Grant.objects.get(id=grant_id).lines.order_by("line_no").values_list("quantity", "starts", "ends")
    assert list(lines) == [
        (5, None, date(2026, 5, 1)),
        (Decimal("7.5"), date(2026, 5, 1), None),
    ]


def test_a_price_by_contract_is_the_contracts_and_a_role_without_grants_takes_nothing_over(house: House) -> None:
    home = replace(
        HELP, source_id="B0000017-9", cpr="6101801321", section="SEL-107", starts=date(2026, 1, 1), service="ophold",
        unit="day", per="day", quantity=Decimal(1), amount=Decimal(2300), line_no=1,
    )  # fmt: skip
    house.says(home, replace(HELP, amount=Decimal(430)))
    by_number = {services.difference(one, today=TODAY).case.source_id: one for one in house.found("case_price_differs")}
    with pytest.raises(services.UnableToTakeOverError, match="aftalt i kontrakt K-2026-0001"):
        _take(house, by_number["B0000017-9"], _actor(house.municipality), TODAY)
    with pytest.raises(UnableToApproveError, match="Du må ikke"):
        _take(house, by_number["SAG-77"], _actor(house.municipality, Role.ECONOMIST), TODAY)


def test_nothing_is_taken_over_on_what_was_not_seen(house: House) -> None:
    house.says(replace(HELP, amount=Decimal(450)))
    [finding_id] = house.found("case_price_differs")
    actor = _actor(house.municipality)
    with pytest.raises(GrantChangedMeanwhileError):
        _take(house, finding_id, actor, TODAY, seen_version=0)
    with pytest.raises(services.UnableToTakeOverError, match="en anden, end da du"):
        _take(house, finding_id, actor, TODAY, seen_fingerprint="x")


def test_a_grant_that_only_the_case_system_has_becomes_a_draft_once(house: House) -> None:
    house.says(HELP, replace(HELP, source_id="S-9", section="SEL-97", service="ledsagelse", per="month"))
    [finding_id] = house.found("case_grant_unknown")
    actor = _actor(house.municipality)
    grant_id = services.draft_here(
        finding_id=finding_id, municipality_id=house.municipality.id, today=TODAY, now=NOW, actor_id=actor.id
    )
    drafted = Grant.objects.get(id=grant_id)
    assert (drafted.status, drafted.section, drafted.lines.get().quantity) == ("draft", "SEL-97", 5)


def test_an_extract_that_lacks_a_row_marks_it_gone_and_most_of_it_is_refused(house: House) -> None:
    many = [replace(HELP, source_id=f"S-{n}") for n in range(60)]
    house.says(HELP, *many)
    result = upsert_case_grants([HELP, *many[:-1]], municipality_id=house.municipality.id, now=NOW)
    assert (result.errors, CaseGrant.objects.exclude(gone_on=None).get().source_id) == ((), "S-59")
    [error] = upsert_case_grants([HELP, *many[:5]], municipality_id=house.municipality.id, now=NOW).errors
    assert "ligner et udtræk af en del af systemet" in error.message


def test_an_extract_with_all_its_numbers_new_is_refused_and_leaves_what_was_there(house: House) -> None:
    house.says(*[replace(HELP, source_id=f"S-{n}") for n in range(50)])
    swapped = [replace(HELP, source_id=f"X-{n}") for n in range(50)]
    [error] = upsert_case_grants(swapped, municipality_id=house.municipality.id, now=NOW).errors
    assert "mangler 50 af de 50 ydelser" in error.message
    assert (CaseGrant.objects.count(), CaseGrant.objects.filter(gone_on=None).count()) == (50, 50)
    assert CaseExtract.objects.count() == 1


@pytest.mark.parametrize(
    ("day", "told"),
    [
        (date(2025, 1, 1), "ældre end det, der er indlæst"),
        (date(2026, 4, 2), "dateret efter i dag"),
        (date(1900, 1, 1), "ældre end det, der er indlæst"),
    ],
)
def test_an_extract_of_another_time_is_refused(house: House, day: date, told: str) -> None:
    house.says(HELP)
    [error] = upsert_case_grants(
        [replace(HELP, extracted_on=day)], municipality_id=house.municipality.id, now=NOW
    ).errors
    assert told in error.message
    assert CaseExtract.objects.count() == 1


def test_the_pages_show_it_within_twelve_queries_and_take_it_over(
    house: House, monkeypatch: pytest.MonkeyPatch, django_assert_max_num_queries: object
) -> None:
    monkeypatch.setattr(clock, "today", lambda: TODAY)
    house.says(replace(HELP, amount=Decimal("450.00")))
    [finding_id] = house.found("case_price_differs")
    mette = persona("mette", house.municipality, Role.MANAGER)
    client = logged_in_client(mette)
    listed, shown = "/oekonomi/afstemning/", f"/oekonomi/afstemning/{finding_id}/"
    for address, words in (
        (listed, ["Prisen er en anden i fagsystemet", "Sensum", "Betaling uden bevilling"]),
        (shown, ["450,00 kr. pr. time", "420,50 kr. pr. time", "Overtag prisen", "Bo Aagaard"]),
        (f"{shown}overtag/", ["Gælder fra"]),
    ):
        with django_assert_max_num_queries(12):  # type: ignore[operator]  # pytest-django's
            page = client.get(address)
        assert page.status_code == 200, address
        text = page.content.decode()
        assert [word for word in words if word not in text] == [], address
    known = services.difference(finding_id, today=TODAY)
    assert known.grant is not None
    fields = {"day": "2026-04-01", "version": known.grant.version, "seen": known.finding.fingerprint}
    weighed = client.post(f"{shown}virkning/", fields)
    assert "Forskel" in weighed.content.decode()
    done = send(client, f"{shown}overtag/", dict(fields))
    assert done.status_code == 302
    assert OwnRate.objects.filter(service_line__grant_id=known.grant.id, amount=450).exists()


def test_whoever_serves_another_unit_sees_neither_the_case_grant_nor_its_difference(
    house: House, other_unit: object, unit: object
) -> None:
    house.says(replace(HELP, amount=Decimal(450)))
    [finding_id] = house.found("case_price_differs")
    with service_scope(house.municipality.id, "test"):
        stranger = persona("fremmed", house.municipality, Role.CASEWORKER, unit)  # type: ignore[arg-type]  # Bo is of the other
    with acting_as(stranger.token):
        assert CaseGrant.objects.count() == 0
        with pytest.raises(services.NoDifferenceError):
            services.difference(finding_id, today=TODAY)
