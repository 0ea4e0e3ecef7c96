"""What a person wrote of a draft that no register holds; kept encrypted with the draft."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING

from styr.access.crypto import seal, unseal
from styr.drafting.sealed import place_of

if TYPE_CHECKING:
    from uuid import UUID


@dataclass(frozen=True, slots=True)
class Written:
    """What a person writes of a draft: what is ordered, hours a week, night watch, trial period, days after death.

    Of a supplement: what changes in words, the day (ISO) that it `starts`, its typed `changes` (`core.changes`) and the
    `effect` of them as it was last worked out; `line_id` and `price` are from before changes were typed.
    """

    description: str
    hours: str = ""
    night_watch: str = ""
    trial: str = ""
    days_after_death: str = ""
    starts: str = ""
    line_id: str = ""
    price: str = ""
    changes: str = ""
    effect: str = ""

    def sealed(self, draft_id: UUID) -> bytes:
        """Encrypted for the draft's row: the description may tell of the citizen."""
        return seal(json.dumps(asdict(self)).encode(), place=place_of("contractdraft", "facts", draft_id))


def written_of(stored: bytes, draft_id: UUID) -> Written:
    """What was written of a draft."""
    return Written(**json.loads(unseal(stored, place=place_of("contractdraft", "facts", draft_id))))
