"""What somebody saw of an invoice when they decided: if it is another by now, they must look again."""

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from styr.kernel.fingerprint import fingerprint


@dataclass(frozen=True, slots=True)
class Ground:
    """A finding that an invoice was decided upon, as it then stood; `open` tells that nobody had settled it."""

    finding_id: UUID
    fingerprint: str
    open: bool


def seen_token(*, status: str, waits_for: str, decisions: int, grounds: Iterable[Ground]) -> str:
    """A short text that is another as soon as the invoice, its findings or what was decided is another.

    The same for a code and for its plain text: a page holds the one, the row that is decided upon the other.
    """
    found = sorted(f"{ground.finding_id}:{ground.fingerprint}:{ground.open}" for ground in grounds)
    return fingerprint((str(status), str(waits_for), decisions, tuple(found)))
