"""Whose data is due to go, and the erasure itself: one transaction over every domain, with a certificate."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from django.apps import apps
from django.db import IntegrityError, connection

from styr.access.scope import service_scope
from styr.audit.erasing import HistoryBrokenError, erase_history
from styr.people import retention
from styr.people.core.keeping import CaseFacts, CaseKind, ErasureState, KeepingRule, due_on
from styr.people.retention import UnableToEraseError
from styr.texts.services import forget_documents
from styr.workspace.citizens_dossier import gathered, held_about, packed

if TYPE_CHECKING:
    from collections.abc import Collection
    from datetime import date, datetime
    from uuid import UUID

CERTIFICATE: Final = "people.erasure"
"""What stays: the erasure itself, which counts and names nobody."""

_FACTS: Final = """
WITH of_grants AS (
    SELECT citizen_id, bool_or(status NOT IN ('stopped', 'withdrawn') AND (ends IS NULL OR ends > %(today)s)) AS open,
           max(ends) AS last_end, bool_or(section LIKE 'BL-%%') AS child
    FROM rel_grant GROUP BY citizen_id
), of_contracts AS (
    SELECT citizen_id, bool_or(ends IS NULL OR ends > %(today)s) AS open, max(ends) AS last_end
    FROM rel_contract WHERE citizen_id IS NOT NULL GROUP BY citizen_id
), of_invoices AS (
    SELECT g.citizen_id, max(greatest(coalesce(l.period_end - 1, i.issue_date), i.issue_date)) AS last_day
    FROM rel_grant g JOIN rel_line_match m ON m.grant_id = g.grant_id
    JOIN rel_invoice_line l ON l.invoice_line_id = m.invoice_line_id
    JOIN rel_invoice i ON i.invoice_id = l.invoice_id GROUP BY g.citizen_id
)
SELECT c.citizen_id, g.citizen_id IS NOT NULL OR k.citizen_id IS NOT NULL, coalesce(g.child, false),
       coalesce(g.open, false) OR coalesce(k.open, false), greatest(g.last_end, k.last_end), i.last_day,
       least(c.died_on, c.moved_out)
