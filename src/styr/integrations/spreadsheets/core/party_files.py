"""Register files about who: units, citizens, guardians, consents, suppliers and their places."""

from dataclasses import dataclass

from styr.integrations.spreadsheets.core.cells import Kind
from styr.integrations.spreadsheets.core.specs import Column, TableSpec
from styr.integrations.spreadsheets.core.vocabulary import (
    CITIZEN_NUMBER,
    END,
    PLACE_NUMBER,
    SERVICES,
    START,
    SUPPLIER_NUMBER,
    UNIT_NUMBER,
    UNITS,
    VALID_FROM,
    VALID_TO,
)
from styr.people.core.rows import CitizenRow, ConsentRow, GuardianRow
from styr.suppliers.core.rows import PortalRateRow, ProviderUnitRow, SupplierRow


@dataclass(frozen=True, kw_only=True)
class UnitRow:
    """A unit of the organisation (Danish: enhed) with the EAN number that its invoices are sent to."""

    number: str
    name: str
    ean: str | None = None


UNIT_FILE = TableSpec(
    "enheder",
    UnitRow,
    (
        Column("enhed_nr", "number", Kind.NUMBERED, required=True, synonyms=UNIT_NUMBER),
        Column("navn", "name", Kind.TEXT, required=True, synonyms=("enhedsnavn", "enhed")),
        Column("ean", "ean", Kind.EAN, synonyms=("ean-nr", "ean-nummer", "gln")),
    ),
)
CITIZEN_FILE = TableSpec(
    "borgere",
    CitizenRow,
    (
        Column("borger_nr", "source_id", Kind.NUMBERED, required=True, synonyms=CITIZEN_NUMBER),
        Column("cpr", "cpr", Kind.CPR, required=True, synonyms=("cpr-nr", "cpr-nummer", "personnummer"), personal=True),
        Column("fornavn", "first_name", Kind.TEXT, required=True, synonyms=("fornavne",), personal=True),
        Column("efternavn", "last_name", Kind.TEXT, required=True, personal=True),
        Column("adresse", "address", Kind.TEXT, synonyms=("vejnavn",), personal=True),
        Column("postnr", "postal_code", Kind.NUMBERED, synonyms=("postnummer",), personal=True),
        Column("by", "city", Kind.TEXT, synonyms=("bynavn", "postdistrikt"), personal=True),
        Column(
            "beskyttet_fra",
            "protected_from",
            Kind.DATE,
            synonyms=("adressebeskyttet fra", "beskyttelse fra"),
            personal=True,
        ),
        Column(
            "beskyttet_til",
            "protected_to",
            Kind.LAST_DAY,
            synonyms=("adressebeskyttet til", "beskyttelse til"),
            personal=True,
        ),
        Column("handlekommune", "acting_municipality", Kind.TEXT, personal=True),
        Column("betalingskommune", "paying_municipality", Kind.TEXT, personal=True),
        Column("enhed_nr", "unit_source_id", Kind.NUMBERED, required=True, synonyms=UNIT_NUMBER),
        Column("tilflyttet", "moved_in", Kind.DATE, synonyms=("tilflytningsdato",), personal=True),
        Column("fraflyttet", "moved_out", Kind.DATE, synonyms=("fraflytningsdato",), personal=True),
        Column("død", "died_on", Kind.DATE, synonyms=("dødsdato",), personal=True),
    ),
    periods=(("protected_from", "protected_to"),),
)
GUARDIAN_FILE = TableSpec(
    "værger",
    GuardianRow,
    (
        Column("borger_nr", "citizen_source_id", Kind.NUMBERED, required=True, synonyms=CITIZEN_NUMBER),
        Column("navn", "name", Kind.TEXT, required=True, synonyms=("værge", "værges navn"), personal=True),
        Column("type", "kind", Kind.TEXT, required=True, synonyms=("værgetype",), personal=True),
        Column("fra", "starts", Kind.DATE, required=True, synonyms=START),
        Column("til", "ends", Kind.LAST_DAY, synonyms=END),
    ),
    periods=(("starts", "ends"),),
)
CONSENT_FILE = TableSpec(
    "samtykker",
    ConsentRow,
    (
        Column("borger_nr", "citizen_source_id", Kind.NUMBERED, required=True, synonyms=CITIZEN_NUMBER),
        Column("formål", "purpose", Kind.TEXT, required=True, personal=True),
        Column("givet_af", "given_by", Kind.TEXT, required=True, personal=True),
        Column("givet_dato", "given_on", Kind.DATE, required=True, synonyms=("givet", "samtykkedato")),
        Column("trukket_dato", "withdrawn_on", Kind.DATE, synonyms=("trukket", "trukket tilbage")),
    ),
)
SUPPLIER_FILE = TableSpec(
    "leverandører",
    SupplierRow,
    (
        Column("leverandør_nr", "source_id", Kind.NUMBERED, required=True, synonyms=SUPPLIER_NUMBER),
        Column("cvr", "cvr", Kind.CVR, required=True, synonyms=("cvr-nr", "cvr-nummer")),
        Column("navn", "name", Kind.TEXT, required=True, synonyms=("leverandørnavn",)),
        Column(
            "type",
            "kind",
            Kind.CHOICE,
            required=True,
            synonyms=("leverandørtype",),
            choices={
                "privat": "private",
                "kommunal": "municipal",
                "regional": "regional",
                "fond": "foundation",
                "enkeltmandsvirksomhed": "sole_proprietor",
            },
        ),
        Column("ean", "ean", Kind.EAN, synonyms=("ean-nr", "ean-nummer", "gln")),
        Column("konto", "account", Kind.NUMBERED, synonyms=("bankkonto", "kontonr", "kontonummer")),
        Column("konto_fra", "account_from", Kind.DATE, synonyms=("konto gyldig fra",)),
    ),
)
PLACE_FILE = TableSpec(
    "tilbud",
    ProviderUnitRow,
    (
        Column("tilbud_nr", "source_id", Kind.NUMBERED, required=True, synonyms=PLACE_NUMBER),
        Column("leverandør_nr", "supplier_source_id", Kind.NUMBERED, required=True, synonyms=SUPPLIER_NUMBER),
        Column("p_nummer", "p_number", Kind.P_NUMBER, required=True, synonyms=("p-nr", "produktionsenhed")),
        Column("navn", "name", Kind.TEXT, required=True, synonyms=("tilbudsnavn", "tilbud")),
        Column("paragraf", "section", Kind.SECTION, required=True, synonyms=("§", "lovgrundlag")),
        Column("godkendt_fra", "approved_from", Kind.DATE),
        Column("godkendt_til", "approved_to", Kind.LAST_DAY),
        Column("pladser", "places", Kind.INTEGER, synonyms=("antal pladser",)),
    ),
    periods=(("approved_from", "approved_to"),),
)
PORTAL_RATE_FILE = TableSpec(
    "portaltakster",
    PortalRateRow,
    (
        Column("tilbud_nr", "provider_unit_source_id", Kind.NUMBERED, required=True, synonyms=PLACE_NUMBER),
        Column("ydelse", "service", Kind.CHOICE, required=True, choices=SERVICES),
        Column("enhed", "unit", Kind.CHOICE, required=True, choices=UNITS),
        Column("gyldig_fra", "valid_from", Kind.DATE, required=True, synonyms=VALID_FROM),
        Column("gyldig_til", "valid_to", Kind.LAST_DAY, synonyms=VALID_TO),
        Column("takst", "amount", Kind.MONEY, required=True, synonyms=("portaltakst",)),
    ),
    periods=(("valid_from", "valid_to"),),
)
