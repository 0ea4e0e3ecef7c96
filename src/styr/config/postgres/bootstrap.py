"""Makes the roles and a database whose rights are as narrow as the program needs."""

import psycopg
from psycopg import sql

from styr.config.postgres.address import Address
from styr.config.postgres.passwords import ADMIN, APP, BACKUP, OWNER

_MAINTENANCE = "postgres"
_RIGHTS = {
    OWNER: sql.SQL("LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOBYPASSRLS"),
    APP: sql.SQL("LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOBYPASSRLS"),
    BACKUP: sql.SQL("LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE BYPASSRLS"),
}


def admin(address: Address, database: str = _MAINTENANCE) -> psycopg.Connection:
    """A connection of the cluster's administrator, each statement its own transaction."""
    return psycopg.connect(**address.parameters(ADMIN, database), autocommit=True)


def make_roles(address: Address) -> None:
    """Make the three roles, or set them right; the app's owns nothing, and none is a superuser."""
    with admin(address) as connection:
        known = {row[0] for row in connection.execute("SELECT rolname FROM pg_roles")}
        for role, rights in _RIGHTS.items():
            verb = sql.SQL("ALTER" if role in known else "CREATE")
            connection.execute(
                sql.SQL("{} ROLE {} {} PASSWORD {}").format(
                    verb, sql.Identifier(role), rights, sql.Literal(address.passwords[role])
                )
            )
        connection.execute(sql.SQL("GRANT pg_read_all_data TO {}").format(sql.Identifier(BACKUP)))


def make_database(address: Address, name: str, *, template: str | None = None) -> bool:
    """Make the database with its rights; False when it was there. A template brings its contents along."""
    with admin(address) as connection:
        if connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name]).fetchone():
            return False
        connection.execute(
            sql.SQL("CREATE DATABASE {} OWNER {} TEMPLATE {}").format(
                sql.Identifier(name), sql.Identifier(OWNER), sql.Identifier(template or "template0")
            )
        )
        connection.execute(sql.SQL("REVOKE ALL ON DATABASE {} FROM PUBLIC").format(sql.Identifier(name)))
        connection.execute(
            # TEMPORARY: narrowing puts the changed ids in a temporary table.
            sql.SQL("GRANT CONNECT, TEMPORARY ON DATABASE {} TO {}, {}").format(
                sql.Identifier(name), sql.Identifier(APP), sql.Identifier(BACKUP)
            )
        )
    if template is None:
        _narrow(address, name)
    return True


def drop_database(address: Address, name: str) -> None:
    """Drop the database, and whoever is still connected to it."""
    with admin(address) as connection:
        connection.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name)))


def _narrow(address: Address, name: str) -> None:
    with admin(address, name) as connection:
        connection.execute(sql.SQL("ALTER SCHEMA public OWNER TO {}").format(sql.Identifier(OWNER)))
        connection.execute("REVOKE ALL ON SCHEMA public FROM PUBLIC")
        connection.execute(
            sql.SQL("GRANT USAGE ON SCHEMA public TO {}, {}").format(sql.Identifier(APP), sql.Identifier(BACKUP))
        )
        # What other sessions of the same role are asking for is nobody's business.
        connection.execute("REVOKE SELECT ON pg_stat_activity FROM PUBLIC")
        connection.execute("REVOKE EXECUTE ON FUNCTION pg_stat_get_activity(integer) FROM PUBLIC")
