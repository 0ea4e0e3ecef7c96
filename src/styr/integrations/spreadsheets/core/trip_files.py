"""Files of what was driven: operators' settlements trip by trip, and who came on which days."""

from styr.integrations.spreadsheets.core.cells import Kind
from styr.integrations.spreadsheets.core.specs import Column, TableSpec
from styr.integrations.spreadsheets.core.vocabulary import CITIZEN_NUMBER, GRANT_NUMBER
from styr.trips.core.rows import AttendanceRow, TripRow

TRIP_FILE = TableSpec(
    "ture",
    TripRow,
    (
        Column("afregning_nr", "settlement", Kind.NUMBERED, required=True, synonyms=("afregning", "afregningsnummer")),
        Column("operatør", "operator", Kind.TEXT, required=True, synonyms=("operatørnavn", "vognmand")),
        Column("tur_nr", "external_no", Kind.NUMBERED, required=True, synonyms=("tur", "turnummer", "rejse_id")),
        Column("produkt", "product", Kind.TEXT, required=True, synonyms=("ordning", "kørselsordning")),
        Column("dato", "service_day", Kind.DATE, required=True, synonyms=("kørselsdato", "rejsedato")),
        Column("pris", "cost", Kind.MONEY, required=True, synonyms=("beløb", "kørselspris")),
        Column("faktura_nr", "invoice_number", Kind.NUMBERED, synonyms=("faktura", "fakturanummer")),
        Column("borger_nr", "citizen_source_id", Kind.NUMBERED, synonyms=CITIZEN_NUMBER),
        Column("cpr", "cpr", Kind.CPR, synonyms=("cpr-nr", "cpr-nummer", "personnummer"), personal=True),
        Column("bevilling_nr", "grant_source_id", Kind.NUMBERED, synonyms=GRANT_NUMBER),
        Column("bestilt", "ordered_on", Kind.DATE, synonyms=("bestilt den", "bestillingsdato")),
        Column("start", "starts", Kind.TEXT, synonyms=("afhentet", "starttid", "kl. fra")),
        Column("slut", "ends", Kind.TEXT, synonyms=("afsat", "sluttid", "kl. til")),
        Column("fra_sted", "from_place", Kind.TEXT, synonyms=("fra",), personal=True),
        Column("til_sted", "to_place", Kind.TEXT, synonyms=("til",), personal=True),
        Column("km", "km", Kind.DECIMAL, synonyms=("kilometer", "afstand")),
        Column("minutter", "minutes", Kind.INTEGER, synonyms=("køretid", "min")),
        Column("ventetid", "waiting_minutes", Kind.INTEGER, synonyms=("ventetid minutter",)),
        Column("hjælpemidler", "aids", Kind.TEXT, personal=True),
        Column("lift", "lift", Kind.YES_NO),
        Column("bro", "bridge", Kind.YES_NO, synonyms=("bro eller færge",)),
        Column("ledsagere", "companions", Kind.INTEGER, synonyms=("antal ledsagere",)),
        Column("solo", "solo", Kind.YES_NO, synonyms=("solokørsel",)),
        Column("udebleven", "no_show", Kind.YES_NO, synonyms=("forgæves",)),
        Column("afbestilt", "cancelled", Kind.YES_NO, synonyms=("annulleret",)),
        Column("administration", "fee", Kind.MONEY, synonyms=("administrationsbidrag", "gebyr")),
        Column("egenbetaling", "user_payment", Kind.MONEY, synonyms=("brugerbetaling",)),
        Column("kontostreng", "account_string", Kind.ACCOUNT_STRING),
    ),
)
ATTENDANCE_FILE = TableSpec(
    "fremmøde",
    AttendanceRow,
    (
        Column("bevilling_nr", "grant_source_id", Kind.NUMBERED, required=True, synonyms=GRANT_NUMBER),
        Column("dato", "day", Kind.DATE, required=True, synonyms=("dag",)),
        Column("mødt", "present", Kind.YES_NO, required=True, synonyms=("fremmødt", "til stede")),
    ),
)
TRIP_FILES = (TRIP_FILE, ATTENDANCE_FILE)
"""In the order in which they land."""
