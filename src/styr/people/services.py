"""Use cases on citizens. Each runs in the caller's scope and one transaction; refusals are fit to be shown."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db import IntegrityError, transaction

from styr.access.crypto import blind_index
from styr.controls.rerunning import request_rerun
from styr.kernel.period import ONE_DAY, Period
from styr.kernel.refusal import Refusal
from styr.people.core.names import normalised_name
from styr.people.models import Citizen, Consent, Guardian
from styr.people.queries import CitizenNotVisibleError

if TYPE_CHECKING:
    from datetime import date
    from uuid import UUID

    from styr.kernel.cpr import Cpr


class UnableToRegisterCitizenError(Refusal):
    """The citizen cannot be registered as asked."""


class UnableToChangeCitizenError(Refusal):
    """The citizen's facts cannot be changed as asked."""


class UnableToWithdrawConsentError(Refusal):
    """There is no consent to withdraw."""


@dataclass(frozen=True, kw_only=True)
class Address:
    """Where a citizen lives."""

    street: str = ""
    postal_code: str = ""
    city: str = ""


_NOWHERE = Address()


@transaction.atomic
def register_citizen(  # noqa: PLR0913 - a citizen's facts, all by keyword
    *,
    municipality_id: UUID,
    unit_id: UUID,
    cpr: Cpr,
    first_name: str,
    last_name: str,
    source_id: str | None = None,
    address: Address = _NOWHERE,
    moved_in: date | None = None,
) -> UUID:
    """Register a citizen in a unit and return their id; without `source_id` the id stands for it.

    Raises:
        UnableToRegisterCitizenError: the CPR number or the source's number is registered already.
    """
    citizen = Citizen(
        municipality_id=municipality_id,
        unit_id=unit_id,
        cpr_index=blind_index(cpr.digits),
        name_index=blind_index(normalised_name(f"{first_name} {last_name}")),
        birth_date=cpr.birth_date,
        first_name=first_name,
        last_name=last_name,
        address=address.street,
        postal_code=address.postal_code,
        city=address.city,
        moved_in=moved_in,
    )
    citizen.cpr = cpr
    citizen.source_id = source_id or str(citizen.id)
    try:
        with transaction.atomic():
            citizen.save(force_insert=True)
    except IntegrityError as error:
        raise UnableToRegisterCitizenError("Borgeren er allerede registreret i kommunen.") from error
    return citizen.id


@transaction.atomic
def move_to_unit(*, citizen_id: UUID, unit_id: UUID) -> None:
    """Let another unit serve the citizen; guardians, consents and individual contracts go along (composite keys)."""
    citizen = _locked(citizen_id)
    citizen.unit_id = unit_id
    citizen.save(update_fields=["unit_id"])
    request_rerun(municipality_id=citizen.municipality_id, ids=[citizen_id])


@transaction.atomic
def protect_name_and_address(*, citizen_id: UUID, period: Period | None) -> None:
    """Set name and address protection (CPR-loven § 28) for a period, or lift it with None."""
    citizen = _locked(citizen_id)
    citizen.protected_from = None if period is None else period.start
    citizen.protected_to = None if period is None else period.end
    citizen.save(update_fields=["protected_from", "protected_to"])


@transaction.atomic
def record_death(*, citizen_id: UUID, died_on: date) -> None:
    """Record the day the citizen died; the grants are stopped by their caseworker, reminded by a control.

    Raises:
        UnableToChangeCitizenError: the day lies before the birth.
    """
    citizen = _locked(citizen_id)
    if died_on < citizen.birth_date:
        raise UnableToChangeCitizenError("Dødsdatoen ligger før fødslen.")
    citizen.died_on = died_on
    citizen.save(update_fields=["died_on"])
    request_rerun(municipality_id=citizen.municipality_id, ids=[citizen_id])


@transaction.atomic
def record_move_out(*, citizen_id: UUID, last_day: date) -> None:
    """Record the citizen's last day in the municipality.

    Raises:
        UnableToChangeCitizenError: they had not moved in by then.
    """
    citizen = _locked(citizen_id)
    if citizen.moved_in is not None and last_day < citizen.moved_in:
        raise UnableToChangeCitizenError("Fraflytningen ligger før tilflytningen.")
    citizen.moved_out = last_day + ONE_DAY
    citizen.save(update_fields=["moved_out"])
    request_rerun(municipality_id=citizen.municipality_id, ids=[citizen_id])


@transaction.atomic
def appoint_guardian(*, citizen_id: UUID, name: str, kind: str, period: Period) -> UUID:
    """Record who acts for the citizen in a period; return the guardian's id."""
    citizen = _locked(citizen_id)
    guardian = Guardian.objects.create(
        municipality_id=citizen.municipality_id,
        unit_id=citizen.unit_id,
        citizen=citizen,
        name=name,
        kind=kind,
        starts=period.start,
        ends=period.end,
    )
    return guardian.id


@transaction.atomic
def give_consent(*, citizen_id: UUID, purpose: str, given_by: str, given_on: date) -> UUID:
    """Record a consent to a purpose; return its id."""
    citizen = _locked(citizen_id)
    consent = Consent.objects.create(
        municipality_id=citizen.municipality_id,
        unit_id=citizen.unit_id,
        citizen=citizen,
        purpose=purpose,
        given_by=given_by,
        given_on=given_on,
    )
    return consent.id


@transaction.atomic
def withdraw_consent(*, consent_id: UUID, withdrawn_on: date) -> None:
    """Withdraw a consent: from that day on it holds no more.

    Raises:
        UnableToWithdrawConsentError: there is none for the caller, it is withdrawn, or it was given later.
    """
    consent = Consent.objects.select_for_update().filter(id=consent_id, withdrawn_on=None).first()
    if consent is None:
        raise UnableToWithdrawConsentError("Samtykket findes ikke eller er allerede trukket tilbage.")
    if withdrawn_on < consent.given_on:
        raise UnableToWithdrawConsentError("Samtykket er først givet senere.")
    consent.withdrawn_on = withdrawn_on
    consent.save(update_fields=["withdrawn_on"])


def _locked(citizen_id: UUID) -> Citizen:
    citizen = Citizen.objects.select_for_update().filter(id=citizen_id).first()
    if citizen is None:
        raise CitizenNotVisibleError
    return citizen
