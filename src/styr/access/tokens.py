"""Tokens (adgangsbeviser): made here, kept in the database as hashes, proved with the issuing key."""

import hashlib
import hmac
import json
import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

import psycopg
from django.db import connections

from styr.access.keys import keys
from styr.kernel.ids import uuid7

_TOKEN_BYTES = 32
_BLOCK = 64  # SHA-256 works on blocks of 64 bytes


@dataclass(frozen=True, slots=True)
class Grantee:
    """Whom a token stands for: a municipality, and within it a person or (None) a job with a purpose."""

    municipality_id: UUID
    user_id: UUID | None
    purpose: str
    may_write: bool


def issue(grantee: Grantee, *, now: datetime, expires: datetime, using: str = "default") -> str:
    """Make a token and let the database know its hash; gives the token itself.

    A job's is kept nowhere; a person's is in their session alone, encrypted so that only their browser's key opens it.
    """
    token = secrets.token_urlsafe(_TOKEN_BYTES)
    token_id, token_hash, writes = uuid7(), hashed(token), int(grantee.may_write)
    message = (
        f"issue|{token_id}|{token_hash.hex()}|{grantee.municipality_id}|{grantee.user_id or '-'}|{grantee.purpose}|"
        f"{writes}|{int(expires.timestamp())}"
    )
    call(
        "SELECT styr_issue_token(%s, %s, %s, %s, %s, %s, %s, %s, %s)",
        [
            token_id,
            token_hash,
            grantee.municipality_id,
            grantee.user_id,
            grantee.purpose,
            grantee.may_write,
            now,
            expires.replace(microsecond=0),
            prove(message),
        ],
        using=using,
    )
    return token


def revoke(token: str, *, using: str = "default") -> None:
    """End a token at once; unknown tokens are no error."""
    revoke_hashed(hashed(token), using=using)


def revoke_hashed(token_hash: bytes, *, using: str = "default") -> None:
    """End the token of that hash at once; unknown ones are no error."""
    call("SELECT styr_revoke_token(%s)", [token_hash], using=using)


def present(token: str, *, using: str = "default") -> str:
    """Show the token for the rest of the transaction; gives the one shown before ('' for none)."""
    (before,) = call("SELECT coalesce(current_setting('styr.token', true), '')", [], using=using)
    call("SELECT set_config('styr.token', %s, true)", [token], using=using)
    return str(before)


def note(facts: dict[str, str], *, using: str = "default") -> None:
    """Put a note (page, request id, job) beside the changes of this transaction."""
    call("SELECT set_config('styr.note', %s, true)", [json.dumps(facts)], using=using)


def prove(message: str) -> bytes:
    """HMAC-SHA256 of the message under the issuing key."""
    return hmac.new(keys().token, message.encode(), hashlib.sha256).digest()


def key_blocks(key: bytes) -> tuple[bytes, bytes]:
    """The inner and outer padded blocks of an HMAC-SHA256 key (RFC 2104), as the database keeps them."""
    padded = key.ljust(_BLOCK, b"\0")
    return bytes(b ^ 0x36 for b in padded), bytes(b ^ 0x5C for b in padded)


def call(sql: str, params: Sequence[object], *, using: str) -> tuple[object, ...]:
    """Run one statement with its parameters sent apart from it, and give its one row.

    Django writes parameters into the statement's text, where other sessions of the role could read a token in
    pg_stat_activity; here the text only says $1. Errors are Django's, as from any other query: a lost connection is
    `django.db.OperationalError`.
    """
    connection = connections[using]
    connection.ensure_connection()
    # The cursor is psycopg's own: without Django's wrapping a lost connection would go by as nobody's error.
    with connection.wrap_database_errors, psycopg.Cursor(connection.connection) as cursor:
        row = cursor.execute(sql.encode(), params).fetchone()
    if row is None:
        raise LookupError("styr: the statement gave no row")
    return tuple(row)


def hashed(token: str) -> bytes:
    """What the database keeps of a token."""
    return hashlib.sha256(token.encode()).digest()
