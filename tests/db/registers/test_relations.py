"""Every relation that others code against is a view with just those columns and types."""

import ibis
import pytest
from django.db import connection

from styr.contracts.core.relations import RELATIONS as CONTRACTS
from styr.grants.core.relations import RELATIONS as GRANTS
from styr.kernel.relation import Relation
from styr.people.core.relations import RELATIONS as PEOPLE
from styr.suppliers.core.relations import RELATIONS as SUPPLIERS

POSTGRES_TYPE = {
    "uuid": "uuid",
    "date": "date",
    "string": "text",
    "int32": "integer",
    "int64": "bigint",
    "decimal(14, 4)": "numeric(14,4)",
    "decimal(9, 4)": "numeric(9,4)",
    "decimal(7, 4)": "numeric(7,4)",
    "boolean": "boolean",
}
ALL = (*PEOPLE, *SUPPLIERS, *CONTRACTS, *GRANTS)


@pytest.mark.parametrize("relation", ALL, ids=lambda relation: relation.name)
def test_the_view_has_the_relation_s_columns_and_types(relation: Relation, db: None) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT attname, format_type(atttypid, atttypmod) FROM pg_attribute "
            "WHERE attrelid = %s::regclass AND attnum > 0 ORDER BY attnum",
            [relation.name],
        )
        found = cursor.fetchall()
    assert found == [(name, POSTGRES_TYPE[kind]) for name, kind in relation.columns.items()]
    assert ibis.schema(dict(relation.columns))


@pytest.mark.parametrize("relation", ALL, ids=lambda relation: relation.name)
def test_the_view_runs_with_the_rights_of_whoever_asks(relation: Relation, db: None) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT reloptions FROM pg_class WHERE oid = %s::regclass", [relation.name])
        assert cursor.fetchone() == (["security_invoker=true"],)


def test_the_example_s_scope_sees_no_row_without_a_token(db: None) -> None:
    with connection.cursor() as cursor:
        for relation in ALL:
            if relation.name in {"rel_calendar", "rel_duplicate_rule", "key_standard_calendar"}:
                continue  # they begin with what comes with the program
            cursor.execute(f"SELECT count(*) FROM {relation.name}")  # noqa: S608 - names from our own code
            assert cursor.fetchone() == (0,)
