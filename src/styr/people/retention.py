"""Retention (opbevaring): the rules in force, holds, and an erasure from its proposal to its certificate.

What an erasure reaches lies in many domains, so the workspace finds and removes it (`workspace.citizens_erasing`).
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db import IntegrityError, transaction
from django.db.models import Q

from styr.people import sealed
from styr.people.core.keeping import CaseKind, ErasureState, KeepingRule, rules_on, shipped_rules
from styr.people.models import Citizen, Erasure, LegalHold, RetentionRule
from styr.people.queries import CitizenNotVisibleError

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date, datetime
    from uuid import UUID


class UnableToEraseError(Exception):
    """The erasure cannot go on as asked."""


@dataclass(frozen=True, slots=True)
class ErasureLine:
    """An erasure as a page shows it; after it is done nothing in it names the citizen."""

    id: UUID
    citizen_id: UUID
    unit_id: UUID
    case_kind: CaseKind
    basis: str
    due_on: date
    must_archive: bool
    state: ErasureState
    proposed_by: str
    proposed_at: datetime
    has_package: bool
    archive_sha256: str
    archive_receipt: str
    first_approver: str
    first_approver_id: UUID | None
    first_approved_at: datetime | None
    second_approver: str
    second_approved_at: datetime | None
    erased_by: str
    erased_at: datetime | None
    certificate: dict[str, Any]


def rules(today: date) -> dict[CaseKind, KeepingRule]:
    """Return the rule of each kind that holds today; one query."""
    names = {rule.case_kind: rule for rule in shipped_rules()}
    own = [
        KeepingRule(
            case_kind=CaseKind(row.case_kind),
            name=names[CaseKind(row.case_kind)].name,
            years=row.years,
            archived=row.archived,
            valid_from=row.valid_from,
            basis=row.basis,
            source="Kommunens egen regel",
            own=True,
        )
        for row in RetentionRule.objects.all()
    ]
    return rules_on(today, own)


@transaction.atomic
def set_rule(*, municipality_id: UUID, rule: KeepingRule) -> None:
    """Let the municipality's own rule hold from its first day; a rule of the same day is replaced."""
    RetentionRule.objects.update_or_create(
        municipality_id=municipality_id,
        case_kind=rule.case_kind.value,
        valid_from=rule.valid_from,
        defaults={"years": rule.years, "archived": rule.archived, "basis": rule.basis},
    )


def held_citizens(today: date) -> frozenset[UUID]:
    """Return the citizens whose data must be kept whatever the rules say; one query."""
    holding = LegalHold.objects.filter(Q(ends=None) | Q(ends__gt=today), starts__lte=today)
    return frozenset(holding.values_list("citizen_id", flat=True))


@transaction.atomic
def place_hold(*, citizen_id: UUID, reason: str, actor_id: UUID, today: date) -> UUID:
    """Keep a citizen's data until further notice (sletningsstop); return the hold's id.

    Raises:
        CitizenNotVisibleError: there is none for the caller.
    """
    citizen = Citizen.objects.filter(id=citizen_id).first()
    if citizen is None:
        raise CitizenNotVisibleError
    made = LegalHold.objects.create(
        municipality_id=citizen.municipality_id,
        unit_id=citizen.unit_id,
        citizen=citizen,
        reason=reason,
        starts=today,
        placed_by_id=actor_id,
    )
    return made.id


def erasures() -> list[ErasureLine]:
    """Return every erasure that is not given up, the latest first; one query."""
    rows = Erasure.objects.exclude(state=ErasureState.CANCELLED.value).order_by("-proposed_at", "-id")
    related = ("proposed_by", "first_approver", "second_approver", "erased_by")
    return [_line(row) for row in rows.select_related(*related)]


def erasure(erasure_id: UUID) -> ErasureLine | None:
    """Return one erasure; one query."""
    related = ("proposed_by", "first_approver", "second_approver", "erased_by")
    found = Erasure.objects.select_related(*related).filter(id=erasure_id).first()
    return None if found is None else _line(found)


@transaction.atomic
def propose(*, citizen_id: UUID, rule: KeepingRule, due: date, actor_id: UUID, now: datetime) -> UUID:
    """Propose to erase a citizen; return the erasure's id. That the citizen is due is the caller's to have found.

    Raises:
        CitizenNotVisibleError: there is none for the caller.
        UnableToEraseError: an erasure of the citizen is under way.
    """
    citizen = Citizen.objects.filter(id=citizen_id).first()
    if citizen is None:
        raise CitizenNotVisibleError
    made = Erasure(
        municipality_id=citizen.municipality_id,
        unit_id=citizen.unit_id,
        citizen_id=citizen_id,
        case_kind=rule.case_kind.value,
        basis=rule.basis,
        due_on=due,
        must_archive=rule.archived,
        state=ErasureState.PROPOSED.value,
        proposed_by_id=actor_id,
        proposed_at=now,
    )
    try:
        with transaction.atomic():
            made.save(force_insert=True)
    except IntegrityError as error:
        raise UnableToEraseError("Borgerens sletning er allerede i gang.") from error
    return made.id


