"""Somebody kept from a case sees nothing of it, and everything else; an administrator sees no case at all."""

import re
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from uuid import UUID, uuid4

import psycopg
import pytest
from django.apps import apps
from django.db import DatabaseError, connection, transaction

from personas import Persona, persona, rows_seen_by
from styr.access.blocks import UnableToBlockError, blocks
from styr.access.core.roles import Role
from styr.access.models import CaseBlock, Membership, Municipality, Unit
from styr.access.scope import acting_as
from styr.access.services import block_from_case, lift_block
from styr.integrations.services import import_paths
from styr.invoices.services import control_everything
from styr.kernel.clock import today
from styr.kernel.cpr import Cpr

pytestmark = pytest.mark.django_db
FILES = Path(__file__).parents[2] / "data" / "import"
NOW = datetime(2026, 4, 1, 12, tzinfo=UTC)
ASE = Cpr.parse("6101701111")
# Tables in which a citizen's ids may stand though the case is hidden, and why.
APART = {
    "access_caseblock": "the block itself, for the one it is about",
    "access_caseblockevent": "its history, for the same",
    "pghistory_context": "ids of contexts and users",
    "controls_opencount": "sums without ids: whoever is kept from a case is shown none and counts the findings",
}
_TABLES = """
SELECT c.relname FROM pg_class c
WHERE c.relnamespace = 'public'::regnamespace AND c.relkind = 'r' AND c.relrowsecurity
  AND has_table_privilege('styr_app', c.oid, 'SELECT') ORDER BY 1
"""
# A table with one of these columns tells of a case, or may.
_OF_CASES = """
SELECT c.relname, c.relname IN (SELECT tablename FROM pg_policies WHERE policyname = 'styr_case')
FROM pg_class c
WHERE c.relnamespace = 'public'::regnamespace AND c.relkind = 'r' AND EXISTS (
    SELECT FROM pg_attribute a WHERE a.attrelid = c.oid AND NOT a.attisdropped
      AND a.attname IN ('citizen_id', 'grant_id', 'service_line_id', 'service_id', 'contract_id', 'contract_line_id',
                        'invoice_id', 'finding_id'))
ORDER BY 1
"""


@pytest.fixture
def village(municipality: Municipality, scope: str) -> Municipality:
    """The small municipality of tests/data/import: three citizens, two invoices, matched and controlled."""
    import_paths(paths=[FILES], municipality_id=municipality.id, actor="test", now=NOW, processes=0)
    control_everything(municipality_id=municipality.id, today=NOW.date(), now=NOW)
    return municipality


@pytest.fixture
def manager(municipality: Municipality, scope: str) -> Persona:
    return persona("lise", municipality, Role.MANAGER)


def ids_of(cpr: Cpr) -> set[str]:
    """Every id that is the citizen's: their own, and those of all rows that lead to them, worked out the slow way."""
    rows = {
        model._meta.db_table: list(model._default_manager.values())
        for model in apps.get_models()
        if model._meta.app_label in {"people", "grants", "contracts", "invoices", "controls"}
        and not model.__name__.endswith("Event")
    }
    citizen = apps.get_model("people", "Citizen")._default_manager.get(last_name="Østergård")
    assert citizen.cpr == cpr
    found = {citizen.pk}
    leads = {"citizen_id", "grant_id", "service_line_id", "contract_id", "contract_line_id", "invoice_id", "finding_id"}
    shared = {row["id"] for row in rows["contracts_contract"] if row["kind"] == "framework"}
    grown = True
    while grown:
        before = len(found)
        for table, held in rows.items():
            for row in held:
                through = {row.get(name) for name in leads} | ({row["subject_id"]} if "subject_id" in row else set())
                if through & found and row["id"] not in shared:
                    found.add(row["id"])
                if "document_id" in row and row["id"] in found:
                    found.add(row["document_id"])
                if table == "invoices_linematch" and row["grant_id"] in found:
                    found.add(row["invoice_id"])
        grown = len(found) > before
    return {str(one) for one in found}


def everything(who: Persona, administrator: psycopg.Connection) -> dict[str, set[str]]:
    """Table → its rows as text, as that person sees them."""
    tables = [row[0] for row in administrator.execute(_TABLES)]
    return {
        table: {str(row[0]) for row in rows_seen_by(who.token, f'SELECT to_jsonb(t)::text FROM "{table}" AS t')}  # noqa: S608 -- from the catalogue
        for table in tables
        if table not in APART
    }


