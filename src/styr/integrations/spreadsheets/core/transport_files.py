"""Register files of transport: areas, criteria, operators, prices, vehicles, places, what grants say of rides."""

from styr.integrations.spreadsheets.core.cells import Kind
from styr.integrations.spreadsheets.core.specs import Column, TableSpec
from styr.integrations.spreadsheets.core.vocabulary import (
    CITIZEN_NUMBER,
    CONTRACT_NUMBER,
    GRANT_NUMBER,
    SUPPLIER_NUMBER,
    UNIT_NUMBER,
    VALID_FROM,
    VALID_TO,
)
from styr.transport.core.codes import Fuel, OperatorKind, PlaceKind
from styr.transport.core.rows import (
    AreaAccountRow,
    AreaRow,
    CostRow,
    CriterionRow,
    OperatorRow,
    PriceRow,
    RideGrantRow,
    TransportPlaceRow,
    VehicleRow,
)

_KINDS = {kind.danish: kind.value for kind in OperatorKind} | {
    "privat": "private",
    "privat vognmand": "private",
    "vognmand": "private",
    "egen vogn": "own",
    "egne vogne": "own",
    "refusion": "reimbursement",
    "godtgørelse": "reimbursement",
}
_PLACES = {kind.danish: kind.value for kind in PlaceKind} | {
    "bopæl": "home",
    "destination": "destination",
    "institution": "destination",
    "andet": "other",
}
_FUELS = {fuel.danish: fuel.value for fuel in Fuel}
_AREA = ("befordringsområde nr", "områdenr", "områdenummer", "area_no")
_DATES = (
    Column("gyldig_fra", "valid_from", Kind.DATE, synonyms=VALID_FROM),
    Column("gyldig_til", "valid_to", Kind.LAST_DAY, synonyms=VALID_TO),
)
_PERIOD = (("valid_from", "valid_to"),)
_OPERATOR = ("operatørnavn", "vognmand", "leverandør af kørsel")

