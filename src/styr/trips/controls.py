"""The domain's controls: trips held against grants, days, roads, prices and invoices, and routes that would pay."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

import ibis

from styr.controls.core.focus import Focus
from styr.controls.core.registry import Control, OwnerRole, Reach, Severity, SubjectKind, register, register_reach
from styr.trips.core import driven, flexroutes, granted, settled, touched

_GRANT: Final = "Befordringsbevillingen; forvaltningslovens krav om, at der køres efter en afgørelse"
_TERMS: Final = "Befordringsbevillingens vilkår og kommunens serviceniveau"
_AGREED: Final = "Prisaftalen med operatøren"
_TRIP: Final = "Tur {external_no} ({product}) den {service_day}"


@dataclass(frozen=True, slots=True)
class _About:
    """What differs from control to control here."""

    code: str
    title: str
    explanation: str
    source: str
    expression: Callable[[Focus], ibis.Table]
    severity: Severity = Severity.ERROR
    kind: SubjectKind = SubjectKind.TRIP
    owner: OwnerRole = OwnerRole.TRANSPORT_COORDINATOR
    moving: frozenset[str] = frozenset()


TRIP_CONTROLS: Final = (
    _About(
        "trip_without_grant",
        "Tur uden befordringsbevilling",
        f"{_TRIP} er kørt for {{amount_ore}} for {{whom}}.",
        _GRANT,
        granted.without_grant,
    ),
    _About(
        "trip_outside_grant",
        "Tur uden for bevillingen",
        f"{_TRIP} er kørt for {{amount_ore}} {{why}}. Bevilling {{number}} løber {{starts:period ends}}.",
        _GRANT,
        granted.outside_grant,
    ),
    _About(
        "trip_wrong_account",
        "Tur på forkert konto",
        f"{_TRIP} er konteret på {{account}}, men kriterium {{criterion}} hører til på {{due_account}}.",
        "Kommunens konteringsregler og Budget- og regnskabssystem for kommuner",
        granted.wrong_account,
        Severity.WARNING,
        owner=OwnerRole.ECONOMIST,
    ),
    _About(
        "trip_on_absence_day",
        "Tur på en fraværsdag",
        f"{_TRIP} er afregnet med {{amount_ore}}, men borgeren var meldt fraværende {{starts:period ends}}.",
        _TERMS,
        granted.on_absence_day,
    ),
    _About(
        "trip_on_closing_day",
        "Tur på en lukkedag",
        f"{_TRIP} er afregnet med {{amount_ore}}, men stedet var lukket den dag.",
        _TERMS,
        granted.on_closing_day,
    ),
    _About(
        "trip_duplicate",
        "Samme tur afregnet to gange",
        f"{_TRIP} er samme borger, samme vej og samme tid som tur {{other_no}} ({{amount_ore}}).",
        _AGREED,
        driven.duplicate,
    ),
    _About(
        "trip_km_above_road",
        "Flere km end vejen er lang",
        f"{_TRIP} er afregnet med {{km}} km, men vejen er {{road_km}} km. De ekstra km koster {{amount_ore}}.",
        _AGREED,
        driven.km_above_road,
        Severity.WARNING,
    ),
    _About(
        "trip_no_show_billed",
        "Ikke kørt, men fuldt betalt",
        f"{_TRIP}: {{why}}, men turen er afregnet med {{driven_ore}} og ikke {{agreed_ore}}.",
        _AGREED,
        driven.no_show_billed,
    ),
    _About(
        "trip_user_payment_missing",
        "Egenbetaling for turen mangler",
        f"{_TRIP}: {{deducted_ore}} er trukket i egenbetaling, men bevilling {{number}} kræver {{own_payment_ore}}.",
        "Serviceloven § 117 og kommunens takster for egenbetaling (kontrollér)",
        granted.user_payment_missing,
        Severity.WARNING,
    ),
    _About(
        "trip_solo_without_right",
        "Solokørsel uden bevilling til det",
        f"{_TRIP} er kørt som solokørsel for {{amount_ore}}; bevilling {{number}} giver ikke ret til det.",
        _TERMS,
        granted.solo_without_right,
    ),
    _About(
        "trip_price_differs",
        "Prisen er ikke den aftalte",
        f"{_TRIP} er afregnet med {{driven_ore}} og {{fee_ore}} i administration. Efter prisaftalen er prisen "
        "{agreed_ore} og administrationen {fee_due_ore}.",
        _AGREED,
        driven.price_differs,
    ),
    _About(
        "trip_not_attended",
        "Godtgørelse uden fremmøde",
        f"{_TRIP}: Der er godtgjort {{amount_ore}}, men borgeren mødte ikke den dag.",
        "Kun kørsel til og fra dage, borgeren møder, godtgøres (indsats 7)",
        driven.not_attended,
    ),
    _About(
        "trip_citizens_swapped",
        "Turen nævner en anden borgers bevilling",
        f"{_TRIP} står på en borger, men nævner bevilling {{told_number}}, som er en andens.",
        _GRANT,
        granted.swapped,
        Severity.WARNING,
    ),
    _About(
        "trip_implausible",
        "Turen kan ikke være rigtig",
        f"{_TRIP} har {{what}} ({{km}} km og {{minutes}} minutter).",
        _AGREED,
        driven.implausible,
        Severity.WARNING,
    ),
)
SETTLEMENT_CONTROLS: Final = (
    _About(
        "settlement_invoice_differs",
        "Fakturaen er ikke summen af turene",
        "Afregning {number} er {trips:tur|ture} for {settled_ore}, men faktura {invoice_number} er på {invoiced_ore}.",
        _AGREED,
        settled.invoice_differs,
        kind=SubjectKind.SETTLEMENT,
        owner=OwnerRole.ECONOMIST,
    ),
    _About(
        "settlement_without_price",
        "Afregnet uden en prisaftale",
        "Afregning {number} har {trips:tur|ture} for {amount_ore}, som ingen prisaftale dækker, bl.a. {product}.",
        _AGREED,
        settled.without_price,
        Severity.WARNING,
        kind=SubjectKind.SETTLEMENT,
    ),
)
PROPOSALS: Final = (
    _About(
        "route_instead_of_trips",
        "En fast rute ville være billigere",
        "På {days:dag|dage} i det seneste halve år har op til {riders:borger|borgere} kørt hertil i enkeltture for "
        "{single_ore}. Faste ruter ({vehicles:vogn|vogne}) havde kostet {route_ore}. Ruten betaler sig fra "
        "{break_even:borger|borgere} om dagen pr. vogn, altså så længe højst {absence_percent} % bliver væk.",
        "Befordringsanalysen, indsats 12: fast rute frem for gentagne enkeltture",
        flexroutes.proposals,
        Severity.INFO,
        kind=SubjectKind.RIDE_PLACE,
        moving=frozenset(
            {"amount_ore", "riders", "usual", "days", "trips", "single_ore", "route_ore", "trip_ore", "break_even",
             "absence_percent"}
        ),
    ),
)  # fmt: skip

CONTROLS: Final = (*TRIP_CONTROLS, *SETTLEMENT_CONTROLS, *PROPOSALS)
CODES: Final = tuple(about.code for about in CONTROLS)
"""The domain's controls, as its pages count them."""

register_reach(Reach("transport grants", touched.touched_rides))
register_reach(Reach("settlements", touched.touched_settlements))
register_reach(Reach("trips", touched.touched_trips))
for _about in CONTROLS:
    register(
        Control(
            code=_about.code,
            title=_about.title,
            explanation=_about.explanation,
            owner_role=_about.owner,
            source=_about.source,
            severity=_about.severity,
            hard_stop=False,
            subject_kind=_about.kind,
            expression=_about.expression,
            moving=_about.moving,
        )
    )
