"""What a file's electronic signatures are worth, in words that somebody who is no expert understands."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from styr.drafting.core.codes import Standing
from styr.kernel.danish import danish_date

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence


@dataclass(frozen=True, slots=True)
class Signature:
    """One signature: who (the certificate's name and organisation), by whom issued, when, and what holds of it.

    `intact`: the bytes it covers are unchanged. `changed_after`: the file was changed in a way that a signature does
    not allow. `trusted`: the issuer is on the municipality's list.
    """

    signer: str
    issuer: str
    signed_at: str
    intact: bool
    changed_after: bool
    trusted: bool

    @property
    def sound(self) -> bool:
        """Whether the file still is what was signed."""
        return self.intact and not self.changed_after

    def sentence(self) -> str:
        """One Danish sentence of it."""
        when = f" {danish_date(datetime.fromisoformat(self.signed_at).date())}" if self.signed_at else ""
        said = f"Underskrevet af {self.signer or 'ukendt'}{when}"
        if not self.intact:
            return f"{said}, men filen passer ikke til underskriften: den er ændret eller beskadiget."
        if self.changed_after:
            return f"{said}, men filen er ændret efter underskriften."
        if not self.trusted:
            return f"{said}. Filen er uændret siden. Udstederen, {self.issuer or 'ukendt'}, er ikke på kommunens liste."
        return f"{said}. Filen er uændret siden, og certifikatet er udstedt af {self.issuer}, som kommunen stoler på."


def standing_of(signatures: Sequence[Signature]) -> Standing:
    """What they are worth together: the weakest counts."""
    if not signatures:
        return Standing.UNSIGNED
    if not all(one.sound for one in signatures):
        return Standing.BROKEN
    return Standing.VALID if all(one.trusted for one in signatures) else Standing.UNKNOWN_ISSUER


def signature_of(told: Mapping[str, Any]) -> Signature:
    """A signature from its JSON."""
    return Signature(
        signer=told["signer"],
        issuer=told["issuer"],
        signed_at=told["signed_at"],
        intact=told["intact"],
        changed_after=told["changed_after"],
        trusted=told["trusted"],
    )
