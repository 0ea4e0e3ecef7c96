"""Changing the catalogue. Each asks the actor's role, which must be of the whole municipality as the catalogue is."""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import TYPE_CHECKING, Any

from django.db import IntegrityError, transaction
from django.db.models import F, Max

from styr.access.core.permissions import Permission
from styr.access.unit_roles import may_in
from styr.initiatives.core.codes import Measure, Phase, Political, Service, Status
from styr.initiatives.core.interval import Interval, stored
from styr.initiatives.models import Catalogue, Initiative, MeasuredEffect
from styr.initiatives.queries import UnknownInitiativeError
from styr.initiatives.reference.shipped import NAME, NOTE, STATED, YEAR, shipped
from styr.kernel.refusal import Refusal

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date
    from uuid import UUID

    from styr.initiatives.core.codes import Effect
    from styr.initiatives.core.reading import Row
    from styr.initiatives.core.remarks import Stated


class UnableToChangeInitiativesError(Refusal):
    """The catalogue cannot be changed as asked; the message is fit to show."""


class NotYoursToChangeError(UnableToChangeInitiativesError):
    """The caller's role does not reach the catalogue."""

    def __init__(self) -> None:
        super().__init__("Indsatskataloget gælder hele kommunen og ændres af en, hvis rolle dækker hele kommunen.")


class ChangedMeanwhileError(UnableToChangeInitiativesError):
    """Somebody else changed it since the page was opened."""

    def __init__(self) -> None:
        super().__init__("En anden har ændret det, siden du åbnede siden. Se ændringen, og prøv igen.")


@dataclass(frozen=True, slots=True)
class Actor:
    """Who acts, in which municipality, on which day."""

    user_id: UUID
    municipality_id: UUID
    today: date


@dataclass(frozen=True, slots=True, kw_only=True)
class CatalogueFacts:
    """What is written of a catalogue."""

    name: str
    year: int | None
    phase: Phase
    stated: Stated
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class InitiativeFacts:
    """What is written of an initiative; amounts in millions of kroner."""

    number: int
    title: str
    theme: str = ""
    text: str = ""
    baseline: Interval | None = None
    saving: Interval | None = None
    investment: Interval | None = None
    owner: str = ""
    departments: Sequence[str] = ()
    political: Political = Political.NOT_NEEDED
    political_on: date | None = None
    service: Service = Service.UNKNOWN
    effects: Sequence[Effect] = ()
    effect_text: str = ""
    status: Status = Status.IDEA
    measure: Measure = Measure.NONE
    measured_from: date | None = None
    transport_areas: Sequence[int] = ()
    transport_kinds: Sequence[str] = ()


def may_change(actor: Actor) -> bool:
    """Whether the actor's role reaches the catalogue. One query."""
    return may_in(user_id=actor.user_id, permission=Permission.EDIT_INITIATIVES, unit_id=None, on=actor.today)


def held_to_role(actor: Actor) -> None:
    """Refuse whoever may not change the catalogue.

    Raises:
        NotYoursToChangeError: the role does not reach it.
    """
    if not may_change(actor):
        raise NotYoursToChangeError


def save_catalogue(
    *, facts: CatalogueFacts, actor: Actor, catalogue_id: UUID | None = None, seen_version: int | None = None
) -> UUID:
    """Write a catalogue down, or change one; its id.

    Raises:
        UnableToChangeInitiativesError: another has its name, somebody else changed it, or the role does not reach it.
        UnknownInitiativeError: it is not there.
    """
    held_to_role(actor)
    given = {
        "name": facts.name.strip(), "year": facts.year, "phase": facts.phase.value, "note": facts.note.strip(),
        "baseline": stored(facts.stated.baseline), "stated": stored(facts.stated.saving),
        "stated_number": facts.stated.number,
    }  # fmt: skip
    if not given["name"]:
        raise UnableToChangeInitiativesError("Skriv, hvad kataloget hedder.")
    try:
        with transaction.atomic():
            if catalogue_id is None:
                return Catalogue.objects.create(municipality_id=actor.municipality_id, **given).id
            _changed(Catalogue.objects.filter(id=catalogue_id), seen_version, given)
            return catalogue_id
    except IntegrityError as clash:
        raise UnableToChangeInitiativesError("Der er allerede et katalog med det navn.") from clash


@transaction.atomic
def load_catalogue(
    *, facts: CatalogueFacts, rows: Sequence[Row], actor: Actor, others: Service = Service.UNKNOWN
) -> UUID:
    """Write a catalogue and all its rows at once; its id. What needs politicians lowers the service level.

    `others` is what the source says of the service level of all the other rows.

    Raises:
        UnableToChangeInitiativesError: another has its name, or the role does not reach it.
    """
    made = save_catalogue(facts=facts, actor=actor)
    Initiative.objects.bulk_create(
        Initiative(
            municipality_id=actor.municipality_id, catalogue_id=made,
            **_columns(
                InitiativeFacts(
                    number=row.number, title=row.title, theme=row.theme, baseline=row.baseline, saving=row.saving,
                    owner=row.owner, departments=row.departments,
                    political=Political.NEEDED if row.political else Political.NOT_NEEDED,
                    service=Service.LOWER if row.political else others, status=Status.PLANNED,
                )
            ),
        )
        for row in rows
    )  # fmt: skip
    return made


def load_example(*, actor: Actor) -> UUID:
    """Write the catalogue that comes with the program; its id.

    Raises:
        UnableToChangeInitiativesError: it is there already, or the role does not reach it.
    """
    facts = CatalogueFacts(name=NAME, year=YEAR, phase=Phase.PRIORITISED, stated=STATED, note=NOTE)
    return load_catalogue(facts=facts, rows=shipped().rows, actor=actor, others=Service.SAME)


