"""Whether a citizen may be moved: only with a consent (samtykke) of the citizen or a guardian that holds that day."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from django.db import connection

from styr.kernel.danish import danish_date
from styr.negotiations.core.codes import CONSENT_TO_MOVE
from styr.people import queries as people

if TYPE_CHECKING:
    from datetime import date
    from uuid import UUID

_SELF: Final = ("borger", "borgeren", "borgeren selv")
_GUARDIAN: Final = ("værge", "værgen", "forælder", "forældremyndighedsindehaver")
_NAME: Final = "SELECT first_name, last_name FROM people_citizen WHERE id = %s"
_NO_CONSENT: Final = (
    "Flytningen kan ikke gennemføres: der er intet samtykke til flytning fra borgeren eller værgen. "
    "Registrér samtykket på borgerens side under Oplysninger."
)


@dataclass(frozen=True, slots=True)
class MoveConsent:
    """The consent that lets a citizen be moved; without one, why not."""

    id: UUID | None
    why: str


def consent_to_move(*, citizen_id: UUID, on: date) -> MoveConsent:
    """Return the newest consent to a move that holds on a day, given by the citizen or by a guardian of that day.

    Nobody is shown, so nothing is logged. Three queries.
    """
    purpose = CONSENT_TO_MOVE
    given = [
        one
        for one in people.consents_of(citizen_id)
        if one.purpose.casefold() == purpose
        and one.given_on <= on
        and (one.withdrawn_on is None or one.withdrawn_on > on)
    ]
    if not given:
        return MoveConsent(None, _NO_CONSENT)
    allowed = _givers(citizen_id, on)
    for consent in given:
        if " ".join(consent.given_by.split()).casefold() in allowed:
            return MoveConsent(consent.id, "")
    return MoveConsent(
        None,
        f"Samtykket af {danish_date(given[0].given_on)} er givet af en, der hverken er borgeren eller værge den dag.",
    )


def _givers(citizen_id: UUID, on: date) -> frozenset[str]:
    """Who may consent, as the register writes them; the word "værge" counts only where there is one."""
    guardians = [
        one for one in people.guardians_of(citizen_id) if one.starts <= on and (one.ends is None or one.ends > on)
    ]
    with connection.cursor() as cursor:
        cursor.execute(_NAME, [citizen_id])
        row = cursor.fetchone() or ("", "")
    named = {" ".join(f"{row[0]} {row[1]}".split()).casefold(), *_SELF}
    named |= {" ".join(one.name.split()).casefold() for one in guardians}
    return frozenset(named | (set(_GUARDIAN) if guardians else set()))
