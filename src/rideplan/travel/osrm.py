"""Travel times along roads from an OSRM server that the user runs: the `table` service of its HTTP interface."""

import json
from dataclasses import dataclass
from typing import Any
from urllib.error import URLError
from urllib.parse import urlsplit
from urllib.request import urlopen

import numpy as np

from rideplan.model.problem import Matrix, Travel
from rideplan.travel.provider import Positions


class UnableToAskRoadsError(RuntimeError):
    """The server does not answer, refuses, or finds no road between two places."""


@dataclass(frozen=True, slots=True)
class Osrm:
    """A server's address (`http://…`), the profile it serves, and how many seconds to wait."""

    address: str
    profile: str = "driving"
    timeout: float = 30.0

    def table(self, positions: Positions) -> Travel:
        """Matrices in km and minutes, float32.

        Raises:
            UnableToAskRoadsError: No answer, a refusal, or places without a road between them.
        """
        if urlsplit(self.address).scheme not in {"http", "https"}:
            raise UnableToAskRoadsError(f"address: {self.address} is not http or https")
        at = ";".join(f"{east:.6f},{north:.6f}" for east, north in positions)
        answer = self._ask(f"{self.address.rstrip('/')}/table/v1/{self.profile}/{at}?annotations=duration,distance")
        number = len(positions)
        duration, distance = _table(answer, "durations", number, 60), _table(answer, "distances", number, 1000)
        return Travel(distance, duration, positions=tuple(positions))

    def _ask(self, url: str) -> dict[str, Any]:
        try:
            with urlopen(url, timeout=self.timeout) as answer:  # noqa: S310  the scheme is checked above
                found = json.load(answer)
        except (URLError, TimeoutError, ValueError) as error:
            raise UnableToAskRoadsError(f"{self.address}: {error}") from error
        if not isinstance(found, dict) or found.get("code") != "Ok":
            told = found.get("message", found.get("code")) if isinstance(found, dict) else "no object"
            raise UnableToAskRoadsError(f"{self.address}: {told}")
        return found


def _table(answer: dict[str, Any], name: str, number: int, unit: float) -> Matrix:
    try:
        found = np.array(answer[name], dtype=np.float64)
    except (KeyError, TypeError, ValueError) as error:
        raise UnableToAskRoadsError(f"{name}: missing or not a table of figures") from error
    if found.shape != (number, number):
        raise UnableToAskRoadsError(f"{name}: {found.shape} for {number} positions")
    if not np.isfinite(found).all():
        origin, target = np.argwhere(~np.isfinite(found))[0]
        raise UnableToAskRoadsError(f"{name}[{origin}][{target}]: there is no road between the places")
    return (found / unit).astype(np.float32)
