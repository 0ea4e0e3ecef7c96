"""What a check says: a code, how bad it is, a Danish sentence and the place in the document."""

from dataclasses import dataclass
from enum import StrEnum


class Severity(StrEnum):
    """How bad: `fatal` stops approval (the official rule rejects the document, or it cannot be trusted)."""

    FATAL = "fatal"
    ERROR = "error"
    WARNING = "warning"
    INFO = "info"


@dataclass(frozen=True, slots=True)
class DocumentFinding:
    """One fault of a document.

    Attributes:
        code: the official rule's id where there is one ("F-INV126", "BR-CO-10"), else our own ("STYR-IBAN").
        severity: the official rule's, or our own judgement.
        message: a Danish sentence that names the field, its value and the mend; a CPR in it is masked.
        place: an XPath with the usual prefixes cac and cbc.
    """

    code: str
    severity: Severity
    message: str
    place: str
