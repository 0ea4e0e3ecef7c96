"""An auditor reads what the others read and leaves it as it is: in the database, whatever a page would let through."""

import psycopg
import pytest
from django.db import DatabaseError, connection, transaction

from loggedin import logged_in_client
from personas import PASSWORD, SINCE, Persona, persona
from styr.access.core.roles import Role
from styr.access.models import Membership, Municipality, Unit, User
from styr.access.scope import acting_as
from styr.audit.models import ReadLog
from styr.audit.services import log_read
from styr.kernel.clock import now, today
from styr.kernel.ids import uuid7

pytestmark = pytest.mark.django_db
# What an auditor's token may still write, and why: a row of their own, or a table that holds no citizen and no case.
OWN = {
    "access_apikey": "their own keys",
    "access_submission": "a form sent",
    "access_user": "their own password and login time",
    "account_emailaddress": "their own address",
    "invoices_invoicelook": "that they looked",
    "mfa_authenticator": "their own second factor",
    "procrastinate_events": "ids of jobs",
    "procrastinate_jobs": "ids of jobs",
    "procrastinate_periodic_defers": "ids of jobs",
    "procrastinate_workers": "ids of jobs",
}
# A policy that lets rows be written without asking styr_may_write() or styr_administers().
_LOOSE = """
SELECT DISTINCT p.tablename FROM pg_policies AS p JOIN pg_class AS c ON c.relname = p.tablename
WHERE c.relnamespace = 'public'::regnamespace AND p.permissive = 'PERMISSIVE' AND p.cmd <> 'SELECT'
  AND p.tablename NOT LIKE '%event' AND NOT p.roles = '{styr_owner}'
  AND coalesce(p.with_check, p.qual) NOT LIKE '%styr_may_write()%'
  AND coalesce(p.with_check, p.qual) NOT LIKE '%user_id = ( SELECT styr_user()%'
  AND coalesce(p.with_check, p.qual) NOT LIKE '%styr_purpose()%'
  AND has_table_privilege('styr_app', c.oid, 'INSERT, UPDATE, DELETE')
"""


@pytest.fixture
def rie(municipality: Municipality, scope: str) -> Persona:
    return persona("rie", municipality, Role.AUDITOR)


def test_an_auditor_reads_and_writes_nothing(rie: Persona, municipality: Municipality, unit: Unit) -> None:
    with acting_as(rie.token), connection.cursor() as cursor:
        assert Unit.objects.count() == 3
        cursor.execute("SELECT styr_all_units(), styr_may_write(), styr_may_write_own()")
        assert cursor.fetchone() == (True, False, True)
        assert Unit.objects.update(name="x") == 0
        with pytest.raises(DatabaseError, match="row-level security"), transaction.atomic():
            cursor.execute(
                "INSERT INTO suppliers_supplier (id, municipality_id, source_id, cvr, name, kind, ean) "
                "VALUES (%s, %s, 'L9', '12345674', 'x', 'private', '')",
                [uuid7(), municipality.id],
            )


def test_an_auditor_writes_nothing_whatever_else_they_are_and_again_when_it_is_over(
    rie: Persona, municipality: Municipality
) -> None:
    Membership.objects.create(municipality=municipality, user=rie.user, role=Role.MANAGER, starts=SINCE)
    with acting_as(rie.token), connection.cursor() as cursor:
        cursor.execute("SELECT styr_may_write()")
        assert cursor.fetchone() == (False,)
    Membership.objects.filter(user=rie.user, role=Role.AUDITOR).update(ends=today())
    with acting_as(rie.token), connection.cursor() as cursor:
        cursor.execute("SELECT styr_may_write()")
        assert cursor.fetchone() == (True,)


def test_no_table_lets_itself_be_written_without_asking(administrator: psycopg.Connection) -> None:
    loose = {row[0] for row in administrator.execute(_LOOSE)} - set(OWN)
    assert not loose, f"{loose}: a policy that writes asks styr_may_write(), or is of the person's own rows"


def test_what_an_auditor_looks_at_is_logged(rie: Persona) -> None:
    with acting_as(rie.token):
        assert log_read(citizens=[uuid7()], page="/borgere/", purpose="revision")
        assert ReadLog.objects.get().actor_id == rie.user.id


def test_an_auditor_logs_in_and_changes_their_own_password_and_nothing_else_of_the_user(rie: Persona) -> None:
    with acting_as(rie.token):
        assert User.objects.filter(pk=rie.user.pk).update(last_login=now()) == 1
        with pytest.raises(DatabaseError, match="only an administrator"), transaction.atomic():
            User.objects.filter(pk=rie.user.pk).update(name="Chefen")
    client = logged_in_client(rie)
    assert client.get("/").status_code == 200
    client.post("/konto/log-ud/")
    assert client.post("/konto/log-ind/", {"login": "rie", "password": PASSWORD}).status_code == 302


def test_the_databases_day_is_denmark_s(scope: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT styr_today()")
        assert cursor.fetchone() == (today(),)
