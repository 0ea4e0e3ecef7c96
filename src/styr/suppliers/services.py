"""Use cases on suppliers. Each runs in the caller's scope and one transaction; refusals are fit to be shown."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import IntegrityError, transaction

from styr.controls.rerunning import request_rerun
from styr.kernel.refusal import Refusal
from styr.suppliers.models import ProviderUnit, Supplier, SupplierAccount
from styr.suppliers.queries import SupplierNotVisibleError

if TYPE_CHECKING:
    from datetime import date, datetime
    from uuid import UUID

    from styr.kernel.cvr import Cvr
    from styr.kernel.ean import Ean
    from styr.kernel.period import Period
    from styr.suppliers.core.codes import SupplierKind


class UnableToConfirmAccountError(Refusal):
    """The account cannot be confirmed, or not by that person."""


class UnableToRegisterSupplierError(Refusal):
    """The supplier, its account or its provider unit cannot be registered as asked."""


@transaction.atomic
def register_supplier(
    *, municipality_id: UUID, cvr: Cvr, name: str, kind: SupplierKind, ean: Ean | None = None
) -> UUID:
    """Register a supplier and return its id; the CVR number stands for the source's number.

    Raises:
        UnableToRegisterSupplierError: it is registered already.
    """
    supplier = Supplier(
        municipality_id=municipality_id,
        source_id=str(cvr),
        cvr=str(cvr),
        name=name,
        kind=kind,
        ean="" if ean is None else str(ean),
    )
    try:
        with transaction.atomic():
            supplier.save(force_insert=True)
    except IntegrityError as error:
        raise UnableToRegisterSupplierError("Leverandøren er allerede registreret.") from error
    return supplier.id


@transaction.atomic
def add_account(*, supplier_id: UUID, account: str, valid_from: date) -> None:
    """Record that the supplier may be paid on an account from a day; the former ones stay.

    Raises:
        UnableToRegisterSupplierError: the account is recorded already.
        SupplierNotVisibleError: there is no such supplier.
    """
    supplier = _supplier(supplier_id)
    row = SupplierAccount(
        municipality_id=supplier.municipality_id, supplier=supplier, account=account, valid_from=valid_from
    )
    try:
        with transaction.atomic():
            row.save(force_insert=True)
    except IntegrityError as error:
        raise UnableToRegisterSupplierError("Kontoen er allerede registreret.") from error
    request_rerun(municipality_id=supplier.municipality_id, ids=[supplier_id])


@transaction.atomic
def confirm_account(*, supplier_id: UUID, account_id: UUID, actor_id: UUID, now: datetime) -> None:
    """Confirm that an account is the supplier's, checked with the supplier itself; invoices to it are judged again.

    Raises:
        UnableToConfirmAccountError: it is not there or is confirmed already, or the actor brought it.
    """
    row = SupplierAccount.objects.select_for_update().filter(id=account_id, supplier_id=supplier_id).first()
    if row is None or row.confirmed_at is not None:
        raise UnableToConfirmAccountError("Kontoen findes ikke, eller den er allerede bekræftet.")
    if row.brought_by == actor_id:
        raise UnableToConfirmAccountError("Du har selv registreret kontoen. Lad en anden bekræfte den.")
    row.confirmed_by, row.confirmed_at = actor_id, now
    row.save(update_fields=["confirmed_by", "confirmed_at"])
    request_rerun(municipality_id=row.municipality_id, ids=[supplier_id])


@transaction.atomic
def register_provider_unit(  # noqa: PLR0913 - a provider unit's facts, all by keyword
    *, supplier_id: UUID, p_number: str, name: str, section: str, approval: Period | None, places: int | None = None
) -> UUID:
    """Register a place of the supplier, approved for a section in a period; return its id.

    Raises:
        UnableToRegisterSupplierError: a number or code is wrong, or the place is registered already.
        SupplierNotVisibleError: there is no such supplier.
    """
    supplier = _supplier(supplier_id)
    unit = ProviderUnit(
        municipality_id=supplier.municipality_id,
        supplier=supplier,
        source_id=p_number,
        p_number=p_number,
        name=name,
        section=section,
        approved_from=None if approval is None else approval.start,
        approved_to=None if approval is None else approval.end,
        places=places,
    )
    try:
        with transaction.atomic():
            unit.save(force_insert=True)
    except IntegrityError as error:
        message = "Tilbuddet er allerede registreret, eller P-nummer eller paragraf er forkert."
        raise UnableToRegisterSupplierError(message) from error
    return unit.id


def _supplier(supplier_id: UUID) -> Supplier:
    supplier = Supplier.objects.filter(id=supplier_id).first()
    if supplier is None:
        raise SupplierNotVisibleError
    return supplier
