"""Changes the registers of transport on behalf of somebody who plans it over the whole municipality."""

from __future__ import annotations

from hashlib import sha256
from typing import TYPE_CHECKING, Any, Final

from django.db import DataError, IntegrityError, transaction
from django.utils.timezone import localdate

from styr.controls.rerunning import request_rerun
from styr.kernel.refusal import NotThere, Refusal
from styr.people.queries import is_protected
from styr.transport.asking import find_address
from styr.transport.core.codes import PlaceSource
from styr.transport.granting import only_by_right
from styr.transport.models import Area, AreaAccount, Criterion, Operator, Place, PriceScheme, Vehicle
from styr.transport.shipped import take_shipped as take

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date, datetime
    from uuid import UUID

    from django.db.models import Model

REGISTERS: Final[Mapping[str, type[Model]]] = {
    "omraader": Area,
    "kriterier": Criterion,
    "konti": AreaAccount,
    "steder": Place,
    "operatoerer": Operator,
    "priser": PriceScheme,
    "vogne": Vehicle,
}
"""The word of a register in addresses → its table."""
_DATED: Final = ("omraader", "kriterier", "konti", "priser")
_CONTROLLED_BY: Final = ("kriterier", "priser")
"""What trips are held against, so that they are controlled again when it changes."""


class UnableToKeepRecordError(Refusal):
    """The record cannot be kept so; the message says why."""


class RecordNotThereError(NotThere):
    """There is no such record for the caller."""

    def __init__(self) -> None:
        super().__init__("Den findes ikke, eller du har ikke adgang til den.")


def record(register: str, record_id: UUID, *, lock: bool = False) -> Any:
    """A row of a register; `lock` keeps it as it is until the transaction ends.

    Raises:
        RecordNotThereError: there is none for the caller.
    """
    model = REGISTERS.get(register)
    if model is None:
        raise RecordNotThereError
    rows = model._default_manager.filter(pk=record_id)  # noqa: SLF001 -- Django's public name
    found = (rows.select_for_update(no_key=True) if lock else rows).first()
    if found is None:
        raise RecordNotThereError
    return found


def version_of(row: Any) -> str:
    """A short name of what a row says, so that a form can tell whether somebody changed it meanwhile."""
    told = sorted((field.attname, str(getattr(row, field.attname))) for field in row._meta.concrete_fields)  # noqa: SLF001 -- the same
    return sha256(repr(told).encode()).hexdigest()[:16]


@transaction.atomic
def keep(  # noqa: PLR0913 -- one act's facts, by keyword
    *, register: str, record_id: UUID | None, values: Mapping[str, Any], seen: str,
    municipality_id: UUID, actor_id: UUID, now: datetime,
) -> UUID:  # fmt: skip
    """Make a record, or change it as it was shown; return its id.

    Raises:
        RecordNotThereError: there is none for the caller.
        PermissionDenied: no role over the whole municipality (a home: over its citizen's unit) lets the actor.
        UnableToKeepRecordError: it was changed meanwhile, or the register's own rules refuse it.
    """
    row = record(register, record_id, lock=True) if record_id else REGISTERS[register](municipality_id=municipality_id)
    only_by_right(actor_id, getattr(row, "unit_id", None), now)
    if record_id and version_of(row) != seen:
        raise UnableToKeepRecordError("En anden har ændret den, siden du åbnede siden. Åbn den igen, og ret på ny.")
    _refuse_empty_room(register, values)
    for name, value in values.items():
        setattr(row, name, value)
    if isinstance(row, Place):
        row.source = PlaceSource.PERSON if row.latitude is not None else PlaceSource.NONE
    try:
        with transaction.atomic():
            row.save()
    except (IntegrityError, DataError) as error:
        raise UnableToKeepRecordError(_reason(error, register)) from error
    if register in _CONTROLLED_BY:
        request_rerun(municipality_id=municipality_id, ids=[row.pk, *filter(None, [getattr(row, "operator_id", None)])])
    return row.pk  # type: ignore[no-any-return]  # every table's key is a UUID


