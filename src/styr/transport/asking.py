"""Asks the address register and the route provider that the municipality has set up, over HTTP, and waits for neither.

The addresses of both are settings, never anybody's words. Where one is not set up, away or slow, a Danish sentence says
so, and nothing is changed.
"""

from __future__ import annotations

import json
import os
from decimal import Decimal
from http.client import HTTPException
from typing import TYPE_CHECKING, Any, Final
from urllib.error import URLError
from urllib.parse import urlencode
from urllib.request import HTTPRedirectHandler, Request, build_opener

from django.conf import settings

from styr.kernel.refusal import Refusal
from styr.transport.core.answers import FoundAddress, UnreadableAnswerError, addresses_in, road_in

if TYPE_CHECKING:
    from styr.transport.core.distance import Point

SECONDS: Final = 4
_MOST_BYTES: Final = 1_000_000
_MOST_FOUND: Final = 5
ADDRESS_SERVICE, ROUTE_SERVICE = "STYR_ADDRESS_SERVICE", "STYR_ROUTE_SERVICE"


class ServiceAbsentError(Refusal):
    """The service is not set up, does not answer in time, or answers what nobody can read; the message says which."""


class _NoWayOn(HTTPRedirectHandler):
    """A service that sends us elsewhere is not the one that was set up."""

    def redirect_request(self, *_given: object, **_named: object) -> None:
        """Follow nothing."""


def find_address(words: str) -> tuple[FoundAddress, ...]:
    """Return the addresses that the register takes the words for, the likeliest first; none when it knows none.

    Raises:
        ServiceAbsentError: as told above.
    """
    base = _base("Adresseregistret", ADDRESS_SERVICE)
    query = urlencode({"q": words, "struktur": "mini", "per_side": _MOST_FOUND})
    answer = _asked(f"{base}/adgangsadresser?{query}", "Adresseregistret")
    try:
        return addresses_in(answer)[:_MOST_FOUND]
    except UnreadableAnswerError as error:
        raise ServiceAbsentError("Adresseregistret svarede noget, der ikke kan læses. Intet er ændret.") from error


def road_between(start: Point, end: Point) -> int:
    """Return how long the road is from one place to another, whole metres.

    Raises:
        ServiceAbsentError: as told above, or there is no road.
    """
    base = _base("Ruteberegneren", ROUTE_SERVICE)
    way = f"{start.longitude:.6f},{start.latitude:.6f};{end.longitude:.6f},{end.latitude:.6f}"
    answer = _asked(f"{base}/route/v1/driving/{way}?overview=false", "Ruteberegneren")
    try:
        return road_in(answer)
    except UnreadableAnswerError as error:
        raise ServiceAbsentError("Ruteberegneren fandt ingen vej mellem stederne. Mål vejen på et kort.") from error


def _base(name: str, setting: str) -> str:
    told: str = getattr(settings, setting, "") or os.environ.get(setting, "")
    if not told:
        raise ServiceAbsentError(f"{name} er ikke sat op ({setting}). Skriv tallene selv, eller bed driften om det.")
    if not told.startswith(("http://", "https://")):
        raise ServiceAbsentError(f"{name} er sat op med en adresse, der ikke er http ({setting}).")
    return told.rstrip("/")


def _asked(address: str, name: str) -> Any:
    request = Request(address, headers={"Accept": "application/json"})  # noqa: S310 -- http(s) is held to above
    try:
        with build_opener(_NoWayOn).open(request, timeout=SECONDS) as answer:
            text = answer.read(_MOST_BYTES + 1)
    except (URLError, HTTPException, OSError) as error:
        raise ServiceAbsentError(f"{name} svarer ikke. Prøv igen senere, eller skriv tallene selv.") from error
    if len(text) > _MOST_BYTES:
        raise ServiceAbsentError(f"{name} sendte et for stort svar. Intet er ændret.")
    try:
        return json.loads(text, parse_float=Decimal)
    except ValueError as error:
        raise ServiceAbsentError(f"{name} svarede noget, der ikke kan læses. Intet er ændret.") from error
