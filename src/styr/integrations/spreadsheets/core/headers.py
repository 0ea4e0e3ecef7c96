"""Names of columns as people write them, brought to one form so that they can be compared."""

import unicodedata
from functools import lru_cache

_DANISH = str.maketrans({"æ": "ae", "ø": "oe", "å": "aa", "ö": "oe", "ä": "ae", "§": "paragraf"})
_BARE = str.maketrans({"æ": "ae", "ø": "o", "å": "a"})


@lru_cache(maxsize=4_096)
def header_key(text: str) -> str:
    """`Opfølgnings-dato ` → `opfoelgningsdato`: case, blanks, signs and the way of writing æøå do not count."""
    folded = unicodedata.normalize("NFC", text).casefold().translate(_DANISH)
    plain = unicodedata.normalize("NFKD", folded)
    return "".join(ch for ch in plain if ch.isalnum() and ch.isascii())


@lru_cache(maxsize=1_024)
def header_keys(name: str) -> frozenset[str]:
    """All the keys that a column's own name answers to, also without the Danish letters (`leverandor_nr`)."""
    bare = unicodedata.normalize("NFC", name).casefold().translate(_BARE)
    return frozenset({header_key(name), header_key(bare)})
