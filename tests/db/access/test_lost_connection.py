"""What a token's statement says when the database goes away under it."""

import psycopg
import pytest
from django.db import OperationalError, connection, transaction

from styr.access import tokens

pytestmark = pytest.mark.django_db(transaction=True)


def test_a_lost_connection_is_django_s_error(administrator: psycopg.Connection) -> None:
    """So whoever catches database errors, and whoever mends connections between requests, knows it as one."""
    tokens.present("")
    backend = connection.connection.info.backend_pid
    administrator.execute("SELECT pg_terminate_backend(%s, 5000)", [backend])
    with pytest.raises(OperationalError), transaction.atomic():
        tokens.present("")
    connection.close_if_unusable_or_obsolete()
    assert tokens.present("") == ""
