"""Who has a login name, asked before there is any scope."""

from dataclasses import dataclass, field
from uuid import UUID

from styr.access import tokens


@dataclass(frozen=True, slots=True)
class Candidate:
    """Somebody who may be about to log in; `password` is the stored hash."""

    user_id: UUID
    municipality_id: UUID
    password: str = field(repr=False)
    is_active: bool


def candidate(username: str) -> Candidate | None:
    """The one user of the whole login name, of whichever municipality; the program proves that it is it that asks."""
    proof = tokens.prove(f"login|{username}")
    try:
        row = tokens.call(
            "SELECT id, municipality_id, password, is_active FROM styr_login_candidate(%s, %s)",
            [username, proof],
            using="default",
        )
    except LookupError:
        return None
    user_id, municipality_id, hashed, is_active = row
    if not (isinstance(user_id, UUID) and isinstance(municipality_id, UUID)):
        raise TypeError("styr_login_candidate gave no ids")
    return Candidate(user_id, municipality_id, str(hashed), bool(is_active))
