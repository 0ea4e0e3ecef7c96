"""States of what is read from a contract's file."""

from styr.kernel.codes import DanishCode


class DocumentState(DanishCode):
    """Whether a file could be read."""

    READING = "reading", "læses"
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


class CollectionState(DanishCode):
    """How far the search for a supplier's contract has come (indsamling)."""

    OPEN = "open", "ikke begyndt"
    ASKED = "asked", "anmodet"
    REMINDED = "reminded", "rykket"
    RECEIVED = "received", "modtaget"
    CLOSED = "closed", "afsluttet"


class StepKind(DanishCode):
    """What was done in a case of the collection."""

    OPENED = "opened", "oprettet"
    ASKED = "asked", "anmodning sendt"
    REMINDED = "reminded", "rykker sendt"
    RECEIVED = "received", "fil modtaget"
    NOTE = "note", "notat"
    OWNER = "owner", "ny ansvarlig"
    CLOSED = "closed", "afsluttet"
    REOPENED = "reopened", "genoptaget"


class MailState(DanishCode):
    """How far a letter that we mail ourselves has come; a letter without a state was sent by other means.

    What was handed to the mail server is never handed over again, also when nobody knows whether it took it.
    """

    WAITING = "waiting", "bliver sendt"
    HANDED = "handed", "afleveret til mailserveren, ikke kvitteret"
    SENT = "sent", "sendt med mail"
    FAILED = "failed", "kunne ikke sendes"
