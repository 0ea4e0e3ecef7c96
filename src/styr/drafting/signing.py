"""The signed contract taken in: its signatures looked at, its text held against what was sent, the file kept sealed.

This is also where a signing service hands its result in (docs/signing.md): a broker does what the page does.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Final

from django.conf import settings
from django.db import transaction
from django.utils.timezone import localdate

from styr.access.core.permissions import Permission
from styr.access.crypto import seal, unseal
from styr.agreements.core.reading.apart import read_apart
from styr.agreements.core.reading.document import UnreadableDocumentError
from styr.agreements.core.review.sentences import sentences
from styr.agreements.services import HandedIn, UnableToTakeDocumentError, take_signed_document
from styr.drafting.buying import bought
from styr.drafting.core.codes import DraftState, Standing, StepKind
from styr.drafting.core.compare import changes_in, compare
from styr.drafting.core.signing.apart import UnreadableSignatureError, signatures_of
from styr.drafting.core.signing.verdict import standing_of
from styr.drafting.models import SignedFile
from styr.drafting.reading import read_of
from styr.drafting.sealed import place_of
from styr.drafting.steps import (
    Actor,
    Held,
    UnableToMoveDraftError,
    latest_version,
    locked_draft,
    move,
    refuse_outside,
    refuse_state,
    take_step,
)
from styr.drafting.supplements import contract_signed, is_supplement
from styr.drafting.text_and_register import refuse_different
from styr.drafting.unchanged import refuse_changed
from styr.drafting.versions import MOST_BYTES
from styr.kernel.ids import uuid7

if TYPE_CHECKING:
    from datetime import date
    from uuid import UUID

    from styr.agreements.core.reading.document import ContractText
    from styr.drafting.core.signing.verdict import Signature
    from styr.drafting.models import ContractDraft, DraftVersion
    from styr.drafting.versions import File

_PEM: Final = "-----BEGIN CERTIFICATE-----"


@dataclass(frozen=True, slots=True)
class Looked:
    """What was found in a file that is said to be signed; `differences` is None where its text cannot be read.

    `lines` are the sentences of its text.
    """

    signatures: tuple[Signature, ...]
    standing: Standing
    differences: int | None
    lines: tuple[str, ...] = ()

    @property
    def plain(self) -> bool:
        """Whether nothing is left for a person to vouch for."""
        return self.standing is Standing.VALID and self.differences == 0


@dataclass(frozen=True, slots=True)
class Said:
    """What the person who takes a signed file in says of it: when it was signed, and why it can be taken."""

    on: date
    note: str


@cache
def trusted_issuers() -> tuple[str, ...]:
    """The certificates (PEM) of the issuers that the municipality trusts: `STYR_SIGNATURE_ROOTS` names their file."""
    named = settings.STYR_SIGNATURE_ROOTS
    if not named:
        return ()
    parts = Path(named).read_text("utf-8").split(_PEM)[1:]
    return tuple(_PEM + part for part in parts)


@transaction.atomic
def take_signed(*, draft_id: UUID, file: File, said: Said, actor: Actor) -> Looked:
    """Keep the signed file, make the contract of the register signed, and let the draft's grant buy on it.

    A file without an electronic signature, from an issuer that is not trusted, or with another text than what was sent
    is taken only with a note on why: somebody has then looked at it and vouches for it. A file that was changed after
    it was signed is never taken.

    Raises:
        UnableToMoveDraftError: it is not out to be signed, is no PDF, is broken, needs a note, or the day is ahead;
            the contract of the register is not what was approved, or not what the text says; or the grant cannot buy on
            it within its limits.
    """
    draft = locked_draft(draft_id)
    refuse_outside(draft.unit_id, Permission.EDIT_CONTRACTS, actor)
    refuse_state(draft, (DraftState.READY,))
    refuse_changed(draft)
    if said.on > localdate(actor.now):
        raise UnableToMoveDraftError("Underskriftens dato ligger i fremtiden.")
    version = latest_version(draft)
    looked = look(file, version)
    if looked.standing is Standing.BROKEN:
        told = next(one.sentence() for one in looked.signatures if not one.sound)
        raise UnableToMoveDraftError(f"{told} Bed om en ny fil.")
    if not looked.plain and not said.note.strip():
        raise UnableToMoveDraftError(f"{why_note(looked)} Skriv, hvorfor filen alligevel kan tages ind.")
    refuse_different(draft, looked.lines if looked.differences else read_of(version).texts())
    _keep(draft, file, looked, actor, said)
    came = contract_signed(draft, said.on, actor)
    move(draft, DraftState.SIGNED, actor)
    note = " ".join(
        filter(None, (said.note.strip() or f"{looked.standing.danish.capitalize()}.", came, bought(draft, actor)))
    )
    take_step(draft, StepKind.SIGNED, actor, version=version, held=Held(note=note[:500]))
    return looked


def look(file: File, version: DraftVersion) -> Looked:
    """Look at a file's signatures, and hold its text against the version that was sent.

    Raises:
        UnableToMoveDraftError: it is no PDF, or cannot be read.
    """
    if not file.data[:1024].lstrip().startswith(b"%PDF"):
        raise UnableToMoveDraftError("Den underskrevne kontrakt skal være en PDF.")
    if len(file.data) > MOST_BYTES:
        raise UnableToMoveDraftError("Filen er over 40 MB. Gem den i mindre kvalitet.")
    try:
        signatures = signatures_of(file.data, roots=trusted_issuers())
        text = read_apart(file.data)
    except (UnreadableSignatureError, UnreadableDocumentError) as refused:
        raise UnableToMoveDraftError(str(refused)) from refused
    unread = text.scanned and len(text.scanned) == len(text.pages)
    differences = None if unread else _differences(file.data, text, version)
    lines = tuple(one.text for one in sentences(text.pages))
    return Looked(signatures, standing_of(signatures), differences, lines)


def why_note(looked: Looked) -> str:
    """Why somebody must vouch for the file, in one or two Danish sentences."""
    told: list[str] = []
    if looked.standing is Standing.UNSIGNED:
        told.append("Filen har ingen elektronisk underskrift.")
    elif looked.standing is Standing.UNKNOWN_ISSUER:
        told.append("Underskriftens udsteder er ikke på kommunens liste.")
    if looked.differences is None:
        told.append("Filen er et billede, så teksten kan ikke sammenlignes med den, der blev sendt.")
    elif looked.differences:
        told.append(f"Teksten afviger i {looked.differences} sætninger fra den, der blev sendt til underskrift.")
    return " ".join(told)


def signed_bytes(draft_id: UUID) -> tuple[str, bytes]:
    """The signed file's name and bytes, held against the checksum it was kept with.

    Raises:
        UnableToMoveDraftError: there is none for the caller, or it is not what was kept.
    """
    kept = SignedFile.objects.filter(draft_id=draft_id).first()
    if kept is None:
        raise UnableToMoveDraftError("Der er ingen underskrevet kontrakt.")
    data = unseal(kept.content, place=place_of("signedfile", "content", kept.id))
    if sha256(data).hexdigest() != kept.sha256:
        raise UnableToMoveDraftError("Arkivkopien svarer ikke til sin kontrolsum. Kontakt driften.")
    return kept.name, data


def _differences(data: bytes, text: ContractText, version: DraftVersion) -> int:
    """How many sentences are not as in the version's PDF; none where the file only adds to its very bytes.

    Without a PDF of ours the version's own sentences are held against it, where Word and PDF may break them otherwise.
    """
    found = [one.text for one in sentences(text.pages)]
    if version.pdf is None:
        return changes_in(compare(read_of(version).texts(), found))
    sent = unseal(version.pdf, place=place_of("draftversion", "pdf", version.id))
    if data.startswith(sent):
        return 0
    return changes_in(compare([one.text for one in sentences(read_apart(sent).pages)], found))


def _keep(draft: ContractDraft, file: File, looked: Looked, actor: Actor, said: Said) -> None:
    kept = SignedFile(
        id=uuid7(), municipality_id=draft.municipality_id, unit_id=draft.unit_id, contract_ref=draft.contract_id,
        draft=draft, name=file.name.rsplit("/", 1)[-1][-255:] or "underskrevet.pdf",
        sha256=sha256(file.data).hexdigest(), size=len(file.data), standing=looked.standing.value,
        signatures=[asdict(one) for one in looked.signatures], differences=looked.differences,
        note=said.note.strip()[:300], signed_on=said.on, received_at=actor.now, received_by_id=actor.id,
    )  # fmt: skip
    kept.content = seal(file.data, place=place_of("signedfile", "content", kept.id))
    kept.save(force_insert=True)
    # Among the contract's documents too: there it is searched, compared and read like those that came from outside.
    try:
        take_signed_document(
            municipality_id=draft.municipality_id, file=HandedIn(kept.name, file.data), contract_id=draft.contract_id,
            amends=is_supplement(draft), actor_id=actor.id, now=actor.now,
        )  # fmt: skip
    except UnableToTakeDocumentError as refused:
        raise UnableToMoveDraftError(str(refused)) from refused
