"""Whether a town that was written earlier is the one that would be written now."""

from hashlib import sha256
from pathlib import Path


def mark_of_maker() -> str:
    """Twelve digits that change with this package: the same seed then gives another town."""
    home, told = Path(__file__).parent, sha256()
    for path in sorted(home.rglob("*")):
        if path.is_file() and path.suffix != ".pyc":
            told.update(path.relative_to(home).as_posix().encode() + b"\0" + path.read_bytes())
    return told.hexdigest()[:12]
