"""What a text in the search field may mean: a name, a number of ours or of a supplier's, a CPR or CVR number."""

import re
from dataclasses import dataclass
from typing import Final

from styr.kernel.cpr import Cpr, InvalidCprError
from styr.kernel.grant_number import GrantNumber, InvalidGrantNumberError

LEAST = 2
"""Letters or digits before anything is looked up."""
LONGEST = 100
FOLD_FROM: Final = "ÆÄØÖÅÉÈËÜÁÀÍÓÚÝäöéèëüáàíóúý-'"
FOLD_TO: Final = "ææøøåeeeuaaiouyæøeeeuaaiouy  "
"""How names are written for searching; the database folds in the same way (`styr_name_words`)."""

_FOLD: Final = str.maketrans(FOLD_FROM, FOLD_TO)
_SORT: Final = str.maketrans("æøåé", "{|}e")
_WORD: Final = re.compile(r"[a-zæøå0-9]+")
_GRANT: Final = re.compile(r"B[\s.-]?((?:[0-9][\s.-]?){1,8})", re.IGNORECASE)
_CONTRACT: Final = re.compile(r"K?[\s.-]*([12][0-9]{3})[\s.-]*([0-9]{0,5})", re.IGNORECASE)
_SERIAL = 7


@dataclass(frozen=True, slots=True, kw_only=True)
class Needles:
    """What to look for by kind of thing; None is not looked for. Prefixes are of the written forms.

    `cpr` is in clear and goes into no address; `misread` tells why a number cannot be right.
    """

    words: tuple[str, ...] = ()
    last_name: str = ""
    supplier: str | None = None
    cvr: str | None = None
    contract: str | None = None
    grant: str | None = None
    invoice: str | None = None
    cpr: Cpr | None = None
    misread: str = ""

    @property
    def tsquery(self) -> str | None:
        """The words as PostgreSQL reads them, each the beginning of a name; None where there is no word."""
        return " & ".join(f"'{word}':*" for word in self.words) or None

    @property
    def any(self) -> bool:
        """Whether there is anything to look for in the registers."""
        return any((self.words, self.supplier, self.cvr, self.contract, self.grant, self.invoice))


NOTHING: Final = Needles()


def needles(text: str) -> Needles:
    """Read a search text. A CPR number is nothing else, whatever else it could look like."""
    asked = " ".join(text.replace("\0", "").split())[:LONGEST]
    if sum(letter.isalnum() for letter in asked) < LEAST:
        return NOTHING
    cpr = _cpr(asked)
    if cpr is not None:
        return Needles(cpr=cpr)
    grant, misread = _grant(asked)
    digits = asked.replace(" ", "")
    has_digit = any(letter.isdigit() for letter in asked)
    words = () if has_digit else tuple(_WORD.findall(folded(asked)))
    return Needles(
        words=words,
        last_name=_sortable(asked),
        supplier=None if digits.isdigit() else asked.lower(),
        cvr=digits if digits.isdigit() and len(digits) <= 8 else None,  # noqa: PLR2004 - a CVR number's length
        contract=_contract(asked),
        grant=grant,
        invoice=asked if has_digit else None,
        misread=misread,
    )


def folded(name: str) -> str:
    """A name as it is searched: small letters, å for aa, no accents, hyphens as spaces."""
    return "".join(c.lower() if c.isascii() else c for c in name.translate(_FOLD)).replace("aa", "å")


def _sortable(text: str) -> str:
    """The beginning of the register's sort key that the text is, see `people.core.names`."""
    return folded(text).translate(_SORT)


def _cpr(text: str) -> Cpr | None:
    try:
        return Cpr.parse(text)
    except InvalidCprError:
        return None


def _grant(text: str) -> tuple[str | None, str]:
    found = _GRANT.fullmatch(text)
    if found is None:
        return None, ""
    digits = re.sub(r"\D", "", found[1])
    if len(digits) <= _SERIAL:
        return f"B{digits}", ""
    try:
        return str(GrantNumber.parse(text)), ""
    except InvalidGrantNumberError as error:
        return None, str(error)


def _contract(text: str) -> str | None:
    found = _CONTRACT.fullmatch(text)
    if found is not None:
        return f"K-{found[1]}-{found[2]}"
    return text.upper() if text[:1].upper() == "K" and any(letter.isdigit() for letter in text) else None
