"""The codes of the sections and services that a municipality adds itself, made of what a person writes."""

from __future__ import annotations

import re
from typing import Final

SECTION_CODE: Final = r"^[A-ZÆØÅ]+-[0-9]+[a-z]?$"
SERVICE_CODE: Final = r"^[a-z][a-z0-9_]{1,39}$"
LONGEST_CODE: Final = 40
_LONGEST_LAW: Final = 8

_LATIN: Final = str.maketrans({"æ": "ae", "ø": "oe", "å": "aa", "é": "e", "ö": "oe", "ä": "ae", "ü": "u"})
_PARAGRAPH: Final = re.compile(r"(?:§+\s*)?(\d{1,4})\s*([a-z]?)", re.IGNORECASE)


def section_code(law: str, paragraph: str) -> str | None:
    """Return "FSL-20a" for a law's short name "fsl" and "§ 20 a"; None where they make no section."""
    short = law.strip().upper()
    found = _PARAGRAPH.fullmatch(paragraph.strip())
    if found is None or not re.fullmatch(rf"[A-ZÆØÅ]{{1,{_LONGEST_LAW}}}", short):
        return None
    return f"{short}-{int(found[1])}{found[2].lower()}"


def service_code(name: str) -> str | None:
    """Return "specialundervisning_i_stu" for "Specialundervisning i STU"; None where nothing is left of it."""
    plain = re.sub(r"[^a-z0-9]+", "_", name.strip().casefold().translate(_LATIN)).strip("_")[:LONGEST_CODE].rstrip("_")
    return plain if re.fullmatch(SERVICE_CODE, plain) else None


def ways_to_write(name: str, words: str) -> tuple[str, ...]:
    """What may stand for it in files: its name, and the other ways, one a line."""
    return tuple(dict.fromkeys(way for one in (name, *words.splitlines()) if (way := " ".join(one.split()))))
