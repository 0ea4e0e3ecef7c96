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
    """A server that the user runs.

    Attributes:
        address: `http://…`.
        profile: What it serves.
        timeout: Seconds to wait for one answer.
        most: Positions in one question; more are asked for block by block (a server refuses more than its
            `--max-table-size`, and an address of a hundred thousand characters).
    """

    address: str
    profile: str = "driving"
    timeout: float = 30.0
    most: int = 500

    def table(self, positions: Positions) -> Travel:
        """Matrices in km and minutes, float32.

        Raises:
            UnableToAskRoadsError: No answer, a refusal, or places without a road between them.
        """
        if urlsplit(self.address).scheme not in {"http", "https"}:
            raise UnableToAskRoadsError(f"address: {self.address} is not http or https")
        number = len(positions)
        duration, distance = np.zeros((number, number), np.float32), np.zeros((number, number), np.float32)
        size = number if number <= self.most else max(1, self.most // 2)
        for top in range(0, number, size):
            for left in range(0, number, size):
                rows, columns = range(top, min(top + size, number)), range(left, min(left + size, number))
                cells = np.ix_(rows, columns)
                duration[cells], distance[cells] = self._block(positions, rows, columns)
        return Travel(distance, duration, positions=tuple(positions))

    def _block(self, positions: Positions, rows: range, columns: range) -> tuple[Matrix, Matrix]:
        """Minutes and km from some positions to others."""
        places = [*rows] if rows == columns else [*rows, *columns]
        at = ";".join(f"{positions[place][0]:.6f},{positions[place][1]:.6f}" for place in places)
        question = f"{self.address.rstrip('/')}/table/v1/{self.profile}/{at}?annotations=duration,distance"
        if rows != columns:
            sources, targets = range(len(rows)), range(len(rows), len(places))
            question += f"&sources={';'.join(map(str, sources))}&destinations={';'.join(map(str, targets))}"
        answer = self._ask(question)
        return _table(answer, "durations", rows, columns, 60), _table(answer, "distances", rows, columns, 1000)

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


def _table(answer: dict[str, Any], name: str, rows: range, columns: range, unit: float) -> Matrix:
    try:
        found = np.array(answer[name], dtype=np.float64)
    except (KeyError, TypeError, ValueError) as error:
        raise UnableToAskRoadsError(f"{name}: missing or not a table of figures") from error
    if found.shape != (len(rows), len(columns)):
        raise UnableToAskRoadsError(f"{name}: {found.shape} for {len(rows)} × {len(columns)} positions")
    if not np.isfinite(found).all():
        row, column = np.argwhere(~np.isfinite(found))[0]
        origin, target = rows[row], columns[column]
        raise UnableToAskRoadsError(f"{name}[{origin}][{target}]: there is no road between the places")
    return (found / unit).astype(np.float32)
