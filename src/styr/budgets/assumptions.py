"""What a municipality takes for granted about the months ahead (forudsætninger): reading it, and setting it."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.db.models import Q

from styr.budgets.core.codes import ProvisionKind
from styr.budgets.models import IndexRate, Provision
from styr.kernel.account import Account, InvalidAccountError
from styr.kernel.refusal import Refusal

if TYPE_CHECKING:
    from datetime import date
    from uuid import UUID

LARGEST_PERCENT = Decimal(50)
_NO_PROVISION = "Puljen findes ikke, eller du har ikke adgang til den."


class UnableToAssumeError(Refusal):
    """The assumption cannot be set so; the message says why."""


@dataclass(frozen=True, slots=True)
class IndexYear:
    """By how many percent prices are expected to change from the year before."""

    year: int
    percent: Decimal
    note: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ProvisionFacts:
    """What is set aside: persons times a price a month, in months from `starts` up to `ends` (None: no end)."""

    kind: ProvisionKind
    persons: Decimal
    price_ore: int
    starts: date
    ends: date | None = None
    unit_id: UUID | None = None
    section: str = ""
    account: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ProvisionView(ProvisionFacts):
    """A provision as it stands."""

    id: UUID


def index_percents() -> dict[int, Decimal]:
    """How much prices are expected to change, by year. One query."""
    return dict(IndexRate.objects.values_list("year", "percent"))


def index_rates() -> tuple[IndexYear, ...]:
    """The expected changes of prices, in order. One query."""
    return tuple(IndexYear(*row) for row in IndexRate.objects.order_by("year").values_list("year", "percent", "note"))


def provisions() -> tuple[ProvisionView, ...]:
    """The provisions that the scope sees, the latest first. One query."""
    return tuple(_view(row) for row in Provision.objects.order_by("-starts", "id"))


def index_rate(year: int, *, lock: bool = False) -> IndexYear | None:
    """What is expected of a year's prices; `lock` keeps it as it is until the transaction ends. One query."""
    rows = IndexRate.objects.select_for_update() if lock else IndexRate.objects.all()
    found = rows.filter(year=year).values_list("year", "percent", "note").first()
    return IndexYear(*found) if found else None


def provision(provision_id: UUID, *, lock: bool = False) -> ProvisionView | None:
    """A provision that the scope sees; `lock` keeps it as it is until the transaction ends. One query."""
    rows = Provision.objects.select_for_update() if lock else Provision.objects.all()
    row = rows.filter(id=provision_id).first()
    return None if row is None else _view(row)


def set_index_rate(*, municipality_id: UUID, year: int, percent: Decimal, note: str = "") -> None:
    """Expect prices of a year to differ by so many percent from those of the year before; the forecast is made anew.

    Raises:
        UnableToAssumeError: the percentage is 50 or more, up or down.
    """
    if abs(percent) >= LARGEST_PERCENT:
        raise UnableToAssumeError("En fremskrivning er mindre end 50 procent op eller ned.")
    IndexRate.objects.update_or_create(
        municipality_id=municipality_id, year=year, defaults={"percent": percent, "note": note.strip()}
    )


def remove_index_rate(*, year: int) -> None:
    """Expect nothing of a year's prices any longer."""
    IndexRate.objects.filter(year=year).delete()


@transaction.atomic
def add_provision(*, municipality_id: UUID, facts: ProvisionFacts) -> UUID:
    """Set something aside; return the provision's id.

    Raises:
        UnableToAssumeError: it does not run over whole months, or the account is none.
    """
    return Provision.objects.create(municipality_id=municipality_id, **_columns(facts)).id


def change_provision(*, provision_id: UUID, facts: ProvisionFacts) -> None:
    """Let a provision be another.

    Raises:
        UnableToAssumeError: there is no such provision, it does not run over whole months, or the account is none.
    """
    if not Provision.objects.filter(id=provision_id).update(**_columns(facts)):
        raise UnableToAssumeError(_NO_PROVISION)


def remove_provision(*, provision_id: UUID) -> None:
    """Take a provision away altogether."""
    Provision.objects.filter(id=provision_id).delete()


@transaction.atomic
def end_provision(*, provision_id: UUID, ends: date) -> None:
    """Set nothing aside from a month on; one that has not begun is taken away.

    Raises:
        UnableToAssumeError: there is no such provision, or the day is not the first of a month.
    """
    row = Provision.objects.select_for_update().filter(id=provision_id).first()
    if row is None:
        raise UnableToAssumeError(_NO_PROVISION)
    if ends.day != 1:
        raise UnableToAssumeError("En pulje ophører den første i en måned.")
    if ends <= row.starts:
        row.delete()
        return
    Provision.objects.filter(Q(ends=None) | Q(ends__gt=ends), id=provision_id).update(ends=ends)


def _columns(facts: ProvisionFacts) -> dict[str, Any]:
    if facts.starts.day != 1 or (facts.ends and (facts.ends.day != 1 or facts.ends <= facts.starts)):
        raise UnableToAssumeError("En pulje gælder hele måneder: fra den første i én måned til den første i en senere.")
    try:
        account = str(Account.parse(facts.account)) if facts.account else ""
    except InvalidAccountError as wrong:
        raise UnableToAssumeError(str(wrong)) from wrong
    return {
        "unit_id": facts.unit_id,
        "kind": facts.kind,
        "section": facts.section,
        "account_string": account,
        "persons": facts.persons,
        "price_ore": facts.price_ore,
        "starts": facts.starts,
        "ends": facts.ends,
        "note": facts.note.strip(),
    }


def _view(row: Provision) -> ProvisionView:
    return ProvisionView(
        id=row.id,
        kind=ProvisionKind(row.kind),
        persons=row.persons,
        price_ore=row.price_ore,
        starts=row.starts,
        ends=row.ends,
        unit_id=row.unit_id,
        section=row.section,
        account=row.account_string,
        note=row.note,
    )
