"""The ledger of savings in PostgreSQL: from hope to what was invoiced, and everything that is refused."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction

from db.negotiations.conftest import TODAY, Home, actor_in, bill
from keyed import program_of
from styr.access.core.permissions import Permission
from styr.access.core.roles import Role
from styr.access.models import Municipality, Unit
from styr.controls.services import run_controls
from styr.grants.acting import Actor
from styr.invoices.models import Invoice
from styr.kernel import clock
from styr.kernel.period import Period
from styr.negotiations import past, queries, saving
from styr.negotiations.core.codes import Measure, SavingKind, SavingStatus
from styr.negotiations.models import Saving
from styr.negotiations.standing import SavingsStanding, savings_standing
from styr.people import services as people
from styr.people.models import Consent

SEPTEMBER, OCTOBER = date(2026, 9, 1), date(2026, 10, 1)
RESULTS = """category,effect,amount_dkk
special_rate,Forhandling af særtakster,2600000
relocation,Flytning af borgere til mere relevante tilbud,2400000
rate_reduction,Takstnedsættelser,1000000
total,I alt (121 kontrakter okt. 2018 – dec. 2019),6586218"""


def test_a_saving_goes_from_expected_to_realised_by_invoices_alone(
    home: Home, negotiator: Actor, municipality: Municipality
) -> None:
    made = saving.register_saving(wanted=home.wanted(), actor=negotiator)
    (line,) = queries.savings_of(year=2026)
    assert savings_standing(year=2026) == SavingsStanding(0, 0, 0, 0, 0, 0, 1, 2_440_000), "hoped for, and not agreed"
    assert (line.status, line.year_ore, line.full_year_ore) == (SavingStatus.EXPECTED, 122 * 20_000, 365 * 20_000)
    bill(home, SEPTEMBER, 30, 2200)
    assert saving.verify_savings(today=TODAY) == 0, "what is not agreed is not realised, whatever is billed"
    saving.agree_saving(saving_id=made, agreed_on=date(2026, 8, 20), actor=negotiator)
    bill(home, OCTOBER, 20, 2400)
    bill(home, date(2026, 11, 1), 30, 2200, status="deviating")
    assert saving.verify_savings(today=TODAY) == 1
    summary = queries.savings_summary(year=2026, today=TODAY)
    assert (summary.agreed_ore, summary.realised_ore, summary.leaked_ore) == (2_440_000, 600_000, 400_000)
    assert savings_standing(year=2026) == SavingsStanding(1, 2_440_000, 1, 600_000, 1, 400_000, 0, 0)
    assert savings_standing(year=2024) == SavingsStanding(0, 0, 0, 0, 0, 0, 0, 0)
    row = Saving.objects.get()
    assert (row.status, row.realised_ore, row.verified_until) == ("realised", 600_000, date(2026, 11, 1))
    with pytest.raises(saving.UnableToSaveError, match="realiseret"):
        saving.give_up_saving(saving_id=made, because="x", actor=negotiator)
    run_controls(municipality_id=municipality.id, today=TODAY, now=clock.now(), codes=["saving_leaks"])
    with connection.cursor() as cursor:
        cursor.execute("SELECT amount_ore FROM rel_finding WHERE control_code = 'saving_leaks'")
        assert cursor.fetchall() == [(400_000,)]
    program = program_of(negotiator.id, Permission.SEE_RESULTS)
    told = program.get("/api/v1/savings?year=2026").json()
    assert (told["agreed"], told["realised"], told["leaked"], told["total"]) == ("24400.00", "6000.00", "4000.00", 1)
    (one,) = told["rows"]
    assert (one["status"], one["baseline"], one["agreed"], one["realised"]) == ("realised", "2400", "2200", "6000.00")
    assert program.get("/api/v1/savings?year=2026&status=expected").json()["total"] == 0
    assert program.get("/api/v1/negotiations").json() == {"total": 0, "rows": []}
    assert program.get("/api/v1/refunds").status_code == 403


@pytest.fixture
def kept(home: Home, negotiator: Actor) -> Home:
    saving.register_saving(wanted=home.wanted(), actor=negotiator)
    return home


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({"baseline": Decimal(-1)}, "under 0"),
        ({"agreed": Decimal(2500)}, "ingen besparelse"),
        ({"agreed": Decimal(2400)}, "ingen besparelse"),
        ({"until": date(2026, 8, 1)}, "Sidste dag"),
        ({"service_line_id": "special", "baseline": Decimal(820), "agreed": Decimal(1)}, "sluttede"),
        ({"starts": date(2025, 3, 1)}, "begynder først"),
        ({"baseline": Decimal(3000)}, "registrets pris"),
        ({"evidence": " "}, "bygger på"),
        ({"measure": Measure.SUM}, "ikke som ét beløb"),
        ({"service_line_id": None}, "hører til"),
        ({"baseline_quantity": Decimal(2)}, "både før og efter"),
        ({"baseline_quantity": Decimal(4), "agreed_quantity": Decimal(1)}, "over bevillingens mængde, 1"),
        ({}, "to gange"),
        (
            {"kind": SavingKind.INVOICE_CORRECTION, "measure": Measure.SUM, "service_line_id": None,
             "until": date(2026, 12, 1)}, "oven i",
        ),
    ],
)  # fmt: skip
def test_what_is_no_saving_is_refused_with_a_reason(
    kept: Home, negotiator: Actor, given: dict[str, object], words: str
) -> None:
    if given.get("service_line_id") == "special":
        given = given | {"service_line_id": kept.special.id}
    with pytest.raises(saving.UnableToSaveError, match=words):
        saving.register_saving(wanted=kept.wanted(**given), actor=negotiator)
    assert Saving.objects.count() == 1


def test_the_next_agreement_takes_over_where_the_first_was_ended(kept: Home, negotiator: Actor) -> None:
    first = Saving.objects.get()
    saving.end_saving(saving_id=first.id, last_day=date(2026, 9, 30), actor=negotiator)
    wanted = kept.wanted(starts=OCTOBER, agreed=Decimal(2000))
    saving.register_saving(wanted=wanted, actor=negotiator)
    summary = queries.savings_summary(year=2026, today=TODAY)
    assert summary.expected_ore == 30 * 20_000 + 92 * 40_000


def test_a_full_year_is_of_agreements_that_still_run(kept: Home, negotiator: Actor) -> None:
    """200 kr. a day until it was replaced by 400 kr. a day: only the latter goes on."""
    first = Saving.objects.get()
    saving.end_saving(saving_id=first.id, last_day=date(2026, 9, 30), actor=negotiator)
    saving.register_saving(wanted=kept.wanted(starts=OCTOBER, agreed=Decimal(2000)), actor=negotiator)
    for one in Saving.objects.all():
        saving.agree_saving(saving_id=one.id, agreed_on=date(2026, 8, 20), actor=negotiator)
    summary, after, before = (queries.savings_summary(year=year, today=TODAY) for year in (2026, 2027, 2025))
    assert (summary.full_year_ore, summary.agreed_ore) == (365 * 40_000, 30 * 20_000 + 92 * 40_000)
    assert [one.count for one in after.kinds] == [1]
    assert before.kinds == ()


def test_a_saving_whose_invoices_are_gone_is_agreed_again(kept: Home, negotiator: Actor) -> None:
    row = Saving.objects.get()
    saving.agree_saving(saving_id=row.id, agreed_on=date(2026, 8, 20), actor=negotiator)
    assert saving.verify_savings(today=TODAY) == 0, "no invoice says nothing new"
    bill(kept, SEPTEMBER, 30, 2200)
    assert saving.verify_savings(today=TODAY) == 1
    Invoice.objects.update(status="rejected")
    assert saving.verify_savings(today=TODAY) == 1
    row.refresh_from_db()
    assert (row.status, row.realised_ore, row.verified_until) == ("agreed", 0, None)
    assert saving.verify_savings(today=TODAY) == 0


def test_nobody_is_moved_without_a_consent_that_holds(home: Home, negotiator: Actor) -> None:
    wanted = home.wanted(kind=SavingKind.RELOCATION, baseline=Decimal(3000))
    made = saving.register_saving(wanted=wanted, actor=negotiator)
    consent = Consent.objects.get()
    people.withdraw_consent(consent_id=consent.id, withdrawn_on=date(2026, 8, 1))
    day = date(2026, 8, 20)
    with pytest.raises(saving.UnableToSaveError, match="intet samtykke"):
        saving.agree_saving(saving_id=made, agreed_on=day, actor=negotiator)
    people.give_consent(citizen_id=home.grant.citizen_id, purpose="Flytning", given_by="En nabo", given_on=day)
    with pytest.raises(saving.UnableToSaveError, match="hverken er borgeren eller værge"):
        saving.agree_saving(saving_id=made, agreed_on=day, actor=negotiator)
    for forged in (None, consent.id):
        with pytest.raises(IntegrityError, match="consent"), transaction.atomic():
            Saving.objects.filter(id=made).update(status="agreed", agreed_on=day, consent_id=forged)
    people.give_consent(citizen_id=home.grant.citizen_id, purpose="flytning", given_by="Per Østergård", given_on=day)
    saving.agree_saving(saving_id=made, agreed_on=day, actor=negotiator)


def test_the_database_realises_nothing_without_invoices(kept: Home) -> None:
    with pytest.raises(IntegrityError, match="saving_realised_by_invoices"), transaction.atomic():
        Saving.objects.update(status="realised", agreed_on=TODAY)


def test_only_those_who_negotiate_there_write_in_the_ledger(
    home: Home, municipality: Municipality, other_unit: Unit
) -> None:
    for role, unit in ((Role.CASEWORKER, None), (Role.NEGOTIATOR, other_unit)):
        stranger = actor_in(municipality, role, unit)
        with pytest.raises(saving.UnableToSaveError, match="forhandle"):
            saving.register_saving(wanted=home.wanted(), actor=stranger)


def test_the_results_of_2018_and_2019_reproduce_to_the_krone(municipality: Municipality, negotiator: Actor) -> None:
    read = past.read_results(RESULTS)
    period = Period(date(2018, 10, 1), date(2020, 1, 1))
    given: dict[str, Any] = {"municipality_id": municipality.id, "results": read, "period": period, "actor": negotiator}
    assert past.register_past(**given, source="Resultater af kontraktforhandling") == 4
    summary = queries.savings_summary(year=2026, today=TODAY)
    told = {one.kind: one.amount_ore // 100 for one in summary.past}
    assert told == {
        SavingKind.SPECIAL_RATE: 2_600_000, SavingKind.RELOCATION: 2_400_000, SavingKind.RATE_REDUCTION: 1_000_000,
        None: 586_218,
    }  # fmt: skip
    assert summary.past_ore == 6_586_218_00
    assert [one.contracts for one in summary.past if one.kind is None] == [121]
    assert summary.agreed_ore == summary.realised_ore == 0, "what was told as a sum is in no sum of the year"
    with pytest.raises(saving.UnableToSaveError, match="allerede"):
        past.register_past(**given, source="igen")
    with pytest.raises(saving.UnableToSaveError, match="under 0"):
        past.register_past(**given | {"results": [replace(read[0], title="x", amount_ore=-1)]}, source="x")
