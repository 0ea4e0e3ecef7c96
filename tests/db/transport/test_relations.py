"""The relations that trips and routes code against, and the sums that the postings keep of themselves."""

import ibis
import pytest
from django.db import connection

from styr.transport.core.relations import RELATIONS

pytestmark = pytest.mark.django_db
POSTGRES_TYPE = {
    "uuid": "uuid",
    "date": "date",
    "string": "text",
    "int32": "integer",
    "int64": "bigint",
    "boolean": "boolean",
    **{f"decimal(9, {scale})": f"numeric(9,{scale})" for scale in (2, 4, 6)},
}


def test_the_views_have_the_relations_columns_and_types_and_the_rights_of_whoever_asks(db: None) -> None:
    with connection.cursor() as cursor:
        for relation in RELATIONS:
            cursor.execute(
                "SELECT attname, format_type(atttypid, atttypmod) FROM pg_attribute "
                "WHERE attrelid = %s::regclass AND attnum > 0 ORDER BY attnum",
                [relation.name],
            )
            told = [(name, POSTGRES_TYPE[kind]) for name, kind in relation.columns.items()]
            assert cursor.fetchall() == told, relation.name
            assert ibis.schema(dict(relation.columns))
            cursor.execute("SELECT reloptions FROM pg_class WHERE oid = %s::regclass", [relation.name])
            assert cursor.fetchone() == (["security_invoker=true"],)