def save_initiative(
    *, facts: InitiativeFacts, actor: Actor, catalogue_id: UUID, initiative_id: UUID | None = None,
    seen_version: int | None = None,
) -> UUID:  # fmt: skip
    """Write an initiative down, or change one; its id.

    Raises:
        UnableToChangeInitiativesError: its number is taken, somebody else changed it, what is written does not fit
            together, or the role does not reach it.
        UnknownInitiativeError: it or its catalogue is not there.
    """
    held_to_role(actor)
    _held_to_sense(facts, actor)
    try:
        with transaction.atomic():
            if initiative_id is not None:
                _changed(Initiative.objects.filter(id=initiative_id), seen_version, _columns(facts))
                MeasuredEffect.objects.filter(initiative_id=initiative_id).delete()  # it may be measured otherwise now
                return initiative_id
            if not Catalogue.objects.filter(id=catalogue_id).exists():
                raise UnknownInitiativeError
            made = Initiative.objects.create(
                municipality_id=actor.municipality_id, catalogue_id=catalogue_id, **_columns(facts)
            )
            return made.id
    except IntegrityError as clash:
        raise UnableToChangeInitiativesError(f"Kataloget har allerede en indsats nr. {facts.number}.") from clash


def remove_initiative(*, initiative_id: UUID, actor: Actor) -> None:
    """Take an initiative away; its history stays.

    Raises:
        UnableToChangeInitiativesError: the role does not reach it, or it is under way.
        UnknownInitiativeError: it is not there.
    """
    held_to_role(actor)
    found = Initiative.objects.filter(id=initiative_id).first()
    if found is None:
        raise UnknownInitiativeError
    if found.status in {Status.RUNNING, Status.DONE}:
        raise UnableToChangeInitiativesError(
            "En indsats, der er i gang eller gennemført, fjernes ikke. Sæt den som standset."
        )
    found.delete()


@transaction.atomic
def move(*, initiative_id: UUID, up: bool, actor: Actor) -> None:
    """Move an initiative one place up or down in its catalogue's order of priority; the first time all get a place.

    Raises:
        UnableToChangeInitiativesError: the role does not reach it.
        UnknownInitiativeError: it is not there.
    """
    held_to_role(actor)
    found = Initiative.objects.filter(id=initiative_id).first()
    if found is None:
        raise UnknownInitiativeError
    Catalogue.objects.select_for_update().get(id=found.catalogue_id)
    rows = list(Initiative.objects.filter(catalogue_id=found.catalogue_id))
    rows.sort(key=lambda one: (one.priority is None, one.priority or 0, one.number))
    at = next(place for place, one in enumerate(rows) if one.id == initiative_id)
    other = at - 1 if up else at + 1
    if 0 <= other < len(rows):
        rows[at], rows[other] = rows[other], rows[at]
    changed = [one for place, one in enumerate(rows, start=1) if one.priority != place]
    for place, one in enumerate(rows, start=1):
        one.priority = place
    Initiative.objects.bulk_update(changed, ["priority"])


def next_number(catalogue_id: UUID) -> int:
    """The number that the next initiative gets unless told otherwise. One query."""
    last = Initiative.objects.filter(catalogue_id=catalogue_id).aggregate(last=Max("number"))["last"]
    return (last or 0) + 1


def _held_to_sense(facts: InitiativeFacts, actor: Actor) -> None:
    if not facts.title.strip():
        raise UnableToChangeInitiativesError("Skriv, hvad indsatsen hedder.")
    decided = facts.political in {Political.GIVEN, Political.REFUSED}
    if decided and facts.political_on is None:
        raise UnableToChangeInitiativesError("Skriv, hvilken dag politikerne behandlede den.")
    if facts.political_on is not None and not decided:
        raise UnableToChangeInitiativesError(
            "Der står en dag for den politiske behandling, men ikke, hvad svaret blev."
        )
    if facts.political_on is not None and facts.political_on > actor.today:
        raise UnableToChangeInitiativesError("Den politiske behandling ligger i fremtiden.")
    if facts.political is Political.NEEDED and facts.status in {Status.RUNNING, Status.DONE}:
        raise UnableToChangeInitiativesError("Indsatsen kan ikke være i gang, før politikerne har godkendt den.")
    if facts.political is Political.REFUSED and facts.status in {Status.RUNNING, Status.DONE}:
        raise UnableToChangeInitiativesError("Indsatsen er afvist politisk og kan ikke være i gang.")
    if facts.measure is not Measure.NONE and facts.measured_from is None:
        raise UnableToChangeInitiativesError("Skriv, fra hvilken dag virkningen måles.")


def _columns(facts: InitiativeFacts) -> dict[str, Any]:
    given = {one.name: getattr(facts, one.name) for one in fields(facts)}
    for name in ("baseline", "saving", "investment"):
        given[name] = stored(given[name])
    for name in ("title", "theme", "text", "owner", "effect_text"):
        given[name] = given[name].strip()
    for name in ("departments", "transport_areas", "transport_kinds"):
        given[name] = list(given[name])
    given["effects"] = [effect.value for effect in given["effects"]]
    return given


def _changed(rows: Any, seen_version: int | None, given: dict[str, Any]) -> None:
    if rows.filter(version=seen_version).update(version=F("version") + 1, **given):
        return
    if rows.exists():
        raise ChangedMeanwhileError
    raise UnknownInitiativeError
