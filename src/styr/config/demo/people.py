"""The invented colleagues who can log in to the demonstration."""

import secrets
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from uuid import UUID

from styr.access import queries as access
from styr.access import services
from styr.access.core.roles import Role
from styr.config.postgres.kept_file import written_once

LONG_AGO = date(2020, 1, 1)


@dataclass(frozen=True, slots=True)
class Colleague:
    """Someone with a login: name and role in the whole municipality."""

    username: str
    name: str
    role: Role


COLLEAGUES = (
    Colleague("lone", "Lone Kjær", Role.ECONOMIST),
    Colleague("mads", "Mads Overgaard", Role.NEGOTIATOR),
    Colleague("mette", "Mette Brandt", Role.CASEWORKER),
    Colleague("henrik", "Henrik Dam", Role.MANAGER),
    Colleague("jytte", "Jytte Lund", Role.LAWYER),
    Colleague("bo", "Bo Skov", Role.TRANSPORT_COORDINATOR),
    Colleague("rikke", "Rikke Vang", Role.AUDITOR),
    Colleague("anders", "Anders Falk", Role.ADMINISTRATOR),
)


def password_of(home: Path) -> str:
    """The colleagues' one password: made at the first start of this installation and kept beside its data, 0600."""
    return written_once(home / "demo-login", secrets.token_urlsafe(12).encode()).decode().strip()


def let_in(municipality_id: UUID, *, password: str) -> None:
    """Make the colleagues who are not there yet; runs in the municipality's scope."""
    known = access.usernames()
    for colleague in COLLEAGUES:
        if colleague.username not in known:
            services.create_user(
                municipality_id=municipality_id,
                person=services.NewUser(colleague.username, colleague.name, password),
                roles=[(colleague.role, None)],
                starts=LONG_AGO,
            )
