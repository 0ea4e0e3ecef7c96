"""Register files about what: contracts, grants with services, absence, what was delivered."""

from styr.contracts.core.rows import ClosingDayRow, ContractLineRow, ContractRateRow, ContractRow
from styr.deliveries.core.rows import DeliveryRow
from styr.grants.core.rows import AbsenceRow, GrantRow, ServiceLineRow
from styr.integrations.spreadsheets.core.cells import Kind
from styr.integrations.spreadsheets.core.specs import Column, TableSpec
from styr.integrations.spreadsheets.core.vocabulary import (
    CITIZEN_NUMBER,
    CONTRACT_NUMBER,
    END,
    GRANT_NUMBER,
    PERS,
    PLACE_NUMBER,
    SERVICES,
    START,
    SUPPLIER_NUMBER,
    UNIT_NUMBER,
    UNITS,
    VALID_FROM,
    VALID_TO,
)

CLOSING_DAY_FILE = TableSpec(
    "lukkedage",
    ClosingDayRow,
    (
        Column("kalender", "calendar", Kind.TEXT, required=True),
        Column("dato", "day", Kind.DATE, required=True, synonyms=("lukkedag",)),
    ),
)
_CONTRACT_TERMS = (
    Column("dage_efter_død", "days_after_death", Kind.INTEGER, synonyms=("dage betalt efter død",)),
    Column("dage_efter_fraflytning", "days_after_move", Kind.INTEGER, synonyms=("dage betalt efter fraflytning",)),
    Column("tomgang_betaling_pct", "vacancy_billable", Kind.PERCENT, synonyms=("betaling før indflytning %",)),
    Column(
        "varsel_fra",
        "notice_from",
        Kind.CHOICE,
        choices={"dag": "day", "opsigelsesdag": "day", "månedsslut": "month_end", "løbende måned": "month_end"},
    ),
    Column(
        "indeksering",
        "index_kind",
        Kind.CHOICE,
        synonyms=("regulering",),
        choices={"fast pris": "fixed", "fast": "fixed", "PL": "pl", "KL's PL": "pl", "procent": "percent"},
    ),
    Column("indeks_pct", "index_percent", Kind.DECIMAL, synonyms=("indeks %", "loft over regulering %")),
    Column("fakturafrist_dage", "invoice_days", Kind.INTEGER, synonyms=("faktureres inden for dage",)),
    Column("rammeaftale_nr", "framework_number", Kind.NUMBERED, synonyms=("rammeaftale",)),
    Column("flyttet_ind", "moved_in_on", Kind.DATE, synonyms=("faktisk indflytning",)),
)
CONTRACT_FILE = TableSpec(
    "kontrakter",
    ContractRow,
    (
        Column("kontrakt_nr", "number", Kind.NUMBERED, required=True, synonyms=CONTRACT_NUMBER),
        Column(
            "type",
            "kind",
            Kind.CHOICE,
            required=True,
            synonyms=("kontrakttype",),
            choices={"individuel": "individual", "ramme": "framework", "rammeaftale": "framework"},
        ),
        Column("leverandør_nr", "supplier_source_id", Kind.NUMBERED, required=True, synonyms=SUPPLIER_NUMBER),
        Column("tilbud_nr", "provider_unit_source_id", Kind.NUMBERED, synonyms=PLACE_NUMBER),
        Column("borger_nr", "citizen_source_id", Kind.NUMBERED, synonyms=CITIZEN_NUMBER),
        Column("paragraf", "section", Kind.SECTION, required=True, synonyms=("§", "lovgrundlag")),
        Column("start", "starts", Kind.DATE, required=True, synonyms=START),
        Column("slut", "ends", Kind.LAST_DAY, synonyms=END),
        Column("opsigelse_dage", "notice_days", Kind.INTEGER, synonyms=("opsigelsesvarsel", "opsigelsesvarsel dage")),
        Column(
            "status",
            "status",
            Kind.CHOICE,
            required=True,
            choices={"kladde": "draft", "sendt": "sent", "underskrevet": "signed", "opsagt": "terminated"},
        ),
        Column("underskrevet", "signed_on", Kind.DATE, synonyms=("underskrevet den", "underskriftsdato")),
        Column("fravær_dage", "absence_free_days", Kind.INTEGER),
        Column("fravær_betaling_pct", "absence_billable", Kind.PERCENT, synonyms=("fravær betaling %",)),
        Column("kalender", "calendar", Kind.TEXT),
        *_CONTRACT_TERMS,
    ),
    periods=(("starts", "ends"),),
)
CONTRACT_LINE_FILE = TableSpec(
    "kontraktlinjer",
    ContractLineRow,
    (
        Column("kontrakt_nr", "contract_number", Kind.NUMBERED, required=True, synonyms=CONTRACT_NUMBER),
        Column("linje_nr", "line_no", Kind.INTEGER, required=True, synonyms=("linje", "linjenummer")),
        Column(
            "art",
            "kind",
            Kind.CHOICE,
            required=True,
            choices={"basis": "base", "tillæg": "supplement", "særtakst": "special"},
        ),
        Column("ydelse", "service", Kind.CHOICE, required=True, choices=SERVICES),
        Column("enhed", "unit", Kind.CHOICE, required=True, choices=UNITS),
        Column("formål", "purpose", Kind.TEXT),
        Column("timer", "hours", Kind.DECIMAL, synonyms=("timer pr uge",)),
        Column("timepris", "hourly_rate", Kind.MONEY),
        Column("evalueres", "evaluation_on", Kind.DATE, synonyms=("evalueringsdato",)),
    ),
)
CONTRACT_RATE_FILE = TableSpec(
    "kontrakttakster",
    ContractRateRow,
    (
        Column("kontrakt_nr", "contract_number", Kind.NUMBERED, required=True, synonyms=CONTRACT_NUMBER),
        Column("linje_nr", "line_no", Kind.INTEGER, required=True, synonyms=("linje", "linjenummer")),
        Column("gyldig_fra", "valid_from", Kind.DATE, required=True, synonyms=VALID_FROM),
        Column("gyldig_til", "valid_to", Kind.LAST_DAY, synonyms=VALID_TO),
        Column("pris", "amount", Kind.MONEY, required=True, synonyms=("takst", "beløb")),
    ),
    periods=(("valid_from", "valid_to"),),
)
GRANT_FILE = TableSpec(
    "bevillinger",
    GrantRow,
    (
        Column("bevilling_nr", "source_id", Kind.NUMBERED, required=True, synonyms=GRANT_NUMBER),
        Column("sagsnr", "case_number", Kind.NUMBERED, synonyms=("sagsnummer", "sag")),
        Column("borger_nr", "citizen_source_id", Kind.NUMBERED, required=True, synonyms=CITIZEN_NUMBER),
        Column("paragraf", "section", Kind.SECTION, required=True, synonyms=("§", "lovgrundlag")),
        Column(
            "status",
            "status",
            Kind.CHOICE,
            required=True,
            choices={"kladde": "draft", "forventet": "expected", "bevilget": "granted", "stoppet": "stopped"},
        ),
        Column("start", "starts", Kind.DATE, required=True, synonyms=START),
        Column("slut", "ends", Kind.LAST_DAY, synonyms=END),
        Column("enhed_nr", "unit_source_id", Kind.NUMBERED, synonyms=UNIT_NUMBER),
        Column("sagsbehandler", "caseworker", Kind.TEXT),
        Column("kontostreng", "account_string", Kind.ACCOUNT_STRING),
        Column("opfølgning", "follow_up_on", Kind.DATE, synonyms=("opfølgningsdato",)),
        Column("kontrakt_nr", "contract_number", Kind.NUMBERED, synonyms=CONTRACT_NUMBER),
        Column("tilbud_nr", "provider_unit_source_id", Kind.NUMBERED, synonyms=PLACE_NUMBER),
        Column("leverandør_nr", "supplier_source_id", Kind.NUMBERED, synonyms=SUPPLIER_NUMBER),
    ),
    periods=(("starts", "ends"),),
)
SERVICE_FILE = TableSpec(
    "bevillingsydelser",
    ServiceLineRow,
    (
        Column("bevilling_nr", "grant_source_id", Kind.NUMBERED, required=True, synonyms=GRANT_NUMBER),
        Column("linje_nr", "line_no", Kind.INTEGER, required=True, synonyms=("linje", "linjenummer")),
        Column("ydelse", "service", Kind.CHOICE, required=True, choices=SERVICES),
        Column("enhed", "unit", Kind.CHOICE, required=True, choices=UNITS),
        Column("antal", "quantity", Kind.DECIMAL, required=True, synonyms=("mængde",)),
        Column("pr", "per", Kind.CHOICE, required=True, synonyms=("per",), choices=PERS),
        Column("faktor", "factor", Kind.DECIMAL),
        Column("kontraktlinje_nr", "contract_line_no", Kind.INTEGER, synonyms=("kontraktlinje",)),
        Column("start", "starts", Kind.DATE, synonyms=START),
        Column("slut", "ends", Kind.LAST_DAY, synonyms=END),
        Column("pris", "price", Kind.MONEY, synonyms=("takst",)),
    ),
    periods=(("starts", "ends"),),
)
ABSENCE_FILE = TableSpec(
    "fravær",
    AbsenceRow,
    (
        Column("bevilling_nr", "grant_source_id", Kind.NUMBERED, required=True, synonyms=GRANT_NUMBER),
        Column("fra", "starts", Kind.DATE, required=True, synonyms=START),
        Column("til", "ends", Kind.LAST_DAY, synonyms=END),
        Column("årsag", "reason", Kind.TEXT, synonyms=("fraværsårsag",)),
    ),
    periods=(("starts", "ends"),),
)
DELIVERY_FILE = TableSpec(
    "leverancer",
    DeliveryRow,
    (
        Column("bevilling_nr", "grant_source_id", Kind.NUMBERED, required=True, synonyms=GRANT_NUMBER),
        Column("linje_nr", "line_no", Kind.INTEGER, required=True, synonyms=("linje", "linjenummer")),
        Column("måned", "month", Kind.DATE, required=True, synonyms=("leveret måned", "måneden")),
        Column("leveret", "quantity", Kind.DECIMAL, required=True, synonyms=("leveret antal", "leverede timer")),
        Column("bemærkning", "note", Kind.TEXT),
    ),
)
