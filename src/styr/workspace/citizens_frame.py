"""What every page about one citizen shows around its tab: who, where, and how much there is under each tab."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any, Final
from uuid import UUID

from django.db import connection

from styr.contracts.core.codes import ContractKind, ContractStatus
from styr.grants.core.codes import GrantStatus
from styr.invoices.recovered import FOLLOW_UPS_OF_CITIZEN, CitizenFollowUp, citizen_follow_ups
from styr.kernel.period import ONE_DAY
from styr.people import queries as people

if TYPE_CHECKING:
    from styr.people.queries import CitizenCard

# Transport grants buy transport as a service, or have rides in the transport domain.
_FRAME: Final = f"""
SELECT (SELECT name FROM access_unit WHERE id = %(unit)s),
       (SELECT coalesce(jsonb_agg(jsonb_build_object(
            'id', g.grant_id, 'number', g.number, 'section', g.section, 'status', g.status, 'starts', g.starts,
            'ends', g.ends, 'contract_id', g.contract_id, 'supplier_id', coalesce(c.supplier_id, g.supplier_id),
            'caseworker', g.caseworker, 'follow_up_on', g.follow_up_on, 'services', s.services,
            'rides', EXISTS (SELECT FROM transport_ridegrant r WHERE r.grant_id = g.grant_id))
            ORDER BY g.starts DESC, g.number), '[]')
        FROM rel_grant g LEFT JOIN rel_contract c ON c.contract_id = g.contract_id
        LEFT JOIN LATERAL (SELECT coalesce(jsonb_agg(DISTINCT service), '[]') AS services FROM rel_service
                           WHERE grant_id = g.grant_id) s ON true
        WHERE g.citizen_id = %(citizen)s),
       (SELECT coalesce(jsonb_agg(jsonb_build_object(
            'id', contract_id, 'number', number, 'kind', kind, 'section', section, 'status', status, 'starts', starts,
            'ends', ends, 'signed_on', signed_on, 'supplier_id', supplier_id) ORDER BY starts DESC, number), '[]')
        FROM rel_contract WHERE citizen_id = %(citizen)s OR contract_id IN (
            SELECT contract_id FROM rel_grant WHERE citizen_id = %(citizen)s)),
       (SELECT count(DISTINCT m.invoice_id) FROM rel_grant g JOIN rel_line_match m ON m.grant_id = g.grant_id
        WHERE g.citizen_id = %(citizen)s),
       (SELECT count(*) FROM rel_grant g JOIN rel_absence a ON a.grant_id = g.grant_id
        WHERE g.citizen_id = %(citizen)s),
       ({FOLLOW_UPS_OF_CITIZEN})
"""  # noqa: S608 -- our own constants


@dataclass(frozen=True, slots=True, kw_only=True)
class GrantFact:
    """A grant of the citizen; `ends` is exclusive, `supplier_id` the contract's supplier or the grant's own."""

    id: UUID
    number: str
    section: str
    status: GrantStatus
    starts: date
    ends: date | None
    contract_id: UUID | None
    supplier_id: UUID | None
    caseworker: str
    follow_up_on: date | None
    services: tuple[str, ...]
    rides: bool = False

    @property
    def last_day(self) -> date | None:
        """The last day, as people are shown it."""
        return None if self.ends is None else self.ends - ONE_DAY

    def runs_on(self, day: date) -> bool:
        """Whether it is granted and has that day in it."""
        ended = self.ends is not None and self.ends <= day
        return self.status is GrantStatus.GRANTED and self.starts <= day and not ended


@dataclass(frozen=True, slots=True, kw_only=True)
class ContractFact:
    """A contract about the citizen, or a framework that one of their grants leans on; `ends` is exclusive."""

    id: UUID
    number: str
    kind: ContractKind
    section: str
    status: ContractStatus
    starts: date
    ends: date | None
    signed_on: date | None
    supplier_id: UUID | None

    @property
    def last_day(self) -> date | None:
        """The last day, as people are shown it."""
        return None if self.ends is None else self.ends - ONE_DAY


@dataclass(frozen=True, slots=True)
class CitizenFrame:
    """The citizen, their unit's name, their grants and contracts, and how many invoices and absences there are."""

    citizen: CitizenCard
    unit_name: str
    age: int
    grants: tuple[GrantFact, ...]
    contracts: tuple[ContractFact, ...]
    invoices: int
    absences: int
    follow_ups: tuple[CitizenFollowUp, ...]
    today: date

    @property
    def running(self) -> tuple[GrantFact, ...]:
        """The grants that hold today."""
        return tuple(grant for grant in self.grants if grant.runs_on(self.today))

    @property
    def transport(self) -> tuple[GrantFact, ...]:
        """The grants that buy transport (befordring)."""
        return tuple(grant for grant in self.grants if grant.rides or "befordring" in grant.services)

    @property
    def caseworkers(self) -> tuple[str, ...]:
        """Those who hold the running grants, in alphabetical order."""
        return tuple(sorted({grant.caseworker for grant in self.running if grant.caseworker}))

    @property
    def supplier_ids(self) -> frozenset[UUID]:
        """Everybody who delivers or has delivered."""
        named = [grant.supplier_id for grant in self.grants] + [one.supplier_id for one in self.contracts]
        return frozenset(found for found in named if found is not None)


def citizen_frame(*, citizen_id: UUID, page: str, purpose: str, today: date) -> CitizenFrame:
    """Return the citizen with what every tab shows, and log that `page` showed them; three queries.

    Raises:
        people.queries.CitizenNotVisibleError: there is none for the caller; nothing is logged.
    """
    citizen = people.visible_citizen(citizen_id=citizen_id, page=page, purpose=purpose, today=today)
    with connection.cursor() as cursor:
        cursor.execute(_FRAME, {"citizen": citizen_id, "unit": citizen.unit_id})
        unit_name, grants, contracts, invoices, absences, followed = cursor.fetchone()
    return CitizenFrame(
        citizen=citizen,
        unit_name=unit_name or "",
        age=citizen.age_on(today),
        grants=tuple(_grant(told) for told in _loaded(grants)),
        contracts=tuple(_contract(told) for told in _loaded(contracts)),
        invoices=invoices,
        absences=absences,
        follow_ups=citizen_follow_ups(json.loads(followed) if isinstance(followed, str) else followed),
        today=today,
    )


def _loaded(told: Any) -> list[dict[str, Any]]:
    return list(json.loads(told) if isinstance(told, str) else told)


def _grant(told: dict[str, Any]) -> GrantFact:
    return GrantFact(**{**_typed(told), "status": GrantStatus(told["status"]), "services": tuple(told["services"])})


def _contract(told: dict[str, Any]) -> ContractFact:
    kind, status = ContractKind(told["kind"]), ContractStatus(told["status"])
    return ContractFact(**{**_typed(told), "kind": kind, "status": status})


def _typed(told: dict[str, Any]) -> dict[str, Any]:
    """JSON knows neither ids nor dates."""
    days = {"starts", "ends", "signed_on", "follow_up_on"}
    return {name: _value(name, value, days) for name, value in told.items()}


def _value(name: str, value: Any, days: set[str]) -> Any:
    if value is None:
        return None
    if name == "id" or name.endswith("_id"):
        return UUID(value)
    return date.fromisoformat(value) if name in days else value
