"""What the scope may see of contracts, the law's sections and the kinds of service."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Final

from django.db import connection
from django.db.models import Count, IntegerField, Max, Q
from django.db.models.functions import Cast, Substr

from styr.contracts.core.codes import ContractKind, ContractStatus, MilestoneKind
from styr.contracts.models import Contract, ContractLine, OpeningCalendar
from styr.kernel.refusal import NotThere

if TYPE_CHECKING:
    from datetime import date
    from decimal import Decimal
    from uuid import UUID

    from styr.kernel.period import Period

PAGE_SIZE = 200


class ContractNotVisibleError(NotThere):
    """There is no such contract, or the caller may not see it."""

    def __init__(self) -> None:
        super().__init__("Kontrakten findes ikke, eller du har ikke adgang til den.")


@dataclass(frozen=True)
class ContractSummary:
    """A contract in a list; `ends` is exclusive. The citizen is an id: names come through `people.queries`."""

    id: UUID
    number: str
    kind: str
    section: str
    supplier_id: UUID
    provider_unit_id: UUID | None
    citizen_id: UUID | None
    starts: date
    ends: date | None
    status: str
    signed_on: date | None


@dataclass(frozen=True)
class RatePeriod:
    """A price (kr. per the line's unit) in [valid_from, valid_to)."""

    valid_from: date
    valid_to: date | None
    amount: Decimal


@dataclass(frozen=True)
class LineCard:
    """A contract line with its prices, the earliest first."""

    id: UUID
    line_no: int
    kind: str
    service: str
    unit: str
    purpose: str
    hours: Decimal | None
    hourly_rate: Decimal | None
    evaluation_on: date | None
    rates: tuple[RatePeriod, ...]


@dataclass(frozen=True)
class ContractCard(ContractSummary):
    """Everything a page about the contract shows."""

    supplier_name: str
    provider_unit_name: str | None
    notice_days: int | None
    absence_free_days: int
    absence_billable: Decimal
    calendar: str
    lines: tuple[LineCard, ...]


@dataclass(frozen=True)
class LinePlace:
    """Whose a contract line is; a framework's has no unit."""

    municipality_id: UUID
    contract_id: UUID
    unit_id: UUID | None


@dataclass(frozen=True)
class DueMilestone:
    """A date that a contract's terms set and that falls due."""

    contract_id: UUID
    number: str
    contract_line_id: UUID | None
    kind: MilestoneKind
    due_on: date


@dataclass(frozen=True)
class SectionFact:
    """A section of the law as it holds on a day; a `source` marked "kontrollér" must be checked before it is used.

    `own_id` where the municipality has added it itself (`source` then says why), `ends` exclusive, `words` other ways
    to write it in files, one a line.
    """

    code: str
    law: str
    paragraph: str
    name: str
    kle: str
    replaces: str
    source: str
    words: str = ""
    ends: date | None = None
    own_id: UUID | None = None


@dataclass(frozen=True)
class ServiceFact:
    """A kind of service as it was first called, in [starts, ends) (None open); `own_id` where it is the municipality's.

    `words` are other ways to write it in files, one a line.
    """

    code: str
    name: str
    words: str = ""
    starts: date | None = None
    ends: date | None = None
    own_id: UUID | None = None

    def holds(self, day: date) -> bool:
        """Whether it can be had on a day."""
        return (self.starts is None or self.starts <= day) and (self.ends is None or self.ends > day)


_SECTIONS: Final = """
SELECT code, law, paragraph, given, kle, replaces, source, words, ends, own_id FROM rel_section
WHERE starts <= %(day)s AND (ends IS NULL OR ends > %(day)s)
ORDER BY law, substring(code FROM '[0-9]+')::int, code"""
_SERVICES: Final = "SELECT code, given, words, starts, ends, own_id FROM rel_service_kind ORDER BY code"


def contract_card(contract_id: UUID) -> ContractCard:
    """Return a contract with its lines and prices; three queries.

    Raises:
        ContractNotVisibleError: there is none for the caller.
    """
    head = contract_head(contract_id)
    lines = ContractLine.objects.filter(contract_id=contract_id).prefetch_related("rates").order_by("line_no")
    return replace(head, lines=tuple(_line(line) for line in lines))


def contract_head(contract_id: UUID) -> ContractCard:
    """Return a contract as its card, without lines and prices; one query.

    Raises:
        ContractNotVisibleError: there is none for the caller.
    """
    parties = Contract.objects.select_related("calendar", "supplier", "provider_unit")
    contract = parties.filter(id=contract_id).first()
    if contract is None:
        raise ContractNotVisibleError
    return ContractCard(
        **_facts(contract),
        supplier_name=contract.supplier.name,
        provider_unit_name=None if contract.provider_unit is None else contract.provider_unit.name,
        notice_days=contract.notice_days,
        absence_free_days=contract.absence_free_days,
        absence_billable=contract.absence_billable,
        calendar="standard" if contract.calendar is None else contract.calendar.code,
        lines=(),
    )


def place_of_line(contract_line_id: UUID) -> LinePlace:
    """Return where a contract line lies; one query.

    Raises:
        ContractNotVisibleError: there is none for the caller.
    """
    line = (
        ContractLine.objects.filter(id=contract_line_id)
        .values_list("municipality_id", "contract_id", "unit_id")
        .first()
    )
    if line is None:
        raise ContractNotVisibleError
    return LinePlace(*line)


def milestones_due(period: Period) -> list[DueMilestone]:
    """Return what falls due in a closed period, in order of date and number; one query."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT m.contract_id, c.number, m.contract_line_id, m.kind, m.due_on FROM rel_milestone m "
            "JOIN rel_contract c ON c.contract_id = m.contract_id WHERE m.due_on >= %s AND m.due_on < %s "
            "ORDER BY m.due_on, c.number, m.kind",
            [period.start, period.end],
        )
        return [
            DueMilestone(contract_id, number, line_id, MilestoneKind(kind), due_on)
            for contract_id, number, line_id, kind, due_on in cursor.fetchall()
        ]


def sections_on(day: date) -> dict[str, SectionFact]:
    """Return the sections that hold on a day, the municipality's own too, by code; one query."""
    with connection.cursor() as cursor:
        cursor.execute(_SECTIONS, {"day": day})
        return {row[0]: SectionFact(*row) for row in cursor.fetchall()}


def service_kinds() -> dict[str, ServiceFact]:
    """Return every kind of service, the municipality's own and retired ones too, by code; one query."""
    with connection.cursor() as cursor:
        cursor.execute(_SERVICES)
        return {row[0]: ServiceFact(*row) for row in cursor.fetchall()}


def service_names() -> dict[str, str]:
    """Return what every kind of service is called here today, retired ones too, by code; one query."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT code, name FROM rel_service_kind ORDER BY code")
        return dict(cursor.fetchall())


def running_contracts_by_supplier(today: date) -> dict[UUID, int]:
    """Return how many signed contracts run on the day, by supplier; one query."""
    running = Q(ends=None) | Q(ends__gt=today)
    groups = (
        Contract.objects.filter(running, status=ContractStatus.SIGNED, starts__lte=today)
        .values("supplier_id")
        .annotate(count=Count("id"))
    )
    return {group["supplier_id"]: group["count"] for group in groups}


def framework_choices(supplier_id: UUID) -> list[tuple[UUID, str]]:
    """Return the supplier's framework agreements (rammeaftaler), by number; one query."""
    frameworks = Contract.objects.filter(supplier_id=supplier_id, kind=ContractKind.FRAMEWORK).order_by("number")
    return list(frameworks.values_list("id", "number"))


def calendar_choices() -> list[tuple[UUID, str]]:
    """Return the municipality's opening calendars, by code; one query."""
    return list(OpeningCalendar.objects.order_by("code").values_list("id", "code"))


def next_contract_number(year: int) -> str:
    """Return the number after the year's highest: a suggestion, the register refuses one that is taken. One query."""
    highest = (
        Contract.objects.filter(number__regex=rf"^K-{year}-[0-9]{{4,5}}$")
        .annotate(serial=Cast(Substr("number", 8), IntegerField()))
        .aggregate(highest=Max("serial"))["highest"]
    )
    return f"K-{year}-{(highest or 0) + 1:04d}"


def contract_count() -> int:
    """How many contracts the scope sees. One query."""
    return Contract.objects.count()


def _facts(contract: Contract) -> dict[str, Any]:
    return {name: getattr(contract, name) for name in ContractSummary.__dataclass_fields__}


def _line(line: ContractLine) -> LineCard:
    rates = sorted(line.rates.all(), key=lambda rate: rate.valid_from)
    return LineCard(
        id=line.id,
        line_no=line.line_no,
        kind=line.kind,
        service=line.service,
        unit=line.measure,
        purpose=line.purpose,
        hours=line.hours,
        hourly_rate=line.hourly_rate,
        evaluation_on=line.evaluation_on,
        rates=tuple(RatePeriod(rate.valid_from, rate.valid_to, rate.amount) for rate in rates),
    )
