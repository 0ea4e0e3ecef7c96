"""What each role may do: the table behind every page's rule."""

from collections.abc import Iterable
from enum import StrEnum

from styr.access.core.roles import Role


class Permission(StrEnum):
    """Something a page lets one do (rettighed); which rows it reaches is row-level security's to say."""

    SEE_CITIZENS = "see_citizens"
    EDIT_CITIZENS = "edit_citizens"
    REVEAL_CPR = "reveal_cpr"
    SEE_GRANTS = "see_grants"
    EDIT_GRANTS = "edit_grants"
    APPROVE_GRANTS = "approve_grants"
    SEE_CONTRACTS = "see_contracts"
    EDIT_CONTRACTS = "edit_contracts"
    APPROVE_CONTRACTS = "approve_contracts"
    DECIDE_TERMS = "decide_terms"
    SEE_SUPPLIERS = "see_suppliers"
    EDIT_SUPPLIERS = "edit_suppliers"
    EDIT_DELIVERIES = "edit_deliveries"
    SEE_INVOICES = "see_invoices"
    DECIDE_INVOICES = "decide_invoices"
    ANSWER_QUESTIONS = "answer_questions"
    SEE_FINDINGS = "see_findings"
    DECIDE_FINDINGS = "decide_findings"
    IMPORT = "import"
    SEE_SETTINGS = "see_settings"
    CHANGE_SETTINGS = "change_settings"
    MANAGE_USERS = "manage_users"
    SEE_LOGS = "see_logs"
    EXPORT_CITIZEN = "export_citizen"
    KEEP_RECORDS = "keep_records"
    SEE_ECONOMY = "see_economy"
    FOLLOW_UP_ECONOMY = "follow_up_economy"
    EDIT_ECONOMY = "edit_economy"
    APPROVE_BUDGETS = "approve_budgets"
    SEE_TRANSPORT = "see_transport"
    EDIT_TRANSPORT = "edit_transport"
    SEE_RESULTS = "see_results"
    NEGOTIATE = "negotiate"
    EDIT_INITIATIVES = "edit_initiatives"

    @property
    def danish(self) -> str:
        """What one may do, to stand after "du må": "oprette og ændre bevillinger"."""
        return _DANISH[self]


_DANISH = {
    Permission.SEE_CITIZENS: "se borgere",
    Permission.EDIT_CITIZENS: "ændre oplysninger om borgere",
    Permission.REVEAL_CPR: "vise hele CPR-numre",
    Permission.SEE_GRANTS: "se bevillinger",
    Permission.EDIT_GRANTS: "oprette og ændre bevillinger",
    Permission.APPROVE_GRANTS: "godkende bevillinger",
    Permission.SEE_CONTRACTS: "se kontrakter",
    Permission.EDIT_CONTRACTS: "oprette og ændre kontrakter",
    Permission.APPROVE_CONTRACTS: "godkende kontraktudkast",
    Permission.DECIDE_TERMS: "bestemme over kontraktskabeloner og afvigelser fra vilkårshåndbogen",
    Permission.SEE_SUPPLIERS: "se leverandører",
    Permission.EDIT_SUPPLIERS: "ændre leverandører",
    Permission.EDIT_DELIVERIES: "notere leverancer",
    Permission.SEE_INVOICES: "se fakturaer",
    Permission.DECIDE_INVOICES: "afgøre fakturaer",
    Permission.ANSWER_QUESTIONS: "besvare spørgsmål til fakturaer",
    Permission.SEE_FINDINGS: "se afvigelser",
    Permission.DECIDE_FINDINGS: "afgøre afvigelser",
    Permission.IMPORT: "indlæse filer for hele kommunen",
    Permission.SEE_SETTINGS: "se opsætningen",
    Permission.CHANGE_SETTINGS: "ændre opsætningen",
    Permission.MANAGE_USERS: "styre brugere og roller",
    Permission.SEE_LOGS: "se loggene",
    Permission.EXPORT_CITIZEN: "udlevere en borgers oplysninger",
    Permission.KEEP_RECORDS: "arkivere og slette efter fristerne",
    Permission.SEE_ECONOMY: "se økonomien",
    Permission.FOLLOW_UP_ECONOMY: "arbejde i budgetopfølgningen",
    Permission.EDIT_ECONOMY: "lægge budget, beregne refusion og danne betalingsfiler",
    Permission.APPROVE_BUDGETS: "godkende budgetter",
    Permission.SEE_TRANSPORT: "se befordringen",
    Permission.EDIT_TRANSPORT: "planlægge og bestille befordring",
    Permission.SEE_RESULTS: "se forhandlinger, besparelser og indsatser",
    Permission.NEGOTIATE: "føre forhandlinger og registrere besparelser",
    Permission.EDIT_INITIATIVES: "ændre indsatserne i kataloget",
}

