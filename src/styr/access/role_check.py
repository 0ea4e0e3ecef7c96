"""Is the program's own database role as weak as it must be?"""

from django.db import connections

_ROLE = """
SELECT r.rolsuper, r.rolbypassrls, r.rolcreaterole OR r.rolcreatedb,
       EXISTS (SELECT FROM pg_class AS c WHERE c.relowner = r.oid AND c.relpersistence <> 't'),
       EXISTS (SELECT FROM pg_proc AS p WHERE p.proowner = r.oid),
       EXISTS (SELECT FROM pg_roles AS o
               WHERE o.oid <> r.oid AND pg_has_role(r.oid, o.oid, 'MEMBER')
                 AND (o.rolsuper OR o.rolbypassrls OR EXISTS (SELECT FROM pg_class AS c WHERE c.relowner = o.oid)))
FROM pg_roles AS r WHERE r.rolname = current_user
"""
_FAULTS = (
    "er superbruger",
    "går uden om rækkesikkerheden (BYPASSRLS)",
    "må oprette roller eller databaser",
    "ejer tabeller",
    "ejer funktioner",
    "er medlem af en rolle, der ejer tabeller eller går uden om rækkesikkerheden",
)


def role_faults(using: str = "default") -> list[str]:
    """What is wrong with the role behind the connection, in Danish; empty when the policies bind it.

    A role that owns a table may switch its policies off, and a superuser or BYPASSRLS is never under them.
    """
    with connections[using].cursor() as cursor:
        cursor.execute(_ROLE)
        found = cursor.fetchone()
        cursor.execute("SELECT current_user")
        (name,) = cursor.fetchone()
    return [f"Databaserollen »{name}« {fault}." for wrong, fault in zip(found, _FAULTS, strict=True) if wrong]
