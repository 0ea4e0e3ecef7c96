"""The true state of the invented town. Ends are exclusive; ``None`` means open. Money in kroner as Decimal."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date
    from decimal import Decimal

    from exampletown.habits import Habits


@dataclass(slots=True)
class Unit:
    """An organisational unit with its location number (EAN)."""

    number: int
    name: str
    ean: str


@dataclass(slots=True, eq=False)
class Citizen:
    """A person (borger); ``moved_out`` is the first day away, ``died`` the last day alive."""

    number: int
    cpr: str
    first: str
    last: str
    birth: date
    street: str
    postcode: str
    town: str
    unit: Unit
    acting: str
    paying: str
    moved_in: date | None = None
    moved_out: date | None = None
    died: date | None = None
    protected: tuple[date, date | None] | None = None

    @property
    def name(self) -> str:
        """First name and surname."""
        return f"{self.first} {self.last}"


@dataclass(slots=True, eq=False)
class Supplier:
    """Someone who sends invoices (leverandør); ``accounts`` are (account, from day)."""

    number: int
    cvr: str
    name: str
    kind: str
    ean: str | None
    accounts: list[tuple[str, date]]
    street: str
    postcode: str
    town: str
    contact: str
    phone: str
    habits: Habits
    sent: int = 0

    def account_on(self, day: date) -> str:
        """The account that holds on ``day``."""
        return [account for account, start in self.accounts if start <= day][-1]

    def next_invoice_number(self) -> str:
        """The next number in the supplier's series."""
        self.sent += 1
        return self.habits.series.format(n=self.habits.first_number + self.sent)


@dataclass(slots=True)
class Rate:
    """A price per unit for a period."""

    start: date
    end: date | None
    amount: Decimal


@dataclass(slots=True, eq=False)
class Provider:
    """A unit where help is given (tilbud), with its reported rates."""

    number: int
    supplier: Supplier
    p_number: str
    name: str
    section: str
    service: str
    unit: str
    approved_from: date
    approved_to: date | None
    places: int
    portal: list[Rate]


@dataclass(slots=True)
class ContractLine:
    """A priced line: basis, tillæg or særtakst."""

    number: int
    kind: str
    service: str
    unit: str
    rates: list[Rate]
    purpose: str | None = None
    hours: Decimal | None = None
    hourly: Decimal | None = None
    evaluated_on: date | None = None
    unpriced: bool = False
    """The register holds no price, whatever the supplier bills."""


@dataclass(slots=True, eq=False)
class Contract:
    """An individual or framework contract; ``absence_days`` paid in full, then ``absence_pct`` per cent."""

    number: str
    kind: str
    supplier: Supplier
    provider: Provider
    citizen: Citizen | None
    section: str
    start: date
    end: date | None
    notice_days: int
    status: str
    signed: date | None
    absence_days: int | None
    absence_pct: int | None
    calendar: str | None
    lines: list[ContractLine]


@dataclass(slots=True, eq=False)
class Service:
    """A service line of a grant (ydelse): quantity per day, week or month."""

    number: int
    service: str
    unit: str
    quantity: Decimal
    per: str
    factor: Decimal
    line: ContractLine | None
    start: date | None = None
    end: date | None = None
    own_rate: Decimal | None = None


@dataclass(slots=True)
class Absence:
    """Days away (fravær)."""

    start: date
    end: date
    reason: str


@dataclass(slots=True, eq=False)
class Grant:
    """A promise of help to a citizen (bevilling)."""

    number: str
    case: str
    citizen: Citizen
    section: str
    status: str
    start: date
    end: date | None
    unit: Unit
    caseworker: str
    account: str | None
    follow_up: date | None
    contract: Contract | None
    provider: Provider | None
    supplier: Supplier | None
    services: list[Service]
    absences: list[Absence] = field(default_factory=list)
    flaw: str | None = None
    billed_until: date | None = None
    """The supplier goes on billing until here, whatever the register says (``None``: until the grant's end)."""


@dataclass
class Town:
    """Everything the registers hold. ``closed`` is calendar name -> closed days; ``window`` the invoiced months."""

    today: date
    months: list[date]
    units: list[Unit]
    citizens: list[Citizen] = field(default_factory=list)
    suppliers: list[Supplier] = field(default_factory=list)
    providers: list[Provider] = field(default_factory=list)
    contracts: list[Contract] = field(default_factory=list)
    grants: list[Grant] = field(default_factory=list)
    closed: dict[str, frozenset[date]] = field(default_factory=dict)
    ghosts: list[Grant] = field(default_factory=list)
    """Help that is delivered and billed although no grant was ever made: in no register."""
    dear: set[int] = field(default_factory=set)
    """Numbers of the providers that cost far more than others for the same."""

    @cached_property
    def by_citizen(self) -> dict[int, list[Grant]]:
        """Every citizen's grants; asked for when the town is finished."""
        found: dict[int, list[Grant]] = {}
        for grant in self.grants:
            found.setdefault(grant.citizen.number, []).append(grant)
        return found

    def grants_of(self, citizen: Citizen) -> list[Grant]:
        """All grants of the citizen."""
        return self.by_citizen.get(citizen.number, [])

    @cached_property
    def renewed(self) -> frozenset[str]:
        """Numbers of the grants whose citizen has another one for the same section."""
        times = Counter((grant.citizen.number, grant.section) for grant in self.grants)
        return frozenset(g.number for g in self.grants if times[g.citizen.number, g.section] > 1)

    @cached_property
    def cprs(self) -> frozenset[str]:
        """Every registered CPR number."""
        return frozenset(citizen.cpr for citizen in self.citizens)

    @property
    def window_start(self) -> date:
        """First day of the invoiced months."""
        return self.months[0]
