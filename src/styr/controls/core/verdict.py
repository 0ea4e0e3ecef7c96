"""What can become of a finding."""

from enum import StrEnum


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
    """What a person decides: it is in order, the other party must answer, our register is mended, or never mind."""

    ACCEPT = "accept"
    DISPUTE = "dispute"
    MEND = "mend"
    IGNORE = "ignore"

    @property
    def danish(self) -> str:
        """The word a user reads."""
        words = {"accept": "Godkendt", "dispute": "Bestridt", "mend": "Rettes", "ignore": "Ses bort fra"}
        return words[self.value]
