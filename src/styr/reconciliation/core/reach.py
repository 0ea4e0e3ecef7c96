"""Which of the reconciliation's subjects a change of something else touches."""

from __future__ import annotations

from typing import TYPE_CHECKING

from styr.controls.core.control import SubjectKind
from styr.controls.core.relations import FINDING
from styr.grants.core.relations import GRANT
from styr.kernel.relation import NARROW
from styr.reconciliation.core.relations import CASE_GRANT

if TYPE_CHECKING:
    import ibis


def case_grants_of_grants() -> ibis.Table:
    """The case systems' services of every citizen of whom a grant is touched."""
    touched = GRANT.table().semi_join(NARROW.table().select(grant_id="id"), "grant_id").select("citizen_id").distinct()
    return CASE_GRANT.table().semi_join(touched, "citizen_id").select(id="case_grant_id")


def citizens_of_grants() -> ibis.Table:
    """The citizens of touched grants: their payments are looked at anew."""
    return GRANT.table().semi_join(NARROW.table().select(grant_id="id"), "grant_id").select(id="citizen_id").distinct()


def payments_of_citizens() -> ibis.Table:
    """What was found about touched citizens' payments: their ids are those of groups, which nothing else can name."""
    found = FINDING.table()
    about = found.filter(found["subject_kind"] == SubjectKind.PAYMENT.value)
    return about.semi_join(NARROW.table().select(citizen_id="id"), "citizen_id").select(id="subject_id").distinct()
