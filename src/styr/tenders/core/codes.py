"""The codes of tenders, and the Danish words that people and files use for them."""

from __future__ import annotations

from styr.kernel.codes import DanishCode


class TenderKind(DanishCode):
    """Who may bid."""

    OPEN = "open", "udbud"
    MINI = "mini", "miniudbud"


class TenderState(DanishCode):
    """How far a tender has come."""

    DRAFT = "draft", "kladde"
    PUBLISHED = "published", "offentliggjort"
    OPENED = "opened", "tilbud åbnet"
    AWARDED = "awarded", "tildelt"
    CONCLUDED = "concluded", "aftaler indgået"
    CANCELLED = "cancelled", "annulleret"


class Element(DanishCode):
    """What a price is for (priselement): the same parts that a price scheme of `transport` has."""

    START = "start", "start"
    KM = "km", "km"
    MINUTE = "minute", "minut"
    WAITING = "waiting_minute", "ventetid"
    LIFT = "lift", "lift"
    BRIDGE = "bridge", "bro og færge"
    NO_SHOW = "no_show", "udebleven"
    DAY = "day", "vogndag"

    @property
    def unit(self) -> str:
        """What the price is for one of."""
        return _UNITS[self]


_UNITS = {
    Element.START: "pr. tur",
    Element.KM: "pr. km",
    Element.MINUTE: "pr. minut",
    Element.WAITING: "pr. minut",
    Element.LIFT: "pr. tur med lift",
    Element.BRIDGE: "pr. overfart",
    Element.NO_SHOW: "pr. forgæves tur",
    Element.DAY: "pr. vogn pr. dag",
}


class Need(DanishCode):
    """What a citizen's ride takes of the vehicle."""

    SEATED = "seated", "siddende"
    WHEELCHAIR = "wheelchair", "kørestol"
    SOLO = "solo", "solokørsel"


class SplitBy(DanishCode):
    """What lots are proposed by."""

    DESTINATION = "destination", "mål"
    AREA = "area", "område"
    NEED = "need", "behov i vognen"
    WHOLE = "whole", "én delaftale"


class PriceModel(DanishCode):
    """How a price becomes points; chosen before anybody may bid."""

    LINEAR = "linear", "lineær"
    RELATIVE = "relative", "relativ"


class BidState(DanishCode):
    """How far a bid has come."""

    RECEIVED = "received", "modtaget"
    OPENED = "opened", "åbnet"
    OUT = "out", "ikke taget i betragtning"


class Procedure(DanishCode):
    """By which rules the purchase is made; the values that decide are dated reference data."""

    EU = "eu", "EU-udbud efter udbudsloven"
    LIGHT = "light", "indkøb efter light-regimet"
    NATIONAL = "national", "indkøb under tærskelværdien"
    FRAMEWORK = "framework", "miniudbud under en rammeaftale"
