"""With whom a scenario is shared. What is shared is the changes: each reader's figures are of what they may see."""

from styr.kernel.codes import DanishCode


class Sharing(DanishCode):
    """Who besides the owner sees a scenario (deling)."""

    PRIVATE = "private", "kun mig"
    UNIT = "unit", "min enhed"
    MUNICIPALITY = "municipality", "hele kommunen"


class NegotiationStatus(DanishCode):
    """Where a planned negotiation stands."""

    PLANNED = "planned", "planlagt"
    DROPPED = "dropped", "opgivet"
    CLOSED = "closed", "afsluttet"
