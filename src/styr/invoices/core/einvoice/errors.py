"""Why a file could not be read: one named code each, with a Danish sentence that never repeats the contents."""

from collections.abc import Mapping
from typing import Final, Literal

ErrorCode = Literal[
    "empty",
    "too_large",
    "too_deep",
    "encoding",
    "doctype",
    "truncated",
    "not_xml",
    "not_ubl",
    "unknown_format",
    "unreadable_file",
]

MESSAGES: Final[Mapping[ErrorCode, str]] = {
    "empty": "Filen er tom. Bed leverandøren sende fakturaen igen.",
    "too_large": "Filen er for stor: højst 20 MB i alt og 10 MB i et enkelt felt. Bed om fakturaen uden store bilag.",
    "too_deep": "Filen har flere niveauer inden i hinanden, end nogen faktura har. Den er ikke læst.",
    "encoding": "Filens tegnsæt er ikke det, den selv angiver. Bed leverandøren sende den som UTF-8.",
    "doctype": "Filen indeholder en DOCTYPE. Det må en e-faktura ikke, og den er ikke læst.",
    "truncated": "Filen slutter midt i fakturaen. Hent eller bed om den igen.",
    "not_xml": "Filen er ikke gyldig XML.",
    "not_ubl": "Filen er XML, men hverken en faktura eller en kreditnota i UBL 2.",
    "unknown_format": "Fakturaens CustomizationID er hverken OIOUBL 2, OIOUBL 3, Peppol BIS 3 eller EN 16931.",
    "unreadable_file": "Filen kan ikke åbnes. Kontrollér, at den findes, og at programmet må læse den.",
}


class UnreadableInvoice(Exception):  # noqa: N818  a refusal is named for what happened (style: habit 7)
    """A file that gives no invoice.

    Attributes:
        code: the named reason, a key of `MESSAGES`.
        message: a Danish sentence fit to show; it may end with a place ("linje 12"), never with contents.
    """

    def __init__(self, code: ErrorCode, detail: str = "") -> None:
        self.code: ErrorCode = code
        self.message = f"{MESSAGES[code]} {detail}".strip()
        super().__init__(f"{code}: {self.message}")
