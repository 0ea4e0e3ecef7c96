"""The codes of trips, and the Danish words that people and files use for them."""

from __future__ import annotations

from styr.kernel.codes import DanishCode


class SettlementStatus(DanishCode):
    """How far a settlement (afregning) has come."""

    RECEIVED = "received", "modtaget"
    ASKED = "asked", "spørgsmål sendt"
    ACCEPTED = "accepted", "godkendt"


class ChangeKind(DanishCode):
    """What is not as the grant says (ændring): nobody rides, or only one of the two ways is driven."""

    ABSENT = "absent", "kører ikke"
    NO_OUT = "no_out", "kører kun hjem"
    NO_BACK = "no_back", "kører kun derhen"


class OrderKind(DanishCode):
    """What an order (bestilling) tells an operator."""

    STANDING = "standing", "faste kørsler"
    CHANGES = "changes", "ændringer"


class ComplaintKind(DanishCode):
    """What a complaint (klage) is about."""

    LATE = "late", "for sent"
    LONG = "long", "for lang tur"
    UNSAFE = "unsafe", "utryg eller usikker"
    MISSED = "missed", "kom ikke"
    OTHER = "other", "andet"


class ComplaintStatus(DanishCode):
    """How far a complaint has come."""

    OPEN = "open", "åben"
    ASKED = "asked", "spurgt operatøren"
    CLOSED = "closed", "afsluttet"


class Direction(DanishCode):
    """Which of a day's two ways a standing ride is."""

    OUT = "out", "ud"
    BACK = "back", "hjem"
