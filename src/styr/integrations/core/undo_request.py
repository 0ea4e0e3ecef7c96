"""The latest request to take an import back, as it is kept with the import's outcome."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from styr.integrations.core.status import UndoState

KEY = "undo"


@dataclass(frozen=True, slots=True)
class UndoRequest:
    """Who asked, when, and how far it is; `message` tells why it was not done."""

    state: UndoState
    actor: str
    at: datetime
    message: str


def undo_request_of(outcome: Mapping[str, Any]) -> UndoRequest | None:
    """What a run's outcome says of it."""
    kept = outcome.get(KEY)
    if kept is None:
        return None
    return UndoRequest(UndoState(kept["state"]), kept["actor"], datetime.fromisoformat(kept["at"]), kept["message"])
