"""The roles people have, and the purposes jobs have."""

from enum import StrEnum


class Role(StrEnum):
    """What a person is in a unit; findings and pages are handed out by it."""

    NEGOTIATOR = "negotiator"
    CASEWORKER = "caseworker"
    ECONOMIST = "economist"
    LAWYER = "lawyer"
    TRANSPORT_COORDINATOR = "transport_coordinator"
    MANAGER = "manager"
    AUDITOR = "auditor"
    ADMINISTRATOR = "administrator"

    @property
    def danish(self) -> str:
        """The role as a user reads it."""
        return _DANISH[self]


_DANISH = {
    Role.NEGOTIATOR: "Kontraktforhandler",
    Role.CASEWORKER: "Sagsbehandler",
    Role.ECONOMIST: "Økonom",
    Role.LAWYER: "Jurist",
    Role.TRANSPORT_COORDINATOR: "Befordringskoordinator",
    Role.MANAGER: "Leder",
    Role.AUDITOR: "Revisor",
    Role.ADMINISTRATOR: "Administrator",
}
