"""Somebody at the pages without the login page: the session that a login would have made."""

from secrets import token_urlsafe

from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.http import HttpResponse
from django.test import Client

from personas import Persona
from styr.access.web.login import SESSION_TOKEN
from styr.access.web.middleware import SEEN
from styr.access.web.once import FIELD
from styr.access.web.sessions import SessionStore
from styr.kernel.clock import now


def logged_in_client(persona: Persona) -> Client:
    """A client with the persona's session, made without checking a password; needs the database."""
    session = SessionStore()
    session[SESSION_KEY] = str(persona.user.pk)
    session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
    session[HASH_SESSION_KEY] = persona.user.get_session_auth_hash()
    session[SESSION_TOKEN] = persona.token
    session[SEEN] = int(now().timestamp())
    session.create()
    client = Client()
    client.cookies[settings.SESSION_COOKIE_NAME] = str(session.session_key)
    return client


def send(client: Client, address: str, fields: dict[str, object] | None = None, **extra: object) -> HttpResponse:
    """POST a form as a page would: with the mark that lets it be sent once, a new one each time."""
    marked = {FIELD: token_urlsafe(16), **(fields or {})}
    return client.post(address, marked, **extra)  # type: ignore[arg-type, return-value]  # the client's own classes
