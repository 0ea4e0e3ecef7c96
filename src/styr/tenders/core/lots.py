"""Lots (delaftaler) as they are proposed: by destination, area or need, none with so few citizens that one is known."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from styr.tenders.core.anonymous import FEWEST
from styr.tenders.core.codes import SplitBy

if TYPE_CHECKING:
    from collections.abc import Sequence
    from uuid import UUID

    from styr.tenders.core.rides import Ride

MOST_LOTS: Final = 8
_OTHERS: Final = "Øvrige"
_NO_AREA: Final = "Uden område"
_LONGEST: Final = 120
_NAMED: Final = 3


@dataclass(frozen=True, slots=True)
class ProposedLot:
    """A lot and whose rides are in it."""

    name: str
    grant_ids: tuple[UUID, ...]


def proposed_lots(rides: Sequence[Ride], *, by: SplitBy) -> tuple[ProposedLot, ...]:
    """Return the lots, the largest first; groups of fewer than five citizens are put together, at most eight lots."""
    groups: defaultdict[str, list[Ride]] = defaultdict(list)
    for ride in rides:
        groups[_word(ride, by)].append(ride)
    ranked = sorted(groups.items(), key=lambda item: (-_riders(item[1]), item[0]))
    kept = [(name, held) for name, held in ranked if _riders(held) >= FEWEST][:MOST_LOTS]
    names = {name for name, _ in kept}
    rest = [(name, held) for name, held in ranked if name not in names]
    others = [ride for _, held in rest for ride in held]
    if others and kept and (_riders(others) < FEWEST or len(kept) == MOST_LOTS):
        name, held = kept.pop()
        rest, others = [(name, held), *rest], [*held, *others]
    if others:
        kept.append((_joined(rest) if len(rest) <= _NAMED else _OTHERS, others))
    return tuple(ProposedLot(name[:_LONGEST], tuple(ride.grant_id for ride in held)) for name, held in kept)


def _word(ride: Ride, by: SplitBy) -> str:
    match by:
        case SplitBy.DESTINATION:
            return ride.destination or "Uden fast mål"
        case SplitBy.AREA:
            return ride.area or _NO_AREA
        case SplitBy.NEED:
            return ride.need.danish.capitalize()
        case SplitBy.WHOLE:
            return "Al kørsel"


def _riders(rides: Sequence[Ride]) -> int:
    return len({ride.citizen_id for ride in rides})


def _joined(groups: Sequence[tuple[str, Sequence[Ride]]]) -> str:
    return ", ".join(name for name, _ in groups)
