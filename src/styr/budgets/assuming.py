"""What somebody does to the assumptions: only where their roles reach, and the forecast is asked for anew at once.

A percentage and a provision without a unit hold for the whole municipality and take a role that does; a provision of
a unit takes one that covers it, before and after the change.
"""

from __future__ import annotations

from hashlib import sha256
from typing import TYPE_CHECKING

from django.db import transaction

from styr.access.core.permissions import Permission
from styr.access.unit_roles import may_in
from styr.budgets import assumptions
from styr.budgets.assumptions import IndexYear, ProvisionFacts, ProvisionView, UnableToAssumeError
from styr.budgets.services import request_forecast
from styr.kernel.refusal import NotThere

if TYPE_CHECKING:
    from decimal import Decimal
    from uuid import UUID

    from styr.budgets.rounds import Actor


class UnknownAssumptionError(NotThere):
    """There is no such assumption, or the caller may not see it."""

    def __init__(self) -> None:
        super().__init__("Forudsætningen findes ikke, eller den ligger uden for dit område.")


class OutsideRolesError(UnableToAssumeError):
    """None of the person's roles that cover the unit lets them change the economy."""

    def __init__(self, unit_id: UUID | None) -> None:
        where = "hele kommunen" if unit_id is None else "enheden"
        super().__init__(f"Dine roller dækker ikke {where} i økonomien.")


class ChangedMeanwhileError(UnableToAssumeError):
    """Somebody else changed it since the page was opened."""

    def __init__(self) -> None:
        super().__init__("En anden har ændret forudsætningen, siden du åbnede siden. Se ændringen, og prøv igen.")


class AlreadyThereError(UnableToAssumeError):
    """The year has a percentage, and the person did not know."""

    def __init__(self, year: int) -> None:
        super().__init__(f"Der er allerede en fremskrivning for {year}. Åbn den fra listen for at ændre den.")


def may_assume(actor: Actor, unit_id: UUID | None) -> bool:
    """Whether the person may change what is assumed of the unit, or of the whole municipality (None). One query."""
    wanted = Permission.EDIT_ECONOMY
    return may_in(user_id=actor.user_id, permission=wanted, unit_id=unit_id, on=actor.today)


def mark_of(row: IndexYear | ProvisionView | None) -> str:
    """What tells an assumption as it was seen from what it has become; empty where there was none."""
    return "" if row is None else sha256(repr(row).encode()).hexdigest()[:16]


@transaction.atomic
def assume_index(*, year: int, percent: Decimal, note: str, seen: str, actor: Actor) -> None:
    """Expect prices of a year to differ by so many percent; `seen` is the mark of what stood when it was asked.

    Raises:
        UnableToAssumeError: it is out of reach, not believable, or another's word stands there now.
    """
    _held_to(actor, None)
    found = assumptions.index_rate(year, lock=True)
    if mark_of(found) != seen:
        raise ChangedMeanwhileError if seen else AlreadyThereError(year)
    assumptions.set_index_rate(municipality_id=actor.municipality_id, year=year, percent=percent, note=note)
    _forecast_anew(actor)


@transaction.atomic
def drop_index(*, year: int, actor: Actor) -> None:
    """Expect nothing of a year's prices.

    Raises:
        UnableToAssumeError: it is out of reach.
    """
    _held_to(actor, None)
    assumptions.remove_index_rate(year=year)
    _forecast_anew(actor)


@transaction.atomic
def assume_provision(*, facts: ProvisionFacts, actor: Actor) -> UUID:
    """Set something aside; return the provision's id.

    Raises:
        UnableToAssumeError: it is out of reach, or does not hold.
    """
    _held_to(actor, facts.unit_id)
    made = assumptions.add_provision(municipality_id=actor.municipality_id, facts=facts)
    _forecast_anew(actor)
    return made


@transaction.atomic
def change_provision(*, provision_id: UUID, facts: ProvisionFacts, seen: str, actor: Actor) -> None:
    """Let a provision be another; `seen` is the mark of what stood when the page was opened.

    Raises:
        UnknownAssumptionError: there is none for the caller.
        UnableToAssumeError: it is or would be out of reach, does not hold, or somebody changed it meanwhile.
    """
    found = provision_or_unknown(provision_id, lock=True)
    for unit_id in dict.fromkeys((found.unit_id, facts.unit_id)):
        _held_to(actor, unit_id)
    if mark_of(found) != seen:
        raise ChangedMeanwhileError
    assumptions.change_provision(provision_id=provision_id, facts=facts)
    _forecast_anew(actor)


@transaction.atomic
def drop_provision(*, provision_id: UUID, actor: Actor) -> None:
    """Take a provision away; its history stays.

    Raises:
        UnknownAssumptionError: there is none for the caller.
        UnableToAssumeError: it is out of reach.
    """
    found = provision_or_unknown(provision_id, lock=True)
    _held_to(actor, found.unit_id)
    assumptions.remove_provision(provision_id=provision_id)
    _forecast_anew(actor)


def provision_or_unknown(provision_id: UUID, *, lock: bool = False) -> ProvisionView:
    """The provision. One query.

    Raises:
        UnknownAssumptionError: there is none for the caller.
    """
    found = assumptions.provision(provision_id, lock=lock)
    if found is None:
        raise UnknownAssumptionError
    return found


def _held_to(actor: Actor, unit_id: UUID | None) -> None:
    if not may_assume(actor, unit_id):
        raise OutsideRolesError(unit_id)


def _forecast_anew(actor: Actor) -> None:
    request_forecast(municipality_id=actor.municipality_id, today=actor.today, now=actor.now)
