"""The controls of contracts that need to know the grants: who leans on them, and what that costs."""

from typing import Final

from styr.controls.core.registry import Control, OwnerRole, Severity, SubjectKind, register
from styr.grants.core import contract_checks, price_checks
from styr.grants.core.at_stake import STAKE

_YEARLY: Final = frozenset({"amount_ore"})
"""The amount follows the calendar year: that alone makes nobody's decision lapse."""


def register_all() -> None:
    """Add them to the program's controls."""
    for control in CONTROLS:
        register(control)


CONTROLS: Final = (
    Control(
        code="contract_unsigned",
        title="Kontrakt uden underskrift",
        explanation=(
            "Kontrakt {number} er ikke underskrevet (status: {status_word}), men "
            "{grants:bevilling|bevillinger} løber på den."
        ),
        owner_role=OwnerRole.NEGOTIATOR,
        source="Kommunens indkøbspolitik: ingen køb uden underskrevet kontrakt",
        severity=Severity.ERROR,
        hard_stop=False,
        subject_kind=SubjectKind.CONTRACT,
        expression=contract_checks.unsigned,
        stake=STAKE,
        moving=_YEARLY,
    ),
    Control(
        code="contract_without_grant",
        title="Kontrakt uden bevilling",
        explanation="Kontrakt {number} løber {starts:period ends}, men ingen bevilling hører til den.",
        owner_role=OwnerRole.CASEWORKER,
        source="Forvaltningsloven: hjælp gives efter en afgørelse (kontrollér)",
        severity=Severity.WARNING,
        hard_stop=False,
        subject_kind=SubjectKind.CONTRACT,
        expression=contract_checks.without_grant,
    ),
    Control(
        code="contract_outlives_grant",
        title="Kontrakten løber, men bevillingen er ophørt",
        explanation=(
            "Kontrakt {number} løber {starts:period ends}, men alle bevillinger på den er ophørt; "
            "opsig den, hvis borgeren ikke skal tilbage."
        ),
        owner_role=OwnerRole.NEGOTIATOR,
        source="Kontraktens opsigelsesvilkår",
        severity=Severity.INFO,
        hard_stop=False,
        subject_kind=SubjectKind.CONTRACT,
        expression=contract_checks.outliving_grants,
    ),
    Control(
        code="special_rate_unfounded",
        title="Særtakst uden grundlag",
        explanation="Særtaksten på kontrakt {number}, linje {line_no}, mangler {lacks}.",
        owner_role=OwnerRole.NEGOTIATOR,
        source="Kommunens vilkår for særtakster: timer × timepris, formål og slutdato",
        severity=Severity.WARNING,
        hard_stop=False,
        subject_kind=SubjectKind.CONTRACT_LINE,
        expression=contract_checks.special_rate_unfounded,
        stake=STAKE,
        moving=_YEARLY,
    ),
    Control(
        code="special_rate_not_evaluated",
        title="Særtakst skulle have været evalueret",
        explanation="Særtaksten på kontrakt {number}, linje {line_no}, skulle have været evalueret {evaluation_on}.",
        owner_role=OwnerRole.NEGOTIATOR,
        source="Kontraktens særtakst: evalueringsdato",
        severity=Severity.WARNING,
        hard_stop=False,
        subject_kind=SubjectKind.CONTRACT_LINE,
        expression=contract_checks.evaluation_overdue,
        stake=STAKE,
        moving=_YEARLY,
    ),
    Control(
        code="rate_above_portal",
        title="Prisen er højere end på Tilbudsportalen",
        explanation=(
            "Kontrakt {number} koster {rate:kr} på linje {line_no} ({service}), men på Tilbudsportalen er prisen "
            "{portal_rate:kr} (fra {high_start})."
        ),
        owner_role=OwnerRole.NEGOTIATOR,
        source="SEL § 14: takster på Tilbudsportalen",
        severity=Severity.ERROR,
        hard_stop=False,
        subject_kind=SubjectKind.CONTRACT_LINE,
        expression=contract_checks.above_portal,
        stake=STAKE,
        moving=_YEARLY,
    ),
    Control(
        code="undue_indexation",
        title="Prisen er højere end indekseringen tillader",
        explanation=(
            "Prisen på kontrakt {number}, linje {line_no} ({service}), er {rate:kr} fra {rate_from}; før var den "
            "{before:kr}. Efter aftalens indeksering på {allowed_percent} % må den være {allowed:kr}."
        ),
        owner_role=OwnerRole.NEGOTIATOR,
        source="Kontraktens indeksering; KL's PL-fremskrivning, som kommunen har indtastet den",
        severity=Severity.ERROR,
        hard_stop=False,
        subject_kind=SubjectKind.CONTRACT_LINE,
        expression=price_checks.beyond_index,
        stake=STAKE,
        moving=_YEARLY,
    ),
    Control(
        code="dearer_than_framework",
        title="Prisen er højere end rammeaftalens",
        explanation=(
            "Kontrakt {number} er under rammeaftale {framework_number}, men koster {rate:kr} på linje {line_no} "
            "({service}), hvor rammeaftalens pris er {framework_rate:kr}."
        ),
        owner_role=OwnerRole.NEGOTIATOR,
        source="Rammeaftalens priser",
        severity=Severity.ERROR,
        hard_stop=False,
        subject_kind=SubjectKind.CONTRACT_LINE,
        expression=price_checks.above_framework,
        stake=STAKE,
        moving=_YEARLY,
    ),
    Control(
        code="approval_ends_first",
        title="Tilbuddets godkendelse udløber før kontrakten",
        explanation=(
            "Kontrakt {number} løber {starts:period ends}, men tilbuddet (P-nummer {p_number}) er kun godkendt til og "
            "med {approved_to:last}."
        ),
        owner_role=OwnerRole.NEGOTIATOR,
        source="SEL § 14 og lov om socialtilsyn",
        severity=Severity.WARNING,
        hard_stop=False,
        subject_kind=SubjectKind.CONTRACT,
        expression=price_checks.approval_ends_first,
        stake=STAKE,
        moving=_YEARLY,
    ),
)
