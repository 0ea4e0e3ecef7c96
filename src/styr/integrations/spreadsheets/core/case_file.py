"""The extract of a case system: a row a service granted, as that system has it; held against ours, never written there.

The headings are ours with the words that Sensum, DUBU, Nexus and Calibra use as synonyms; a municipality's own extract
has other ones, and is read by a saved choice of columns (`integrations.mappings`).
"""

from styr.integrations.spreadsheets.core.cells import Kind
from styr.integrations.spreadsheets.core.specs import Column, TableSpec
from styr.integrations.spreadsheets.core.vocabulary import GRANT_NUMBER, PERS, SERVICES, UNITS
from styr.reconciliation.core.codes import CASE_SYSTEMS
from styr.reconciliation.core.rows import CaseGrantRow

_OUR_SERVICES = {
    **SERVICES,
    "botilbud": "ophold",
    "midlertidigt botilbud": "ophold",
    "længerevarende botilbud": "ophold",
    "døgnophold": "ophold",
    "anbringelse": "ophold",
    "bostøtte": "stoette",
    "socialpædagogisk støtte": "stoette",
    "aktivitets- og samværstilbud": "aktivitet",
    "beskyttet beskæftigelse": "beskaeftigelse",
    "ledsageordning": "ledsagelse",
    "kørsel": "befordring",
    "tillægsydelse": "tillaeg",
}
_OUR_UNITS = {**UNITS, **{f"pr. {word}": code for word, code in UNITS.items()}, "pr. gang": UNITS["engang"]}
_OUR_PERS = {**PERS, **{f"pr. {word}": code for word, code in PERS.items()}, "døgn": PERS["dag"]}

CASE_GRANT_FILE = TableSpec(
    "fagsystembevillinger",
    CaseGrantRow,
    (
        Column("fagsystem", "system", Kind.CHOICE, required=True, synonyms=("kildesystem", "system"),
               choices={system.danish: system.value for system in CASE_SYSTEMS}),
        Column("udtræksdato", "extracted_on", Kind.DATE, synonyms=("udtrukket", "udtræk pr", "datadato", "opgjort")),
        Column("cpr", "cpr", Kind.CPR, required=True, personal=True,
               synonyms=("cpr-nr", "cpr-nummer", "personnummer", "borgers cpr", "borger cpr", "barnets cpr")),
        Column("bevilling_nr", "source_id", Kind.NUMBERED, required=True,
               synonyms=(*GRANT_NUMBER, "indsats-id", "indsatsnr", "indsatsnummer", "foranstaltnings-id",
                         "foranstaltningsnr", "ydelses-id", "disponerings-id", "bevillings-id")),
        Column("linje_nr", "line_no", Kind.INTEGER, synonyms=("linje", "linjenummer", "ydelsesnr", "ydelseslinje")),
        Column("sagsnr", "case_number", Kind.NUMBERED, synonyms=("sagsnummer", "sag", "sags-id", "journalnr")),
        Column("paragraf", "section", Kind.SECTION, required=True,
               synonyms=("§", "lovgrundlag", "lovhjemmel", "lov og paragraf", "bestemmelse", "hjemmel")),
        Column("ydelse", "service", Kind.CHOICE, choices=_OUR_SERVICES,
               synonyms=("indsats", "indsatstype", "foranstaltning", "foranstaltningstype", "ydelsestype")),
        Column("start", "starts", Kind.DATE, required=True,
               synonyms=("startdato", "fra", "fra dato", "bevilget fra", "iværksat", "gyldig fra", "første dag",
                         "ikrafttrædelse")),
        Column("slut", "ends", Kind.LAST_DAY,
               synonyms=("slutdato", "til", "til dato", "til og med", "bevilget til", "ophørt", "gyldig til",
                         "sidste dag", "ophørsdato")),
        Column("pris", "amount", Kind.MONEY,
               synonyms=("takst", "beløb", "enhedspris", "pris pr enhed", "døgntakst", "takst kr", "disponeret pris")),
        Column("enhed", "unit", Kind.CHOICE, choices=_OUR_UNITS,
               synonyms=("prisenhed", "takstenhed", "afregningsenhed", "takst pr", "pris pr", "afregnes pr")),
        Column("antal", "quantity", Kind.DECIMAL,
               synonyms=("mængde", "omfang", "ydelsesomfang", "antal enheder", "bevilget omfang", "disponeret antal")),
        Column("pr", "per", Kind.CHOICE, choices=_OUR_PERS,
               synonyms=("per", "antal pr", "omfang pr", "frekvens", "periodicitet")),
        Column("cvr", "cvr", Kind.CVR,
               synonyms=("cvr-nr", "cvr-nummer", "leverandør cvr", "leverandørens cvr", "tilbuddets cvr", "kreditor")),
        Column("kontostreng", "account_string", Kind.ACCOUNT_STRING,
               synonyms=("konto", "kontering", "konteringsstreng", "artskonto")),
        Column("sagsbehandler", "caseworker", Kind.TEXT,
               synonyms=("rådgiver", "myndighedsrådgiver", "ansvarlig", "disponent")),
    ),
    periods=(("starts", "ends"),),
    total="amount",
)  # fmt: skip
