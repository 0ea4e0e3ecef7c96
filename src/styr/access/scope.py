"""What the database lets the running code see: a token, for one transaction, and never longer."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from uuid import UUID

from django.db import connection, transaction

from styr.access import tokens
from styr.access.core.purposes import purpose_named
from styr.kernel import clock


@contextmanager
def acting_as(token: str, *, using: str = "default") -> Iterator[None]:
    """Open a transaction (or a savepoint in one) in which the token's rows are seen.

    Leaving it gives back what was seen before. An error rolls back, and the setting with it.
    """
    with transaction.atomic(using=using):
        before = tokens.present(token, using=using)
        yield
        tokens.present(before, using=using)


@contextmanager
def service_scope(municipality_id: UUID, purpose: str, *, using: str = "default") -> Iterator[str]:
    """Act for a job of that purpose (`core.purposes`) in one transaction; the token ends with it.

    The token is issued inside the transaction and revoked before it commits, so a rollback leaves nothing behind.
    """
    with transaction.atomic(using=using):
        token = issue_service_token(municipality_id=municipality_id, purpose=purpose, now=clock.now(), using=using)
        with acting_as(token, using=using):
            yield token
        tokens.revoke(token, using=using)


@contextmanager
def whole_scope(municipality_id: UUID, purpose: str) -> Iterator[None]:
    """Act as a job in a transaction or savepoint: the job at hand where it sees all, else one of that purpose.

    A job that goes on as itself has one context in the change history, so that what it did can be undone as one.
    """
    if _is_whole_job(municipality_id):
        with transaction.atomic():
            yield
        return
    with service_scope(municipality_id, purpose):
        yield


def _is_whole_job(municipality_id: UUID) -> bool:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT styr_user() IS NULL AND styr_municipality() = %s AND styr_all_units() AND styr_may_write()",
            [municipality_id],
        )
        return bool(cursor.fetchone()[0])


def issue_service_token(*, municipality_id: UUID, purpose: str, now: datetime, using: str = "default") -> str:
    """Make a token for a job; raises `UnknownPurposeError`. It lives as long as its purpose allows."""
    known = purpose_named(purpose)
    grantee = tokens.Grantee(municipality_id, None, known.name, may_write=known.may_write)
    return tokens.issue(grantee, now=now, expires=now + known.lifetime, using=using)
