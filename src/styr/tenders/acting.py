"""Who may do what with a tender, and the tender to be changed: looked up first, locked, in its right state."""

from __future__ import annotations

from typing import TYPE_CHECKING

from styr.access.core.permissions import Permission
from styr.access.unit_roles import may_in
from styr.kernel.refusal import NotThere, Refusal
from styr.tenders.core.codes import TenderState
from styr.tenders.models import Tender

if TYPE_CHECKING:
    from uuid import UUID

    from styr.trips.ordering import By


class TenderNotVisibleError(NotThere):
    """There is no such tender, lot, question or bid for the caller."""

    def __init__(self) -> None:
        super().__init__("Udbuddet findes ikke, eller du har ikke adgang til det.")


class UnableToTenderError(Refusal):
    """The tender cannot be changed so; the message is fit to show."""


def allow(by: By, permission: Permission = Permission.EDIT_TRANSPORT) -> None:
    """Refuse whoever may not work with tenders: they belong to no unit, so it takes a role over the whole municipality.

    Raises:
        UnableToTenderError: as told.
    """
    if not may_in(user_id=by.actor_id, permission=permission, unit_id=None, on=by.today):
        raise UnableToTenderError(f"Det kræver en rolle i hele kommunen, der må {permission.danish}.")


def locked(tender_id: UUID, by: By, *states: TenderState, permission: Permission = Permission.EDIT_TRANSPORT) -> Tender:
    """The tender, locked until the transaction ends, if it is in one of the states and the actor may change it.

    Raises:
        TenderNotVisibleError: there is none for the caller.
        UnableToTenderError: the actor may not, or the tender has come too far or not far enough.
    """
    tender = Tender.objects.select_for_update().filter(id=tender_id).first()
    if tender is None:
        raise TenderNotVisibleError
    allow(by, permission)
    if TenderState(tender.state) not in states:
        raise UnableToTenderError(f"Det kan ikke gøres, når udbuddet er: {TenderState(tender.state).danish}.")
    return tender
