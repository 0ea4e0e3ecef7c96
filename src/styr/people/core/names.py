"""Names: the form in which two writings of one name are equal, and the key that sorts them as Danes do."""

from __future__ import annotations

import re
import unicodedata

SORT_FROM = "ÆÄØÖÅÉÈËÜÁÀÍÓÚÝæäøöåéèëüáàíóúý"
SORT_TO = "{{||}eeeuaaiouy{{||}eeeuaaiouy"
"""What stands for which letter in a sort key: { | } come right after z in plain byte order, as æ ø å do in Danish."""

_NO_LETTER = re.compile(r"[\W_]+")
_SORTING = str.maketrans(SORT_FROM, SORT_TO)


def normalised_name(name: str) -> str:
    """Write a full name for comparison: small letters, single spaces, accents and marks gone, å and aa alike.

    Its keyed hash is `name_key` in `rel_citizen`; whoever compares names with citizens hashes this form.
    """
    folded = unicodedata.normalize("NFC", name).casefold()
    kept = "".join(_without_accent(letter) for letter in folded)
    return _NO_LETTER.sub(" ", kept.replace("aa", "å")).strip()


def sort_key(last_name: str, first_name: str) -> str:
    """Return the key that sorts people by last name, then first name, in plain byte order: … z æ ø å.

    The database makes the same key itself (a generated column), without ICU collations.
    """
    text = f"{last_name} {first_name}".translate(_SORTING)
    return "".join(letter.lower() if letter.isascii() else letter for letter in text).replace("aa", "}")


def _without_accent(letter: str) -> str:
    if letter in "æøå":
        return letter
    if letter in "äö":
        return "æ" if letter == "ä" else "ø"
    return "".join(part for part in unicodedata.normalize("NFD", letter) if not unicodedata.combining(part))
