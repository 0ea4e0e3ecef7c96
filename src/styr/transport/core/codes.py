"""The codes of transport, and the Danish words that people and files use for them."""

from __future__ import annotations

from styr.kernel.codes import DanishCode


class OperatorKind(DanishCode):
    """Who drives, as the cost mapping divides it: its four columns, in this order."""

    PRIVATE = "private", "private vognmænd"
    MOVIA = "movia", "Movia"
    OWN = "own", "egne vogne"
    REIMBURSEMENT = "reimbursement", "refusion/godtgørelse"


class PlaceKind(DanishCode):
    """What a place is to a ride: a citizen's home, somewhere that citizens go, or another stop."""

    HOME = "home", "hjem"
    DESTINATION = "destination", "mål"
    OTHER = "other", "andet sted"


class PlaceSource(DanishCode):
    """Who says where a place lies; nobody does where it has no coordinates."""

    NONE = "", "ingen"
    FILE = "file", "fil"
    REGISTER = "register", "adresseregister"
    PERSON = "person", "indtastet"


class Fuel(DanishCode):
    """What a vehicle drives on (drivmiddel)."""

    DIESEL = "diesel", "diesel"
    PETROL = "petrol", "benzin"
    ELECTRIC = "electric", "el"
    HYBRID = "hybrid", "hybrid"
    GAS = "gas", "gas"
    UNKNOWN = "unknown", "ukendt"


class RoadSource(DanishCode):
    """Who says how long the road is; an estimate is never kept."""

    NONE = "", "ikke målt"
    PERSON = "person", "målt"
    PROVIDER = "provider", "ruteberegner"


class Outcome(DanishCode):
    """What a person decided on an assessment (afgørelse)."""

    GRANTED = "granted", "bevilget"
    REFUSED = "refused", "afslag"
    POSTPONED = "postponed", "afventer oplysninger"