def test_the_blocked_person_sees_no_row_of_the_case_in_any_table_and_every_other_row(
    village: Municipality, manager: Persona, administrator: psycopg.Connection
) -> None:
    hers = ids_of(ASE)
    before = everything(manager, administrator)
    block_from_case(municipality_id=village.id, user_id=manager.user.id, cpr=ASE, reason="Søster", starts=today())
    after = everything(manager, administrator)
    told = {table for table in before if before[table] - after[table]}
    assert told >= {
        *("people_citizen", "people_citizenevent", "grants_grant", "grants_serviceline", "contracts_contract"),
        *("contracts_contractrate", "invoices_invoice", "invoices_invoiceline", "invoices_document", "invoices_claim"),
    }
    for table, rows in before.items():
        leaked = [row for row in after[table] if any(one in row for one in hers)]
        assert not leaked, (table, leaked[:2])
        overdone = [row for row in rows - after[table] if not any(one in row for one in hers)]
        assert not overdone, (table, overdone[:2])


def test_an_administrator_sees_no_citizen_in_any_table(
    village: Municipality, administrator: psycopg.Connection, unit: Unit
) -> None:
    citizens = apps.get_model("people", "Citizen")._default_manager.values_list("id", flat=True)
    for where in (None, unit):
        seen = everything(persona(f"adam {where}", village, Role.ADMINISTRATOR, where), administrator)
        full = {table for table, rows in seen.items() if rows}
        assert not {
            table for table in full if table.startswith(("people_", "grants_grant", "invoices_", "integrations_"))
        }
        assert not [table for table, rows in seen.items() if any(str(one) in row for one in citizens for row in rows)]


def test_every_table_that_tells_of_a_case_is_hidden_with_it(administrator: psycopg.Connection) -> None:
    bare = [table for table, hidden in administrator.execute(_OF_CASES) if not hidden and table not in APART]
    assert not bare, (
        f"{bare}: add styr.access.hiding.HideCases(model, {{column: kind}}) to the migration that made them"
    )


def test_an_unmatched_invoice_that_names_the_citizen_is_hidden_too(village: Municipality, manager: Persona) -> None:
    apps.get_model("invoices", "LineMatch")._default_manager.all().delete()
    invoice = apps.get_model("invoices", "Invoice")._default_manager.get(number="2026-001")
    block_from_case(municipality_id=village.id, user_id=manager.user.id, cpr=ASE, reason="Søster", starts=today())
    assert (invoice.pk,) not in rows_seen_by(manager.token, "SELECT id FROM invoices_invoice")


def test_a_grant_in_another_unit_hides_its_invoice_in_this_one(
    village: Municipality, unit: Unit, other_unit: Unit
) -> None:
    caseworker = persona("karen", village, Role.CASEWORKER, unit)
    citizen, grant, invoice = (
        apps.get_model(*label.split("."))._default_manager
        for label in ("people.Citizen", "grants.Grant", "invoices.Invoice")
    )
    bill = invoice.get(number="2026-001")
    assert (bill.pk,) in rows_seen_by(caseworker.token, "SELECT id FROM invoices_invoice")
    grant.filter(citizen__last_name="Østergård").update(unit=other_unit)
    ase = citizen.get(last_name="Østergård").pk
    block_from_case(
        municipality_id=village.id, user_id=caseworker.user.id, citizen_id=ase, reason="Bror", starts=today()
    )
    assert (bill.pk,) not in rows_seen_by(caseworker.token, "SELECT id FROM invoices_invoice")