FROM rel_citizen c
LEFT JOIN of_grants g ON g.citizen_id = c.citizen_id
LEFT JOIN of_contracts k ON k.citizen_id = c.citizen_id
LEFT JOIN of_invoices i ON i.citizen_id = c.citizen_id
WHERE %(citizens)s::uuid[] IS NULL OR c.citizen_id = ANY(%(citizens)s::uuid[])
"""


@dataclass(frozen=True, slots=True)
class DueCitizen:
    """A citizen whose data may go, from which day and by which rule."""

    citizen_id: UUID
    due_on: date
    rule: KeepingRule


def due_citizens(
    *, today: date, among: Collection[UUID] | None = None, rules: dict[CaseKind, KeepingRule] | None = None
) -> list[DueCitizen]:
    """Return whose data is due to go and is not held, the longest overdue first; three queries. It names nobody.

    `rules` may be handed in by whoever has asked for those of `today` already.
    """
    rules, held = rules or retention.rules(today), retention.held_citizens(today)
    with connection.cursor() as cursor:
        cursor.execute(_FACTS, {"today": today, "citizens": None if among is None else list(among)})
        rows = cursor.fetchall()
    found = []
    for citizen_id, has_case, child, is_open, last_end, last_invoice, gone_on in rows:
        kind = (CaseKind.CHILD if child else CaseKind.ADULT) if has_case else CaseKind.NONE
        due = due_on(CaseFacts(kind, is_open, last_end, last_invoice, gone_on), rules)
        if due is not None and due <= today and citizen_id not in held:
            found.append(DueCitizen(citizen_id, due, rules[kind]))
    return sorted(found, key=lambda one: (one.due_on, str(one.citizen_id)))


def propose_erasure(*, citizen_id: UUID, actor_id: UUID, today: date, now: datetime) -> UUID:
    """Propose to erase a citizen who is due; return the erasure's id.

    Raises:
        UnableToEraseError: the citizen is not due, is held, or an erasure is under way.
    """
    found = due_citizens(today=today, among=[citizen_id])
    if not found:
        raise UnableToEraseError("Fristen er ikke nået, eller borgerens oplysninger er omfattet af et sletningsstop.")
    return retention.propose(citizen_id=citizen_id, rule=found[0].rule, due=found[0].due_on, actor_id=actor_id, now=now)


def make_archive_package(*, erasure_id: UUID, municipality_id: UUID, now: datetime) -> None:
    """Make what the archive is to be handed: everything about the citizen, as for an access request.

    Raises:
        UnableToEraseError: there is no such erasure to prepare.
    """
    found = retention.erasure(erasure_id)
    if found is None:
        raise UnableToEraseError("Sletningen findes ikke, eller du har ikke adgang til den.")
    with service_scope(municipality_id, "job"):
        known = gathered(found.citizen_id, purpose="arkivpakke før sletning")
        package = packed(found.citizen_id, known, now=now)
        retention.keep_package(erasure_id=erasure_id, package=package)


def erase_citizen(
    *, erasure_id: UUID, municipality_id: UUID, actor_id: UUID, today: date, now: datetime
) -> dict[str, Any]:
    """Erase the citizen, and the history of every row that goes, in one transaction; return the certificate.

    Invoices that tell about others as well are kept until they may go; the certificate counts them.

    Raises:
        UnableToEraseError: it is not approved by two, the citizen is no longer due (a new grant, a hold), or something
            that is kept still points at the citizen's rows (another's rides begin at the citizen's home).
    """
    with service_scope(municipality_id, "erase"):
        found = retention.erasure(erasure_id)
        if found is None or found.state is not ErasureState.APPROVED:
            raise UnableToEraseError("Sletningen er ikke godkendt af to.")
        if not due_citizens(today=today, among=[found.citizen_id]):
            raise UnableToEraseError("Borgerens oplysninger må ikke slettes længere: en sag løber, eller de er holdt.")
        try:
            certificate = _erase(found.citizen_id, erasure_id, now)
        except IntegrityError as error:
            raise UnableToEraseError(_pointed_at(error)) from error
        retention.certify(erasure_id=erasure_id, certificate=certificate, actor_id=actor_id, now=now)
    return certificate


def _erase(citizen_id: UUID, erasure_id: UUID, now: datetime) -> dict[str, Any]:
    held = held_about(citizen_id, spare_shared=True)
    going = {label: ids for label, ids in held.reached.items() if label != CERTIFICATE}
    forget_documents(going.get("agreements.agreementdocument", ()))

    def remove(table: str, ids: Collection[UUID]) -> int:
        with connection.cursor() as cursor:
            cursor.execute("SELECT people_erase(%s, %s::uuid[], %s)", [table, list(ids), erasure_id])
            return int(cursor.fetchone()[0])

    rows = {label: remove(_table(label), ids) for label, ids in going.items()}
    try:
        history = {
            label: erase_history(label, ids, certificate=erasure_id, now=now, erase=remove)
            for label, ids in going.items()
        }
    except HistoryBrokenError as error:
        raise UnableToEraseError(str(error)) from error
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")  # what still points at the citizen is told here, not later
    return {
        "rows": {_name(label): count for label, count in sorted(rows.items()) if count},
        "history": sum(gone.events for gone in history.values()),
        "seals": sum(gone.seals for gone in history.values()),
        "shared_invoices_kept": len(held.shared),
    }


def _pointed_at(error: IntegrityError) -> str:
    """What still names the erased rows, in the users' words where the table is one of ours."""
    table = getattr(getattr(error.__cause__, "diag", None), "table_name", None)
    named = [str(one._meta.verbose_name_plural) for one in apps.get_models() if one._meta.db_table == table]  # noqa: SLF001 -- Django's public names
    what = named[0] if named else "noget i et andet register"
    return f"Borgeren kan ikke slettes, så længe {what} hos andre peger på borgerens oplysninger. Ret dem først."


def _table(label: str) -> str:
    return str(apps.get_model(label)._meta.db_table)  # noqa: SLF001 -- Django's public name


def _name(label: str) -> str:
    return str(apps.get_model(label)._meta.verbose_name_plural)  # noqa: SLF001 -- Django's public name
