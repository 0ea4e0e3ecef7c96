"""The acts that have a limit in kroner."""

from enum import StrEnum

from styr.access.core.permissions import Permission


class Act(StrEnum):
    """What a limit (beløbsgrænse) bounds; above the last one a second person must approve, whoever the first is."""

    APPROVE_GRANT = "approve_grant"
    APPROVE_CONTRACT = "approve_contract"
    APPROVE_INVOICE = "approve_invoice"
    FOUR_EYES_INVOICE = "four_eyes_invoice"

    @property
    def danish(self) -> str:
        """The act as a user reads it."""
        return _DANISH[self]

    @property
    def permission(self) -> Permission | None:
        """What a role must give for its limit to count; None where it is the municipality's."""
        return _ASKED.get(self)


_DANISH = {
    Act.APPROVE_GRANT: "Godkende bevilling",
    Act.APPROVE_CONTRACT: "Godkende kontraktudkast",
    Act.APPROVE_INVOICE: "Godkende faktura",
    Act.FOUR_EYES_INVOICE: "Faktura skal godkendes af to",
}
_ASKED = {
    Act.APPROVE_GRANT: Permission.APPROVE_GRANTS,
    Act.APPROVE_CONTRACT: Permission.APPROVE_CONTRACTS,
    Act.APPROVE_INVOICE: Permission.DECIDE_INVOICES,
}
