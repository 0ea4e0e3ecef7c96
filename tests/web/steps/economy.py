"""A forecast and what is agreed on it, a scenario, differences from another system, a payment file, and refunds."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from uuid import UUID

from django.urls import reverse

from db.ledger.test_paying import invoice
from db.reconciliation.test_taking_over import CODES, HELP
from db.refunds.conftest import ACCOUNT, STEPS
from db.registers.registers import IDA
from loggedin import send
from styr.access.core.roles import Role
from styr.access.scope import acting_as, service_scope
from styr.budgets.assuming import assume_index
from styr.budgets.core.frame import Frame
from styr.budgets.rounds import Actor, Agreed, agree, open_round
from styr.budgets.services import make_forecast
from styr.controls.queries import FindingFilter, finding_page
from styr.controls.services import run_controls
from styr.integrations.core.answers import ChosenColumns
from styr.integrations.mappings.services import Tried, keep_mapping
from styr.ledger.bulk import upsert_postings
from styr.ledger.core.rows import PostingRow
from styr.ledger.paying import make_payment_files
from styr.people.bulk import upsert_citizens
from styr.people.models import Citizen
from styr.planning.budgeting import Plan, make_version
from styr.planning.keeping import Facts, create_scenario
from styr.planning.models import ScenarioChange, VersionLine
from styr.reconciliation.bulk import upsert_case_grants
from styr.refunds.claim_models import MunicipalClaim, UserPayment
from styr.refunds.core.limits import Scheme
from styr.refunds.limiting import enter_limits
from styr.refunds.models import RefundClaim
from styr.refunds.requesting import compute_all
from web.openers import opener
from web.refunds.test_refund_pages import PAYMENT, PER
from web.steps.town import ADULTS, BESIDE, Beside

ABOUT: dict[str, dict[str, str]] = {
    "economy_unit": {"unit_id": "adults"},
    "economy_index": {},
    "economy_action": {"action_id": "action"},
    **{name: {"scenario_id": "scenario"} for name in ("scenario", "scenario_edit", "scenario_change_new")},
    "scenario_change": {"scenario_id": "scenario", "change_id": "change"},
    "budget_line": {"version_id": "version", "line_id": "line"},
    **{name: {"finding_id": "difference"} for name in ("reconciliation_difference", "reconciliation_take_over")},
    "payment_file": {"file_id": "payment_file"},
    "refund_claim": {"claim_id": "refund_claim"},
    "refund_case": {"case_id": "ida"},
    "intermunicipal_claim": {"claim_id": "intermunicipal_claim"},
    "intermunicipal_raise": {"citizen_id": "pia"},
    "user_payment_end": {"payment_id": "user_payment"},
    "import_mapping": {"mapping_id": "mapping"},
}
INDEX_YEAR = 2027
OURS = replace(IDA, acting_municipality=BESIDE.code, paying_municipality=BESIDE.code)
THEIRS = replace(PER, acting_municipality=BESIDE.code)
PIA = replace(THEIRS, source_id="1004", cpr="1505851232", first_name="Pia")


def made(town: Beside) -> dict[str, UUID]:
    """Make one of each."""
    return {"adults": ADULTS.id, **_forecast(town), **_plans(town), **_from_others(town), **_refunds(town)}


def _forecast(town: Beside) -> dict[str, UUID]:
    to, year = town.municipality.id, town.today.year
    by = Actor(town.who(Role.ECONOMIST), to, town.today, town.now)
    with service_scope(to, "test"):
        assume_index(year=INDEX_YEAR, percent=Decimal("2.5"), note="Skøn", seen="", actor=by)
        make_forecast(municipality_id=to, frame=Frame.of(first_year=year, years=2, as_of=town.today), now=town.now)
        held = open_round(unit_id=ADULTS.id, year=year, held_on=town.today, actor=by)
        wanted = Agreed("Genforhandl nattevagten", by.user_id, town.today + timedelta(days=7), 40_000_00)
        return {"action": agree(round_id=held, agreed=wanted, actor=by)}


def _plans(town: Beside) -> dict[str, UUID]:
    to, owner = town.municipality.id, opener("scenario_edit")
    with acting_as(town.people[owner].token):  # a scenario is its owner's own
        scenario = create_scenario(
            municipality_id=to, owner_id=town.who(owner), facts=Facts("Lavere takster"), now=town.now
        )
    with service_scope(to, "test"):
        plan = Plan(name="Første udkast", year=town.today.year + 1)
        version = make_version(
            municipality_id=to, maker_id=town.who(Role.ECONOMIST), plan=plan, today=town.today, now=town.now
        )
        line = VersionLine.objects.filter(version_id=version)[0].id
    fields: dict[str, object] = {"from_month": f"{town.today.year + 1}-01-01", "percent": "-5"}
    send(town.clients[owner], reverse("scenario_change_new", args=[scenario]) + "?type=rate", fields)
    with acting_as(town.people[owner].token):
        change = ScenarioChange.objects.get().id
    return {"scenario": scenario, "change": change, "version": version, "line": line}


def _from_others(town: Beside) -> dict[str, UUID]:
    to = town.municipality.id
    with service_scope(to, "test"):
        upsert_case_grants([replace(HELP, amount=Decimal(450))], municipality_id=to, now=town.now)
        run_controls(municipality_id=to, today=town.today, now=town.now, codes=CODES)
        difference = finding_page(FindingFilter(codes=("case_price_differs",))).rows[0].id
        invoice(to, "9001", town.today - timedelta(days=3))
        files = make_payment_files(municipality_id=to, today=town.today, now=town.now)
        chosen = ChosenColumns("fagsystembevillinger", 0, {"cpr": 0, "source_id": 1}, source="nexus_bevillinger")
        mapping = keep_mapping(
            municipality_id=to, name="Nexus ugeliste", chosen=chosen, actor_id=town.who(Role.ECONOMIST), now=town.now,
            tried=Tried("nexus.csv", ("borger cpr", "indsatsnummer"), 2, 0),
        )  # fmt: skip
    return {"difference": difference, "payment_file": files[0].file_id, "mapping": mapping}


def _refunds(town: Beside) -> dict[str, UUID]:
    to, lone = town.municipality.id, town.clients[Role.ECONOMIST]
    with service_scope(to, "test"):
        upsert_citizens([OURS, THEIRS, PIA], municipality_id=to)
        booked = [
            PostingRow(
                voucher=f"{source_id}-{month}", line_no=1, posted_on=date(2026, month, 3), account_string=ACCOUNT,
                amount=Decimal(200_000), citizen_source_id=source_id,
            )
            for month in (1, 2)
            for source_id in ("1001", "1003", "1004")
        ]  # fmt: skip
        upsert_postings(booked, municipality_id=to, now=town.now)
        for scheme in (Scheme.ADULTS, Scheme.CHILDREN):
            enter_limits(municipality_id=to, scheme=scheme, year=2026, steps=STEPS, source="Opdigtet")
        compute_all(municipality_id=to, year=2026, today=town.today, now=town.now)
        ida, per, pia = (Citizen.objects.get(source_id=number).id for number in ("1001", "1003", "1004"))
    send(lone, reverse("refund_claim_new"), {"aar": "2026", "through": "2"})
    send(lone, reverse("intermunicipal_raise", args=[per]))
    send(lone, reverse("user_payment_new"), dict(PAYMENT))
    with service_scope(to, "test"):
        return {
            "ida": ida, "pia": pia, "refund_claim": RefundClaim.objects.get().id,
            "intermunicipal_claim": MunicipalClaim.objects.get().id, "user_payment": UserPayment.objects.get().id,
        }  # fmt: skip