def test_a_block_runs_from_its_first_day_until_it_is_lifted(village: Municipality, manager: Persona) -> None:
    def seen() -> int:
        return len(rows_seen_by(manager.token, "SELECT id FROM people_citizen"))

    day = timedelta(days=1)
    given = {"municipality_id": village.id, "user_id": manager.user.id, "cpr": ASE, "reason": "Nabo"}
    later = block_from_case(**given, starts=today() + day)
    over = block_from_case(**given, starts=today() - 9 * day, ends=today())
    assert seen() == 3
    running = block_from_case(**given, starts=today() - day)
    assert seen() == 2
    lift_block(block_id=running, on=today(), actor_id=uuid4())
    lift_block(block_id=later, on=today(), actor_id=uuid4())
    assert seen() == 3
    assert {row.id: row.ends for row in blocks(user_id=manager.user.id)} == {running: today(), over: today()}
    for gone in (running, later, over):
        with pytest.raises(UnableToBlockError, match="allerede ophævet"):
            lift_block(block_id=gone, on=today(), actor_id=uuid4())


def test_a_block_by_number_also_holds_a_citizen_who_comes_later(municipality: Municipality, manager: Persona) -> None:
    block_from_case(municipality_id=municipality.id, user_id=manager.user.id, cpr=ASE, reason="Søster", starts=today())
    import_paths(paths=[FILES], municipality_id=municipality.id, actor="test", now=NOW, processes=0)
    names = {row[0] for row in rows_seen_by(manager.token, "SELECT last_name FROM people_citizen")}
    assert names == {"Ærø", "Søgaard"}


def test_only_who_administers_writes_blocks_and_only_the_one_it_is_about_sees_it_besides(
    municipality: Municipality, manager: Persona, unit: Unit
) -> None:
    colleague = persona("olga", municipality, Role.MANAGER)
    keeper = persona("adam", municipality, Role.ADMINISTRATOR)
    given = {"municipality_id": municipality.id, "user_id": manager.user.id, "cpr": ASE, "starts": today()}
    with acting_as(keeper.token):
        block = block_from_case(**given, reason="Søster")
        assert [row.reason for row in blocks()] == ["Søster"]
    with acting_as(manager.token):
        assert [row.id for row in blocks()] == [block]
        assert CaseBlock.objects.update(ends=today() + timedelta(days=1)) == 0
        assert CaseBlock.objects.all().delete()[0] == 0
    with acting_as(colleague.token):
        assert blocks() == []
        with pytest.raises(DatabaseError, match="row-level security"), transaction.atomic():
            block_from_case(**given, reason="Drilleri")
    for who, seen in ((manager, 1), (colleague, 0)):
        assert len(rows_seen_by(who.token, "SELECT 1 FROM access_caseblockevent")) == seen


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        ({"reason": "  "}, "hvorfor"),
        ({"ends": date(2020, 1, 1)}, "slutte efter"),
        ({"cpr": None}, "én borger"),
        ({"citizen_id": UUID(int=1)}, "én borger"),
        ({"user_id": UUID(int=1)}, "Brugeren findes ikke"),
    ],
)
def test_a_block_is_made_whole_or_not_at_all(manager: Persona, wrong: dict[str, object], told: str) -> None:
    given = {"user_id": manager.user.id, "cpr": ASE, "reason": "Søster", "starts": date(2026, 1, 1)} | wrong
    with pytest.raises(UnableToBlockError, match=told):
        block_from_case(municipality_id=manager.user.municipality_id, **given)  # type: ignore[arg-type]  # the cases' own


def test_what_is_hidden_is_asked_once_a_query_and_costs_a_job_next_to_nothing(scope: str) -> None:
    """The policy's function stands in an InitPlan; on each row is left a comparison with an array that is empty."""
    with connection.cursor() as cursor:
        cursor.execute("EXPLAIN (VERBOSE, COSTS OFF) SELECT count(*) FROM grants_serviceline")
        plan = "\n".join(row[0] for row in cursor.fetchall())
        assert plan.count("styr_hidden(") == 1
        assert re.search(r"InitPlan \d+.*\n\s+->\s+Result\n\s+Output: styr_hidden\('grant'", plan), plan
        cursor.execute("SELECT styr_hidden('grant'), styr_hidden('invoice'), styr_hidden('finding')")
        assert cursor.fetchone() == ([], [], [])


def test_nobody_without_a_running_role_sees_any_case(village: Municipality, manager: Persona) -> None:
    Membership.objects.filter(user=manager.user).update(ends=today())
    for table in ("people_citizen", "contracts_contract", "integrations_importrun", "audit_readlog"):
        assert rows_seen_by(manager.token, f"SELECT 1 FROM {table}") == [], table  # noqa: S608 -- the names above