AREA_FILE = TableSpec(
    "befordringsområder",
    AreaRow,
    (
        Column("område_nr", "number", Kind.INTEGER, required=True, synonyms=_AREA),
        Column("område", "name", Kind.TEXT, required=True, synonyms=("befordringsområde", "navn")),
        Column("center", "department", Kind.TEXT, required=True, synonyms=("afdeling", "forvaltning")),
        Column("beskrivelse", "description", Kind.TEXT),
        *_DATES,
    ),
    periods=_PERIOD,
)
CRITERION_FILE = TableSpec(
    "befordringskriterier",
    CriterionRow,
    (
        Column("kriterium", "code", Kind.NUMBERED, required=True, synonyms=("kriterie", "kriteriekode")),
        Column("område_nr", "area_no", Kind.INTEGER, required=True, synonyms=_AREA),
        Column("navn", "name", Kind.TEXT, required=True),
        Column("lovgrundlag", "law", Kind.TEXT, required=True),
        Column("målgruppe", "target_group", Kind.TEXT, required=True),
        Column("befordringsform", "form", Kind.TEXT, required=True, synonyms=("form",)),
        Column("paragraf", "section", Kind.SECTION),
        Column("vilkår", "terms", Kind.TEXT),
        Column("beregning", "rule", Kind.TEXT),
        Column("konto_begynder", "account_prefix", Kind.NUMBERED, synonyms=("konto",)),
        Column("kontrollér", "needs_check", Kind.YES_NO, synonyms=("kontroller",)),
        Column("kilde", "source", Kind.TEXT),
        *_DATES,
    ),
    periods=_PERIOD,
)
AREA_ACCOUNT_FILE = TableSpec(
    "befordringskonti",
    AreaAccountRow,
    (
        Column("område_nr", "area_no", Kind.INTEGER, required=True, synonyms=_AREA),
        Column("konto_begynder", "prefix", Kind.NUMBERED, required=True, synonyms=("konto",)),
        Column("operatør_art", "operator_kind", Kind.CHOICE, choices=_KINDS),
        Column("kun_administration", "is_admin", Kind.YES_NO),
        *_DATES,
    ),
    periods=_PERIOD,
)
OPERATOR_FILE = TableSpec(
    "operatører",
    OperatorRow,
    (
        Column("operatør", "name", Kind.TEXT, required=True, synonyms=_OPERATOR),
        Column("art", "kind", Kind.CHOICE, required=True, synonyms=("type",), choices=_KINDS),
        Column("leverandør_nr", "supplier_source_id", Kind.NUMBERED, synonyms=SUPPLIER_NUMBER),
        Column("kontrakt_nr", "contract_number", Kind.NUMBERED, synonyms=CONTRACT_NUMBER),
        Column("bemærkning", "note", Kind.TEXT),
    ),
)
PRICE_FILE = TableSpec(
    "prisaftaler",
    PriceRow,
    (
        Column("operatør", "operator", Kind.TEXT, required=True, synonyms=_OPERATOR),
        Column("produkt", "product", Kind.TEXT, required=True),
        Column("gyldig_fra", "valid_from", Kind.DATE, required=True, synonyms=VALID_FROM),
        Column("gyldig_til", "valid_to", Kind.LAST_DAY, synonyms=VALID_TO),
        Column("startgebyr", "start", Kind.MONEY),
        Column("pr_km", "km", Kind.MONEY, synonyms=("km-pris",)),
        Column("pr_minut", "minute", Kind.MONEY),
        Column("ventetid_pr_minut", "waiting_minute", Kind.MONEY, synonyms=("ventetid",)),
        Column("lift", "lift", Kind.MONEY),
        Column("bro", "bridge", Kind.MONEY, synonyms=("bro og færge",)),
        Column("udebleven", "no_show", Kind.MONEY),
        Column("pr_dag", "day", Kind.MONEY, synonyms=("dagspris",)),
        Column("administration_pct", "fee_share", Kind.PERCENT, synonyms=("administration %",)),
    ),
    periods=_PERIOD,
)
VEHICLE_FILE = TableSpec(
    "køretøjer",
    VehicleRow,
    (
        Column("operatør", "operator", Kind.TEXT, required=True, synonyms=_OPERATOR),
        Column("vogn", "name", Kind.TEXT, required=True, synonyms=("køretøj",)),
        Column("nummerplade", "registration", Kind.NUMBERED, synonyms=("reg_nr", "registreringsnummer")),
        Column("siddepladser", "seats", Kind.INTEGER, synonyms=("pladser",)),
        Column("kørestolspladser", "wheelchairs", Kind.INTEGER),
        Column("lift", "lift", Kind.YES_NO),
        Column("kun_solo", "solo", Kind.YES_NO),
        Column("drivmiddel", "fuel", Kind.CHOICE, choices=_FUELS),
        Column("co2_g_km", "co2_g_km", Kind.INTEGER, synonyms=("co2",)),
        Column("første_registrering", "first_registered", Kind.DATE),
        Column("enhed_nr", "unit_source_id", Kind.NUMBERED, synonyms=UNIT_NUMBER),
        Column("brug", "use", Kind.TEXT),
    ),
)
TRANSPORT_PLACE_FILE = TableSpec(
    "steder",
    TransportPlaceRow,
    (
        Column("sted_nr", "number", Kind.NUMBERED, required=True, synonyms=("sted", "stednummer")),
        Column("art", "kind", Kind.CHOICE, required=True, synonyms=("type",), choices=_PLACES),
        Column("navn", "name", Kind.TEXT),
        Column("adresse", "street", Kind.TEXT, personal=True),
        Column("postnr", "postal_code", Kind.NUMBERED),
        Column("by", "town", Kind.TEXT),
        Column("bredde", "latitude", Kind.NUMBERED, synonyms=("breddegrad", "latitude"), personal=True),
        Column("længde", "longitude", Kind.NUMBERED, synonyms=("længdegrad", "longitude"), personal=True),
        Column("borger_nr", "citizen_source_id", Kind.NUMBERED, synonyms=CITIZEN_NUMBER),
        Column("kalender", "calendar", Kind.TEXT),
        Column("møder_ind", "bell_in", Kind.TEXT, synonyms=("ringer ind",)),
        Column("får_fri", "bell_out", Kind.TEXT, synonyms=("ringer ud",)),
    ),
)
RIDE_GRANT_FILE = TableSpec(
    "befordringsbevillinger",
    RideGrantRow,
    (
        Column("bevilling_nr", "grant_source_id", Kind.NUMBERED, required=True, synonyms=GRANT_NUMBER),
        Column("kriterium", "criterion", Kind.NUMBERED, required=True, synonyms=("tildelingskriterium",)),
        Column("operatør", "operator", Kind.TEXT, synonyms=_OPERATOR),
        Column("fra_sted", "home", Kind.NUMBERED),
        Column("til_sted", "destination", Kind.NUMBERED),
        Column("ugedage", "weekdays", Kind.TEXT),
        Column("fremme_senest", "out_arrive", Kind.TEXT),
        Column("hjem_tidligst", "back_leave", Kind.TEXT),
        Column("hjælpemidler", "aids", Kind.TEXT, personal=True),
        Column("ledsager", "companion", Kind.YES_NO),
        Column("solokørsel", "solo", Kind.YES_NO),
        Column("længste_køretid", "max_ride_minutes", Kind.INTEGER),
        Column("egenbetaling", "user_payment", Kind.MONEY),
        Column("vej_km", "road_km", Kind.DECIMAL, synonyms=("afstand_km",)),
    ),
)
COST_FILE = TableSpec(
    "befordringsomkostninger",
    CostRow,
    (
        Column("område_nr", "area_no", Kind.INTEGER, required=True, synonyms=_AREA),
        Column(
            "private_vognmænd",
            "private",
            Kind.MONEY,
            synonyms=("private vognmænd", "vognmænd", "private_hauliers"),
        ),
        Column("movia", "movia", Kind.MONEY, required=False, synonyms=("trafikselskab",)),
        Column("egne_vogne", "own", Kind.MONEY, synonyms=("own_vehicles",)),
        Column("refusion", "reimbursement", Kind.MONEY, synonyms=("refusion/godtgørelse", "reimbursement")),
        Column("i_alt", "total", Kind.MONEY, synonyms=("total",)),
        Column("heraf_administration", "movia_admin", Kind.MONEY, synonyms=("movia_administration",)),
        Column("år", "year", Kind.INTEGER, synonyms=("regnskabsår",)),
        Column("område", "area", Kind.TEXT, synonyms=("befordringsområde", "area")),
        Column("center", "department", Kind.TEXT, synonyms=("department",)),
    ),
)
TRANSPORT_FILES = (
    AREA_FILE,
    CRITERION_FILE,
    AREA_ACCOUNT_FILE,
    OPERATOR_FILE,
    PRICE_FILE,
    VEHICLE_FILE,
    TRANSPORT_PLACE_FILE,
    RIDE_GRANT_FILE,
    COST_FILE,
)
"""In the order in which they land."""
