"""The systems whose extracts are read, and the Danish words for them."""

from __future__ import annotations

from styr.kernel.codes import DanishCode


class SourceSystem(DanishCode):
    """A system of the municipality's that an extract (udtræk) comes from."""

    SENSUM = "sensum", "Sensum"
    DUBU = "dubu", "DUBU"
    NEXUS = "nexus", "Nexus"
    CALIBRA = "calibra", "Calibra"
    OPUS = "opus", "Opus"
    PECUNIA = "pecunia", "Pecunia"

    @property
    def holds_grants(self) -> bool:
        """Whether its extracts tell of grants; the others tell of postings and budgets."""
        return self not in (SourceSystem.OPUS, SourceSystem.PECUNIA)


CASE_SYSTEMS = tuple(system for system in SourceSystem if system.holds_grants)
"""Those whose grants are held against ours (fagsystemer)."""


class MatchKey(DanishCode):
    """What tied a grant of the case system to ours."""

    NUMBER = "number", "bevillingsnummeret"
    CITIZEN = "citizen", "borger og paragraf"