@transaction.atomic
def change_from(  # noqa: PLR0913 -- one act's facts, by keyword
    *, register: str, record_id: UUID, values: Mapping[str, Any], day: date, seen: str,
    municipality_id: UUID, actor_id: UUID, now: datetime,
) -> UUID:  # fmt: skip
    """Let a dated record say something else from a day on: what it said before stays true until then.

    Raises:
        as `keep`; UnableToKeepRecordError: the day is not inside the record's own days.
    """
    row = record(register, record_id, lock=True)
    only_by_right(actor_id, None, now)
    if version_of(row) != seen:
        raise UnableToKeepRecordError("En anden har ændret den, siden du åbnede siden. Åbn den igen, og ret på ny.")
    if register not in _DATED or day <= row.valid_from or (row.valid_to is not None and day >= row.valid_to):
        raise UnableToKeepRecordError("Dagen skal ligge inden for den periode, som gælder nu.")
    ends = row.valid_to
    row.valid_to = day
    row.save(update_fields=["valid_to"])
    return keep(
        register=register, record_id=None, values={**values, "valid_from": day, "valid_to": ends}, seen="",
        municipality_id=municipality_id, actor_id=actor_id, now=now,
    )  # fmt: skip


@transaction.atomic
def place_by_register(*, place_id: UUID, actor_id: UUID, now: datetime) -> str:
    """Ask the address register where a place lies, keep its likeliest answer, and return how it writes it.

    Raises:
        RecordNotThereError: there is no such place for the caller.
        UnableToKeepRecordError: it has no address, the register knows none like it, or it is a protected home.
        ServiceAbsentError: the register is not there.
    """
    place = Place.objects.select_for_update().filter(id=place_id).first()
    if place is None:
        raise RecordNotThereError
    only_by_right(actor_id, place.unit_id, now)
    if place.citizen_id and is_protected(citizen_id=place.citizen_id, on=localdate(now)):
        raise UnableToKeepRecordError(
            "Adressen er beskyttet og sendes ikke til adresseregistret. Skriv koordinaterne selv."
        )
    words = ", ".join(part for part in (place.street, f"{place.postal_code} {place.town}".strip()) if part)
    if not place.street:
        raise UnableToKeepRecordError("Stedet har ingen adresse at slå op. Skriv vej og husnummer først.")
    found = find_address(words)
    if not found:
        raise UnableToKeepRecordError("Adresseregistret kender ikke adressen. Ret den, eller skriv koordinaterne selv.")
    place.latitude, place.longitude, place.source = found[0].latitude, found[0].longitude, PlaceSource.REGISTER
    place.save(update_fields=["latitude", "longitude", "source"])
    return found[0].written


def take_shipped(*, municipality_id: UUID, actor_id: UUID, now: datetime) -> int:
    """Take those of the program's areas and criteria into use that are not there; return how many.

    Raises:
        PermissionDenied: as `keep`.
    """
    only_by_right(actor_id, None, now)
    return take(municipality_id=municipality_id)


def _refuse_empty_room(register: str, values: Mapping[str, Any]) -> None:
    if register == "vogne" and not (values.get("seats") or values.get("wheelchairs")):
        raise UnableToKeepRecordError("Vognen har ingen pladser. Skriv siddepladser eller kørestolspladser.")


def _reason(error: Exception, register: str) -> str:
    rule = getattr(getattr(error.__cause__, "diag", None), "constraint_name", None) or ""
    if rule.endswith("_no_overlap"):
        return "Der gælder allerede en i en del af perioden. Ret datoerne, eller ret den anden først."
    if rule.endswith("_once"):
        return "Der er allerede en med samme nummer eller navn."
    if rule.endswith("_positive"):
        return "Sidste dag ligger før første dag."
    return f"Registret »{register}« afviser rettelsen. Se felterne efter."