# What everybody who works with cases sees, within their own units: row-level security holds them to those.
_SEES = frozenset(
    {
        Permission.SEE_CITIZENS,
        Permission.SEE_GRANTS,
        Permission.SEE_CONTRACTS,
        Permission.SEE_SUPPLIERS,
        Permission.SEE_INVOICES,
        Permission.SEE_FINDINGS,
        Permission.SEE_SETTINGS,
        Permission.SEE_ECONOMY,
        Permission.SEE_TRANSPORT,
        Permission.SEE_RESULTS,
    }
)
_WORKS = _SEES | {Permission.DECIDE_FINDINGS, Permission.ANSWER_QUESTIONS, Permission.FOLLOW_UP_ECONOMY}

_GIVEN: dict[Role, frozenset[Permission]] = {
    Role.NEGOTIATOR: _WORKS
    | {
        Permission.EDIT_CONTRACTS,
        Permission.APPROVE_CONTRACTS,
        Permission.EDIT_SUPPLIERS,
        Permission.EDIT_DELIVERIES,
        Permission.NEGOTIATE,
        Permission.EDIT_INITIATIVES,
    },
    Role.CASEWORKER: _WORKS
    | {
        Permission.EDIT_CITIZENS,
        Permission.REVEAL_CPR,
        Permission.EDIT_GRANTS,
        Permission.APPROVE_GRANTS,
        Permission.EDIT_DELIVERIES,
    },
    Role.ECONOMIST: _WORKS
    | {
        Permission.REVEAL_CPR,
        Permission.DECIDE_INVOICES,
        Permission.EDIT_SUPPLIERS,
        Permission.EDIT_DELIVERIES,
        Permission.IMPORT,
        Permission.CHANGE_SETTINGS,
        Permission.EDIT_ECONOMY,
        Permission.EDIT_INITIATIVES,
    },
    Role.LAWYER: _WORKS
    | {
        Permission.REVEAL_CPR,
        Permission.EDIT_CONTRACTS,
        Permission.EDIT_DELIVERIES,
        Permission.APPROVE_CONTRACTS,
        Permission.DECIDE_TERMS,
        Permission.SEE_LOGS,
        Permission.EXPORT_CITIZEN,
        Permission.KEEP_RECORDS,
    },
    Role.TRANSPORT_COORDINATOR: _WORKS | {Permission.EDIT_TRANSPORT, Permission.EDIT_INITIATIVES},
    Role.MANAGER: _WORKS
    | {
        Permission.EDIT_CITIZENS,
        Permission.REVEAL_CPR,
        Permission.EDIT_GRANTS,
        Permission.APPROVE_GRANTS,
        Permission.EDIT_DELIVERIES,
        Permission.APPROVE_CONTRACTS,
        Permission.DECIDE_TERMS,
        Permission.DECIDE_INVOICES,
        Permission.IMPORT,
        Permission.CHANGE_SETTINGS,
        Permission.SEE_LOGS,
        Permission.EXPORT_CITIZEN,
        Permission.KEEP_RECORDS,
        Permission.EDIT_ECONOMY,
        Permission.APPROVE_BUDGETS,
        Permission.EDIT_TRANSPORT,
        Permission.NEGOTIATE,
        Permission.EDIT_INITIATIVES,
    },
    Role.AUDITOR: _SEES | {Permission.REVEAL_CPR, Permission.SEE_LOGS},
    Role.ADMINISTRATOR: frozenset({Permission.SEE_SETTINGS, Permission.CHANGE_SETTINGS, Permission.MANAGE_USERS}),
}


def permissions_of(roles: Iterable[Role]) -> frozenset[Permission]:
    """What somebody with these roles may do: all that any of them gives.

    An auditor writes nothing, whatever else they are: their own permissions alone count, as the database holds them to
    (`styr_may_write`).
    """
    held = frozenset(roles)
    if Role.AUDITOR in held:
        return _GIVEN[Role.AUDITOR]
    return frozenset[Permission]().union(*(_GIVEN[role] for role in held))


def roles_with(permission: Permission) -> tuple[Role, ...]:
    """The roles that give the permission, in the order of `Role`."""
    return tuple(role for role in Role if permission in _GIVEN[role])
