"""What can become of a finding."""

from enum import StrEnum
from typing import Final


class Status(StrEnum):
    """Where a finding stands: somebody must act, somebody has decided, or it no longer holds."""

    OPEN = "open"
    DECIDED = "decided"
    CLOSED = "closed"

    @property
    def danish(self) -> str:
        """The word a user reads."""
        return {"open": "Åben", "decided": "Afgjort", "closed": "Lukket"}[self.value]


class Verdict(StrEnum):
    """What a person decides: it is in order, the other party must answer, our register is mended, or never mind.

    Reopening takes the latest decision back; that is a decision as well, since none is ever removed.
    """

    ACCEPT = "accept"
    DISPUTE = "dispute"
    MEND = "mend"
    IGNORE = "ignore"
    REOPEN = "reopen"

    @property
    def danish(self) -> str:
        """The word a user reads."""
        return _WORDS[self.value]

    @property
    def meaning(self) -> str:
        """What it says about the finding, in a sentence for whoever chooses."""
        return _MEANINGS[self.value]


CHOICES: Final = (Verdict.ACCEPT, Verdict.DISPUTE, Verdict.MEND, Verdict.IGNORE)
"""What an open finding can be decided as."""

_WORDS: Final = {
    "accept": "Godkendt",
    "dispute": "Bestridt",
    "mend": "Rettes",
    "ignore": "Ses bort fra",
    "reopen": "Genåbnet",
}
_MEANINGS: Final = {
    "accept": "Det er i orden, som det er.",
    "dispute": "Leverandøren skal svare eller rette.",
    "mend": "Vi retter vores egne registre.",
    "ignore": "Det er uden betydning her.",
    "reopen": "Den seneste afgørelse er taget tilbage.",
}
