"""The gallery as a site of its own: no database, the pages' real security policy, somebody logged in."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from socketserver import ThreadingMixIn
from threading import Thread
from types import SimpleNamespace
from typing import Any
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer, make_server

from django.conf import settings
from django.contrib.staticfiles.handlers import StaticFilesHandler
from django.core.handlers.wsgi import WSGIHandler
from django.http import HttpRequest, HttpResponseBase
from django.test import override_settings

HERE = __name__.rpartition(".")[0]
SOMEBODY = SimpleNamespace(name="Lone Kjær", is_authenticated=True)
SAVED = [{"id": 1, "name": "Frist denne uge", "address": "/liste/?status=off"}]


def somebody(answer: Callable[[HttpRequest], HttpResponseBase]) -> Callable[[HttpRequest], HttpResponseBase]:
    """Middleware: everybody is Lone."""

    def middleware(request: HttpRequest) -> HttpResponseBase:
        request.user = SOMEBODY  # type: ignore[assignment]  # stands in for a row of a database that is not there
        return answer(request)

    return middleware


def frame(_: HttpRequest) -> dict[str, Any]:
    """What the frame of every page reads."""
    return {"municipality_name": "Vesterhav Kommune", "notice_count": 3, "saved_filters": SAVED}


def gallery_settings() -> dict[str, Any]:
    """What differs from the program: its own addresses, and nothing that asks a database."""
    engine = settings.TEMPLATES[0]
    kept = ("request", "messages")
    processors = [name for name in engine["OPTIONS"]["context_processors"] if name.rpartition(".")[2] in kept]
    options = engine["OPTIONS"] | {"context_processors": [*processors, f"{HERE}.site.frame"]}
    return {
        "ROOT_URLCONF": f"{HERE}.pages",
        "TEMPLATES": [engine | {"DIRS": [Path(__file__).parent / "templates"], "OPTIONS": options}],
        "MIDDLEWARE": [
            "csp.middleware.CSPMiddleware",
            "django.contrib.sessions.middleware.SessionMiddleware",
            "django.middleware.csrf.CsrfViewMiddleware",
            "django.contrib.messages.middleware.MessageMiddleware",
            "django_htmx.middleware.HtmxMiddleware",
            f"{HERE}.site.somebody",
        ],
        "SESSION_ENGINE": "django.contrib.sessions.backends.signed_cookies",
        "CACHES": {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}},
    }


class Server(ThreadingMixIn, WSGIServer):
    """One thread a request, for a browser asks for many files at once."""

    daemon_threads = True


class Quiet(WSGIRequestHandler):
    """Writes no line per request."""

    def log_message(self, format: str, *words: object) -> None:  # noqa: A002 - the name is the base class's
        return


@contextmanager
def served_gallery() -> Iterator[str]:
    """The gallery's address, while the block lasts."""
    with override_settings(**gallery_settings()):
        server = make_server("127.0.0.1", 0, StaticFilesHandler(WSGIHandler()), Server, Quiet)
        thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()
        thread.join()
        server.server_close()
