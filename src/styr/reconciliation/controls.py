"""The domain's controls: case systems and the finance system held against our registers."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

import ibis

from styr.controls.core.control import Stake
from styr.controls.core.focus import Focus
from styr.controls.core.registry import Control, OwnerRole, Reach, Severity, SubjectKind, register, register_reach
from styr.grants.core.at_stake import STAKE as GRANTS_STAKE
from styr.reconciliation.core import differences, payments, reach, repeated
from styr.reconciliation.core.stake import STAKE

_AGREEMENT: Final = "Kommunens regler for sagsgange: fagsystem og styring skal være enige (kontrollér)"
_YEARLY: Final = frozenset({"amount_ore"})
_BOOKS: Final = "Kommunens regnskabsregulativ: det, der betales, skal være bevilget og betales én gang (kontrollér)"
_NOTHING: Final[frozenset[str]] = frozenset()
_OF_THE_DAY: Final = frozenset({"amount_ore", "day"})


@dataclass(frozen=True, slots=True)
class _About:
    """What differs from control to control here."""

    code: str
    title: str
    explanation: str
    owner: OwnerRole
    expression: Callable[[Focus], ibis.Table]
    kind: SubjectKind = SubjectKind.CASE_GRANT
    stake: Stake | None = STAKE
    severity: Severity = Severity.ERROR
    moving: frozenset[str] = _YEARLY
    source: str = _AGREEMENT


CASE_CONTROLS: Final = (
    _About(
        "case_grant_unknown",
        "Bevilling i fagsystemet mangler her",
        "{system_name} har bevilling {source_id} ({section:section}) {starts:period ends}, men den {status_word}.",
        OwnerRole.CASEWORKER,
        differences.unknown_here,
    ),
    _About(
        "grant_not_in_case_system",
        "Bevilling mangler i fagsystemet",
        "Bevilling {number} ({section:section}) løber {starts:period ends}, men er ikke med i udtrækket fra "
        "{system_name} af {extracted_on}.",
        OwnerRole.CASEWORKER,
        differences.unknown_there,
        SubjectKind.GRANT,
        GRANTS_STAKE,
        moving=frozenset({"amount_ore", "extracted_on"}),
    ),
    _About(
        "case_price_differs",
        "Prisen er en anden i fagsystemet",
        "Bevilling {number} koster {case_price:kr} pr. {their_measure:unit} i {system_name}, men "
        "{our_price:kr} pr. {our_measure:unit} her ({day}).",
        OwnerRole.ECONOMIST,
        differences.other_price,
        moving=_OF_THE_DAY,
    ),
    _About(
        "case_quantity_differs",
        "Omfanget er et andet i fagsystemet",
        "Bevilling {number} er på {their_count} pr. {their_per_word} i {system_name}, men {our_count} pr. "
        "{our_per_word} her (regnet i {our_measure:unit}, {day}).",
        OwnerRole.CASEWORKER,
        differences.other_quantity,
        moving=_OF_THE_DAY,
    ),
    _About(
        "case_period_differs",
        "Perioden er en anden i fagsystemet",
        "Bevilling {number} løber {case_starts:period case_ends} i {system_name}, men "
        "{our_starts:period our_ends} her.",
        OwnerRole.CASEWORKER,
        differences.other_period,
    ),
    _About(
        "case_supplier_differs",
        "Leverandøren er en anden i fagsystemet",
        "Bevilling {number} ligger hos CVR {their_cvr} i {system_name}, men hos CVR {our_cvr} her.",
        OwnerRole.NEGOTIATOR,
        differences.other_supplier,
    ),
    _About(
        "case_account_differs",
        "Kontoen er en anden i fagsystemet",
        "Bevilling {number} er konteret {their_account} i {system_name}, men {our_account} her.",
        OwnerRole.ECONOMIST,
        differences.other_account,
        severity=Severity.WARNING,
    ),
)


def _registered(about: _About) -> Control:
    return Control(
        code=about.code,
        title=about.title,
        explanation=about.explanation,
        owner_role=about.owner,
        source=about.source,
        severity=about.severity,
        hard_stop=False,
        subject_kind=about.kind,
        expression=about.expression,
        stake=about.stake,
        moving=about.moving,
    )


PAYMENT_CONTROLS: Final = (
    _About(
        "payment_without_grant",
        "Betaling uden bevilling",
        "{amount_ore} er betalt til {payee} {whose} ({payments:postering|posteringer}, "
        "{first_month:period after_month}, bilag {voucher}), men ingen bevilling her passer.",
        OwnerRole.ECONOMIST,
        payments.without_grant,
        SubjectKind.PAYMENT,
        None,
        source=_BOOKS,
        moving=_NOTHING,
    ),
    _About(
        "payment_outside_grant",
        "Betaling uden for bevillingens periode",
        "{amount_ore} er betalt for {first_month:period after_month} ({payments:postering|posteringer}, "
        "bilag {voucher}), men bevilling {number} ({section:section}) løber {starts:period ends}.",
        OwnerRole.ECONOMIST,
        payments.outside_grant,
        SubjectKind.PAYMENT,
        None,
        source=_BOOKS,
        moving=_NOTHING,
    ),
    _About(
        "grant_without_payment",
        "Bevilling uden betaling",
        "Bevilling {number} ({section:section}) løber {starts:period ends}, men der er ikke bogført en betaling på den "
        "siden {begins}.",
        OwnerRole.ECONOMIST,
        payments.unpaid_grants,
        SubjectKind.GRANT,
        GRANTS_STAKE,
        source=_BOOKS,
        moving=frozenset({"amount_ore", "begins"}),
    ),
    _About(
        "account_misused",
        "Betaling på forkert konto",
        "{amount_ore} af bevilling {number} ({section:section}) er bogført på konto {account}, men hører til på "
        "{due_account} ({payments:postering|posteringer}, {first_month:period after_month}, bilag {voucher}).",
        OwnerRole.ECONOMIST,
        payments.misused_account,
        SubjectKind.PAYMENT,
        None,
        source="Kommunens konteringsregler og Budget- og regnskabssystem for kommuner",
        moving=_NOTHING,
    ),
    _About(
        "payment_twice",
        "Samme betaling bogført flere gange",
        "{each_ore} for samme måned, regning og konto er bogført {times:gang|gange} (bilag {voucher} og {again}).",
        OwnerRole.ECONOMIST,
        repeated.paid_twice,
        SubjectKind.PAYMENT,
        None,
        source=_BOOKS,
        moving=_NOTHING,
    ),
)

CODES: Final = tuple(about.code for about in (*CASE_CONTROLS, *PAYMENT_CONTROLS))
"""The domain's controls, as its page counts them."""

register_reach(Reach("case grants", reach.case_grants_of_grants))
register_reach(Reach("citizens with payments", reach.citizens_of_grants))
register_reach(Reach("payments", reach.payments_of_citizens))
for _about in (*CASE_CONTROLS, *PAYMENT_CONTROLS):
    register(_registered(_about))
