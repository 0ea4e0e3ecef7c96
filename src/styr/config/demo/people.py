"""The invented colleagues who can log in to the demonstration."""

import os
import secrets
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from uuid import UUID

from styr.access import queries as access
from styr.access import services
from styr.access.core.roles import Role

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
)


def password_of(home: Path) -> str:
    """The colleagues' one password: made at the first start of this installation and kept beside its data, 0600."""
    path = home / "demo-login"
    if not path.is_file():
        with open(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="utf-8") as file:  # noqa: PTH123 - the mode must hold from the first byte
            file.write(secrets.token_urlsafe(12))
    return path.read_text(encoding="utf-8").strip()


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
