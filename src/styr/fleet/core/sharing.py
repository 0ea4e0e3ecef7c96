"""Whether other vehicles are free when one is out: which could take its uses, alone and with others given up too."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from styr.fleet.core.use import Use, spans

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import date

    from styr.fleet.core.use import Spans

    Busy = Mapping[tuple[str, date], Spans]


@dataclass(frozen=True, slots=True)
class Room:
    """What a vehicle has room for."""

    seats: int
    wheelchairs: int


def takers(vehicle: str, uses: Iterable[Use], busy: Busy, rooms: Mapping[str, Room]) -> dict[str, int] | None:
    """Which vehicles could take the uses of one, and how many each; None where some use has none.

    Each use goes to the smallest vehicle with room that is free; where nobody says how many rode, room as in the
    vehicle's own is asked. What this finds can be done; it may miss what needs others to swap.

    Args:
        vehicle: whose uses they are.
        uses: its uses.
        busy: when every vehicle is out (`use.spans`).
        rooms: the vehicles that may take them, and itself.
    """
    given: defaultdict[tuple[str, date], list[tuple[int, int]]] = defaultdict(list)
    found: defaultdict[str, int] = defaultdict(int)
    own = rooms[vehicle]
    others = sorted((key for key in rooms if key != vehicle), key=lambda key: (rooms[key].seats, key))
    for use in sorted(uses, key=lambda one: (one.day, one.starts, one.ends)):
        taker = next((key for key in others if _holds(rooms[key], use, own) and _free(key, use, busy, given)), None)
        if taker is None:
            return None
        given[taker, use.day].append((use.starts, use.ends))
        found[taker] += 1
    return dict(found)


def cannot_all_go(going: Sequence[str], uses: Sequence[Use], rooms: Mapping[str, Room]) -> tuple[str, ...]:
    """Those of the vehicles to be shared whose uses find no room when all of them are given up, in their order."""
    mine: defaultdict[str, list[Use]] = defaultdict(list)
    for use in uses:
        mine[use.vehicle].append(use)
    gone = set(going)
    stay = {key: room for key, room in rooms.items() if key not in gone}
    driven = [use for use in uses if use.vehicle not in gone]
    stuck = []
    for key in going:
        moved = _moved(key, mine[key], driven, stay | {key: rooms[key]})
        if moved is None:
            stuck.append(key)
        else:
            driven += moved
    return tuple(stuck)


def _moved(key: str, uses: Sequence[Use], driven: Sequence[Use], rooms: Mapping[str, Room]) -> list[Use] | None:
    """The uses with the vehicles that take them; None where one has none."""
    from_now, moved = dict(spans(driven)), []
    for use in sorted(uses, key=lambda one: (one.day, one.starts, one.ends)):
        taken = takers(key, [use], from_now, rooms)
        if taken is None:
            return None
        (taker,) = taken
        own = rooms[key]
        riders, places = (own.seats, own.wheelchairs) if use.riders is None else (use.riders, use.wheelchairs)
        moved.append(Use(taker, use.day, use.starts, use.ends, use.source, use.unit, riders, places))
        from_now[taker, use.day] = (*from_now.get((taker, use.day), ()), (use.starts, use.ends))
    return moved


def _holds(room: Room, use: Use, own: Room) -> bool:
    if use.riders is None:
        return room.seats >= own.seats and room.wheelchairs >= own.wheelchairs
    return room.seats >= use.riders and room.wheelchairs >= use.wheelchairs


def _free(key: str, use: Use, busy: Busy, given: Mapping[tuple[str, date], list[tuple[int, int]]]) -> bool:
    out = (*busy.get((key, use.day), ()), *given.get((key, use.day), ()))
    return not any(starts < use.ends and use.starts < ends for starts, ends in out)
