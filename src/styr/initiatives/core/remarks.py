"""What a catalogue does not add up to: its source's own sums held against its rows."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from styr.initiatives.core.interval import Interval, total, within, written

if TYPE_CHECKING:
    from collections.abc import Sequence


@dataclass(frozen=True, slots=True)
class Stated:
    """What the source says of the whole catalogue, mio. kr.; None where it says nothing."""

    baseline: Interval | None = None
    saving: Interval | None = None
    number: int | None = None


@dataclass(frozen=True, slots=True)
class Amounts:
    """The amounts of one initiative, mio. kr."""

    number: int
    baseline: Interval | None
    saving: Interval | None


def remarks(stated: Stated, rows: Sequence[Amounts]) -> tuple[str, ...]:
    """Sentences about what does not agree; none where everything does."""
    found = (_number(stated, rows), _saving(stated, rows), _baseline(stated, rows), *_too_large(rows))
    return tuple(one for one in found if one)


def _number(stated: Stated, rows: Sequence[Amounts]) -> str:
    if stated.number is None or stated.number == len(rows):
        return ""
    return f"Kilden angiver {stated.number} indsatser, men kataloget har {len(rows)}."


def _saving(stated: Stated, rows: Sequence[Amounts]) -> str:
    summed = total(row.saving for row in rows)
    if stated.saving is None or (not summed.unknown and summed.estimated == stated.saving):
        return ""
    told = f"Kilden angiver {written(stated.saving)} mio. kr. i besparelse i alt; rækkerne giver "
    told += f"{written(summed.estimated)} mio. kr."
    if any(row.saving is not None and row.saving.upper_open for row in rows):
        told += " (hvor fx <0,1 regnes som 0 til 0,1)"
    if summed.unknown:
        told += f", og {summed.unknown} er ikke estimeret"
    return told.removesuffix(".") + "."


def _baseline(stated: Stated, rows: Sequence[Amounts]) -> str:
    """That the rows' baselines overlap. This is the only place where they meet, and the sum is used for nothing."""
    met = total(row.baseline for row in rows).estimated
    if stated.baseline is None or stated.baseline.upper is None or met.lower <= stated.baseline.upper:
        return ""
    least = "mindst " if met.upper is None else ""
    lower = written(Interval(met.lower, met.lower))
    return (
        f"Rækkernes baselines overlapper: de ville give {least}{lower} mio. kr. mod hele områdets "
        f"{written(stated.baseline)}. De lægges derfor aldrig sammen."
    )


def _too_large(rows: Sequence[Amounts]) -> list[str]:
    return [
        f"Indsats {row.number} skal spare {written(row.saving)} mio. kr. af en baseline på kun {written(row.baseline)}."
        for row in rows
        if not within(row.saving, row.baseline)
    ]
