"""The first things of an installation in operation: a municipality, and somebody who may log in to it."""

import re
import sys
from dataclasses import dataclass
from datetime import date
from getpass import getpass
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, connections

from styr.access.core.roles import Role
from styr.access.scope import service_scope
from styr.access.services import NewUser, create_municipality, create_user, municipality_ids
from styr.config.setup import OWNER
from styr.kernel.refusal import Refusal

ROLES = {role.danish.lower(): role for role in Role}


class UnableToFoundError(Refusal):
    """A municipality or a user could not be made, or is not there."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where somebody works: the municipality's code (None: the only one) and a unit's number (None: all of it)."""

    municipality: str | None
    unit: str | None


def found_municipality(*, code: str, name: str) -> str:
    """Make the municipality, as the owner; gives the sentence to show. Raises `UnableToFoundError`."""
    if OWNER not in connections:
        raise UnableToFoundError("Sæt STYR_OWNER_DATABASE_URL: kun ejerrollen må oprette kommuner.")
    if not re.fullmatch(r"[0-9]{3}", code) or not name.strip():
        raise UnableToFoundError("En kommune har en kode på tre cifre og et navn.")
    held = create_municipality(code=code, name=name.strip(), using=OWNER)
    if held.name != name.strip():
        raise UnableToFoundError(f"Kommunekoden {code} er allerede brugt, til »{held.name}«.")
    return f"Kommunen {held.name} ({code}) er oprettet."


def let_in(*, place: Place, person: NewUser, role: str, today: date) -> str:
    """Make a user with that role (Danish) from today on; gives the sentence to show. Raises `UnableToFoundError`."""
    municipality_id = municipality_of(place.municipality)
    try:
        with service_scope(municipality_id, "setup"):
            create_user(
                municipality_id=municipality_id,
                person=person,
                roles=[(ROLES[role], _unit_of(place.unit) if place.unit else None)],
                starts=today,
            )
    except ValidationError as weak:
        raise UnableToFoundError(" ".join(weak.messages)) from None
    except IntegrityError:
        raise UnableToFoundError(f"Brugernavnet »{person.username}« er taget.") from None
    return f"{person.name} kan logge ind som »{person.username}« ({role})."


def asked_password() -> str:
    """The password from the terminal, asked for twice; or the first line of stdin. Never from the command line."""
    if not sys.stdin.isatty():
        return sys.stdin.readline().rstrip("\r\n")
    first = getpass("Adgangskode: ")
    if getpass("Adgangskode igen: ") != first:
        raise UnableToFoundError("De to adgangskoder er ikke ens.")
    return first


def municipality_of(code: str | None) -> UUID:
    """The municipality of that code; without one, the only one there is. Raises `UnableToFoundError`."""
    known = {_code(one): one for one in municipality_ids()}
    if not known:
        raise UnableToFoundError("Der er ingen kommune endnu: »styr municipality add« opretter den.")
    if code is None and len(known) == 1:
        return next(iter(known.values()))
    if code not in known:
        raise UnableToFoundError(f"Angiv kommunen med --municipality; kendte koder: {', '.join(sorted(known))}.")
    return known[code]


def _code(municipality_id: UUID) -> str:
    with service_scope(municipality_id, "report"), connection.cursor() as cursor:
        cursor.execute("SELECT code FROM access_municipality WHERE id = %s", [municipality_id])
        return str(cursor.fetchone()[0])


def _unit_of(number: str) -> UUID:
    with connection.cursor() as cursor:
        cursor.execute("SELECT id FROM access_unit WHERE number = %s", [number])
        found = cursor.fetchone()
    if found is None:
        raise UnableToFoundError(f"Der er ingen enhed med nummer »{number}«: »styr import« læser enhederne ind.")
    return UUID(str(found[0]))
