"""Writes whole files of transport's registers; a second run of the same file changes nothing."""

from __future__ import annotations

from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING, Any

from django.db import connection, transaction

from styr.kernel.upsert import RowError, Upsert, UpsertResult, numbered, upsert
from styr.transport.bulk_kinds import ACCOUNTS, AREAS, CRITERIA, OPERATORS, PRICES, VEHICLES
from styr.transport.bulk_rides import PLACES, RIDES
from styr.transport.core.weekdays import UnreadableWeekdaysError, mask_of
from styr.transport.reference.load import SINCE
from styr.transport.register_models import PRICES as PRICE_NAMES
from styr.transport.shipped import ensure_shipped

if TYPE_CHECKING:
    from collections.abc import Hashable, Mapping, Sequence
    from uuid import UUID

    from styr.transport.core.rows import (
        AreaAccountRow,
        AreaRow,
        CriterionRow,
        OperatorRow,
        PriceRow,
        RideGrantRow,
        TransportPlaceRow,
        VehicleRow,
    )

_HUNDRED = 100
_SIX = Decimal("0.000001")


@transaction.atomic
def upsert_areas(rows: Sequence[AreaRow], *, municipality_id: UUID) -> UpsertResult:
    """Write areas by number and first day; without a day they hold from the program's own first."""
    return _write(AREAS, _from_the_start(rows), municipality_id)


@transaction.atomic
def upsert_criteria(rows: Sequence[CriterionRow], *, municipality_id: UUID) -> UpsertResult:
    """Write criteria by code and first day."""
    ensure_shipped(municipality_id=municipality_id)
    return _write(CRITERIA, _from_the_start(rows), municipality_id)


@transaction.atomic
def upsert_area_accounts(rows: Sequence[AreaAccountRow], *, municipality_id: UUID) -> UpsertResult:
    """Write which postings are an area's, by first digits and first day."""
    ensure_shipped(municipality_id=municipality_id)
    return _write(ACCOUNTS, _from_the_start(rows), municipality_id)


@transaction.atomic
def upsert_places(rows: Sequence[TransportPlaceRow], *, municipality_id: UUID) -> UpsertResult:
    """Write places by number; one without coordinates is kept."""
    staged: dict[int, dict[str, Any]] = {}
    refused: list[RowError] = []
    for number, row in numbered(rows).items():
        try:
            degrees = {name: _degrees(row[name]) for name in ("latitude", "longitude")}
        except InvalidOperation:
            told = "Koordinaten kan ikke læses. Skriv grader med decimaler, fx 55,676098."
            refused.append(RowError(number, "bredde", "", told))
        else:
            staged[number] = row | degrees
    return _write(PLACES, staged, municipality_id, refused)


@transaction.atomic
def upsert_operators(rows: Sequence[OperatorRow], *, municipality_id: UUID) -> UpsertResult:
    """Write operators by name."""
    return _write(OPERATORS, numbered(rows), municipality_id)


@transaction.atomic
def upsert_prices(rows: Sequence[PriceRow], *, municipality_id: UUID) -> UpsertResult:
    """Write price schemes by operator, product and first day; kroner become øre."""
    return _write(PRICES, {number: _in_ore(row) for number, row in numbered(rows).items()}, municipality_id)


@transaction.atomic
def upsert_vehicles(rows: Sequence[VehicleRow], *, municipality_id: UUID) -> UpsertResult:
    """Write vehicles by operator and name; one without room is kept."""
    return _write(VEHICLES, numbered(rows), municipality_id)


@transaction.atomic
def upsert_ride_grants(rows: Sequence[RideGrantRow], *, municipality_id: UUID) -> UpsertResult:
    """Write what grants say of rides, by the grant's number; the program's criteria are taken into use at need."""
    ensure_shipped(municipality_id=municipality_id)
    staged: dict[int, dict[str, Any]] = {}
    refused: list[RowError] = []
    for number, row in numbered(rows).items():
        try:
            staged[number] = row | {"weekdays": mask_of(row["weekdays"]), "payment": row["user_payment"]}
        except UnreadableWeekdaysError as error:
            told = "Ugedagene kan ikke læses. Skriv fx »man ons fre« eller »hverdage«."
            refused.append(RowError(number, "ugedage", str(error), told))
    return _write(RIDES, staged, municipality_id, refused)


def _degrees(told: str | Decimal | None) -> Decimal | None:
    if told is None or isinstance(told, Decimal):
        return told
    read = Decimal(told.strip().replace(",", "."))
    if not read.is_finite():
        raise InvalidOperation(told)
    return read.quantize(_SIX)


def _write(
    kind: Upsert, staged: Mapping[int, Mapping[str, Any]], municipality_id: UUID, refused: Sequence[RowError] = ()
) -> UpsertResult:
    given = {number: {name: row[name] for name in kind.columns} for number, row in staged.items()}
    with connection.cursor() as cursor:
        return upsert(cursor, kind, given, municipality_id=municipality_id, refused=refused)


def _from_the_start(rows: Sequence[Hashable]) -> dict[int, dict[str, Any]]:
    return {number: row | {"valid_from": row["valid_from"] or SINCE} for number, row in numbered(rows).items()}


def _in_ore(row: Mapping[str, Any]) -> dict[str, Any]:
    amounts = {f"{name}_kr": row[name] for name in PRICE_NAMES}
    share = row["fee_share"]
    return {**row, **amounts, "fee_percent": None if share is None else share * _HUNDRED}
