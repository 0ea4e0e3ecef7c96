"""A new version of a draft: kept sealed, read and judged at once; its PDF and its redline are made in a job."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from hashlib import sha256
from typing import TYPE_CHECKING, Final

from procrastinate.contrib.django import app as jobs

from styr.access.crypto import seal
from styr.agreements.core.reading.document import Kind, UnreadableDocumentError
from styr.drafting.core.codes import Making
from styr.drafting.models import DraftVersion
from styr.drafting.reading import read
from styr.drafting.sealed import place_of
from styr.drafting.steps import UnableToMoveDraftError
from styr.drafting.supplements import is_supplement
from styr.kernel.ids import uuid7

if TYPE_CHECKING:
    from styr.drafting.core.codes import Party
    from styr.drafting.models import ContractDraft
    from styr.drafting.steps import Actor

RENDER_TASK: Final = "drafting.render"
"""The job's name: services defer it, `tasks.py` performs it."""
MOST_BYTES: Final = 40 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class File:
    """A file as somebody handed it in, or as it was made."""

    name: str
    data: bytes = field(repr=False)


def add_version(draft: ContractDraft, file: File, party: Party, actor: Actor) -> DraftVersion:
    """Keep the next version; the caller writes the draft, whose `latest` is counted up.

    Raises:
        UnableToMoveDraftError: the file is empty, too large, cannot be read, or is the latest version unchanged.
    """
    if not file.data:
        raise UnableToMoveDraftError("Filen er tom.")
    if len(file.data) > MOST_BYTES:
        raise UnableToMoveDraftError("Filen er over 40 MB. Del den, eller gem den i mindre kvalitet.")
    digest = sha256(file.data).hexdigest()
    if draft.versions.filter(number=draft.latest, sha256=digest).exists():
        raise UnableToMoveDraftError(f"Filen er den samme som udgave {draft.latest}.")
    try:
        found = read(file.data)
        if is_supplement(draft):  # what it does not name stands in its contract
            found = replace(found, deviations=tuple(one for one in found.deviations if one.is_risk))
    except UnreadableDocumentError as refused:
        raise UnableToMoveDraftError(str(refused)) from refused
    if not found.lines:
        raise UnableToMoveDraftError(
            "Filen er et billede uden tekst. Bed om den som Word-fil, eller scan den med tekst."
        )
    draft.latest += 1
    version = DraftVersion(
        id=uuid7(), municipality_id=draft.municipality_id, unit_id=draft.unit_id, contract_ref=draft.contract_id,
        draft=draft, number=draft.latest, party=party.value, name=file.name.rsplit("/", 1)[-1][-255:] or "uden navn",
        kind=found.kind, sha256=digest, size=len(file.data), red=found.red, missing=found.missing,
        playbook=found.playbook, made_at=actor.now, made_by_id=actor.id,
        making=(Making.DONE if found.kind == Kind.TEXT else Making.WAITING).value,
    )  # fmt: skip
    version.content = seal(file.data, place=place_of("draftversion", "content", version.id))
    version.read = seal(found.stored(), place=place_of("draftversion", "read", version.id))
    version.save(force_insert=True)
    if version.making == Making.WAITING:
        ask_for_files(version)
    return version


def ask_for_files(version: DraftVersion) -> None:
    """Have the version's PDF and redline made beside the pages."""
    job = jobs.configure_task(RENDER_TASK)
    job.defer(municipality_id=str(version.municipality_id), version_id=str(version.id))
