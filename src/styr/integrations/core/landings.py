"""Which of the files that are handed in again must land again, told from the order in which files have landed."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Landing:
    """A register file that has landed: its bytes by their hash, and the registers in it."""

    sha256: str
    kinds: frozenset[str]


def to_land_again(landings: Sequence[Landing], handed_in: Collection[str]) -> dict[str, int]:
    """The files handed in that have landed before and must land again, with their place in the landing order.

    A register stands as its newest file left it. Where that file is handed in too, its older siblings are known:
    landing them would put old rows over new ones. Where it is not, those that are handed in are a correction, and they
    land again in the order in which they first did; so does any newer file that shares a register with one of them.

    Args:
        landings: all that have landed, the oldest first; the same bytes may have landed more than once.
        handed_in: the hashes of the files of this import.
    """
    newest = {kind: landing.sha256 for landing in landings for kind in landing.kinds}
    places = {landing.sha256: place for place, landing in enumerate(landings)}
    again: dict[str, int] = {}
    disturbed: set[str] = set()
    for sha256, place in sorted(places.items(), key=lambda one: one[1]):
        kinds = landings[place].kinds
        corrects = any(newest[kind] not in handed_in for kind in kinds)
        if sha256 in handed_in and (corrects or kinds & disturbed):
            again[sha256] = place
            disturbed |= kinds
    return again


def landed(landings: Sequence[Landing]) -> frozenset[str]:
    """The hashes of all files that have landed."""
    return frozenset(landing.sha256 for landing in landings)
