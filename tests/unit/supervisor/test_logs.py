"""The log tells what went wrong, and never about whom."""

import io
import logging
import logging.config
from collections.abc import Iterator

import pytest
from django.http import HttpRequest, HttpResponse

from styr.config.logs import RequestIdMiddleware, masked
from styr.config.settings.logging_config import LOGGING

CPR, NAME = "010203-1234", "Kirsten"


@pytest.fixture
def stderr(monkeypatch: pytest.MonkeyPatch) -> Iterator[io.StringIO]:
    """What the real configuration writes."""
    told = io.StringIO()
    loggers = [logging.getLogger(name) for name in ("", *LOGGING["loggers"])]
    before = [(logger, list(logger.handlers), logger.level, logger.propagate) for logger in loggers]
    monkeypatch.setattr("sys.stderr", told)
    logging.config.dictConfig(LOGGING)
    yield told
    for logger, handlers, level, propagate in before:
        logger.handlers[:], logger.level, logger.propagate = handlers, level, propagate


def fails(number: str, name: str) -> None:
    raise ValueError(f"{number}\nDETAIL:  Failing row contains ({name}, Vej 1)")


def test_a_fault_in_a_request_is_written_with_its_id_and_without_the_person(stderr: io.StringIO) -> None:
    def page(_: HttpRequest) -> HttpResponse:
        try:
            fails(CPR, NAME)
        except ValueError:
            logging.getLogger("django.request").exception("Internal Server Error: /borgere/?navn=%s&x=1", NAME)
        return HttpResponse()

    answer = RequestIdMiddleware(page)(HttpRequest())
    told = stderr.getvalue()
    assert f"[{answer['X-Request-ID']}] Internal Server Error: /borgere/?…" in told
    assert "ValueError: ••••••-••••" in told
    assert NAME not in told
    assert told.count("Internal Server Error") == 1


def test_outside_a_request_there_is_no_id_and_warnings_are_told_once(stderr: io.StringIO) -> None:
    logging.getLogger("procrastinate.worker").warning("job %s", "0102031234")
    logging.getLogger("styr").info("not told")
    assert stderr.getvalue().endswith("WARNING procrastinate.worker [-] job ••••••-••••\n")
    assert stderr.getvalue().count("\n") == 1


@pytest.mark.parametrize("cpr", ["0102031234", "010203-1234", "010203 1234", "x0102031234y", "(610203–1234)"])
def test_what_may_be_a_cpr_number_is_masked(cpr: str) -> None:
    assert "1234" not in masked(cpr)


@pytest.mark.parametrize("text", ["5798000000111", "2026-11-22 00:12:34", "K-2026-0123", "port 65535", "B1234567-8"])
def test_other_numbers_are_left(text: str) -> None:
    assert masked(text) == text
