"""What `styr audit` tells: whether the logs are as they were sealed, and what is logged about one citizen."""

import json
from dataclasses import asdict
from uuid import UUID

from django.db import connection

from styr.access.scope import service_scope
from styr.audit.services import citizen_log_rows, last_chain, verify_seal
from styr.kernel.cpr import Cpr
from styr.kernel.refusal import Refusal

PAGE = "styr audit citizen"


class UnableToAuditError(Refusal):
    """The logs do not hold, or the citizen cannot be found."""


def verified(municipality_id: UUID, *, kept: str | None) -> str:
    """The sentence of logs that hold; raises `UnableToAuditError` with every fault."""
    with service_scope(municipality_id, "report"):
        found = verify_seal(municipality_id=municipality_id, kept=kept)
    if found.holds:
        return f"Loggene er, som de blev plomberet: {found.chain.seals} plomber over {found.chain.rows} rækker."
    faults = [f"Plombe {fault.seal_id} ({fault.source}): {fault.reason}." for fault in found.broken]
    if found.missing:
        faults.append("Den gemte værdi findes ikke i kæden: loggene er lavet om, efter at den blev gemt.")
    raise UnableToAuditError("\n".join(faults))


def newest(municipality_id: UUID) -> str:
    """The chain's newest value, to be kept elsewhere."""
    with service_scope(municipality_id, "report"):
        chain = last_chain(municipality_id=municipality_id)
    return chain.value


def citizen_as_json(municipality_id: UUID, *, citizen: str, purpose: str) -> str:
    """The citizen's log as JSON, oldest first; the look at it is logged too. Raises `UnableToAuditError`."""
    with service_scope(municipality_id, "report"):
        rows = citizen_log_rows(citizen_id=_citizen(citizen), page=PAGE, purpose=purpose)
    return json.dumps([asdict(row) for row in rows], ensure_ascii=False, indent=2, default=str)


def _citizen(named: str) -> UUID:
    """The citizen of that number or id. A CPR number is refused: a command line is seen by others and kept."""
    if _is_cpr(named):
        raise UnableToAuditError("Skriv borgerens nummer eller id, aldrig et CPR-nummer: kommandolinjer bliver gemt.")
    with connection.cursor() as cursor:
        cursor.execute("SELECT id FROM people_citizen WHERE source_id = %s OR id::text = lower(%s)", [named, named])
        found = cursor.fetchone()
    if found is None:
        raise UnableToAuditError("Der er ingen borger med det nummer eller id.")
    return UUID(str(found[0]))


def _is_cpr(named: str) -> bool:
    try:
        Cpr.parse(named)
    except ValueError:
        return False
    return True
