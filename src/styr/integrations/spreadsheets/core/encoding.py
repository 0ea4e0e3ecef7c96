"""Text from the bytes of a CSV file, in the encodings that Danish systems really write, without guessing in silence."""

import re
from dataclasses import dataclass

_MOJIBAKE = re.compile("Ã[¦¸¥†˜\x86\x98\x85…]")
_LETTER = re.compile(r"[^\W\d_]")
_DANISH = frozenset("æøåÆØÅéÉüÜöÖäÄ")
_SIGNS = frozenset("§½–—’‘“”«»€·°´\u00a0")
_LOOK_AT = 65_536
_OTHER_LETTERS = {"cp1252": 0.5, "latin-1": 0.5, "cp865": 0.2, "mac-roman": 0.2}


class UnclearEncodingError(Exception):
    """No encoding gives readable Danish text; `message` and `mend` say so."""

    def __init__(self, message: str, mend: str) -> None:
        super().__init__(message)
        self.message = message
        self.mend = mend


@dataclass(frozen=True, slots=True)
class Decoded:
    """The text and the encoding it was read in (Python's name)."""

    text: str
    encoding: str


_SAVE_AS = "Gem filen igen som »CSV UTF-8« og indlæs den på ny."


def decode(data: bytes) -> Decoded:
    """Decode a CSV file: by its BOM, by UTF-16's NULs, strictly as UTF-8, else as the byte set that reads as Danish.

    Raises:
        UnclearEncodingError: damaged UTF-16, text damaged before (`Ã¸`), or bytes that no Danish set explains.
    """
    decoded = _by_mark(data) or _by_nuls(data) or _as_utf8(data) or _as_single_bytes(data)
    if "�" in decoded.text:
        raise UnclearEncodingError("Filen indeholder erstatningstegnet »�«: bogstaver er gået tabt.", _SAVE_AS)
    if _MOJIBAKE.search(decoded.text):
        raise UnclearEncodingError(
            "Danske bogstaver er ødelagt (for eksempel »Ã¸« i stedet for »ø«): filen er gemt med forkert tegnsæt.",
            _SAVE_AS,
        )
    return decoded


def _by_mark(data: bytes) -> Decoded | None:
    for mark, encoding in ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16")):
        if data.startswith(mark):
            return _strict(data, encoding)
    return None


def _by_nuls(data: bytes) -> Decoded | None:
    """UTF-16 without a mark: every second byte of western text is NUL."""
    head = data[:_LOOK_AT]
    even, odd = head[0::2].count(0), head[1::2].count(0)
    enough = len(head) // 4
    if odd > enough and even * 10 < odd:
        return _strict(data, "utf-16-le")
    if even > enough and odd * 10 < even:
        return _strict(data, "utf-16-be")
    return None


def _strict(data: bytes, encoding: str) -> Decoded:
    try:
        return Decoded(data.decode(encoding), encoding)
    except UnicodeDecodeError as error:
        raise UnclearEncodingError(
            f"Filen er {encoding.upper()}, men kan ikke læses fra byte {error.start}: beskadiget eller ufuldstændig.",
            "Hent filen igen fra kildesystemet, eller gem den som »CSV UTF-8«.",
        ) from error


def _as_utf8(data: bytes) -> Decoded | None:
    try:
        return Decoded(data.decode("utf-8"), "utf-8")
    except UnicodeDecodeError:
        return None


def _as_single_bytes(data: bytes) -> Decoded:
    """The best of cp1252 (Windows), cp865 (Danish DOS) and Mac Roman; latin-1 where cp1252 has no sign."""
    scored: list[tuple[float, Decoded]] = []
    for encoding, other in _OTHER_LETTERS.items():
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        scored.append((_reads_as_danish(text, other=other), Decoded(text, encoding)))
    score, best = max(scored, key=lambda pair: pair[0])
    if score < 0.5:  # noqa: PLR2004 - half of the signs beyond ASCII must be letters of the language
        raise UnclearEncodingError(
            "Filens tegnsæt kan ikke afgøres: bogstaverne giver ingen mening på dansk.", _SAVE_AS
        )
    return best


def _reads_as_danish(text: str, *, other: float) -> float:
    """The share (0..1) of the signs beyond ASCII that are Danish letters or usual signs; `other` letters count less."""
    high = [ch for ch in text[:_LOOK_AT] if ord(ch) > 127] or [ch for ch in text if ord(ch) > 127]  # noqa: PLR2004 - ASCII
    if not high:
        return 1.0
    return sum(_weight(sign, other) for sign in high) / len(high)


def _weight(sign: str, other: float) -> float:
    if sign in _DANISH:
        return 1.0
    if sign in _SIGNS:
        return 0.6
    return other if _LETTER.match(sign) else 0.0
