"""States of what is read from a contract's file."""

from styr.kernel.codes import DanishCode


class DocumentState(DanishCode):
    """Whether a file could be read."""

    READ = "read", "læst"
    UNREADABLE = "unreadable", "kan ikke læses"


class FieldState(DanishCode):
    """What a person has said of a proposed fact."""

    PROPOSED = "proposed", "foreslået"
    CONFIRMED = "confirmed", "bekræftet"
    CORRECTED = "corrected", "rettet"
    DROPPED = "dropped", "udeladt"


class ClauseState(DanishCode):
    """What is to be done about a clause that is missing or a risk."""

    OPEN = "open", "ikke vurderet"
    NEGOTIATE = "negotiate", "skal forhandles"
    ACCEPTED = "accepted", "accepteret"
