"""Somebody at the pages without the login page: the session that a login would have made."""

from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.test import Client

from personas import Persona
from styr.access.web.login import SESSION_TOKEN
from styr.access.web.sessions import SessionStore


def logged_in_client(persona: Persona) -> Client:
    """A client with the persona's session, made without checking a password; needs the database."""
    session = SessionStore()
    session[SESSION_KEY] = str(persona.user.pk)
    session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
    session[HASH_SESSION_KEY] = persona.user.get_session_auth_hash()
    session[SESSION_TOKEN] = persona.token
    session.create()
    client = Client()
    client.cookies[settings.SESSION_COOKIE_NAME] = str(session.session_key)
    return client
