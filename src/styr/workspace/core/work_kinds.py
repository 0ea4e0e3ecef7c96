"""Every kind of work that waits for people: what it takes to do it, what is counted, and the page it leads to."""

from dataclasses import dataclass
from typing import Final

from styr.access.core.permissions import Permission
from styr.access.core.roles import Role

MILESTONE_DAYS: Final = 60
FOLLOW_UP_DAYS: Final = 14
KEY_DAYS: Final = 30
"""How long before its last day a key of another program is told of."""


@dataclass(frozen=True, slots=True)
class Work:
    """One line of my work: how many of what, and the page (URL name and query) they stand on."""

    title: str
    note: str
    icon: str
    url_name: str
    query: str = ""
    tone: str = ""
    count: int = 0


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of work: the permission it takes, and the count (a field of what is counted, or a role) it shows."""

    needs: Permission
    counted: str
    line: Work


_INVOICES: Final = (
    Kind(
        Permission.ANSWER_QUESTIONS,
        "questions",
        Work(
            "Spørgsmål til mig",
            "om fakturaer, som venter på svar",
            "message-square",
            "invoices",
            "visning=mine",
            "warning",
        ),
    ),
    Kind(
        Permission.DECIDE_INVOICES,
        "to_decide",
        Work("Fakturaer at afgøre", "som afviger fra det aftalte", "file-check", "invoices"),
    ),
    Kind(
        Permission.DECIDE_INVOICES,
        "second",
        Work("Fakturaer til anden godkendelse", "en kollega har godkendt; du er den anden", "users-round", "invoices"),
    ),
    Kind(
        Permission.DECIDE_INVOICES,
        "ready",
        Work("Klar til godkendelse", "fakturaer, hvor alt stemmer", "circle-check", "invoices", "visning=klar"),
    ),
    Kind(
        Permission.DECIDE_INVOICES,
        "follow_up_cases",
        Work("Opfølgning på fakturaer", "hvor frist eller svar udestår", "flag", "followups"),
    ),
)
_FINDINGS: Final = (
    Kind(
        Permission.DECIDE_FINDINGS,
        "assigned",
        Work("Lagt hos mig", "afvigelser, som en kollega har lagt hos mig", "user", "findings", "hos=mig"),
    ),
    *(
        Kind(
            Permission.DECIDE_FINDINGS,
            role.value,
            Work(
                "Afvigelser at afgøre",
                f"i min rolle som {role.danish.lower()}",
                "list-checks",
                "findings",
                f"rolle={role.value}",
            ),
        )
        for role in Role
    ),
    Kind(
        Permission.DECIDE_FINDINGS,
        "lapsed",
        Work(
            "Afgørelser bortfaldet",
            "grundlaget er ændret, siden der blev afgjort",
            "history",
            "findings",
            "bortfaldet=on",
            "warning",
        ),
    ),
)
_APPROVALS: Final = (
    Kind(
        Permission.APPROVE_GRANTS,
        "prices",
        Work("Kontraktpriser til godkendelse", "de gør bevillinger dyrere, end de er godkendt til", "square-check",
             "prices_asked", tone="warning"),
    ),
    Kind(
        Permission.APPROVE_CONTRACTS,
        "drafts",
        Work("Kontraktudkast til godkendelse", "beløb eller afvigelser fra vilkårene", "square-check", "drafts",
             "tilstand=approval", "warning"),
    ),
    Kind(
        Permission.APPROVE_BUDGETS,
        "budgets",
        Work("Budgetter til godkendelse", "en kollega har sendt dem", "square-check", "budget_versions",
             tone="warning"),
    ),
    Kind(
        Permission.KEEP_RECORDS,
        "erasures",
        Work("Sletninger til godkendelse", "de kræver to, og du er ikke den første", "square-check", "retention",
             tone="warning"),
    ),
    Kind(
        Permission.MANAGE_USERS,
        "asked_roles",
        Work("Roller at bekræfte", "en anden administrator har givet dem", "users-round", "users", tone="warning"),
    ),
)  # fmt: skip
"""What two must answer: the one who asked is never the one it waits for."""
_RIDES: Final = (
    Kind(
        Permission.EDIT_TRANSPORT,
        "complaints",
        Work("Klager over kørsel", "åbne, eller operatøren er spurgt", "message-square", "complaints", tone="warning"),
    ),
    Kind(
        Permission.EDIT_TRANSPORT,
        "changes",
        Work("Ændringer til kørslen", "skal med på et ændringsark til operatøren", "send", "orders"),
    ),
    Kind(
        Permission.EDIT_TRANSPORT,
        "unordered",
        Work("Operatører at bestille hos", "næste måneds faste kørsel er ikke bestilt", "calendar", "orders"),
    ),
    Kind(
        Permission.EDIT_TRANSPORT,
        "settlements",
        Work("Afregninger af kørsel", "modtaget og ikke afgjort", "bus", "settlements", "status=received"),
    ),
    Kind(
        Permission.EDIT_TRANSPORT,
        "rides_undecided",
        Work("Befordring uden afgørelse", "løbende bevillinger, hvor retten til kørsel ikke er afgjort", "scale",
             "ride_grants", "mangler=decision&loeber=on"),
    ),
    Kind(
        Permission.EDIT_TRANSPORT,
        "rides_ending",
        Work("Befordring, der ophører", f"bevillinger, der slutter inden for {MILESTONE_DAYS} dage", "milestone",
             "ride_grants", "ophoerer=on"),
    ),
)  # fmt: skip
"""What the coordinator does from day to day."""
_DATES: Final = (
    Kind(
        Permission.FOLLOW_UP_ECONOMY,
        "rounds",
        Work("Budgetopfølgning", f"runder i gang, der holdes inden for {FOLLOW_UP_DAYS} dage", "list-checks", "rounds"),
    ),
    Kind(
        Permission.EDIT_ECONOMY,
        "claims",
        Work("Mellemkommunale krav", f"frist overskredet eller inden for {MILESTONE_DAYS} dage", "map-pin",
             "deadlines", f"slags=mellemkommunal&inden={MILESTONE_DAYS}", "warning"),
    ),
    Kind(
        Permission.EDIT_CONTRACTS,
        "own_drafts",
        Work("Kontraktudkast hos os", "venter på vores næste udgave", "pencil", "drafts", "tilstand=work"),
    ),
    Kind(
        Permission.EDIT_CONTRACTS,
        "collection",
        Work("Kontrakter at rykke for", "leverandørens svarfrist er gået", "inbox", "collection", "frist=on"),
    ),
    Kind(
        Permission.DECIDE_FINDINGS,
        "meetings",
        Work("Aftaler fra leverandørmøder", f"mine; overskredet eller inden for {FOLLOW_UP_DAYS} dage", "handshake",
             "deadlines", f"slags=moede&mine=1&inden={FOLLOW_UP_DAYS}"),
    ),
    Kind(
        Permission.NEGOTIATE,
        "negotiations",
        Work("Mine forhandlinger", "i gang", "handshake", "negotiations"),
    ),
)  # fmt: skip
KINDS: Final = (
    Kind(
        Permission.IMPORT,
        "kept_out",
        Work("Filer holdt ude", "kunne ikke indlæses og skal rettes", "file-x", "imports", tone="danger"),
    ),
    *_INVOICES,
    Kind(
        Permission.APPROVE_GRANTS,
        "awaiting",
        Work(
            "Bevillinger til godkendelse",
            "venter på en med højere grænse",
            "square-check",
            "grants",
            "status=awaiting",
            "warning",
        ),
    ),
    *_APPROVALS,
    *_RIDES,
    *_FINDINGS,
    Kind(
        Permission.EDIT_GRANTS,
        "draft_grants",
        Work(
            "Bevillinger i kladde",
            "skal gøres færdige eller sendes til godkendelse",
            "pencil",
            "grants",
            "status=draft",
        ),
    ),
    Kind(
        Permission.EDIT_GRANTS,
        "follow_ups",
        Work(
            "Opfølgninger",
            f"overskredet eller inden for {FOLLOW_UP_DAYS} dage",
            "calendar",
            "deadlines",
            f"slags=opfoelgning&inden={FOLLOW_UP_DAYS}",
        ),
    ),
    Kind(
        Permission.FOLLOW_UP_ECONOMY,
        "agreed",
        Work(
            "Aftaler om økonomien",
            f"fra budgetopfølgningen; frist overskredet eller inden for {FOLLOW_UP_DAYS} dage",
            "handshake",
            "rounds",
            tone="warning",
        ),
    ),
    Kind(
        Permission.DECIDE_FINDINGS,
        "milestones",
        Work(
            "Milepæle i kontrakter",
            f"overskredet eller inden for {MILESTONE_DAYS} dage",
            "milestone",
            "deadlines",
            f"slags=kontrakt&inden={MILESTONE_DAYS}",
        ),
    ),
    *_DATES,
)
"""Every kind of work, the most pressing first."""
