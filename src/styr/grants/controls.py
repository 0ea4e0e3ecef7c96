"""The domain's controls of grants, and which grants a change touches."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Final

import ibis

from styr.controls.core.focus import Focus
from styr.controls.core.registry import Control, OwnerRole, Reach, Severity, SubjectKind, register, register_reach
from styr.grants import contract_controls
from styr.grants.core import overlap, reach, register_checks
from styr.grants.core.at_stake import STAKE

_YEARLY: Final = frozenset({"amount_ore"})
"""The amount follows the calendar year: that alone makes nobody's decision lapse."""


@dataclass(frozen=True, slots=True)
class _About:
    """What differs from control to control here."""

    code: str
    title: str
    explanation: str
    owner: OwnerRole
    source: str
    expression: Callable[[Focus], ibis.Table]
    severity: Severity = Severity.ERROR
    valid_from: date | None = None


_CONTROLS: Final = (
    _About(
        "duplicate_grant",
        "Dobbeltbevilling",
        "Bevilling {number} ({section:section}) dækker det samme som bevilling {other_number} "
        "({other_section:section}) i perioden {overlap_start:period overlap_end}.",
        OwnerRole.CASEWORKER,
        "Kommunens regler for samtidige bevillinger",
        overlap.duplicate_grants,
    ),
    _About(
        "overlapping_grants",
        "Bevillinger, der sjældent forekommer samtidig",
        "Bevilling {number} ({section:section}) løber samtidig med bevilling {other_number} "
        "({other_section:section}) i perioden {overlap_start:period overlap_end}; undersøg, om begge er nødvendige.",
        OwnerRole.CASEWORKER,
        "Kommunens regler for samtidige bevillinger",
        overlap.doubtful_overlaps,
        Severity.WARNING,
    ),
    _About(
        "grant_without_contract",
        "Bevilling uden kontrakt",
        "Bevilling {number} ({section:section}) løber {starts:period ends} hos en leverandør, men der er ingen "
        "kontrakt, så pris og vilkår ikke er aftalt.",
        OwnerRole.NEGOTIATOR,
        "Kommunens indkøbspolitik: ingen køb uden kontrakt",
        register_checks.without_contract,
    ),
    _About(
        "contract_expired",
        "Kontrakten er udløbet, men bevillingen løber",
        "Kontrakt {contract_number} udløb {contract_ends:last}, men bevilling {number} ({section:section}) løber "
        "{starts:period ends}.",
        OwnerRole.NEGOTIATOR,
        "Kontraktens periode",
        register_checks.beyond_contract,
    ),
    _About(
        "supplier_differs",
        "Bevillingens leverandør er ikke kontraktens",
        "Bevilling {number} står til leverandøren med CVR {supplier_cvr}, men kontrakt {contract_number} er indgået "
        "med CVR {contract_cvr}.",
        OwnerRole.NEGOTIATOR,
        "Kontraktens parter",
        register_checks.other_supplier,
    ),
    _About(
        "provider_not_approved",
        "Tilbuddet er ikke godkendt",
        "Bevilling {number} ({section:section}) bruger tilbuddet med P-nummer {p_number}, som ikke er godkendt i "
        "perioden {unapproved_start:period unapproved_end}.",
        OwnerRole.NEGOTIATOR,
        "SEL § 14 og lov om socialtilsyn",
        register_checks.provider_not_approved,
    ),
    _About(
        "sole_proprietor",
        "Personligt ejet tilbud",
        "Bevilling {number} ({section:section}) bruger en enkeltmandsvirksomhed (CVR {cvr}); personligt ejede "
        "tilbud har ikke været tilladt siden 1. jan. 2025.",
        OwnerRole.NEGOTIATOR,
        "Lov om socialtilsyn, i kraft 1. januar 2025 (kontrollér)",
        register_checks.sole_proprietor,
        valid_from=register_checks.SOLE_PROPRIETORS_END,
    ),
    _About(
        "follow_up_overdue",
        "Opfølgning er overskredet",
        "Bevilling {number} ({section:section}) skulle have været fulgt op {follow_up_on}, men løber stadig.",
        OwnerRole.CASEWORKER,
        "SEL § 148 og BL § 95 (kontrollér)",
        register_checks.past_follow_up,
        Severity.WARNING,
    ),
    _About(
        "grant_after_death",
        "Bevilling efter dødsfald",
        "Bevilling {number} ({section:section}) løber {starts:period ends}, men borgeren er død; bevillingen "
        "skal stoppes fra {left_on}.",
        OwnerRole.CASEWORKER,
        "Retssikkerhedsloven § 9",
        register_checks.after_death,
    ),
    _About(
        "once_after_death",
        "Engangsydelse efter dødsfald",
        "Bevilling {number} ({section:section}) køber en engangsydelse {once_on}, men borgeren døde {died_on}.",
        OwnerRole.CASEWORKER,
        "Retssikkerhedsloven § 9",
        register_checks.once_after_death,
    ),
    _About(
        "grant_after_move",
        "Bevilling efter fraflytning",
        "Bevilling {number} ({section:section}) løber {starts:period ends}, men borgeren flyttede fra kommunen "
        "{left_on}.",
        OwnerRole.CASEWORKER,
        "Retssikkerhedsloven §§ 9 og 9 c",
        register_checks.after_move,
    ),
    _About(
        "account_missing",
        "Kontering mangler",
        "Bevilling {number} ({section:section}) har ingen hel kontostreng, så udgiften ikke kan bogføres rigtigt.",
        OwnerRole.ECONOMIST,
        "Budget- og regnskabssystem for kommuner",
        register_checks.without_account,
        Severity.WARNING,
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
        subject_kind=SubjectKind.GRANT,
        expression=about.expression,
        stake=STAKE,
        moving=_YEARLY,
        valid_from=about.valid_from,
    )


register_reach(Reach("grants", reach.touched_grants))
register_reach(Reach("contracts of grants", reach.contracts_of_grants))
register_reach(Reach("lines of contracts", reach.lines_of_contracts))
for _about in _CONTROLS:
    register(_registered(_about))
contract_controls.register_all()
