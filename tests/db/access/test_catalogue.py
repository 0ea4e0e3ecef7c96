import psycopg
import pytest

from catalogue import faults

pytestmark = pytest.mark.django_db

_OF = "municipality_id uuid REFERENCES access_municipality"
_ID = "id uuid PRIMARY KEY"


def test_every_tenant_table_is_closed_forced_and_tracked(administrator: psycopg.Connection) -> None:
    assert faults(administrator) == []


@pytest.mark.parametrize(
    ("sql", "fault"),
    [
        (f"CREATE TABLE bad ({_ID}, {_OF})", "bad: no row-level security"),
        (
            (
                f"CREATE TABLE bad ({_ID}, {_OF}); ALTER TABLE bad ENABLE ROW LEVEL SECURITY; "
                "CREATE POLICY p ON bad USING (municipality_id = (SELECT styr_municipality()))"
            ),
            "bad: row-level security is not forced",
        ),
        (f"CREATE TABLE bad ({_ID}, {_OF}); ALTER TABLE bad FORCE ROW LEVEL SECURITY", "bad: changes are not tracked"),
        (
            f"CREATE TABLE bad ({_ID}); GRANT SELECT ON bad TO styr_app",
            "bad: readable by the app role, without a municipality and not known to be harmless",
        ),
        ("CREATE TABLE bad (pgh_id bigint); GRANT UPDATE ON bad TO styr_app", "bad: events can be changed"),
        ("CREATE TABLE bad (pgh_id bigint)", "bad: events can be written without a trigger"),
        (f"CREATE TABLE bad ({_ID}); ALTER TABLE bad OWNER TO styr_app", "bad: owned by the app role"),
        ("CREATE VIEW bad AS SELECT * FROM access_unit", "bad: a view without security_invoker"),
        (
            "CREATE FUNCTION bad() RETURNS int LANGUAGE sql SECURITY DEFINER AS 'SELECT 1'",
            "bad: SECURITY DEFINER without a fixed search_path",
        ),
        (
            "CREATE FUNCTION bad() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NULL; END'",
            "bad: a trigger without a fixed search_path",
        ),
        ("GRANT TRUNCATE ON access_unit TO styr_app", "access_unit: the app role may truncate it"),
    ],
)
def test_the_catalogue_test_finds_each_kind_of_hole(administrator: psycopg.Connection, sql: str, fault: str) -> None:
    with administrator.transaction(force_rollback=True):
        administrator.execute(sql)
        assert fault in faults(administrator)
