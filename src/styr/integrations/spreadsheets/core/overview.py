"""The overview (samlet oversigt): one sheet with citizens, suppliers, prices and grants, a row a service granted.

It is what a municipality has before it has registers: a spreadsheet of who gets what, where, and at which price.
"""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from styr.integrations.spreadsheets.core.cells import Kind
from styr.integrations.spreadsheets.core.specs import Column, TableSpec
from styr.integrations.spreadsheets.core.vocabulary import CONTRACT_NUMBER, GRANT_NUMBER, PERS, SERVICES, UNITS


@dataclass(frozen=True, kw_only=True)
class OverviewRow:
    """A service granted to a citizen at a place, and its price in kr. per `unit`; the name whole or in two parts."""

    cpr: str
    supplier_name: str
    cvr: str
    section: str
    service: str
    unit: str
    amount: Decimal
    starts: date
    name: str | None = None
    first_name: str | None = None
    last_name: str | None = None
    ends: date | None = None
    quantity: Decimal | None = None
    per: str | None = None
    grant_number: str | None = None
    case_number: str | None = None
    contract_number: str | None = None
    signed_on: date | None = None
    caseworker: str | None = None
    account_string: str | None = None
    follow_up_on: date | None = None
    unit_number: str | None = None
    address: str | None = None
    postal_code: str | None = None
    city: str | None = None

    def __repr__(self) -> str:
        """Name the row without saying who it is about."""
        return f"OverviewRow(grant_number={self.grant_number!r})"


OVERVIEW_FILE = TableSpec(
    "samlet oversigt",
    OverviewRow,
    (
        Column("cpr", "cpr", Kind.CPR, required=True, personal=True,
               synonyms=("cpr-nr", "cpr-nummer", "personnummer", "borgers cpr", "cpr borger")),
        Column("navn", "name", Kind.TEXT, personal=True,
               synonyms=("borger", "borgerens navn", "borgers navn", "fulde navn", "borgernavn")),
        Column("fornavn", "first_name", Kind.TEXT, personal=True, synonyms=("fornavne",)),
        Column("efternavn", "last_name", Kind.TEXT, personal=True),
        Column("adresse", "address", Kind.TEXT, personal=True, synonyms=("vejnavn",)),
        Column("postnr", "postal_code", Kind.NUMBERED, personal=True, synonyms=("postnummer",)),
        Column("by", "city", Kind.TEXT, personal=True, synonyms=("bynavn", "postdistrikt")),
        Column("enhed_nr", "unit_number", Kind.NUMBERED, synonyms=("enhedsnr", "enhedsnummer", "afdelingsnr")),
        Column("leverandør", "supplier_name", Kind.TEXT, required=True,
               synonyms=("leverandørnavn", "leverandørens navn", "firma", "kreditor", "tilbud", "botilbud", "sted")),
        Column("cvr", "cvr", Kind.CVR, required=True,
               synonyms=("cvr-nr", "cvr-nummer", "leverandørens cvr", "cvr leverandør")),
        Column("paragraf", "section", Kind.SECTION, required=True,
               synonyms=("§", "lovgrundlag", "lov og paragraf", "bestemmelse", "hjemmel")),
        Column("ydelse", "service", Kind.CHOICE, required=True, choices=SERVICES,
               synonyms=("indsats", "ydelsestype", "foranstaltning")),
        Column("pris", "amount", Kind.MONEY, required=True,
               synonyms=("takst", "beløb", "enhedspris", "pris pr enhed", "pris kr", "døgntakst", "døgnpris")),
        Column("enhed", "unit", Kind.CHOICE, required=True, choices=UNITS,
               synonyms=("prisenhed", "pris pr", "takstenhed", "afregnes pr", "takst pr")),
        Column("antal", "quantity", Kind.DECIMAL, synonyms=("mængde", "omfang", "antal enheder")),
        Column("pr", "per", Kind.CHOICE, choices=PERS, synonyms=("per", "antal pr")),
        Column("start", "starts", Kind.DATE, required=True,
               synonyms=("startdato", "fra", "fra dato", "bevilget fra", "første dag", "gyldig fra", "indskrevet")),
        Column("slut", "ends", Kind.LAST_DAY,
               synonyms=("slutdato", "til", "til dato", "til og med", "bevilget til", "sidste dag", "gyldig til",
                         "udskrevet")),
        Column("bevilling_nr", "grant_number", Kind.NUMBERED, synonyms=GRANT_NUMBER),
        Column("sagsnr", "case_number", Kind.NUMBERED, synonyms=("sagsnummer", "sag", "journalnr")),
        Column("sagsbehandler", "caseworker", Kind.TEXT, synonyms=("rådgiver", "myndighedsrådgiver")),
        Column("kontostreng", "account_string", Kind.ACCOUNT_STRING, synonyms=("konto", "kontering")),
        Column("opfølgning", "follow_up_on", Kind.DATE, synonyms=("opfølgningsdato", "næste opfølgning")),
        Column("kontrakt_nr", "contract_number", Kind.NUMBERED, synonyms=CONTRACT_NUMBER),
        Column("underskrevet", "signed_on", Kind.DATE,
               synonyms=("underskrevet den", "underskriftsdato", "kontrakt underskrevet")),
    ),
    periods=(("starts", "ends"),),
)  # fmt: skip
