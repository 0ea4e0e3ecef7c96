"""The start page: what there is for me to do, where the municipality stands, and what was read in last."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final
from uuid import UUID

from django.db import connection

from styr.access.core.permissions import Permission
from styr.access.core.roles import Role
from styr.controls import queries as controls
from styr.controls.queries import FindingFilter
from styr.integrations import queries as integrations
from styr.invoices import queries as invoices
from styr.kernel.danish import danish_number
from styr.trips.core.change_sheet import month_after
from styr.workspace.core.deadlines import LATE_DAYS
from styr.workspace.core.work import (
    FOLLOW_UP_DAYS,
    KEY_DAYS,
    MILESTONE_DAYS,
    Elsewhere,
    Standing,
    Work,
    my_work,
    picture_of,
)
from styr.workspace.core.work_kinds import KINDS
from styr.workspace.deadlines import FOLLOW_UP_DUE, MILESTONE_DUE
from styr.workspace.start_by_role import RIDES, SAVINGS, of_contracts, of_rides, of_savings, of_users
from styr.workspace.start_figures import OF_INVOICES, Figure, of_economy, of_invoices

_COUNTED: Final = {
    "assigned": "FROM rel_finding_work WHERE status = 'open' AND assignee_id = %(user)s",
    "lapsed": "FROM rel_finding_work WHERE lapsed",
    "stops": "FROM rel_finding_work WHERE status = 'open' AND hard_stop",
    "awaiting": "FROM rel_grant WHERE status = 'awaiting'",
    "follow_ups": f"FROM rel_grant g WHERE {FOLLOW_UP_DUE} AND g.follow_up_on < %(follow_up)s",
    "agreed": "FROM rel_round_action WHERE owner_id = %(user)s AND state = 'open' AND due_on < %(follow_up)s",
    "prices": "FROM grants_pricerequest WHERE answer = 'waiting' AND asked_by_id <> %(user)s",
    "drafts": "FROM drafting_contractdraft WHERE state = 'approval' AND owner_id <> %(user)s",
    "budgets": "FROM planning_budgetversion WHERE state = 'awaiting' "
    "AND made_by_id <> %(user)s AND sent_by_id IS DISTINCT FROM %(user)s",
    "erasures": "FROM people_erasure WHERE first_approver_id IS DISTINCT FROM %(user)s "
    "AND (state = 'archived' OR (state = 'proposed' AND NOT must_archive))",
    "asked_roles": "FROM access_rolerequest WHERE answer = 'waiting' AND asked_by_id <> %(user)s",
    "rounds": "FROM budgets_followupround WHERE state = 'open' AND held_on < %(follow_up)s",
    "claims": "FROM rel_intermunicipal_deadline WHERE due_on >= %(late)s AND due_on < %(milestone)s",
    "own_drafts": "FROM drafting_contractdraft WHERE state = 'work'",
    "collection": "FROM agreements_collectioncase WHERE state IN ('asked', 'reminded') AND due_on < %(today)s",
    "meetings": "FROM deliveries_meetingaction WHERE owner_id = %(user)s AND done_on IS NULL "
    "AND due_on >= %(late)s AND due_on < %(follow_up)s",
    "draft_grants": "FROM rel_grant WHERE status = 'draft'",
    "changes": "FROM trips_ridechange WHERE order_id IS NULL AND ends > %(today)s",
    "unordered": "FROM transport_operator o WHERE o.kind IN ('movia', 'private', 'own') AND %(next)s < %(follow_up)s "
    "AND EXISTS (SELECT FROM rel_ride_grant r WHERE r.operator_id = o.id AND r.weekdays <> 0 "
    "AND r.starts < %(after)s AND (r.ends IS NULL OR r.ends > %(next)s)) "
    "AND NOT EXISTS (SELECT FROM trips_rideorder d WHERE d.operator_id = o.id AND d.kind = 'standing' "
    "AND d.month = %(next)s)",
    "rides_undecided": "FROM transport_ridegrant r JOIN rel_grant g ON g.grant_id = r.grant_id "
    "WHERE g.status = 'granted' AND (g.ends IS NULL OR g.ends > %(today)s) "
    "AND NOT EXISTS (SELECT FROM transport_assessment s WHERE s.grant_id = r.grant_id)",
    "rides_ending": "FROM transport_ridegrant r JOIN rel_grant g ON g.grant_id = r.grant_id "
    "WHERE g.status IN ('granted', 'stopped') AND g.ends >= %(today)s AND g.ends < %(milestone)s",
    "unsigned": "FROM rel_contract WHERE status IN ('draft', 'sent')",
    "unconfirmed": "FROM agreements_agreementdocument d WHERE EXISTS (SELECT FROM agreements_proposedfield f "
    "WHERE f.document_id = d.id AND f.state = 'proposed')",
    "users": "FROM access_user WHERE is_active",
    "never_in": "FROM access_user WHERE is_active AND NOT is_program AND last_login IS NULL",
    "keys_ending": "FROM access_apikey WHERE revoked_at IS NULL AND last_day >= %(today)s AND last_day < %(month_on)s",
    "settlements": "FROM trips_settlement WHERE status = 'received'",
    "complaints": "FROM trips_complaint WHERE status <> 'closed'",
    "negotiations": "FROM negotiations_negotiation WHERE status = 'open' AND negotiator_id = %(user)s",
    "milestones": f"FROM rel_milestone m WHERE {MILESTONE_DUE} AND m.due_on < %(milestone)s",
    "citizens": "FROM rel_citizen",
    "suppliers": "FROM rel_supplier",
    "contracts": "FROM rel_contract",
    "grants": "FROM rel_grant WHERE status = 'granted' AND starts <= %(today)s AND (ends IS NULL OR ends > %(today)s)",
}
_REGISTERS: Final = frozenset({"citizens", "suppliers", "contracts", "grants"})
"""What some roles are shown the number of; of the others' it is enough to know whether there is any."""


