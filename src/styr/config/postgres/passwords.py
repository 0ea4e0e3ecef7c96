"""The roles' passwords: random, kept beside the data for the caller alone."""

import json
import os
import secrets
from pathlib import Path

ADMIN, OWNER, APP, BACKUP = "styr_admin", "styr_owner", "styr_app", "styr_backup"
ROLES = (ADMIN, OWNER, APP, BACKUP)
_BYTES = 24


def kept(path: Path) -> dict[str, str]:
    """The password of each role, made at the first call."""
    if path.is_file():
        read = json.loads(path.read_text(encoding="utf-8"))
        return {role: str(read[role]) for role in ROLES}
    made = {role: secrets.token_urlsafe(_BYTES) for role in ROLES}
    fresh = path.with_suffix(".new")
    fresh.unlink(missing_ok=True)
    with open(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="utf-8") as file:  # noqa: PTH123 -- the mode must hold from the first byte
        json.dump(made, file)
        file.flush()
        os.fsync(file.fileno())
    fresh.rename(path)
    return made
