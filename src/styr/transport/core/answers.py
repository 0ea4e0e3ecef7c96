"""What an address register and a route provider answer, read from their JSON; anything else is told as unreadable."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Any, Final

_SIX: Final = Decimal("0.000001")


class UnreadableAnswerError(ValueError):
    """The service answered something else than it does by its description."""


@dataclass(frozen=True)
class FoundAddress:
    """An address as the register writes it, and where its entrance is, degrees (WGS 84)."""

    written: str
    latitude: Decimal
    longitude: Decimal


def addresses_in(answer: Any) -> tuple[FoundAddress, ...]:
    """Read a list of addresses in the small form (`struktur=mini`: betegnelse, x = longitude, y = latitude).

    Raises:
        UnreadableAnswerError: it is no such list.
    """
    if not isinstance(answer, list):
        raise UnreadableAnswerError("a list of addresses")
    return tuple(_address(one) for one in answer)


def road_in(answer: Any) -> int:
    """Read the first route's length in whole metres from a route service's answer (OSRM's `route`).

    Raises:
        UnreadableAnswerError: it found no route, or it is no such answer.
    """
    try:
        if answer["code"] != "Ok":
            raise UnreadableAnswerError(str(answer["code"])[:40])
        return int(_number(answer["routes"][0]["distance"]).to_integral_value())
    except (KeyError, IndexError, TypeError) as error:
        raise UnreadableAnswerError("a route") from error


def _address(one: Any) -> FoundAddress:
    try:
        written = str(one.get("betegnelse") or f"{one['vejnavn']} {one['husnr']}, {one['postnr']} {one['postnrnavn']}")
        return FoundAddress(written[:240], _number(one["y"]).quantize(_SIX), _number(one["x"]).quantize(_SIX))
    except (KeyError, TypeError, AttributeError) as error:
        raise UnreadableAnswerError("an address") from error


def _number(told: Any) -> Decimal:
    if isinstance(told, bool) or not isinstance(told, int | float | str | Decimal):
        raise UnreadableAnswerError("a number")
    try:
        read = Decimal(str(told))
    except InvalidOperation as error:
        raise UnreadableAnswerError("a number") from error
    if not read.is_finite():
        raise UnreadableAnswerError("a number")
    return read