@dataclass(frozen=True, slots=True)
class StartPicture:
    """Everything on the start page; `picture` is the role whose page it is."""

    picture: Role | None
    work: tuple[Work, ...]
    figures: tuple[Figure, ...]
    kinds: tuple[controls.KindCount, ...]
    expensive: tuple[controls.FindingView, ...]
    run: controls.RunView | None
    imports: tuple[integrations.RunView, ...]
    empty: bool


def start_picture(
    *, user_id: UUID, roles: Collection[Role], permissions: Collection[Permission], today: date
) -> StartPicture:
    """Gather the page for somebody with these roles: ten queries at the most, however much there is."""
    sees = Permission.SEE_FINDINGS in permissions
    imports_seen = Permission.IMPORT in permissions
    owned = tuple(sorted(role.value for role in roles))
    picture = picture_of(roles)
    shown = set(_SHOWN.get(picture, ())) if picture else set()
    if "grants" in shown:
        shown.add("citizens")  # the figure of the grants tells of them too
    standing = _standing(user_id, permissions, today, shown)
    kinds = controls.findings_by_kind() if sees else ()
    mine = FindingFilter(owner_roles=owned) if any(kind.owner_role in owned for kind in kinds) else controls.OPEN
    latest, kept_out = integrations.latest_and_kept_out(5) if imports_seen else ([], None)
    elsewhere = _elsewhere(user_id, roles, permissions, today, kept_out)
    besides = _besides(permissions, shown, today, elsewhere.ready)
    by_role: dict[str, int] = {}
    for kind in kinds:
        by_role[kind.owner_role] = by_role.get(kind.owner_role, 0) + kind.count
    return StartPicture(
        picture=picture,
        work=my_work(roles, permissions, standing, elsewhere, by_role),
        figures=tuple(_figures(picture, standing, kinds, besides)),
        kinds=tuple(kind for kind in kinds if mine is controls.OPEN or kind.owner_role in owned),
        expensive=controls.most_expensive(mine, limit=8) if kinds else (),
        run=controls.latest_run() if sees else None,
        imports=tuple(latest),
        empty=sees and not kinds and not standing.grants and not standing.citizens and not latest,
    )


def _besides(
    permissions: Collection[Permission], shown: Collection[str], today: date, ready: int | None
) -> dict[str, Figure]:
    """What other domains tell of the figures that are shown; nothing is asked for the others."""
    found: dict[str, Figure] = {}
    if Permission.SEE_INVOICES in permissions and not OF_INVOICES.isdisjoint(shown):
        found |= of_invoices(today, ready)
    if Permission.SEE_RESULTS in permissions and "forecast" in shown:
        found |= of_economy(today)
    if Permission.SEE_TRANSPORT in permissions and not set(RIDES).isdisjoint(shown):
        found |= of_rides(today)
    if Permission.SEE_RESULTS in permissions and not set(SAVINGS).isdisjoint(shown):
        found |= of_savings(today.year)
    return found


def work_of(
    *, user_id: UUID, roles: Collection[Role], permissions: Collection[Permission], today: date
) -> tuple[Work, ...]:
    """My work alone, as the daily mail tells it: four queries."""
    by_role = controls.counts_by_owner() if Permission.SEE_FINDINGS in permissions else {}
    elsewhere = _elsewhere(user_id, roles, permissions, today)
    return my_work(roles, permissions, _standing(user_id, permissions, today), elsewhere, by_role)


