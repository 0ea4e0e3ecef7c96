"""The example's limits in kroner, and what waits for somebody because of them: an invoice, and a grant."""

from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal
from typing import Final
from uuid import UUID

from rich.console import Console

from styr.access import queries as access
from styr.access.colleagues import colleagues_who
from styr.access.core.acts import Act
from styr.access.core.permissions import Permission
from styr.access.core.roles import Role
from styr.access.limits import set_limit
from styr.access.scope import service_scope
from styr.grants.approving import approve_or_submit
from styr.grants.core.codes import GrantStatus
from styr.grants.drafting import Draft, Editor, create_draft
from styr.grants.lines import NewLine
from styr.grants.listing import GrantFilter, grant_rows
from styr.invoices.core.codes import Waiting
from styr.invoices.deciding import approve_touchless
from styr.invoices.decisions import approve_invoice
from styr.invoices.queue import Asker, QueueFilter, QueueRow, View, queue_page
from styr.kernel.period import Period
from styr.kernel.units import Per, Unit

LIMITS: Final = (
    (Role.CASEWORKER, Act.APPROVE_GRANT, 300_000_00),
    (Role.ECONOMIST, Act.APPROVE_INVOICE, 150_000_00),
    (Role.MANAGER, Act.APPROVE_INVOICE, 1_000_000_00),
    (None, Act.FOUR_EYES_INVOICE, 100_000_00),
)
"""Øre: what a caseworker grants for twelve months, what each role approves of an invoice, and from where two must."""
_CASEWORKER, _ECONOMIST = "Mette Brandt", "Lone Kjær"
_LOOKED_AT: Final = 50
_SUPPORT: Final = NewLine(
    service="stoette", unit=Unit.HOUR, per=Per.WEEK, quantity=Decimal(22), factor=Decimal(1), price=Decimal("431.75")
)
_SEEN: Final = "Beløbet er kontrolleret mod kontrakten"


def meet_limits(*, municipality_id: UUID, today: date, now: datetime, console: Console) -> None:
    """Set the limits, from today on, and let colleagues meet them: an invoice that two approve, a grant above a limit.

    What is paid was approved before there was a limit. Limits of a user stay, and where something waits already, a
    second run changes nothing.
    """
    with console.status("Godkender inden for grænserne"), service_scope(municipality_id, "demo"):
        if not access.limits_from(date.min):
            _set_limits(municipality_id, today)
            approve_touchless(municipality_id=municipality_id, today=today)
        _approve_as_the_first(today, now)
        _ask_for_a_grant(municipality_id, today, now)


def _set_limits(municipality_id: UUID, today: date) -> None:
    for role, act, amount_ore in LIMITS:
        set_limit(municipality_id=municipality_id, role=role, act=act, amount_ore=amount_ore, starts=today, today=today)


def _approve_as_the_first(today: date, now: datetime) -> None:
    able = {one.name: one.id for one in colleagues_who(Permission.DECIDE_INVOICES, unit_id=None, on=today)}
    limits = {(row.role, row.act): row.amount_ore for row in access.limits_from(today)}
    two, own = limits.get((None, Act.FOUR_EYES_INVOICE)), limits.get((Role.ECONOMIST, Act.APPROVE_INVOICE))
    if _ECONOMIST not in able or two is None or own is None:
        return
    asker = Asker(user_id=able[_ECONOMIST], roles=frozenset({Role.ECONOMIST.value}), decides=True, today=today)
    wanted = QueueFilter(view=View.ALL, least_ore=two + 1, most_ore=own)
    rows: tuple[QueueRow, ...] = ()
    for status in ("deviating", "ready"):
        rows += queue_page(replace(wanted, status=status), asker=asker, size=_LOOKED_AT).rows
    if any(row.waits_for is Waiting.SECOND for row in rows):
        return
    clean = next((row for row in rows if not row.findings and row.waits_for is Waiting.NOBODY), None)
    if clean is not None:
        approve_invoice(invoice_id=clean.id, reason=_SEEN, actor_id=able[_ECONOMIST], seen=None, now=now)


def _ask_for_a_grant(municipality_id: UUID, today: date, now: datetime) -> None:
    """Another grant to somebody who has a draft already: hours of support beyond what a caseworker may grant."""
    able = {one.name: one.id for one in colleagues_who(Permission.APPROVE_GRANTS, unit_id=None, on=today)}
    waiting, _ = grant_rows(GrantFilter(status=GrantStatus.AWAITING), size=1)
    drafts, _ = grant_rows(GrantFilter(status=GrantStatus.DRAFT), size=1)
    if _CASEWORKER not in able or waiting or not drafts:
        return
    actor_id, starts = able[_CASEWORKER], drafts[0].starts
    wanted = Draft(
        citizen_id=drafts[0].citizen_id,
        section="SEL-85",
        period=Period(starts, date(starts.year + 1, starts.month, 1)),
        lines=(_SUPPORT,),
        caseworker=_CASEWORKER,
        professional_reason="Borgeren kan ikke være alene om aftenen, og den nuværende støtte er prøvet i et halvt år.",
        economic_reason="Billigere end det botilbud, der ellers er det næste skridt.",
    )
    made = create_draft(municipality_id=municipality_id, draft=wanted, by=Editor(actor_id, today))
    approve_or_submit(grant_id=made, actor_id=actor_id, seen_version=None, today=today, now=now)
