"""The codes of deliveries and of meetings with suppliers."""

from __future__ import annotations

from styr.kernel.codes import DanishCode


class Source(DanishCode):
    """Who tells what was delivered."""

    FILE = "file", "leverandørens fil"
    PERSON = "person", "noteret her"


class MeetingStatus(DanishCode):
    """How far a meeting has come."""

    PLANNED = "planned", "planlagt"
    HELD = "held", "afholdt"