def _elsewhere(
    user_id: UUID,
    roles: Collection[Role],
    permissions: Collection[Permission],
    today: date,
    kept_out: int | None = None,
) -> Elsewhere:
    """What the invoices and the imports say that there is to do: two queries at the most."""
    if kept_out is None and Permission.IMPORT in permissions:
        kept_out = integrations.kept_out_count()
    decides = Permission.DECIDE_INVOICES in permissions
    if not decides and Permission.ANSWER_QUESTIONS not in permissions:
        return Elsewhere(kept_out=kept_out)
    waits = invoices.my_work(
        invoices.Asker(user_id=user_id, roles=frozenset(role.value for role in roles), decides=decides, today=today)
    )
    return Elsewhere(
        kept_out=kept_out,
        questions=waits.questions,
        to_decide=waits.mine - waits.questions - waits.second,
        second=waits.second,
        ready=waits.ready,
        follow_up_cases=waits.follow_ups_due,
    )


def _standing(user_id: UUID, permissions: Collection[Permission], today: date, shown: Collection[str] = ()) -> Standing:
    """Count what the permissions make one's work, what is `shown`, and whether there is anything in the registers."""
    following = month_after(today)
    asked: dict[str, UUID | date] = {
        "user": user_id,
        "today": today,
        "late": today - timedelta(days=LATE_DAYS),
        "follow_up": today + timedelta(days=FOLLOW_UP_DAYS),
        "milestone": today + timedelta(days=MILESTONE_DAYS),
        "month_on": today + timedelta(days=KEY_DAYS),
        "next": following,
        "after": month_after(following),
    }
    wanted = {kind.counted for kind in KINDS if kind.needs in permissions} | set(shown)
    counts = ", ".join(_count(name, rows, full=name in wanted) for name, rows in _COUNTED.items())
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {counts}", asked)
        return Standing(**dict(zip(_COUNTED, cursor.fetchone(), strict=True)))


def _count(name: str, rows: str, *, full: bool) -> str:
    if full:
        return f"(SELECT count(*) {rows})"
    return f"(SELECT count(*) FROM (SELECT {rows} LIMIT 1) AS one)" if name in _REGISTERS else "0"  # noqa: S608 - ours


_SHOWN: Final = {
    Role.ECONOMIST: ("forecast", "read", "touchless", "stopped", "recovered", "found"),
    Role.NEGOTIATOR: (*SAVINGS, "found", "milestones"),
    Role.CASEWORKER: ("citizens", "grants", "follow_ups", "found", "stake"),
    Role.LAWYER: ("unsigned", "unconfirmed", "own_drafts", "milestones", "contracts"),
    Role.TRANSPORT_COORDINATOR: RIDES,
    Role.MANAGER: ("forecast", "touchless", "stopped", "recovered", "found", "grants"),
    Role.AUDITOR: ("forecast", "touchless", "stopped", "recovered", "found", "grants"),
    Role.ADMINISTRATOR: ("users", "never_in", "keys_ending"),
}
"""The figures of each role's page, in their order."""


def _figures(
    picture: Role | None,
    standing: Standing,
    kinds: tuple[controls.KindCount, ...],
    besides: Mapping[str, Figure],
) -> list[Figure]:
    own = [kind for kind in kinds if kind.owner_role == picture] if picture in _OWNERS else list(kinds)
    role = f"rolle={picture.value}" if picture in _OWNERS and picture is not None else ""
    largest = max((kind.amount_ore for kind in own), default=0)
    all_of = {
        "found": Figure(
            "Åbne afvigelser", sum(kind.count for kind in own), "count", f"af {len(own)} typer", "findings", role
        ),
        "stake": Figure(
            "Største post",
            largest,
            "ore",
            own[0].title if own else "ingen åbne",
            "findings",
            f"type={own[0].code}" if own else role,
        ),
        "milestones": Figure(
            "Milepæle",
            standing.milestones,
            "count",
            f"inden for {MILESTONE_DAYS} dage",
            "deadlines",
            f"slags=kontrakt&inden={MILESTONE_DAYS}",
        ),
        "citizens": Figure("Borgere", standing.citizens, "count", "i mine enheder", "citizens"),
        "grants": Figure(
            "Aktive bevillinger", standing.grants, "count", f"{danish_number(standing.citizens)} borgere", "grants"
        ),
        "follow_ups": Figure(
            "Opfølgninger",
            standing.follow_ups,
            "count",
            f"inden for {FOLLOW_UP_DAYS} dage",
            "deadlines",
            f"slags=opfoelgning&inden={FOLLOW_UP_DAYS}",
        ),
    }
    all_of |= {**of_contracts(standing), **of_users(standing), **besides}
    return [all_of[name] for name in _SHOWN.get(picture, ()) if name in all_of] if picture else []


_OWNERS: Final = frozenset({Role.NEGOTIATOR, Role.CASEWORKER, Role.LAWYER, Role.TRANSPORT_COORDINATOR})
"""Whose page is about their own findings; the others look at all."""
