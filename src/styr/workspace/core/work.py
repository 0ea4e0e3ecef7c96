"""My work: what a person with these roles and permissions should look at, as a short list with counts."""

from collections.abc import Collection, Mapping
from dataclasses import asdict, dataclass, replace
from typing import Final

from styr.access.core.permissions import Permission
from styr.access.core.roles import Role

MILESTONE_DAYS: Final = 60
FOLLOW_UP_DAYS: Final = 14
_PICTURES: Final = (
    Role.MANAGER,
    Role.ECONOMIST,
    Role.NEGOTIATOR,
    Role.CASEWORKER,
    Role.LAWYER,
    Role.TRANSPORT_COORDINATOR,
    Role.AUDITOR,
    Role.ADMINISTRATOR,
)
"""Whose start page is shown to whoever has several roles: the widest first."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """What there is to do, counted in the scope: whatever the roles, one query."""

    assigned: int = 0
    lapsed: int = 0
    stops: int = 0
    awaiting: int = 0
    follow_ups: int = 0
    agreed: int = 0
    milestones: int = 0
    citizens: int = 0
    suppliers: int = 0
    contracts: int = 0
    grants: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Elsewhere:
    """What other domains say that there is to do; None where it was not asked."""

    kept_out: int | None = None
    questions: int | None = None
    second: int | None = None
    ready: int | None = None
    to_decide: int | None = None
    follow_up_cases: int | None = None


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
class _Kind:
    """A kind of work: the permission it takes, and the count (a field of what is counted, or a role) it shows."""

    needs: Permission
    counted: str
    line: Work


_INVOICES: Final = (
    _Kind(
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
    _Kind(
        Permission.DECIDE_INVOICES,
        "to_decide",
        Work("Fakturaer at afgøre", "som afviger fra det aftalte", "file-check", "invoices"),
    ),
    _Kind(
        Permission.DECIDE_INVOICES,
        "second",
        Work("Fakturaer til anden godkendelse", "en kollega har godkendt; du er den anden", "users-round", "invoices"),
    ),
    _Kind(
        Permission.DECIDE_INVOICES,
        "ready",
        Work("Klar til godkendelse", "fakturaer, hvor alt stemmer", "circle-check", "invoices", "visning=klar"),
    ),
    _Kind(
        Permission.DECIDE_INVOICES,
        "follow_up_cases",
        Work("Opfølgning på fakturaer", "hvor frist eller svar udestår", "flag", "followups"),
    ),
)
_FINDINGS: Final = (
    _Kind(
        Permission.DECIDE_FINDINGS,
        "assigned",
        Work("Lagt hos mig", "afvigelser, som en kollega har lagt hos mig", "user", "findings", "hos=mig"),
    ),
    *(
        _Kind(
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
    _Kind(
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
_KINDS: Final = (
    _Kind(
        Permission.IMPORT,
        "kept_out",
        Work("Filer holdt ude", "kunne ikke læses ind og skal rettes", "file-x", "imports", tone="danger"),
    ),
    *_INVOICES,
    _Kind(
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
    *_FINDINGS,
    _Kind(
        Permission.EDIT_GRANTS,
        "follow_ups",
        Work(
            "Opfølgninger",
            f"overskredet eller inden for {FOLLOW_UP_DAYS} dage",
            "calendar",
            "deadlines",
            "slags=opfoelgning",
        ),
    ),
    _Kind(
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
    _Kind(
        Permission.SEE_CONTRACTS,
        "milestones",
        Work("Milepæle i kontrakter", f"de næste {MILESTONE_DAYS} dage", "milestone", "deadlines", "slags=kontrakt"),
    ),
)
"""Every kind of work, the most pressing first."""


def picture_of(roles: Collection[Role]) -> Role | None:
    """The role whose picture is shown; None for whoever has none."""
    return next((role for role in _PICTURES if role in roles), None)


def my_work(
    roles: Collection[Role],
    permissions: Collection[Permission],
    standing: Standing,
    elsewhere: Elsewhere,
    by_role: Mapping[str, int],
) -> tuple[Work, ...]:
    """What there is to do, the most pressing first; what there is nothing of is left out."""
    own = {role.value: by_role.get(role.value, 0) for role in roles}
    counts: dict[str, int | None] = asdict(standing) | asdict(elsewhere) | own
    return tuple(
        replace(kind.line, count=count)
        for kind in _KINDS
        if kind.needs in permissions and (count := counts.get(kind.counted) or 0)
    )
