"""The job behind an access request: gathers, packs and keeps the file, and tells how far it has come."""

from __future__ import annotations

from typing import TYPE_CHECKING

from styr.access.scope import service_scope
from styr.people import requests
from styr.workspace.citizens_dossier import gathered, packed

STEPS = 2

if TYPE_CHECKING:
    from datetime import datetime
    from uuid import UUID


def gather_request(*, municipality_id: UUID, request_id: UUID, now: datetime) -> bool:
    """Make the file of a request that waits; run again it does nothing. Gives whether a file was made.

    Run it outside any transaction: progress is told in transactions of its own.
    """
    with service_scope(municipality_id, "job"):
        citizen_id = requests.citizen_of_request(request_id)
        if citizen_id is None:
            return False
        requests.tell_progress(request_id, done=0, steps=STEPS)
    try:
        with service_scope(municipality_id, "job"):
            known = gathered(citizen_id, purpose="indsigt: samlet til udlevering")
        with service_scope(municipality_id, "job"):
            requests.tell_progress(request_id, done=1, steps=STEPS)
        with service_scope(municipality_id, "job"):
            file = packed(citizen_id, known, now=now)
            requests.keep_file(request_id=request_id, file=file, now=now)
    except Exception:
        with service_scope(municipality_id, "job"):
            requests.fail_request(request_id)
        raise
    return True
