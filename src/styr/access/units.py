"""Use cases of the tree of units (organisatoriske enheder): add one, rename it, move it."""

from uuid import UUID

from django.db import IntegrityError, transaction

from styr.access.models import Unit
from styr.kernel.ean import Ean, InvalidEanError
from styr.kernel.refusal import Refusal


class UnableToChangeUnitError(Refusal):
    """The unit cannot be changed so; the message says why."""


def add_unit(*, municipality_id: UUID, number: str, name: str, ean: str, parent_id: UUID | None) -> UUID:
    """Make a unit below another (None: at the top); gives its id.

    Raises `UnableToChangeUnitError`: number or name missing, a number that is taken, an EAN number that is none.
    """
    unit = Unit(municipality_id=municipality_id, parent_id=parent_id)
    _fill(unit, number, name, ean)
    _save(unit, new=True)
    return unit.id


@transaction.atomic
def change_unit(*, unit_id: UUID, number: str, name: str, ean: str, parent_id: UUID | None) -> None:
    """Rename a unit, or move it with everything below it: who serves what above sees it from then on.

    Raises `UnableToChangeUnitError` as `add_unit`, for a move below itself, and for one that the database refuses: a
    budget in force below another of the same year.
    """
    # The whole tree is held, so that two moves at once cannot make a ring of it.
    units = {unit.id: unit for unit in Unit.objects.select_for_update(no_key=True).order_by("pk")}
    unit = units.get(unit_id)
    if unit is None or (parent_id is not None and parent_id not in units):
        raise UnableToChangeUnitError("Enheden findes ikke.")
    above = parent_id
    while above is not None:
        if above == unit_id:
            raise UnableToChangeUnitError("En enhed kan ikke flyttes ind under sig selv.")
        above = units[above].parent_id
    unit.parent_id = parent_id
    _fill(unit, number, name, ean)
    _save(unit, new=False)


def _fill(unit: Unit, number: str, name: str, ean: str) -> None:
    if not number.strip() or not name.strip():
        raise UnableToChangeUnitError("Skriv både nummer og navn.")
    try:
        unit.ean = str(Ean.parse(ean)) if ean.strip() else ""
    except InvalidEanError as wrong:
        raise UnableToChangeUnitError(str(wrong)) from wrong
    unit.number, unit.name = number.strip(), name.strip()


def _save(unit: Unit, *, new: bool) -> None:
    try:
        with transaction.atomic():
            unit.save(force_insert=new)
    except IntegrityError as refused:
        # A domain that lets a unit stand where it is tells why in the hint (`planning`: budgets in force).
        why = getattr(getattr(refused.__cause__, "diag", None), "message_hint", None)
        raise UnableToChangeUnitError(why or f"Enhedsnummeret »{unit.number}« er taget.") from refused