@transaction.atomic
def keep_package(*, erasure_id: UUID, package: bytes) -> None:
    """Keep the archive's package, encrypted, until the citizen is erased."""
    found = _locked(erasure_id, ErasureState.PROPOSED)
    found.archive = sealed.seal(package, place=sealed.ARCHIVE, row_id=erasure_id)
    found.archive_sha256 = hashlib.sha256(package).hexdigest()
    found.save(update_fields=["archive", "archive_sha256"])


def package_of(erasure_id: UUID) -> bytes | None:
    """Return the archive's package, while it is kept."""
    stored = Erasure.objects.filter(id=erasure_id).values_list("archive", flat=True).first()
    return None if stored is None else sealed.unseal(bytes(stored), place=sealed.ARCHIVE, row_id=erasure_id)


@transaction.atomic
def tell_archived(*, erasure_id: UUID, receipt: str) -> None:
    """Note the archive's receipt for the package.

    Raises:
        UnableToEraseError: no package has been made, or the receipt is missing.
    """
    found = _locked(erasure_id, ErasureState.PROPOSED)
    if found.archive is None:
        raise UnableToEraseError("Lav arkivpakken, og aflevér den, før kvitteringen noteres.")
    if not receipt.strip():
        raise UnableToEraseError("Skriv arkivets kvitteringsnummer.")
    found.archive_receipt, found.state = receipt.strip(), ErasureState.ARCHIVED.value
    found.save(update_fields=["archive_receipt", "state"])


@transaction.atomic
def approve(*, erasure_id: UUID, actor_id: UUID, now: datetime) -> None:
    """Approve as the first or the second person.

    Raises:
        UnableToEraseError: it is not archived though it must be, or the same person approves twice.
    """
    found = _locked(erasure_id, ErasureState.PROPOSED, ErasureState.ARCHIVED)
    if found.must_archive and found.state != ErasureState.ARCHIVED:
        raise UnableToEraseError("Sagen skal afleveres til arkivet, før sletningen godkendes (arkivloven).")
    if found.first_approver_id is None:
        found.first_approver_id, found.first_approved_at = actor_id, now
    elif found.first_approver_id == actor_id:
        raise UnableToEraseError("En anden end den første skal godkende.")
    else:
        found.second_approver_id, found.second_approved_at = actor_id, now
        found.state = ErasureState.APPROVED.value
    found.save()


@transaction.atomic
def cancel(*, erasure_id: UUID) -> None:
    """Give the erasure up; a package is thrown away."""
    found = _locked(erasure_id, ErasureState.PROPOSED, ErasureState.ARCHIVED, ErasureState.APPROVED)
    found.state, found.archive = ErasureState.CANCELLED.value, None
    found.save()


@transaction.atomic
def certify(*, erasure_id: UUID, certificate: Mapping[str, Any], actor_id: UUID, now: datetime) -> None:
    """Note that it is done: what went, how many, by whom; the package goes as well."""
    found = _locked(erasure_id, ErasureState.APPROVED)
    found.state, found.archive = ErasureState.ERASED.value, None
    found.erased_by_id, found.erased_at, found.certificate = actor_id, now, dict(certificate)
    found.save()


def _locked(erasure_id: UUID, *states: ErasureState) -> Erasure:
    found = Erasure.objects.select_for_update().filter(id=erasure_id).first()
    if found is None:
        raise UnableToEraseError("Sletningen findes ikke, eller du har ikke adgang til den.")
    if found.state not in states:
        raise UnableToEraseError(f"Sletningen er {ErasureState(found.state).danish}; det kan ikke gøres nu.")
    return found


def _line(row: Erasure) -> ErasureLine:
    def name(user: Any) -> str:
        return "" if user is None else str(user)

    return ErasureLine(
        id=row.id,
        citizen_id=row.citizen_id,
        unit_id=row.unit_id,
        case_kind=CaseKind(row.case_kind),
        basis=row.basis,
        due_on=row.due_on,
        must_archive=row.must_archive,
        state=ErasureState(row.state),
        proposed_by=name(row.proposed_by),
        proposed_at=row.proposed_at,
        has_package=row.archive is not None,
        archive_sha256=row.archive_sha256,
        archive_receipt=row.archive_receipt,
        first_approver=name(row.first_approver),
        first_approver_id=row.first_approver_id,
        first_approved_at=row.first_approved_at,
        second_approver=name(row.second_approver),
        second_approved_at=row.second_approved_at,
        erased_by=name(row.erased_by),
        erased_at=row.erased_at,
        certificate=row.certificate,
    )
