"""Use cases of the audit trail (revisionsspor): log a read, check the seals, hand out a citizen's log.

All run in a scope: `access.scope.service_scope(municipality_id, "report")` for a command, the request's own for a page.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import connections

from styr.audit import sealing
from styr.audit.models import Seal
from styr.audit.queries import LogRow, citizen_log
from styr.audit.taking import told_purpose


@dataclass(frozen=True, slots=True)
class Chain:
    """The newest value of a municipality's chain, to be kept elsewhere; `sealed_at` is None before the first seal."""

    value: str
    seals: int
    rows: int
    sealed_at: datetime | None


@dataclass(frozen=True, slots=True)
class Verification:
    """What a check of the seals came to: the chain as it stands, and every fault; it holds when there is none."""

    chain: Chain
    broken: tuple[sealing.Broken, ...]
    missing: bool

    @property
    def holds(self) -> bool:
        """Whether the logs are as they were sealed, and the kept value is still in the chain."""
        return not self.broken and not self.missing


def log_read(*, citizens: Sequence[UUID], page: str, purpose: str, using: str = "default") -> int | None:
    """Log that a page showed these citizens, for a purpose (formål); gives the row's number, None for no citizens.

    Called in the scope of whoever looks: the database takes actor, municipality and time from the token. `page` is an
    address without its query; neither it nor `purpose` may hold names or CPR numbers.
    """
    shown = list(dict.fromkeys(citizens))
    if not shown:
        return None
    with connections[using].cursor() as cursor:
        cursor.execute("SELECT audit_log_read(%s::uuid[], %s, %s)", [shown, page, told_purpose(purpose)])
        return int(cursor.fetchone()[0])


def last_chain(*, municipality_id: UUID) -> Chain:
    """The chain's newest value and what it vouches for: the number of seals, and of rows under them."""
    seals = Seal.objects.filter(municipality_id=municipality_id)
    told = list(seals.order_by("id").values_list("chain", "row_count", "sealed_at"))
    value, sealed_at = (told[-1][0], told[-1][2]) if told else (sealing.GENESIS, None)
    return Chain(value, len(told), sum(rows for _, rows, _ in told), sealed_at)


def verify_seal(*, municipality_id: UUID, kept: str | None = None) -> Verification:
    """Check every seal of the municipality against its rows, and the chain against a value kept elsewhere.

    `kept` is a value that `last_chain` once gave (64 hex digits). It is `missing` when no seal has it any more: then
    seals were cut off or made anew, which the others cannot tell.
    """
    broken = tuple(sealing.verify(municipality_id=municipality_id))
    seals = Seal.objects.filter(municipality_id=municipality_id)
    wanted = (kept or sealing.GENESIS).strip().lower()
    missing = wanted != sealing.GENESIS and not seals.filter(chain=wanted).exists()
    return Verification(last_chain(municipality_id=municipality_id), broken, missing)


def citizen_log_rows(*, citizen_id: UUID, page: str, purpose: str) -> list[LogRow]:
    """A citizen's log (borgerens log, GDPR art. 15), oldest first, for handing out; the look at it is logged as well.

    The look itself is not among the rows: it is the last line of the next log.
    """
    rows = citizen_log(citizen_id)
    log_read(citizens=[citizen_id], page=page, purpose=purpose)
    return rows
