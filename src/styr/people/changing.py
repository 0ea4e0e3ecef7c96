"""Use cases of the citizen's page: facts that people change, guarded against undoing what somebody else did."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db import IntegrityError, connection, transaction

from styr.controls.rerunning import request_rerun
from styr.kernel.period import ONE_DAY, Period
from styr.people.models import Citizen, Guardian
from styr.people.queries import CitizenNotVisibleError, version_of
from styr.people.services import UnableToChangeCitizenError

if TYPE_CHECKING:
    from collections.abc import Collection
    from datetime import date
    from uuid import UUID


class CitizenChangedMeanwhileError(UnableToChangeCitizenError):
    """Somebody else changed the citizen's facts after they were shown."""

    def __init__(self) -> None:
        super().__init__("Borgerens oplysninger er ændret, efter at du åbnede siden. Se ændringerne, og prøv igen.")


@dataclass(frozen=True, kw_only=True)
class CitizenFacts:
    """What people change about a citizen. `protected_to` and `moved_out` are exclusive, as stored."""

    unit_id: UUID
    protected_from: date | None = None
    protected_to: date | None = None
    moved_in: date | None = None
    moved_out: date | None = None
    died_on: date | None = None


@transaction.atomic
def change_citizen(*, citizen_id: UUID, facts: CitizenFacts, seen_version: str, today: date) -> None:
    """Change a citizen's unit, protection, moves and death; what hangs on the citizen moves along to the unit.

    Raises:
        CitizenNotVisibleError: there is none for the caller.
        CitizenChangedMeanwhileError: the facts are no longer those of `seen_version`.
        UnableToChangeCitizenError: the facts contradict each other, or the caller does not serve the unit.
    """
    citizen = Citizen.objects.select_for_update().filter(id=citizen_id).first()
    if citizen is None:
        raise CitizenNotVisibleError
    if version_of(citizen) != seen_version:
        raise CitizenChangedMeanwhileError
    _refuse_contradictions(citizen, facts, today)
    if facts.unit_id != citizen.unit_id and facts.unit_id not in served_units([facts.unit_id]):
        raise UnableToChangeCitizenError("Du kan kun flytte borgeren til en enhed, som du selv betjener.")
    changed = [name for name, value in vars(facts).items() if getattr(citizen, name) != value]
    if not changed:
        return
    for name in changed:
        setattr(citizen, name, getattr(facts, name))
    citizen.save(update_fields=changed)
    request_rerun(municipality_id=citizen.municipality_id, ids=[citizen_id])


def _refuse_contradictions(citizen: Citizen, facts: CitizenFacts, today: date) -> None:
    faults = {
        "Dødsdatoen ligger før fødslen.": facts.died_on is not None and facts.died_on < citizen.birth_date,
        "Dødsdatoen ligger i fremtiden.": facts.died_on is not None and facts.died_on > today,
        "Fraflytningen ligger før tilflytningen.": _ends_before(facts.moved_in, facts.moved_out),
        "Beskyttelsen slutter, før den begynder.": _ends_before(facts.protected_from, facts.protected_to),
        "En beskyttelse med slutdato skal også have en startdato.": facts.protected_from is None
        and facts.protected_to is not None,
    }
    found = [fault for fault, is_there in faults.items() if is_there]
    if found:
        raise UnableToChangeCitizenError(" ".join(found))


def _ends_before(start: date | None, end: date | None) -> bool:
    return start is not None and end is not None and end <= start


def served_units(units: Collection[UUID]) -> frozenset[UUID]:
    """Return those of the units that the scope serves; one query."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT u FROM unnest(%s::uuid[]) AS u WHERE styr_all_units() OR u = ANY (styr_units())", [list(units)]
        )
        return frozenset(row[0] for row in cursor.fetchall())


@transaction.atomic
def add_guardian(*, citizen_id: UUID, name: str, kind: str, period: Period) -> UUID:
    """Record who acts for the citizen in a period; return the guardian's id.

    Raises:
        UnableToChangeCitizenError: the same guardian is recorded from the same day.
    """
    citizen = Citizen.objects.select_for_update().filter(id=citizen_id).first()
    if citizen is None:
        raise CitizenNotVisibleError
    made = Guardian(
        municipality_id=citizen.municipality_id,
        unit_id=citizen.unit_id,
        citizen=citizen,
        name=name,
        kind=kind,
        starts=period.start,
        ends=period.end,
    )
    try:
        with transaction.atomic():
            made.save(force_insert=True)
    except IntegrityError as error:
        raise UnableToChangeCitizenError("Værgen er allerede registreret fra den dag.") from error
    return made.id


@transaction.atomic
def end_guardian(*, citizen_id: UUID, guardian_id: UUID, last_day: date) -> None:
    """Let a guardian act for the citizen to and with a day.

    Raises:
        UnableToChangeCitizenError: there is none that still acts, or it began later.
    """
    found = Guardian.objects.select_for_update().filter(id=guardian_id, citizen_id=citizen_id, ends=None).first()
    if found is None:
        raise UnableToChangeCitizenError("Værgen findes ikke eller er allerede ophørt.")
    if last_day < found.starts:
        raise UnableToChangeCitizenError("Værgen er først begyndt senere.")
    found.ends = last_day + ONE_DAY
    found.save(update_fields=["ends"])
