"""The codes of the own fleet, and the Danish words that people and files use for them."""

from __future__ import annotations

from styr.kernel.codes import DanishCode


class Source(DanishCode):
    """What tells that a vehicle was out."""

    PLAN = "plan", "ruteplan i drift"
    STANDING = "standing", "fast kørsel"
    LOG = "log", "kørebog"


class Alternative(DanishCode):
    """What may become of a vehicle."""

    KEEP = "keep", "behold"
    SHARE = "share", "del med andre enheder"
    ELECTRIC = "electric", "skift til el"
    DROP = "drop", "afskaf og køb ture"
