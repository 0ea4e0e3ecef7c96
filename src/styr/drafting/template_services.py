"""What a lawyer does with templates: bring a version in, have it looked through, and take it into use."""

from __future__ import annotations

from dataclasses import dataclass, field
from hashlib import sha256
from typing import TYPE_CHECKING, Final

from django.db import transaction
from django.utils.timezone import localdate

from styr.access.core.permissions import Permission
from styr.access.crypto import seal
from styr.access.unit_roles import may_in
from styr.agreements.core.templates.filling import look_through
from styr.agreements.core.templates.library import as_word
from styr.agreements.reference.load import library
from styr.drafting.core.codes import TemplateState
from styr.drafting.models import ContractTemplate, OwnParty, TemplateVersion
from styr.drafting.sealed import place_of
from styr.kernel.cvr import Cvr, InvalidCvrError
from styr.kernel.ean import Ean, InvalidEanError
from styr.kernel.ids import uuid7
from styr.kernel.refusal import NotThere, Refusal

if TYPE_CHECKING:
    from datetime import datetime
    from uuid import UUID

MOST_BYTES: Final = 10 * 1024 * 1024
_LONGEST_FAULT: Final = 500


class TemplateNotThereError(NotThere):
    """There is no such template or version in the municipality."""

    def __init__(self) -> None:
        super().__init__("Skabelonen findes ikke.")


class UnableToChangeTemplateError(Refusal):
    """The template cannot be changed so; the message says why."""


@dataclass(frozen=True, slots=True)
class Handed:
    """A file as somebody handed it in."""

    name: str
    data: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class By:
    """Who does it, where, and when."""

    municipality_id: UUID
    actor_id: UUID
    now: datetime


@transaction.atomic
def bring_library(by: By) -> int:
    """Make templates of the library's clauses, or a newer version of those there are; return how many were made.

    They are looked through like any other and wait for somebody to take them into use.

    Raises:
        UnableToChangeTemplateError: the actor may not decide terms for the whole municipality.
    """
    _refuse_others(by)
    given = library()
    made = 0
    for code, title in given.titles.items():
        template, _ = ContractTemplate.objects.get_or_create(
            municipality_id=by.municipality_id, code=code, defaults={"title": title}
        )
        origin = f"Klausulbiblioteket, version {given.version}"
        if not template.versions.filter(origin=origin).exists():
            _keep(template, Handed(origin, as_word(given, code)), "", by)
            made += 1
    return made


@transaction.atomic
def add_template(*, section: str, title: str, file: Handed, by: By) -> UUID:
    """Make a template of the municipality's own for a section of the law, from its first version; return its id.

    Raises:
        UnableToChangeTemplateError: the section has one, the file cannot be kept, or the actor may not.
    """
    _refuse_others(by)
    if not title.strip():
        raise UnableToChangeTemplateError("Skriv, hvad skabelonen hedder.")
    if ContractTemplate.objects.filter(code=section).exists():
        raise UnableToChangeTemplateError("Paragraffen har allerede en skabelon. Indlæs en ny version i den.")
    _held_to_size(file)
    made = ContractTemplate.objects.create(
        municipality_id=by.municipality_id, code=section[:20], title=title.strip()[:200]
    )
    _keep(made, file, "", by)
    return made.id


@transaction.atomic
def hand_in_version(*, template_id: UUID, file: Handed, note: str, by: By) -> UUID:
    """Keep a new version of a template and what is wrong with it; return its id.

    Raises:
        TemplateNotThereError: there is no such template.
        UnableToChangeTemplateError: the file is too large or the same as the latest, or the actor may not.
    """
    _refuse_others(by)
    template = ContractTemplate.objects.select_for_update().filter(id=template_id).first()
    if template is None:
        raise TemplateNotThereError
    _held_to_size(file)
    latest = template.versions.order_by("-number").first()
    if latest is not None and latest.sha256 == sha256(file.data).hexdigest():
        raise UnableToChangeTemplateError(f"Filen er den samme som version {latest.number}. Gem dine ændringer først.")
    return _keep(template, file, note, by)


@transaction.atomic
def take_into_use(*, version_id: UUID, by: By) -> UUID:
    """Let new drafts be made from a version; the one before stays with those that stand on it.

    Returns the template's id.

    Raises:
        TemplateNotThereError: there is no such version.
        UnableToChangeTemplateError: it has faults, or the actor may not.
    """
    _refuse_others(by)
    version = TemplateVersion.objects.select_for_update().filter(id=version_id).first()
    if version is None:
        raise TemplateNotThereError
    if version.state == TemplateState.FAULTY:
        raise UnableToChangeTemplateError("Versionen har fejl. Ret dem i Word, og indlæs den igen.")
    if version.state == TemplateState.IN_USE:
        return version.template_id
    before = TemplateVersion.objects.filter(template_id=version.template_id, state=TemplateState.IN_USE)
    before.update(state=TemplateState.RETIRED)
    version.state, version.taken_at, version.taken_by_id = TemplateState.IN_USE.value, by.now, by.actor_id
    version.save(update_fields=["state", "taken_at", "taken_by"])
    return version.template_id


@transaction.atomic
def name_own_party(*, cvr: str, ean: str, by: By) -> None:
    """Say what the municipality is called as a party.

    Raises:
        UnableToChangeTemplateError: a number is not one, or the actor may not.
    """
    _refuse_others(by)
    try:
        digits = Cvr.parse(cvr).digits
        location = Ean.parse(ean).digits if ean.strip() else ""
    except (InvalidCvrError, InvalidEanError) as error:
        raise UnableToChangeTemplateError(str(error)) from error
    OwnParty.objects.update_or_create(municipality_id=by.municipality_id, defaults={"cvr": digits, "ean": location})


def _held_to_size(file: Handed) -> None:
    if not file.data:
        raise UnableToChangeTemplateError("Filen er tom.")
    if len(file.data) > MOST_BYTES:
        raise UnableToChangeTemplateError("Filen er over 10 MB. Gem billederne i mindre kvalitet.")


def _keep(template: ContractTemplate, file: Handed, note: str, by: By) -> UUID:
    looked = look_through(file.data)
    latest = template.versions.order_by("-number").values_list("number", flat=True).first() or 0
    version = TemplateVersion(
        id=uuid7(),
        municipality_id=by.municipality_id,
        template=template,
        number=latest + 1,
        origin=file.name.rsplit("/", 1)[-1][-255:] or "uden navn",
        note=note.strip()[:300],
        sha256=sha256(file.data).hexdigest(),
        size=len(file.data),
        faults=[fault.message[:_LONGEST_FAULT] for fault in looked.faults],
        tags=sorted(looked.tags),
        state=TemplateState.FAULTY if looked.faults else TemplateState.CLEAN,
        made_at=by.now,
        made_by_id=by.actor_id,
    )
    version.content = seal(file.data, place=place_of("templateversion", "content", version.id))
    version.save(force_insert=True)
    return version.id


def _refuse_others(by: By) -> None:
    """Templates are the whole municipality's, so it takes a role over all of it."""
    asked = {"user_id": by.actor_id, "unit_id": None, "on": localdate(by.now)}
    if not may_in(permission=Permission.DECIDE_TERMS, **asked):  # type: ignore[arg-type]  # the three above
        raise UnableToChangeTemplateError("Du må ikke bestemme over kommunens kontraktskabeloner.")
