"""Several contracts in one file: the pages on which one seems to begin, for a person to part them by."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Sequence

    from styr.agreements.core.reading.text import Page

_TITLE: Final = re.compile(
    r"^(?:individuel\s+|ny\s+)?(?:\w*kontrakt|\w*aftale|tillæg til \w+)"
    r"(?:\s+(?:om|vedr\.?|nr\.?|på|mellem|for)\b.*)?$",
    re.IGNORECASE,
)
_PARTIES: Final = re.compile(r"\bmellem\b|\bCVR\b|\bparter(?:ne)?\b", re.IGNORECASE)
_TOP: Final = 6
_PARTIES_WITHIN: Final = 1_500


def beginnings(pages: Sequence[Page]) -> tuple[int, ...]:
    """The pages that begin with the title of a contract and name its parties; one or none when there is no doubt."""
    return tuple(page.number for page in pages if _begins(page))


def _begins(page: Page) -> bool:
    top = [line.strip() for line in page.text.splitlines() if line.strip()][:_TOP]
    return any(_TITLE.match(line) for line in top) and bool(_PARTIES.search(page.text[:_PARTIES_WITHIN]))


def parts(starts: Sequence[int], *, pages: int) -> tuple[tuple[int, int], ...]:
    """First and last page of each part, when parts begin on these pages; what stands before the first goes with it."""
    firsts = sorted(set(starts))
    lasts = [*(first - 1 for first in firsts[1:]), pages]
    return tuple(zip([1, *firsts[1:]], lasts, strict=True))
