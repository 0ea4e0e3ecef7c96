"""My work: what a person with these roles and permissions should look at, as a short list with counts."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
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
    count: int
    icon: str
    url_name: str
    query: str = ""
    tone: str = ""


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
    return tuple(
        work
        for needs, work in _all(roles, standing, elsewhere, by_role)
        if work.count and (needs is None or needs in permissions)
    )


def _all(
    roles: Collection[Role], standing: Standing, elsewhere: Elsewhere, by_role: Mapping[str, int]
) -> Iterator[tuple[Permission | None, Work]]:
    yield (
        Permission.IMPORT,
        Work(
            "Filer holdt ude",
            "kunne ikke læses ind og skal rettes",
            elsewhere.kept_out or 0,
            "file-x",
            "imports",
            tone="danger",
        ),
    )
    yield (
        Permission.ANSWER_QUESTIONS,
        Work(
            "Spørgsmål til mig",
            "om fakturaer, som venter på svar",
            elsewhere.questions or 0,
            "message-square",
            "invoices",
            "visning=mine",
            "warning",
        ),
    )
    yield (
        Permission.DECIDE_INVOICES,
        Work(
            "Fakturaer at afgøre",
            "som afviger fra det aftalte",
            elsewhere.to_decide or 0,
            "file-check",
            "invoices",
        ),
    )
    yield (
        Permission.DECIDE_INVOICES,
        Work(
            "Fakturaer til anden godkendelse",
            "en kollega har godkendt; du er den anden",
            elsewhere.second or 0,
            "users-round",
            "invoices",
        ),
    )
    yield (
        Permission.DECIDE_INVOICES,
        Work(
            "Klar til godkendelse",
            "fakturaer, hvor alt stemmer",
            elsewhere.ready or 0,
            "circle-check",
            "invoices",
            "visning=klar",
        ),
    )
    yield (
        Permission.DECIDE_INVOICES,
        Work(
            "Opfølgning på fakturaer",
            "hvor frist eller svar udestår",
            elsewhere.follow_up_cases or 0,
            "flag",
            "followups",
        ),
    )
    yield (
        Permission.APPROVE_GRANTS,
        Work(
            "Bevillinger til godkendelse",
            "venter på en med højere grænse",
            standing.awaiting,
            "square-check",
            "grants",
            "status=awaiting",
            "warning",
        ),
    )
    yield (
        Permission.DECIDE_FINDINGS,
        Work(
            "Lagt hos mig",
            "afvigelser, som en kollega har lagt hos mig",
            standing.assigned,
            "user",
            "findings",
            "hos=mig",
        ),
    )
    for role in Role:
        if role in roles:
            yield (
                Permission.DECIDE_FINDINGS,
                Work(
                    "Afvigelser at afgøre",
                    f"i min rolle som {role.danish.lower()}",
                    by_role.get(role.value, 0),
                    "list-checks",
                    "findings",
                    f"rolle={role.value}",
                ),
            )
    yield (
        Permission.DECIDE_FINDINGS,
        Work(
            "Afgørelser bortfaldet",
            "grundlaget er ændret, siden der blev afgjort",
            standing.lapsed,
            "history",
            "findings",
            "bortfaldet=on",
            "warning",
        ),
    )
    yield (
        Permission.EDIT_GRANTS,
        Work(
            "Opfølgninger",
            f"overskredet eller inden for {FOLLOW_UP_DAYS} dage",
            standing.follow_ups,
            "calendar",
            "deadlines",
            "slags=opfoelgning",
        ),
    )
    yield (
        Permission.SEE_CONTRACTS,
        Work(
            "Milepæle i kontrakter",
            f"de næste {MILESTONE_DAYS} dage",
            standing.milestones,
            "milestone",
            "deadlines",
            "slags=kontrakt",
        ),
    )
