"""The roles' passwords: random, kept beside the data for the caller alone."""

import json
import secrets
from pathlib import Path

from styr.config.postgres.kept_file import written_once

ADMIN, OWNER, APP, BACKUP = "styr_admin", "styr_owner", "styr_app", "styr_backup"
ROLES = (ADMIN, OWNER, APP, BACKUP)
_BYTES = 24


def kept(path: Path) -> dict[str, str]:
    """The password of each role, made at the first call."""
    made = {role: secrets.token_urlsafe(_BYTES) for role in ROLES}
    held = json.loads(written_once(path, json.dumps(made).encode()))
    return {role: str(held[role]) for role in ROLES}
